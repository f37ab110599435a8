"""The pages of meetings: what each sees, what the second of two is told, what is never shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.web.meetings.conftest import NOW, Cases, School, item_of

from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.meetings import actions
from narvaro.web.meetings.actions.deciding import Thought
from narvaro.web.meetings.models import AgendaItem, Analysis, Decision, Meeting, ProtectedPart
from narvaro.web.meetings.offers import gather_soon
from narvaro.web.messages.models import Mail
from narvaro.web.pupils.models import Access, Protection, Pupil
from narvaro.web.ui.registry import QueueGroup, queue_of

DECISION = {"word": "back", "reason": "Mentor provar en annan väg"}
ANALYSIS = {"in_school": "Matematik", "at_home": "", "works": "Slöjd", "version": "0"}


def page(school: School, meeting: Meeting, role: Role = Role.PRINCIPAL) -> str:
    return school.browser(role).get(reverse("meeting", args=[meeting.public_id])).content.decode()


def post(school: School, name: str, thing: AgendaItem | Meeting, data: dict[str, str]) -> str:
    address = reverse(name, args=[thing.public_id])
    return school.browser().post(address, data, follow=True).content.decode()


def decision(school: School, **more: str) -> dict[str, str]:
    owner = school.account(Role.PRINCIPAL).public_id
    return ANALYSIS | DECISION | {"next_owner": owner} | more


def protect(pupil: Pupil) -> None:
    Pupil.objects.filter(pk=pupil.pk).update(protection=Protection.MARKED)


def test_the_meeting_says_whom_to_decide_on_why_and_what(school: School) -> None:
    shown = page(school, school.plan())

    for words in (
        "Alva Provsson", "Tredje flaggan", "15,2 %", "Samtal 5 okt", "Trivs i klassen",
        "Behövs fördjupad utredning?", "2 elever, beräknat 24 minuter av 120", "Inte svarat",
        "Skolpsykolog", "Ingen här",
    ):  # fmt: skip
        assert words in shown
    read = Entry.objects.filter(action="meetings.meeting", kind=Kind.READ).first()
    assert read is not None
    assert read.subjects == sorted(f"pupil:{one.public_id}" for one in school.pupils)


def test_a_decision_with_its_analysis_is_kept_and_the_next_pupil_comes(
    school: School, cases: Cases
) -> None:
    meeting = school.plan()
    alva = item_of(meeting, school.pupils[0])

    shown = post(school, "decide_item", alva, decision(school))

    assert cases.took == [("case:alva", "back")]
    assert Analysis.objects.get(item=alva).works == "Slöjd"
    assert "Analys: Bo Provsson" in shown


def test_a_decision_without_a_reason_is_not_kept_and_nothing_written_is_lost(
    school: School,
) -> None:
    alva = item_of(school.plan(), school.pupils[0])

    shown = post(school, "decide_item", alva, decision(school, reason="  "))

    assert not Decision.objects.exists()
    assert "Beslutet är inte sparat" in shown
    assert "Slöjd" in shown


def test_a_case_that_moved_meanwhile_stops_the_decision_and_the_page_says_what_changed(
    school: School, cases: Cases
) -> None:
    alva = item_of(school.plan(), school.pupils[0])
    cases.refusal = "Ärendet stängdes i dag."

    shown = post(school, "decide_item", alva, decision(school))

    assert "Beslutet är inte sparat. Ärendet stängdes i dag." in shown
    assert "Mentor provar en annan väg" in shown
    assert not Decision.objects.exists()


def test_the_second_of_two_who_analyse_is_told_and_both_texts_stand_on_the_page(
    school: School,
) -> None:
    alva = item_of(school.plan(), school.pupils[0])
    first = Thought("Den förstas text", "", "")
    by = school.viewer(Role.SCHOOL_COUNSELLOR)
    actions.analyse(item=alva, thought=first, version=0, by=by, at=NOW)

    told = post(school, "analyse_item", alva, ANALYSIS | {"in_school": "Den andras text"})
    again = post(
        school, "analyse_item", alva, ANALYSIS | {"in_school": "Den andras text", "version": "1"}
    )

    assert "Den andras text" in told
    assert "Den förstas text" in told
    assert "Någon annan skrev i analysen" in told
    assert "Sparat." in again
    assert Analysis.objects.get().in_school == "Den andras text"


def test_the_second_of_two_who_decide_is_told(school: School) -> None:
    alva = item_of(school.plan(), school.pupils[0])
    post(school, "decide_item", alva, decision(school))

    told = post(school, "decide_item", alva, decision(school, word="investigate", version="1"))

    assert "Någon annan hann besluta" in told
    assert Decision.objects.get().word == "back"


def test_an_analysis_of_a_meeting_that_was_cancelled_meanwhile_is_not_lost(school: School) -> None:
    meeting = school.plan()
    alva = item_of(meeting, school.pupils[0])
    actions.cancel(meeting=meeting, reason="Sjukdom", version=1, by=school.viewer(), at=NOW)

    told = post(school, "analyse_item", alva, ANALYSIS | {"works": "Det jag hann skriva"})

    assert "redan avslutat eller inställt" in told


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.SPECIAL_EDUCATOR])
def test_a_protected_part_is_redacted_for_those_who_do_not_read_it(
    school: School, role: Role
) -> None:
    meeting = school.plan()
    alva = item_of(meeting, school.pupils[0])
    by = school.viewer(Role.SCHOOL_NURSE)
    actions.write_protected_part(item=alva, text="Hemlig text", version=0, by=by, at=NOW)
    browser = school.browser(role)

    on_page = page(school, meeting, role)
    minutes = browser.get(reverse("meeting_minutes", args=[meeting.public_id])).content.decode()
    part = browser.get(reverse("protect_item", args=[alva.public_id]))

    assert "Kan läsas av skolkurator, skolsköterska" in on_page
    assert "Skriven av skolsköterska" in on_page
    assert "Hemlig text" not in on_page + minutes
    assert "Skyddad anteckning finns." in minutes
    assert part.status_code == 404


def test_who_can_read_is_said_before_writing_and_the_professions_read_it(school: School) -> None:
    alva = item_of(school.plan(), school.pupils[0])
    counsellor = school.browser(Role.SCHOOL_COUNSELLOR)
    address = reverse("protect_item", args=[alva.public_id])

    before = counsellor.get(address).content.decode()
    counsellor.post(address, {"text": "Hemlig text", "version": "0"})

    assert "Kan läsas av skolkurator" in before
    assert ProtectedPart.objects.get().text == "Hemlig text"
    assert "Hemlig text" in school.browser(Role.SCHOOL_NURSE).get(address).content.decode()


def test_a_principal_opens_the_protected_part_with_a_reason_that_the_log_keeps(
    school: School,
) -> None:
    alva = item_of(school.plan(), school.pupils[0])
    by = school.viewer(Role.SCHOOL_NURSE)
    actions.write_protected_part(item=alva, text="Hemlig text", version=0, by=by, at=NOW)
    principal = school.browser()
    address = reverse("open_protected_item", args=[alva.public_id])

    asked = principal.get(address).content.decode()
    without = principal.post(address, {}).content.decode()
    opened = principal.post(address, {"reason": "decision"}).content.decode()

    assert "Hemlig text" not in asked + without
    assert "Hemlig text" in opened
    assert Entry.objects.get(action="meetings.open_protected", reason="decision")


def test_a_pupil_who_becomes_protected_leaves_the_agenda_of_everybody_else(
    school: School,
) -> None:
    meeting = school.plan()
    alva = school.pupils[0]
    protect(alva)
    browser = school.browser()

    shown = page(school, meeting)
    minutes = browser.get(reverse("meeting_minutes", args=[meeting.public_id])).content.decode()
    analysis = browser.post(
        reverse("analyse_item", args=[item_of(meeting, alva).public_id]), ANALYSIS
    )

    for text in (shown, minutes):
        assert "Alva" not in text
        assert "skyddade uppgifter" not in text
    assert "1 elev, beräknat 12 minuter" in shown
    assert analysis.status_code == 404
    assert meeting.items.count() == 2


def test_who_is_on_the_list_sees_a_neutral_row_and_gives_a_reason_first(school: School) -> None:
    meeting = school.plan()
    alva = school.pupils[0]
    protect(alva)
    Access.objects.create(
        pupil=alva,
        account=school.account(Role.PRINCIPAL),
        decided_by=school.account(Role.PRINCIPAL),
        from_on=NOW.date() - timedelta(days=2),
    )
    browser = school.browser()
    address = reverse("meeting", args=[meeting.public_id])

    before = browser.get(address).content.decode()
    browser.post(reverse("pupils_open", args=[alva.public_id]), {"reason": "case"})
    after = browser.get(f"{address}?punkt={item_of(meeting, alva).public_id}").content.decode()

    assert "Alva" not in before + after
    assert "Elev med skyddade uppgifter" in before
    assert "Ange skäl och öppna" in before
    assert before.count("Samtal 5 okt") == 1
    assert after.count("Samtal 5 okt") == 2


def test_the_general_part_holds_no_pupil_and_takes_no_name(school: School) -> None:
    meeting = school.plan()
    address = reverse("meeting_minutes_general", args=[meeting.public_id])
    shown = school.browser().get(address).content.decode()

    refused = post(
        school, "write_minutes", meeting, {"general": "Vi talade om alva provsson.", "version": "0"}
    )

    assert "Alva" not in shown
    assert "Här står namnet på en elev" in refused
    assert not hasattr(Meeting.objects.get(), "written")


def test_those_who_have_not_answered_are_reminded_once_a_day(school: School) -> None:
    meeting = school.plan()
    school.browser(Role.SCHOOL_NURSE).post(
        reverse("answer_meeting", args=[meeting.public_id]), {"says": "comes"}
    )
    before = Mail.objects.count()

    shown = page(school, meeting)
    first = post(school, "remind_of_meeting", meeting, {})
    second = post(school, "remind_of_meeting", meeting, {})

    assert "Påminn 2 som inte svarat" in shown
    assert "2 påminnelser skickas" in first
    assert "Alla är redan påminda" in second
    assert Mail.objects.count() == before + 2


def test_order_is_changed_by_buttons(school: School) -> None:
    meeting = school.plan()
    alva = item_of(meeting, school.pupils[0])

    shown = school.browser().get(f"{reverse('meeting', args=[meeting.public_id])}?ordna=1")
    after = post(school, "move_item", alva, {"to": "down", "version": str(meeting.version)})

    assert "Ned" in shown.content.decode()
    assert after.index("Bo Provsson") < after.index("Alva Provsson")


def test_a_pupil_is_found_by_name_without_the_name_in_an_address(school: School) -> None:
    meeting = school.plan()
    address = reverse("add_item", args=[meeting.public_id])
    AgendaItem.objects.all().delete()
    browser = school.browser()

    found = browser.post(address, {"what": "find", "name": "alva"}).content.decode()
    chosen = f"{address}?elev={school.pupils[0].public_id}"
    data = {"what": "pupil", "why": "Oro", "to_decide": "Vem ringer?", "minutes": "10"}
    added = browser.post(chosen, data, follow=True).content.decode()

    assert "Alva Provsson" in found
    assert "Bo Provsson" not in found
    assert "Vem ringer?" in added


def test_the_home_page_asks_for_an_answer_and_then_for_the_minutes(school: School) -> None:
    meeting = school.plan()

    before = school.browser().get(reverse("home")).content.decode()
    school.held(meeting)
    after = school.browser().get(reverse("home")).content.decode()

    assert "Svara om du kommer" in before
    assert "Justera protokollet" in after


def test_on_its_day_the_meeting_stands_on_the_home_page_until_it_is_held(school: School) -> None:
    meeting = school.plan(starts_at=NOW)
    asked, leads = Role.SCHOOL_COUNSELLOR, Role.PRINCIPAL

    def rows(role: Role) -> list[tuple[str, QueueGroup]]:
        mine = queue_of(school.viewer(role, at=NOW + timedelta(seconds=1)))
        return [(one.verb, one.group) for one in mine if one.key.startswith("meeting ")]

    assert rows(asked) == [("Öppna dagordningen", QueueGroup.THIS_WEEK)]
    assert rows(leads) == [("Avsluta mötet", QueueGroup.LATE)]
    school.held(meeting)
    assert rows(asked) == []


def test_agendas_are_made_for_the_day_itself_too_also_after_the_meeting_began(
    school: School, cases: Cases
) -> None:
    offered_then, cases.offered = cases.offered, []
    meeting = school.plan(starts_at=NOW)
    cases.offered = offered_then

    assert gather_soon(NOW + timedelta(seconds=1)) == 2
    assert gather_soon(NOW + timedelta(seconds=1)) == 0
    assert meeting.items.count() == 2


@pytest.mark.parametrize("name", ["meeting", "meeting_minutes", "meeting_minutes_general"])
def test_a_stranger_and_a_colleague_at_another_school_find_nothing(
    school: School, name: str
) -> None:
    meeting = school.plan()
    address = reverse(name, args=[meeting.public_id])

    assert school.town.browser(Role.PRINCIPAL, "bjorkskolan").get(address).status_code == 404
    assert school.town.browser(Role.TEACHER, "almskolan/7B").get(address).status_code == 404


def test_both_parts_are_tagged_pdf_and_neither_holds_what_is_protected(school: School) -> None:
    meeting = school.plan()
    alva = item_of(meeting, school.pupils[0])
    by = school.viewer(Role.SCHOOL_NURSE)
    actions.write_protected_part(item=alva, text="Hemlig text", version=0, by=by, at=NOW)
    browser = school.browser()

    pupils, general = (
        browser.get(reverse(name, args=[meeting.public_id]))
        for name in ("minutes_pdf", "minutes_general_pdf")
    )

    for answer in (pupils, general):
        assert answer.content.startswith(b"%PDF")
        assert b"/MarkInfo" in answer.content
        assert "Alva" not in answer["Content-Disposition"]
    assert Entry.objects.filter(action="meetings.minutes_pdf", kind=Kind.PRINT).count() == 1


def test_what_is_drawn_of_minutes_is_what_the_viewer_may_see(school: School) -> None:
    from narvaro.web.meetings.minutes_pages import general_page, minutes_page
    from narvaro.web.meetings.paper import _of_all, _of_pupils

    meeting = school.plan()
    alva = item_of(meeting, school.pupils[0])
    by = school.viewer(Role.SCHOOL_NURSE)
    actions.write_protected_part(item=alva, text="Hemlig text", version=0, by=by, at=NOW)
    protect(school.pupils[1])
    viewer = school.viewer()

    with_pupils = str(list(_of_pupils(minutes_page(viewer, meeting, lambda _one: False))))
    without = str(list(_of_all(general_page(viewer, meeting))))

    assert "Alva Provsson" in with_pupils
    assert "Skyddad anteckning finns." in with_pupils
    assert "Bo Provsson" not in with_pupils
    assert "Hemlig" not in with_pupils + without
    assert "Alva" not in without


@pytest.mark.parametrize("name", ["hold_meeting", "approve_minutes"])
@pytest.mark.parametrize("sent", ["", "-1", "9" * 30, "²"])
def test_a_version_that_is_none_is_answered_as_a_change(
    school: School, name: str, sent: str
) -> None:
    meeting = school.plan()

    shown = post(school, name, meeting, {"version": sent})

    assert "Någon annan ändrade mötet" in shown or "inte avslutat än" in shown
