"""Letters to guardians: chosen one by one, seen as they will be, sent, and who had which."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from tests.house.tree import PACKAGE, named, with_suffix
from tests.web.conftest import LONG_AGO
from tests.web.documents.conftest import NOON, School, pupil_of

from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry
from narvaro.web.documents.actions import save, sign, start
from narvaro.web.documents.models import Document
from narvaro.web.messages.models import Letter, Mail, Trouble
from narvaro.web.messages.sending import send_due
from narvaro.web.pupils.models import Guardian, HeldBack, Protection, Pupil

SAID = {
    "language": "sv",
    "meeting_on": "2026-12-09",
    "meeting_time": "15.30",
    "place": "rum 118",
    "phone": "010-000 00 00",
    "own_words": "Vi börjar med det som går bra.",
}
LONG = "Åsa-Örjana Maximiliana af Provström-Äppelblads-Långhultsson"


def guardian(pupil: Pupil, given: str, **more: Any) -> Guardian:
    """A guardian with a mail address."""
    found = {"family_name": "Provsson", "contact": f"{given.lower()}@hemma.invalid"} | more
    return Guardian.objects.create(pupil=pupil, key=given, given_name=given, **found)


def letter(school: School, *, by: Viewer | None = None, **said: str) -> Document:
    """A signed letter to the pupil's home."""
    writer = by or school.mentor
    draft = school.started("guardian-letter", by=writer)
    kept = save(draft, answers=SAID | said, opened_version=1, by=writer, at=NOON)
    return sign(kept, opened_version=2, by=writer, at=NOON)


def to_homes(school: School) -> Document:
    """A signed letter to many homes."""
    unit = school.town.units["almskolan"]
    draft = start("letter-to-homes", pupil=None, unit=unit, by=school.mentor, at=NOON)
    said = {"about": "Många är sjuka just nu.", "phone": "010-000 00 00"}
    kept = save(draft, answers=said, opened_version=1, by=school.mentor, at=NOON)
    return sign(kept, opened_version=2, by=school.mentor, at=NOON)


def signed_in(school: School, viewer: Viewer) -> Client:
    return school.town.signed_in(viewer.assignment)


def prepared(school: School, document: Document, **sent: str) -> tuple[Client, Letter]:
    """What the mentor gets by choosing as sent: the letter to look at."""
    client = signed_in(school, school.mentor)
    answer = client.post(reverse("send_home", args=[document.public_id]), sent)
    assert answer.status_code == 302, answer.content.decode()
    return client, Letter.objects.latest("pk")


def shown(client: Client, found: Letter) -> str:
    return client.get(reverse("letter", args=[found.public_id])).content.decode()


def words_of(answer: Any) -> str:
    """What the paper says, and what the file tells of itself."""
    said = ""
    for tool in (["pdftotext", "-layout", "-", "-"], ["pdfinfo", "-"]):
        done = subprocess.run(tool, input=answer.content, capture_output=True, check=True)
        said += done.stdout.decode()
    return said


def test_each_guardian_gets_the_letter_in_the_language_chosen_for_them(school: School) -> None:
    ida = guardian(school.pupil, "Ida")
    guardian(school.pupil, "Omar", language="en")
    document = letter(school)
    client, found = prepared(school, document)
    page = shown(client, found)

    client.post(reverse("release_letter", args=[found.public_id]))
    send_due(datetime.now(UTC) + timedelta(minutes=11))

    assert "Ert barn är också välkommet" in page
    assert "Your child is welcome too" in page
    by_address = {one.to[0]: str(one.body) for one in outbox.outbox}
    assert "Vi ses här: rum 118" in by_address["ida@hemma.invalid"]
    assert "We meet here: rum 118" in by_address["omar@hemma.invalid"]
    assert "Provsson" not in "".join(str(one.subject) for one in outbox.outbox)
    assert ida.given_name not in str([vars(one) for one in Entry.objects.all()])


def test_the_page_of_letters_leads_back_to_the_pupil(school: School) -> None:
    client = signed_in(school, school.mentor)

    page = client.get(reverse("home_letters", args=[school.pupil.public_id])).content.decode()

    assert f'href="{reverse("pupil", args=[school.pupil.public_id])}"' in page


def test_the_page_says_who_gets_none_and_why_before_anything_is_chosen(school: School) -> None:
    guardian(school.pupil, "Ida", held_back=HeldBack.THREAT)
    guardian(school.pupil, "Olle", held_back=HeldBack.SHIELDED)
    guardian(school.pupil, "Dold", protection=Protection.MARKED)
    guardian(school.pupil, "Utan", contact="070-000 00 00")
    document = letter(school)
    client = signed_in(school, school.mentor)

    page = client.get(reverse("send_home", args=[document.public_id])).content.decode()

    assert "noterad som ett hot" in page
    assert "skyddas från en annan vårdnadshavare" in page
    assert "skyddade uppgifter" in page
    assert "Dold" not in page
    assert "Ingen mejladress är känd" in page


def test_who_is_held_back_gets_nothing_whatever_is_sent(school: School) -> None:
    held = guardian(school.pupil, "Ida", held_back=HeldBack.THREAT)
    guardian(school.pupil, "Olle")
    document = letter(school)

    client, found = prepared(school, document, **{f"way-{held.public_id}": "paper"})
    client.post(reverse("release_letter", args=[found.public_id]))

    assert found.deliveries.get(receiver=f"guardian:{held.public_id}").on_paper is False
    assert Mail.objects.count() == 1
    assert "Ida Provsson: noterad som ett hot" in shown(client, found)


def test_who_is_held_back_during_the_ten_minutes_gets_no_mail(school: School) -> None:
    one = guardian(school.pupil, "Ida")
    client, found = prepared(school, letter(school))
    client.post(reverse("release_letter", args=[found.public_id]))
    Guardian.objects.filter(pk=one.pk).update(held_back=HeldBack.SHIELDED)

    counted = send_due(datetime.now(UTC) + timedelta(minutes=11))

    assert (counted.sent, counted.failed) == (0, 1)
    assert Mail.objects.get().trouble == Trouble.NOBODY


def test_who_has_no_mail_gets_paper_with_the_address_in_the_window(school: School) -> None:
    one = guardian(school.pupil, LONG, family_name="Provström", contact="")
    sent = {f"postal-{one.public_id}": "Ängsvägen 1 B\n000 00 Åmåla"}
    client, found = prepared(school, letter(school), **sent)
    address = reverse("letter_paper", args=[found.public_id, 1])

    seen = client.get(address)
    client.post(reverse("release_letter", args=[found.public_id]))
    before = found.deliveries.get().printed_at
    printed = client.post(reverse("letter_papers", args=[found.public_id]))

    assert Mail.objects.count() == 0
    assert "Ängsvägen 1 B" in words_of(seen)
    assert LONG in " ".join(words_of(seen).split()).replace("- ", "-")
    assert "Vi ses här: rum 118" in words_of(printed)
    assert before is None
    assert found.deliveries.get().printed_at is not None
    assert (
        printed["Content-Disposition"]
        == f'attachment; filename="brev-{found.made_at:%Y-%m-%d}.pdf"'
    )
    assert "utskrivet" in shown(client, found)


def test_a_protected_pupils_letter_is_paper_only_and_tells_no_school(school: School) -> None:
    school.pupil.protection = Protection.MARKED
    school.pupil.save()
    listed = school.pupil.access_list.create(
        account=school.mentor.account, decided_by=school.principal.account, from_on=LONG_AGO
    )
    guardian(school.pupil, "Ida")
    document = letter(school)
    client = opened(school)
    sending = reverse("send_home", args=[document.public_id])

    page = client.get(sending).content.decode()
    client.post(sending)
    found = Letter.objects.get()
    client.post(reverse("release_letter", args=[found.public_id]))
    paper = client.post(reverse("letter_papers", args=[found.public_id]))
    said = words_of(paper)
    listed.delete()

    assert "skyddade uppgifter" in page.lower()
    assert "Ida Provsson" in said
    for place in ("Almskolan", "7B", "Linnåsa"):
        assert place not in said
    assert Mail.objects.count() == 0
    assert client.get(sending).status_code == 404
    assert client.get(reverse("letter_papers", args=[found.public_id])).status_code == 404


def opened(school: School) -> Client:
    """The mentor, who has said why the protected pupil is opened."""
    client = signed_in(school, school.mentor)
    asked = reverse("pupils_open", args=[school.pupil.public_id])
    client.post(asked, {"reason": "own_pupil"})
    return client


def test_a_protected_pupils_letter_that_names_the_school_is_refused(school: School) -> None:
    school.pupil.protection = Protection.MARKED
    school.pupil.save()
    school.pupil.access_list.create(
        account=school.mentor.account, decided_by=school.principal.account, from_on=LONG_AGO
    )
    guardian(school.pupil, "Ida")
    document = letter(school, place="Almskolan, rum 118")

    answer = opened(school).post(reverse("send_home", args=[document.public_id]))

    assert answer.status_code == 422
    assert "nämner skolan eller klassen" in answer.content.decode()
    assert not Letter.objects.exists()


def test_a_batch_goes_to_a_class_without_the_protected_and_each_is_remembered(
    school: School,
) -> None:
    other = pupil_of(school.town, "elev-2", "almskolan/7B", "Anna", "Provlund")
    hidden = pupil_of(school.town, "elev-3", "almskolan/7B", "Dold", "Provdal")
    hidden.protection = Protection.MARKED
    hidden.save()
    hidden.access_list.create(
        account=school.mentor.account, decided_by=school.principal.account, from_on=LONG_AGO
    )
    for pupil, name in ((school.pupil, "Ida"), (other, "Olle"), (hidden, "Hemlig")):
        guardian(pupil, name)
    klass = school.town.units["almskolan/7B"].public_id

    client, found = prepared(school, to_homes(school), klass=klass)
    client.post(reverse("release_letter", args=[found.public_id]))

    about = set(found.deliveries.values_list("about", flat=True))
    assert about == {f"pupil:{one.public_id}" for one in (school.pupil, other)}
    home = client.get(reverse("home_letters", args=[other.public_id])).content.decode()
    assert "Olle Provsson" in home
    assert "Ida Provsson" not in home


def test_a_selection_takes_only_ones_own_pupils(school: School) -> None:
    guardian(school.pupil, "Ida")
    stranger = pupil_of(school.town, "elev-9", "almskolan/8A", "Bo", "Provberg")
    guardian(stranger, "Fel")

    chosen = [school.pupil.public_id, stranger.public_id]
    document = to_homes(school)
    client = signed_in(school, school.mentor)
    client.post(reverse("send_home", args=[document.public_id]), {"elev": chosen})

    receivers = Letter.objects.get().deliveries.values_list("about", flat=True)
    assert list(receivers) == [f"pupil:{school.pupil.public_id}"]


def test_a_letter_begun_from_a_selection_remembers_it(school: School) -> None:
    guardian(school.pupil, "Ida")
    client = signed_in(school, school.mentor)
    data = {"form": "letter-to-homes", "elev": [school.pupil.public_id]}

    client.post(reverse("letters_to_homes"), data)
    draft = Document.objects.get()
    said = {"about": "Ett ord.", "phone": "1"}
    kept = save(draft, answers=said, opened_version=1, by=school.mentor, at=draft.saved_at)
    sign(kept, opened_version=2, by=school.mentor, at=draft.saved_at)
    page = client.get(reverse("send_home", args=[draft.public_id])).content.decode()

    assert "Ida Provsson" in page


@pytest.mark.parametrize("sent", [{}, {"form": ""}, {"form": "x" * 500}, {"form": "contact-note"}])
def test_a_letter_on_no_form_or_on_one_that_is_no_letter_is_not_begun(
    school: School, sent: dict[str, str]
) -> None:
    client = signed_in(school, school.mentor)
    for page in (
        reverse("home_letters", args=[school.pupil.public_id]),
        reverse("letters_to_homes"),
    ):
        assert client.post(page, sent).status_code == 404

    assert not Document.objects.exists()


def test_no_page_takes_for_granted_that_something_was_sent() -> None:
    sources = [path for path in with_suffix(".py") if PACKAGE / "web" in path.parents]
    taken = re.compile(r"request\.(?:POST|GET|FILES|COOKIES)\[")

    assert [named(one) for one in sources if taken.search(one.read_text("utf-8"))] == []


def test_nothing_is_sent_when_nobody_is_chosen(school: School) -> None:
    one = guardian(school.pupil, "Ida")
    client = signed_in(school, school.mentor)

    sending = reverse("send_home", args=[letter(school).public_id])
    answer = client.post(sending, {f"way-{one.public_id}": "none"})

    assert answer.status_code == 422
    assert "Välj minst en mottagare" in answer.content.decode()


def test_a_draft_and_a_form_that_is_no_letter_have_no_receivers(school: School) -> None:
    client = signed_in(school, school.mentor)
    draft = school.started("guardian-letter")
    other = school.started("contact-note")
    kept = save(other, answers={"said": "Hej"}, opened_version=1, by=school.mentor, at=NOON)

    for one in (draft, kept):
        assert client.get(reverse("send_home", args=[one.public_id])).status_code == 404


def test_a_failed_letter_is_shown_to_its_writer_and_tried_again(school: School) -> None:
    guardian(school.pupil, "Ida")
    client, found = prepared(school, letter(school))
    client.post(reverse("release_letter", args=[found.public_id]))
    Mail.objects.update(failed_at=NOON, trouble=Trouble.REFUSED)

    home = client.get(reverse("home")).content.decode()
    page = shown(client, found)
    again = reverse("retry_letter", args=[found.public_id, 1])
    client.post(again)

    assert "1 brev till hemmet gick inte iväg" in home
    assert "Mejlservern tog inte emot adressen" in page
    assert again in page
    assert Mail.objects.get().failed_at is None


def test_one_letter_of_several_is_taken_back(school: School) -> None:
    guardian(school.pupil, "Ida")
    guardian(school.pupil, "Olle")
    client, found = prepared(school, letter(school))
    client.post(reverse("release_letter", args=[found.public_id]))

    client.post(reverse("undo_letter_one", args=[found.public_id, 1]))

    assert send_due(datetime.now(UTC) + timedelta(minutes=11)).sent == 1


def test_what_was_never_sent_is_thrown_away(school: School) -> None:
    guardian(school.pupil, "Ida")
    client, found = prepared(school, letter(school))

    client.post(reverse("drop_letter", args=[found.public_id]))
    client.post(reverse("release_letter", args=[found.public_id]))

    assert client.get(reverse("letter", args=[found.public_id])).status_code == 404
    assert Mail.objects.count() == 0


def test_a_colleague_of_another_class_and_a_teacher_cannot_write_home(school: School) -> None:
    guardian(school.pupil, "Ida")
    document = letter(school)
    sending = reverse("send_home", args=[document.public_id])
    home = reverse("home_letters", args=[school.pupil.public_id])

    for role, place in ((Role.MENTOR, "almskolan/8A"), (Role.TEACHER, "almskolan/7B")):
        other = signed_in(school, school.somebody(role, place))
        assert other.get(sending).status_code == 404
        assert other.get(home).status_code == 404


def test_the_principal_sends_a_mentors_letter_and_nobody_else_reads_it(school: School) -> None:
    guardian(school.pupil, "Ida")
    document = letter(school)
    principal = signed_in(school, school.principal)

    principal.post(reverse("send_home", args=[document.public_id]))
    found = Letter.objects.get()

    assert "Till Ida Provsson" in shown(principal, found)
    mentor = signed_in(school, school.mentor)
    for name in ("letter", "letter_papers"):
        assert mentor.get(reverse(name, args=[found.public_id])).status_code == 404


def test_the_school_notes_who_gets_no_letters_and_a_delivery_does_not_take_it_away(
    school: School,
) -> None:
    one = guardian(school.pupil, "Ida")
    address = reverse("pupils_hold_letters", args=[school.pupil.public_id, one.public_id])

    signed_in(school, school.mentor).post(address, {"held_back": "threat"})
    one.refresh_from_db()
    untouched = one.held_back
    signed_in(school, school.principal).post(address, {"held_back": "threat"})
    deliver_again(school, one)
    one.refresh_from_db()

    assert (untouched, one.held_back) == ("", HeldBack.THREAT)


def deliver_again(school: School, one: Guardian) -> None:
    from narvaro.web.pupils.actions import NamedGuardian, put_names

    told = NamedGuardian(school.pupil.key, one.key, "Ida", "Provsson", "ny@hemma.invalid")
    authority = Unit.objects.get(key="almskolan").authority
    put_names(authority, names=[], guardians=[told], by=school.principal.actor, at=NOON)
