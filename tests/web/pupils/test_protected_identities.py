"""A pupil with a protected identity is nowhere, but for those on the list, who give a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import LONG_AGO, Town

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.pupils.models import Access, Enrolment, Guardian, Protection, Pupil
from narvaro.web.pupils.numbers import encrypt, index_of
from narvaro.web.ui.sorting import sort_key

NUMBER = "20131399-0000"


@dataclass
class Scene:
    """A mentor and a principal, an open pupil and a protected one in the same class."""

    town: Town
    mentor: Assignment
    principal: Assignment
    open: Pupil
    hidden: Pupil

    def listed(self) -> None:
        """Put the mentor on the list."""
        account = self.mentor.account
        assert account is not None
        Access.objects.create(
            pupil=self.hidden, account=account, decided_by=account, from_on=LONG_AGO
        )

    def browser(self) -> Client:
        """The mentor's."""
        return self.town.signed_in(self.mentor)


@pytest.fixture
def scene(town: Town) -> Scene:
    mentor = town.somebody(Role.MENTOR, "almskolan/7B")
    principal = town.somebody(Role.PRINCIPAL, "almskolan")
    return Scene(
        town, mentor, principal, made(town, "Öppen", "none"), made(town, "Dold", Protection.MARKED)
    )


def made(town: Town, name: str, protection: str, *, school: str = "almskolan") -> Pupil:
    pupil = Pupil.objects.create(
        authority=town.authority,
        key=name,
        given_name=name,
        family_name="Provsson",
        sort_name=sort_key(f"Provsson {name}"),
        number_encrypted=encrypt(NUMBER),
        number_index=index_of(NUMBER),
        protection=protection,
    )
    Enrolment.objects.create(
        pupil=pupil, school_key=school, class_key=f"{school}/7B", from_on=LONG_AGO
    )
    return pupil


def test_the_pupil_is_in_no_list_and_no_search(scene: Scene) -> None:
    browser = scene.browser()

    listed = browser.get(reverse("pupils")).content.decode()
    by_name = browser.post(reverse("pupils_search"), {"text": "dold"}).content.decode()
    by_number = browser.post(reverse("pupils_search"), {"text": NUMBER}).content.decode()

    assert "Öppen" in listed
    assert "Öppen" in by_number
    for page in (listed, by_name.replace('value="dold"', ""), by_number):
        assert "Dold" not in page
        assert scene.hidden.public_id not in page


def test_the_page_is_not_found_and_the_try_is_noted(scene: Scene) -> None:
    answer = scene.browser().get(reverse("pupil", args=[scene.hidden.public_id]))

    assert answer.status_code == 404
    noted = Entry.objects.get(kind=Kind.REFUSED)
    assert noted.subjects == [f"public_id:{scene.hidden.public_id}"]


def test_one_on_the_list_sees_a_neutral_name_and_is_asked_why(scene: Scene) -> None:
    scene.listed()
    browser = scene.browser()

    listed = browser.get(reverse("pupils")).content.decode()
    asked = browser.get(reverse("pupil", args=[scene.hidden.public_id]))

    assert "Elev med skyddade uppgifter" in listed
    assert "Dold" not in listed
    assert asked["Location"] == reverse("pupils_open", args=[scene.hidden.public_id])


def test_with_a_reason_the_page_opens_and_the_log_has_the_reason(scene: Scene) -> None:
    scene.listed()
    browser = scene.browser()

    sent = browser.post(reverse("pupils_open", args=[scene.hidden.public_id]), {"reason": "case"})
    opened = browser.get(sent["Location"])

    assert opened.status_code == 200
    assert "Dold" not in opened.content.decode()
    read = Entry.objects.filter(kind=Kind.READ, action="pupils.pupil").get()
    assert read.reason == "case"


def test_a_reason_nobody_offered_is_not_taken(scene: Scene) -> None:
    scene.listed()
    browser = scene.browser()

    answer = browser.post(
        reverse("pupils_open", args=[scene.hidden.public_id]), {"reason": "nyfiken"}
    )

    assert answer.status_code == 200
    assert browser.get(reverse("pupil", args=[scene.hidden.public_id])).status_code == 302


def test_a_marking_that_comes_in_the_middle_of_the_year_holds_at_once(scene: Scene) -> None:
    browser = scene.browser()
    page = reverse("pupil", args=[scene.open.public_id])
    assert browser.get(page).status_code == 200

    Pupil.objects.filter(pk=scene.open.pk).update(protection=Protection.UNKNOWN_MARKING)

    assert browser.get(page).status_code == 404
    assert "Öppen" not in browser.get(reverse("pupils")).content.decode()


def test_the_principal_gives_and_takes_access_without_seeing_a_name(scene: Scene) -> None:
    browser = scene.town.signed_in(scene.principal)
    account = scene.mentor.account
    assert account is not None

    page = browser.get(reverse("pupils_protected")).content.decode()
    given = browser.post(
        reverse("pupils_access", args=[scene.hidden.public_id]), {"account": account.public_id}
    )

    assert "Dold" not in page
    assert given.status_code == 302
    access = Access.objects.get(pupil=scene.hidden, account=account)
    browser.post(reverse("pupils_access_end", args=[access.public_id]))
    assert not Access.objects.filter(pk=access.pk).exists()
    writes = Entry.objects.filter(kind=Kind.WRITE).values_list("action", flat=True)
    assert set(writes) >= {"pupils.access", "pupils.access_end"}


def test_somebody_from_another_school_cannot_be_put_on_the_list(scene: Scene) -> None:
    other = scene.town.somebody(Role.TEACHER, "bjorkskolan/7A").account
    assert other is not None

    answer = scene.town.signed_in(scene.principal).post(
        reverse("pupils_access", args=[scene.hidden.public_id]), {"account": other.public_id}
    )

    assert answer.status_code == 422
    assert not Access.objects.exists()


@pytest.mark.parametrize("last", [{"to_on": date(2021, 1, 1)}, {"is_active": False}])
def test_who_no_longer_works_here_cannot_be_put_on_the_list(
    scene: Scene, last: dict[str, object]
) -> None:
    left = scene.town.somebody(Role.TEACHER, "almskolan/7B")
    assert left.account is not None
    kept = left if "to_on" in last else left.account
    type(kept).objects.filter(pk=kept.pk).update(**last)

    answer = scene.town.signed_in(scene.principal).post(
        reverse("pupils_access", args=[scene.hidden.public_id]), {"account": left.account.public_id}
    )

    assert answer.status_code == 422


@pytest.mark.parametrize("day", ["2021-01-01", "0001-01-01", "i morgon"])
def test_a_day_that_cannot_be_meant_is_told_and_gives_no_access(scene: Scene, day: str) -> None:
    account = scene.mentor.account
    assert account is not None

    answer = scene.town.signed_in(scene.principal).post(
        reverse("pupils_access", args=[scene.hidden.public_id]),
        {"account": account.public_id, "to_on": day},
    )

    assert answer.status_code == 422
    assert not Access.objects.exists()


def test_an_access_that_has_ended_opens_nothing(scene: Scene) -> None:
    scene.listed()
    Access.objects.update(to_on=date(2021, 1, 1))

    answer = scene.browser().get(reverse("pupil", args=[scene.hidden.public_id]))

    assert answer.status_code == 404


def test_counted_only_takes_every_name_away(scene: Scene) -> None:
    Guardian.objects.create(pupil=scene.hidden, key="g", given_name="Eva")
    browser = scene.town.signed_in(scene.principal)

    browser.post(reverse("pupils_count_only", args=[scene.hidden.public_id]))

    scene.hidden.refresh_from_db()
    assert scene.hidden.is_counted_only
    assert (scene.hidden.name, bytes(scene.hidden.number_encrypted)) == ("", b"")
    assert not Guardian.objects.exists()


def test_the_number_is_shown_to_the_principal_alone_and_logged(scene: Scene) -> None:
    address = reverse("pupils_number", args=[scene.open.public_id])

    assert scene.browser().post(address).status_code == 404
    shown = scene.town.signed_in(scene.principal).post(address)

    assert NUMBER in shown.content.decode()
    assert Entry.objects.filter(kind=Kind.READ, action="pupils.number").count() == 1


def test_a_protected_guardian_is_not_named(scene: Scene) -> None:
    Guardian.objects.create(
        pupil=scene.open, key="g", given_name="Xenia", contact="hemlig", protection="marked"
    )

    page = scene.browser().get(reverse("pupils_contacts", args=[scene.open.public_id]))

    assert page.status_code == 200
    assert "Xenia" not in page.content.decode()
    assert "hemlig" not in page.content.decode()
