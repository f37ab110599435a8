"""What an agency writes of itself, who reads it, and who does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.web.agencies.conftest import DAY, LONG_AGO, NOW, Agencies

from narvaro.programmes import load
from narvaro.web.accounts.changed import ChangedMeanwhile
from narvaro.web.accounts.models import Assignment, Authority, AuthorityKind
from narvaro.web.accounts.roles import Role
from narvaro.web.agencies import actions
from narvaro.web.agencies.matrix import matrix_for
from narvaro.web.agencies.models import AgencyPage, Responsibility
from narvaro.web.agencies.offers import _without_a_contact

TEXTS = {
    "what_we_do": "Stöd till familjer, även utan utredning.",
    "when_to_call": "När skolans eget stöd inte räcker.",
    "whom_to_call": "Mottagningen, vardagar 9–12.",
}
SENT = TEXTS | {"version": "0", "part-collaboration": "leads", "words-collaboration": "Leder mötet"}


def page_of(office: str, agencies: Agencies) -> list[str]:
    return [agencies.offices[office].authority.public_id]


def written(agencies: Agencies, contact: Assignment, number: int = 0) -> AgencyPage:
    return actions.write_page(
        authority=contact.unit.authority,
        texts=TEXTS,
        shares={"collaboration": ("leads", "Leder mötet")},
        opened_number=number,
        by=agencies.viewer(contact),
        at=NOW,
    )


def test_the_contact_writes_the_page_and_a_school_reads_it(
    agencies: Agencies, contact: Assignment
) -> None:
    address = page_of("Socialtjänsten", agencies)

    sent = agencies.browser(contact).post(reverse("agency_write", args=address), SENT)
    read = agencies.town.browser(Role.PRINCIPAL, "almskolan").get(reverse("agency", args=address))

    assert sent.status_code == 302
    shown = read.content.decode()
    for text in (*TEXTS.values(), "Leder mötet", "Version 1", contact.account):
        assert str(text) in shown


def test_what_was_written_before_is_kept_and_can_be_read(
    agencies: Agencies, contact: Assignment
) -> None:
    written(agencies, contact)
    address = page_of("Socialtjänsten", agencies)
    browser = agencies.browser(contact)

    browser.post(
        reverse("agency_write", args=address),
        SENT | {"version": "1", "what_we_do": "Något annat."},
    )

    now = browser.get(reverse("agency", args=address)).content.decode()
    before = browser.get(reverse("agency_version", args=[*address, 1])).content.decode()
    assert "Något annat." in now
    assert TEXTS["what_we_do"] not in now
    assert TEXTS["what_we_do"] in before
    assert "äldre version" in before
    assert browser.get(reverse("agency_version", args=[*address, 3])).status_code == 404


def test_two_contacts_at_once_the_second_is_told_and_nothing_is_overwritten(
    agencies: Agencies, contact: Assignment
) -> None:
    written(agencies, contact)

    answer = agencies.browser(contact).post(
        reverse("agency_write", args=page_of("Socialtjänsten", agencies)),
        SENT | {"what_we_do": "Mitt utkast"},
    )

    assert answer.status_code == 409
    assert "Mitt utkast" in answer.content.decode()
    assert TEXTS["what_we_do"] in answer.content.decode()
    assert AgencyPage.objects.count() == 1
    with pytest.raises(ChangedMeanwhile):
        written(agencies, contact)


def test_the_steps_that_the_routine_names_the_agency_in_are_asked_about_first(
    agencies: Agencies, contact: Assignment
) -> None:
    shown = agencies.browser(contact).get(
        reverse("agency_write", args=page_of("Socialtjänsten", agencies))
    )

    asked = [name for name in shown.context["form"].fields if name.startswith("part-")]
    steps = [step.id for step in load("boras-recommended").steps]
    assert asked[:2] == ["part-collaboration", "part-consultation"]
    assert sorted(asked) == sorted(f"part-{step}" for step in steps)


def test_words_without_a_part_are_asked_about(agencies: Agencies, contact: Assignment) -> None:
    answer = agencies.browser(contact).post(
        reverse("agency_write", args=page_of("Socialtjänsten", agencies)),
        SENT | {"part-collaboration": ""},
    )

    assert "Välj vilken del ni har i steget." in answer.content.decode()
    assert not AgencyPage.objects.exists()


def test_nobody_but_its_own_contact_writes_an_agencys_page(
    agencies: Agencies, contact: Assignment
) -> None:
    other = agencies.contact(agencies.offices["Barnpsykiatrin"])
    address = reverse("agency_write", args=page_of("Socialtjänsten", agencies))

    assert agencies.browser(contact).get(address).status_code == 200
    assert agencies.browser(other).get(address).status_code == 404
    for role, place in ((Role.PRINCIPAL, "almskolan"), (Role.ADMINISTRATOR, "linnasa")):
        assert agencies.town.browser(role, place).get(address).status_code == 404


ADDRESSES = (
    ("agencies", ()),
    ("agency_responsibilities", ()),
    ("agency_responsibilities_pdf", ()),
    ("agency", ("id",)),
    ("agency_version", ("id", 1)),
    ("agency_write", ("id",)),
)


@pytest.mark.parametrize(("name", "args"), ADDRESSES)
def test_a_contact_who_changed_employer_yesterday_opens_nothing(
    agencies: Agencies, contact: Assignment, name: str, args: tuple[object, ...]
) -> None:
    written(agencies, contact)
    own = contact.unit.authority.public_id
    address = reverse(name, args=[own if one == "id" else one for one in args])
    browser = agencies.browser(contact)
    assert browser.get(address).status_code == 200

    Assignment.objects.filter(pk=contact.pk).update(to_on=DAY - timedelta(days=1))

    assert browser.get(address).status_code == 404
    assert browser.get(reverse("home")).status_code == 404


def test_a_contact_whose_last_day_is_today_still_works_here(
    agencies: Agencies, contact: Assignment
) -> None:
    Assignment.objects.filter(pk=contact.pk).update(to_on=DAY)

    assert agencies.browser(contact).get(reverse("agencies")).status_code == 200


def test_an_agency_of_another_area_is_not_there(agencies: Agencies, contact: Assignment) -> None:
    far = Authority.objects.create(name="Granbys socialtjänst", kind=AuthorityKind.SOCIAL_SERVICES)
    browser = agencies.browser(contact)

    assert far.name not in browser.get(reverse("agencies")).content.decode()
    assert browser.get(reverse("agency", args=[far.public_id])).status_code == 404


def test_the_inbox_of_an_agency_has_its_own_name_and_shows_no_school(
    agencies: Agencies, contact: Assignment
) -> None:
    shown = agencies.browser(contact).get(reverse("home")).content.decode()

    assert "<h1>Inkorg</h1>" in shown
    assert "Er verksamhet" in shown
    for place in (reverse("pupils"), reverse("cases"), "almskolan"):
        assert place not in shown


def test_the_matrix_has_every_step_and_says_where_an_agency_is_missing(
    agencies: Agencies, contact: Assignment
) -> None:
    written(agencies, contact)
    principal = agencies.town.somebody(Role.PRINCIPAL, "almskolan")

    matrix = matrix_for(agencies.viewer(principal))

    assert matrix is not None
    assert [one.name for one in matrix.agencies] == ["Barnpsykiatrin", "Socialtjänsten"]
    row = next(one for one in matrix.rows if one.name == "Västbusmöte")
    psychiatry, social = row.cells
    assert (social.part, social.words) == ("leder", "Leder mötet")
    assert psychiatry.is_missing
    assert matrix.missing


def test_the_matrix_is_printed_as_a_file_without_anybodys_name_in_its_own(
    agencies: Agencies, contact: Assignment
) -> None:
    written(agencies, contact)

    answer = agencies.browser(contact).get(reverse("agency_responsibilities_pdf"))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="ansvar-2026-12-02.pdf"'


def test_a_gap_of_two_months_is_seen_by_everybody(agencies: Agencies) -> None:
    """A-R-16, with the agency's own dates a decade on."""
    office = agencies.offices["Barnpsykiatrin"]
    agencies.contact(office, LONG_AGO, DAY - timedelta(days=120))
    agencies.contact(office, DAY - timedelta(days=58))

    shown = agencies.town.browser(Role.TEACHER, "almskolan/7B").get(reverse("agencies"))

    assert "(61 dagar)" in shown.content.decode()


@pytest.mark.parametrize(
    ("days", "group"), [(-1000, "new"), (-1, "new"), (29, "later"), (31, None)]
)
def test_the_project_leader_is_reminded_before_the_last_contact_leaves(
    agencies: Agencies, days: int, group: str | None
) -> None:
    agencies.contact(agencies.offices["Barnpsykiatrin"], LONG_AGO, DAY + timedelta(days=days))
    leader = agencies.town.somebody(Role.PROJECT_LEADER, "linnasa")

    rows = list(_without_a_contact(agencies.viewer(leader)))

    assert [one.group for one in rows] == ([group] if group else [])
    assert all(
        one.url == reverse("agency", args=page_of("Barnpsykiatrin", agencies)) for one in rows
    )


def test_an_agency_is_reminded_of_its_own_last_contact_and_of_no_others(
    agencies: Agencies, contact: Assignment
) -> None:
    agencies.contact(agencies.offices["Barnpsykiatrin"], LONG_AGO, DAY)
    Assignment.objects.filter(pk=contact.pk).update(to_on=DAY + timedelta(days=3))
    contact.refresh_from_db()

    rows = list(_without_a_contact(agencies.viewer(contact)))

    assert [one.title for one in rows] == ["Socialtjänsten har snart ingen kontaktperson"]


def test_the_database_keeps_one_version_of_a_number_and_one_part_of_a_step(
    agencies: Agencies, contact: Assignment
) -> None:
    page = written(agencies, contact)
    again: dict[str, Any] = {
        "authority": page.authority,
        "written_by": page.written_by,
        "written_at": NOW,
    }
    for given in ({"number": 1}, {"number": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AgencyPage.objects.create(**again, **given)
    for part in (
        {"step": "collaboration", "part": "leads"},
        {"step": "conversation", "part": "owns"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Responsibility.objects.create(page=page, **part)
