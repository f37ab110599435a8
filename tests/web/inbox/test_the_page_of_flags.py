"""The page of new flags: by class and in order, answered one by one or together, and undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.web.cases.conftest import enrolled
from tests.web.inbox.conftest import School, row, run_of
from tests.web.page_source import PageSource

from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry
from narvaro.web.cases.models import Case
from narvaro.web.inbox import actions
from narvaro.web.inbox.models import Answer, Flag
from narvaro.web.inbox.pages import flags_page
from narvaro.web.inbox.taking import take_run
from narvaro.web.pupils.models import Access, Protection


@pytest.fixture
def school(school: School, settings: Settings) -> School:
    """Almskolan on the demo's day, 2 December, with more pupils in 7B."""
    settings.DEMO, settings.TODAY = True, school.day
    for key in ("7B-15", "7B-16"):
        school.more[key] = enrolled(school.town, key, school="almskolan", group="almskolan/7B")
    return school


def taken(school: School, *rows: dict[str, Any], **how: Any) -> None:
    take_run(run_of(rows, **how), authority=school.town.authority, now=school.now)


def browser(school: School, role: Role) -> Client:
    return school.town.signed_in(school.posts[role])


def page(client: Client, **query: str) -> str:
    answer = client.get(reverse("flags"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def offered(*flags: Flag) -> list[str]:
    return [f"{one.public_id}:{one.version}" for one in flags]


def share(row: dict[str, Any], part: int) -> dict[str, Any]:
    return row | {"share": {"numerator": part, "denominator": 10_000}}


def names(school: School, order: str, role: Role = Role.MENTOR) -> list[str]:
    return [one.flag.pupil.key for one in flags_page(school.by(role), order).rows]


def test_a_flag_is_shown_with_its_reason_its_certainty_and_how_it_was_counted(
    school: School,
) -> None:
    taken(school, row("7B-14"))

    html = page(browser(school, Role.MENTOR))

    assert "Klass almskolan/7B" in html
    assert "7B-14 Provsson" in html
    assert "Frånvarande 1 800 minuter." in html
    assert "Säker" in html
    assert "Så räknas det" in html
    assert "Ny på listan" in html
    assert Entry.objects.filter(action="inbox.flags", subjects__0=subject(school)).exists()


def subject(school: School) -> str:
    return f"pupil:{school.pupil.public_id}"


def test_the_order_is_one_figure_at_a_time(school: School) -> None:
    first = [row("7B-15", month="2026-10")]
    taken(school, *(share(one, 1_500) for one in first), month="2026-10")
    Flag.objects.update(was_before_the_start=True)
    third = row("7B-16") | {"flags_this_school_year": 3}
    taken(school, row("7B-14"), share(row("7B-15"), 1_700), third)

    assert names(school, "veckor") == ["7B-15", "7B-16", "7B-14"]
    assert names(school, "flaggor") == ["7B-16", "7B-15", "7B-14"]
    assert names(school, "andring")[0] == "7B-15"
    shown = {one.flag.pupil.key: one for one in flags_page(school.by(Role.MENTOR), "").rows}
    assert shown["7B-15"].weeks == 4  # since 1 November
    assert "+2,0 procentenheter på en månad" in shown["7B-15"].facts
    assert shown["7B-14"].weeks == 0


def test_those_of_a_class_who_came_at_once_are_told_as_such(school: School) -> None:
    taken(school, row("7B-14"), row("7B-15"))
    assert "samtidigt" not in page(browser(school, Role.MENTOR))

    taken(school, row("7B-14"), row("7B-15"), row("7B-16"), version=2)
    assert "3 flaggades samtidigt" in page(browser(school, Role.MENTOR))


def test_one_verb_opens_a_case_and_the_next_flag_goes_into_it(school: School) -> None:
    taken(school, row("7B-14"))
    client, flag = browser(school, Role.MENTOR), Flag.objects.get()
    assert "Öppna ärende" in page(client)

    answer = client.post(reverse("flag_accept", args=[flag.public_id]), {"version": flag.version})

    assert answer.status_code == 302
    assert Flag.objects.get().case == Case.objects.get()
    taken(school, row("7B-14", month="2026-12"), month="2026-12")
    html = page(client)
    assert "Lägg till i ärendet" in html
    assert "Öppna ärende<" not in html


def test_many_are_shown_before_they_are_answered_with_one_reason_and_undone(
    school: School,
) -> None:
    taken(school, row("7B-14"), row("7B-15"), row("7B-16"))
    flags = {one.pupil.key: one for one in Flag.objects.select_related("pupil")}
    chosen = [flags["7B-14"].public_id, flags["7B-15"].public_id]
    sent: dict[str, Any] = {"offered": offered(*flags.values()), "flag": chosen}
    client = browser(school, Role.MENTOR)

    preview = client.post(reverse("flags_decline"), sent)
    assert preview.status_code == 200
    assert "2 flaggor besvaras" in preview.content.decode()
    assert Flag.objects.unanswered().count() == 3

    done = client.post(
        reverse("flags_decline"), sent | {"confirm": "1", "reason": "Klassen var på skolresa"}
    )
    assert {one.reason for one in Flag.objects.filter(answer=Answer.NO_CASE)} == {
        "Klassen var på skolresa"
    }
    after = client.get(done["Location"]).content.decode()
    assert "2 flaggor är besvarade med inget ärende" in after

    client.post(reverse("flags_take_back", args=[Flag.objects.exclude(answer="")[0].answered_with]))
    assert Flag.objects.unanswered().count() == 3


def test_no_case_without_a_reason_is_asked_for_and_nothing_is_answered(school: School) -> None:
    taken(school, row("7B-14"))
    flag = Flag.objects.get()
    sent = {"offered": offered(flag), "flag": flag.public_id, "confirm": "1", "reason": " "}

    html = browser(school, Role.MENTOR).post(reverse("flags_decline"), sent).content.decode()

    assert "Skriv varför det inte blir något ärende" in html
    assert Flag.objects.unanswered().exists()


def test_who_comes_second_is_told_and_keeps_the_reason(school: School) -> None:
    taken(school, row("7B-14"), row("7B-15"))
    flags = list(Flag.objects.order_by("pk"))
    sent = {
        "offered": offered(*flags),
        "flag": [one.public_id for one in flags],
        "confirm": "1",
        "reason": "Skolresa",
    }
    actions.accept(flags[0], version=1, by=school.by(Role.PRINCIPAL), at=school.now)

    answer = browser(school, Role.MENTOR).post(reverse("flags_decline"), sent)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "hann svara: ärende" in html
    assert "Skolresa" in html
    assert Flag.objects.unanswered().count() == 1


def test_who_accepts_second_is_told(school: School) -> None:
    taken(school, row("7B-14"))
    flag = Flag.objects.get()
    actions.decline([flag], reason="Nej", versions=[1], by=school.by(Role.PRINCIPAL), at=school.now)

    url = reverse("flag_accept", args=[flag.public_id])
    html = browser(school, Role.MENTOR).post(url, {"version": 1}, follow=True).content.decode()

    assert "hann svara: inget ärende" in html
    assert not Case.objects.exists()


def test_the_earlier_reason_is_read_at_the_next_flag(school: School) -> None:
    taken(school, row("7B-14"))
    flag = Flag.objects.get()
    actions.decline(
        [flag], reason="Långvarig influensa", versions=[1], by=school.by(Role.MENTOR), at=school.now
    )
    taken(school, row("7B-14", month="2026-12"), month="2026-12")

    html = page(browser(school, Role.MENTOR))

    assert "Förra gången, november 2026: inget ärende" in html.replace("\xa0", " ")
    assert "Långvarig influensa" in html


def test_a_withdrawn_flag_stands_as_withdrawn_with_its_day(school: School) -> None:
    taken(school, row("7B-14"))
    taken(school, row("7B-14", outcome="not_flagged"), version=2)

    html = page(browser(school, Role.MENTOR)).replace("\xa0", " ")

    assert "Tillbakadragen ons 2 dec" in html
    assert "Öppna ärende<" not in html


def test_a_control_schools_flag_has_no_row(school: School) -> None:
    taken(school, row("7B-14", arm="control"))
    client = browser(school, Role.MENTOR)

    assert "7B-14" not in page(client)
    assert client.get(reverse("flag", args=[Flag.objects.get().public_id])).status_code == 404


def test_a_protected_pupil_is_named_in_no_list_and_opened_with_a_reason(school: School) -> None:
    school.pupil.protection = Protection.MARKED
    school.pupil.save()
    Access.objects.create(
        pupil=school.pupil,
        account=school.account(Role.SCHOOL_COUNSELLOR),
        decided_by=school.account(Role.PRINCIPAL),
        from_on=school.day,
    )
    taken(school, row("7B-14"))
    flag = Flag.objects.get()
    listed, other = browser(school, Role.SCHOOL_COUNSELLOR), browser(school, Role.MENTOR)

    html = page(listed)
    assert "7B-14" not in html
    assert "Elev med skyddade uppgifter" in html
    assert reverse("flag", args=[flag.public_id]) in html
    opening = reverse("pupils_open", args=[school.pupil.public_id])
    assert listed.get(reverse("flag", args=[flag.public_id]))["Location"] == opening
    sent = {"offered": offered(flag), "flag": flag.public_id, "confirm": "1", "reason": "Nej"}
    assert listed.post(reverse("flags_decline"), sent)["Location"] == opening
    assert Flag.objects.unanswered().exists()

    assert "skyddade" not in page(other)
    assert other.get(reverse("flag", args=[flag.public_id])).status_code == 404
    assert other.post(reverse("flags_decline"), sent).status_code == 404


def test_the_hours_there_are_stand_beside_the_queue_for_who_works_with_the_school(
    school: School,
) -> None:
    taken(school, row("7B-14"), row("7B-15"))

    assert "2 flaggor gånger 90 minuter är 3,0 timmars arbete" in page(
        browser(school, Role.PRINCIPAL)
    )
    assert "timmars arbete" not in page(browser(school, Role.MENTOR))


def test_one_flag_has_a_page_of_its_own_with_both_answers(school: School) -> None:
    taken(school, row("7B-14"))
    flag = Flag.objects.get()

    html = browser(school, Role.MENTOR).get(reverse("flag", args=[flag.public_id]))

    text = html.content.decode()
    assert "Öppna ärende" in text
    assert "Inget ärende" in text
    assert "svarar för flaggan" in text


def test_from_a_flags_own_page_one_comes_to_the_case_it_opened(school: School) -> None:
    taken(school, row("7B-14"))
    client, flag = browser(school, Role.MENTOR), Flag.objects.get()
    form = PageSource(client.get(reverse("flag", args=[flag.public_id])).content.decode()).forms
    accept = next(one for one in form if one.action.endswith("/arende/"))

    answer = client.post(accept.action, dict(accept.fields))

    assert answer["Location"] == reverse("case", args=[Case.objects.get().public_id])
