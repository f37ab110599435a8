"""A pupil out of reach is opened in an emergency: briefly, told of, logged, and reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.web.api.things import case_of
from tests.web.conftest import LONG_AGO, Town

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.emergency import actions
from narvaro.web.emergency.finding import MOST_MISSES
from narvaro.web.emergency.models import Finding, Opening, Review, Why
from narvaro.web.messages.models import Mail
from narvaro.web.pupils.models import Enrolment, Guardian, HeldBack, Protection, Pupil
from narvaro.web.pupils.numbers import encrypt, index_of
from narvaro.web.ui.registry import queue_of
from narvaro.web.ui.sorting import sort_key

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 1, 14, 11, tzinfo=UTC)
TODAY = date(2026, 1, 14)
WORDS = "Eleven kom inte tillbaka efter rasten."
NUMBER = "20131399-0000"


@dataclass
class Scene:
    """A counsellor at Björkskolan, and a pupil at Almskolan who is not theirs."""

    town: Town
    counsellor: Assignment
    principal: Assignment
    officer: Assignment
    pupil: Pupil

    def viewer(self, mine: Assignment, *, at: datetime = NOON) -> Viewer:
        assert mine.account is not None
        return Viewer(mine.account, mine, at.date(), at)

    def data(self, **more: str) -> dict[str, str]:
        school = self.town.units["almskolan"].public_id
        said = {"school": school, "who": "Mira Provsson", "why": "missing", "words": WORDS}
        return said | more

    def asks(self, mine: Assignment | None = None, **more: str) -> HttpResponse:
        answer = self.town.signed_in(mine or self.counsellor).post(
            reverse("emergency"), self.data(**more)
        )
        assert isinstance(answer, HttpResponse)
        return answer

    def opened(self, *, at: datetime = NOON) -> Opening:
        return actions.open_pupil(
            pupil=self.pupil,
            school=self.town.units["almskolan"],
            why=Why.MISSING,
            words=WORDS,
            by=self.viewer(self.counsellor, at=at),
            at=at,
        )

    def page(self, opening: Opening, mine: Assignment | None = None) -> HttpResponse:
        answer = self.browser(mine).get(reverse("emergency_page", args=[opening.public_id]))
        assert isinstance(answer, HttpResponse)
        return answer

    def browser(self, mine: Assignment | None = None) -> Client:
        return self.town.signed_in(mine or self.counsellor)


@pytest.fixture
def scene(town: Town) -> Scene:
    officer = town.somebody(Role.DATA_PROTECTION_OFFICER, "linnasa", name="Doris Påhitt")
    return Scene(
        town,
        town.somebody(Role.SCHOOL_COUNSELLOR, "bjorkskolan", name="Kurt Påhitt"),
        town.somebody(Role.PRINCIPAL, "almskolan", name="Rakel Påhitt"),
        officer,
        pupil_of(town, "Mira", number=NUMBER),
    )


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with moment(NOON):
        yield


def moment(at: datetime) -> AbstractContextManager[object]:
    return patch("narvaro.web.accounts.doors.now_of", return_value=at)


@pytest.fixture(autouse=True)
def _its_day() -> Iterator[None]:
    with patch("narvaro.web.accounts.doors.today_of", return_value=TODAY):
        yield


def pupil_of(
    town: Town, name: str, *, protection: str = "none", number: str = "", school: str = "almskolan"
) -> Pupil:
    made = Pupil.objects.create(
        authority=town.authority,
        key=name,
        given_name=name,
        family_name="Provsson",
        sort_name=sort_key(f"Provsson {name}"),
        protection=protection,
        number_encrypted=encrypt(number),
        number_index=index_of(number),
    )
    Enrolment.objects.create(
        pupil=made, school_key=school, class_key=f"{school}/7B", grade="7", from_on=LONG_AGO
    )
    return made


def home(pupil: Pupil, name: str, **more: str) -> Guardian:
    return Guardian.objects.create(
        pupil=pupil, key=name, given_name=name, contact=f"{name.lower()}@hem.invalid", **more
    )


@pytest.mark.parametrize("who", ["Mira Provsson", "provsson MIRA", NUMBER])
def test_a_pupil_is_opened_by_the_whole_name_or_the_number(scene: Scene, who: str) -> None:
    home(scene.pupil, "Hanna")
    answer = scene.asks(who=who)
    page = scene.browser().get(answer["Location"]).content.decode()

    assert answer.status_code == 302
    assert Opening.objects.get().pupil == scene.pupil
    assert "Mira Provsson" in page
    assert "hanna@hem.invalid" in page
    assert "Rakel Påhitt" in page


@pytest.mark.parametrize(
    "who", ["Mira", "Provsson", "Mir Provs", "Mira Provsson Lund", "201313990001"]
)
def test_part_of_a_name_finds_nobody(scene: Scene, who: str) -> None:
    answer = scene.asks(who=who)

    assert answer.status_code == 422
    assert not Opening.objects.exists()


def test_who_goes_to_another_school_than_was_said_is_not_found(scene: Scene) -> None:
    answer = scene.asks(school=scene.town.units["bjorkskolan"].public_id)

    assert answer.status_code == 422
    assert not Opening.objects.exists()


def test_a_protected_pupil_is_never_opened_and_answers_as_if_nobody_was_there(scene: Scene) -> None:
    hidden = pupil_of(scene.town, "Dold", protection=Protection.MARKED)
    nobody, protected = scene.asks(who="Ingen Provsson"), scene.asks(who="Dold Provsson")

    assert _without_form(nobody) == _without_form(protected)
    assert not Opening.objects.exists()
    noted = [one.subjects for one in Entry.objects.filter(kind=Kind.REFUSED).order_by("number")]
    assert noted == [[], [f"pupil:{hidden.public_id}"]]


def _without_form(answer: HttpResponse) -> str:
    text = answer.content.decode()
    for word in ("Ingen Provsson", "Dold Provsson"):
        text = text.replace(word, "")
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


def test_not_even_who_is_on_a_protected_pupils_list_opens_it_so(scene: Scene) -> None:
    hidden = pupil_of(scene.town, "Dold", protection=Protection.MARKED)
    viewer = scene.viewer(scene.counsellor)
    hidden.access_list.create(account=viewer.account, decided_by=viewer.account, from_on=LONG_AGO)

    with pytest.raises(Refused):
        actions.open_pupil(
            pupil=hidden,
            school=scene.town.units["almskolan"],
            why=Why.DANGER,
            words=WORDS,
            by=viewer,
            at=NOON,
        )


def test_a_pupil_of_another_authority_cannot_be_opened(scene: Scene) -> None:
    scene.pupil.authority = type(scene.town.authority).objects.create(
        name="Granby", kind="school_authority", key="granby"
    )
    scene.pupil.save()

    assert scene.asks().status_code == 422
    with pytest.raises(Refused):
        scene.opened()


def test_after_some_misses_nobody_is_looked_for_any_more(scene: Scene) -> None:
    for number in range(MOST_MISSES):
        scene.asks(who=f"Gissning Nummer{number}")

    answer = scene.asks()

    assert "för många gånger" in answer.content.decode()
    assert not Opening.objects.exists()
    with moment(NOON + timedelta(days=1, minutes=1)):
        assert scene.asks().status_code == 302


def test_after_three_hours_it_is_gone(scene: Scene) -> None:
    opening = scene.opened()

    with moment(NOON + timedelta(hours=2, minutes=59)):
        assert scene.page(opening).status_code == 200
    with moment(NOON + timedelta(hours=3)):
        late = scene.page(opening)
    assert late.status_code == 404
    assert "Mira" not in late.content.decode()


def test_a_protection_that_comes_in_the_middle_closes_it_at_once(scene: Scene) -> None:
    opening = scene.opened()
    scene.pupil.protection = Protection.PROTECTED_REGISTRATION
    scene.pupil.save()

    assert scene.page(opening).status_code == 404


def test_a_pupil_who_has_left_the_school_is_closed_at_once(scene: Scene) -> None:
    opening = scene.opened()
    scene.pupil.enrolments.update(to_on=TODAY - timedelta(days=1))

    assert scene.page(opening).status_code == 404


def test_it_is_open_to_nobody_else_and_in_no_other_role(scene: Scene) -> None:
    opening = scene.opened()
    other = scene.town.somebody(Role.SCHOOL_COUNSELLOR, "bjorkskolan")
    second = Assignment.objects.create(
        account=scene.counsellor.account,
        role=Role.SCHOOL_NURSE,
        unit=scene.town.units["bjorkskolan"],
        from_on=LONG_AGO,
    )

    assert scene.page(opening, other).status_code == 404
    assert scene.page(opening, second).status_code == 404


def test_who_has_left_their_work_sees_it_no_more(scene: Scene) -> None:
    opening = scene.opened()
    Assignment.objects.filter(pk=scene.counsellor.pk).update(to_on=TODAY - timedelta(days=1))

    assert scene.page(opening).status_code == 404


def test_everything_else_of_the_pupil_stays_closed_meanwhile(scene: Scene) -> None:
    scene.opened()
    assert scene.principal.account is not None
    case = case_of(scene.pupil, scene.town.units["almskolan"], scene.principal.account)
    browser = scene.browser()
    pages = [
        reverse("pupil", args=[scene.pupil.public_id]),
        reverse("pupil_history", args=[scene.pupil.public_id]),
        reverse("pupils_contacts", args=[scene.pupil.public_id]),
        reverse("document_start_about", args=[scene.pupil.public_id]),
        reverse("case", args=[case.public_id]),
        reverse("case_note", args=[case.public_id]),
    ]

    assert {browser.get(one).status_code for one in pages} == {404}


def test_no_text_of_a_case_is_shown_only_who_answers_for_it(scene: Scene) -> None:
    owner = scene.town.somebody(Role.SPECIAL_EDUCATOR, "almskolan", name="Olga Påhitt")
    assert owner.account is not None
    case = case_of(scene.pupil, scene.town.units["almskolan"], owner.account)
    case.notes.create(
        on=TODAY,
        text="Elevhälsans ord",
        by=owner.account,
        role=Role.SCHOOL_PSYCHOLOGIST,
        restriction="student_health",
        at=NOON,
    )
    page = scene.page(scene.opened()).content.decode()

    assert "Olga Påhitt" in page
    assert [one for one in ("Elevhälsans ord", "Hemligt ord") if one in page] == []


def test_a_guardian_who_is_protected_shielded_or_a_threat_is_left_out(scene: Scene) -> None:
    home(scene.pupil, "Synlig")
    home(scene.pupil, "Hotet", held_back=HeldBack.THREAT)
    home(scene.pupil, "Dolda", held_back=HeldBack.SHIELDED)
    home(scene.pupil, "Marka", protection=Protection.MARKED)
    page = scene.page(scene.opened()).content.decode()

    assert "Synlig" in page
    assert [one for one in ("Hotet", "hotet@", "Dolda", "dolda@", "Marka") if one in page] == []
    assert "Ring rektor innan du ringer hem" in page


def test_the_principal_and_the_data_protection_officer_are_told_without_names(
    scene: Scene,
) -> None:
    opening = scene.opened()
    mails = Mail.objects.order_by("pk")
    said = "".join(one.subject + one.body for one in mails)

    assert [one.to for one in mails] == [scene.principal.account, scene.officer.account]
    assert [word for word in ("Mira", "Provsson", "Kurt", "almskolan", WORDS) if word in said] == []
    assert opening.public_id in said
    for one in (scene.principal, scene.officer):
        rows = [row for row in queue_of(scene.viewer(one)) if row.key.startswith("emergency")]
        assert len(rows) == 1
        assert "Mira" not in rows[0].title + rows[0].why


def test_who_opened_cannot_undo_the_mail(scene: Scene) -> None:
    scene.opened()
    mail = Mail.objects.first()
    assert mail is not None

    answer = scene.browser().post(reverse("undo_mail", args=[mail.public_id]))

    assert answer.status_code == 404


def test_without_anybody_to_tell_nothing_is_opened(scene: Scene) -> None:
    Assignment.objects.filter(pk__in=[scene.principal.pk, scene.officer.pk]).update(
        to_on=TODAY - timedelta(days=1)
    )

    assert scene.asks().status_code == 422
    assert not Opening.objects.exists()
    head = scene.town.somebody(Role.HEAD_OF_SCHOOLS, "linnasa")
    assert scene.asks().status_code == 302
    assert [one.account for one in Opening.objects.get().told.all()] == [head.account]


def test_opening_and_every_look_is_in_the_log_with_its_reason(scene: Scene) -> None:
    opening = scene.opened()
    scene.page(opening)
    scene.page(opening)
    entries = Entry.objects.filter(account=opening.account.public_id, reason="missing")

    assert [(one.kind, one.action) for one in entries.order_by("number")] == [
        (Kind.WRITE, "emergency.open"),
        (Kind.READ, "emergency.page"),
        (Kind.READ, "emergency.page"),
    ]
    assert all(f"pupil:{scene.pupil.public_id}" in one.subjects for one in entries)


def test_the_review_waits_until_it_is_answered_and_says_how_often_it_was_looked_at(
    scene: Scene,
) -> None:
    opening = scene.opened()
    scene.page(opening)
    browser = scene.browser(scene.principal)
    url = reverse("emergency_review", args=[opening.public_id])

    with moment(NOON + timedelta(days=30)):
        assert "Sidan visades 1 gång" in browser.get(url).content.decode()
        browser.post(url, {"finding": "not_needed", "words": "Skolan kunde ha ringts."})
        after = browser.get(url).content.decode()

    assert Review.objects.get().finding == Finding.NOT_NEEDED
    assert "inom 72 timmar" in after
    assert [r for r in queue_of(scene.viewer(scene.officer)) if r.key.startswith("emergency")] == []


def test_nobody_reviews_their_own(scene: Scene) -> None:
    opening = scene.opened()
    assert scene.counsellor.account is not None
    as_officer = Assignment.objects.create(
        account=scene.counsellor.account,
        role=Role.DATA_PROTECTION_OFFICER,
        unit=scene.town.units["linnasa"],
        from_on=LONG_AGO,
    )
    url = reverse("emergency_review", args=[opening.public_id])

    assert scene.browser(as_officer).get(url).status_code == 404
    with pytest.raises(Refused):
        actions.review(
            opening=opening,
            finding=Finding.NEEDED,
            words=WORDS,
            by=scene.viewer(as_officer),
            at=NOON,
        )
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Review.objects.create(
            opening=opening, by=opening.account, at=NOON, finding=Finding.NEEDED, words=WORDS
        )


def test_a_review_is_answered_once(scene: Scene) -> None:
    opening = scene.opened()
    said = {"opening": opening, "finding": Finding.NEEDED, "words": WORDS, "at": NOON}
    actions.review(**said, by=scene.viewer(scene.principal))  # type: ignore[arg-type]

    with pytest.raises(Refused):
        actions.review(**said, by=scene.viewer(scene.officer))  # type: ignore[arg-type]


def test_the_database_neither_changes_nor_removes_what_was_opened(scene: Scene) -> None:
    opening = scene.opened()
    for wrong in (
        lambda: Opening.objects.update(opened_at=NOON + timedelta(hours=9)),
        lambda: Opening.objects.filter(pk=opening.pk).delete(),
        lambda: opening.told.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()


def test_what_was_written_lies_sealed(scene: Scene) -> None:
    scene.opened()
    with connection.cursor() as cursor:
        cursor.execute("select words from emergency_opening")
        kept = str(cursor.fetchone())

    assert "rasten" not in kept


def test_who_reaches_the_pupil_anyhow_needs_no_emergency(scene: Scene) -> None:
    nurse = scene.town.somebody(Role.SCHOOL_NURSE, "almskolan")

    answer = scene.asks(nurse)

    assert answer["Location"] == reverse("pupil", args=[scene.pupil.public_id])
    assert not Opening.objects.exists()


@pytest.mark.parametrize(
    "role", [Role.TEACHER, Role.AGENCY_CONTACT, Role.ADMINISTRATOR, Role.PROJECT_LEADER]
)
def test_teachers_agencies_and_administrators_have_no_such_way(scene: Scene, role: Role) -> None:
    somebody = scene.town.somebody(role, "linnasa")

    assert scene.browser(somebody).get(reverse("emergency")).status_code == 404


def test_a_head_of_schools_reviews_without_the_pupils_name(scene: Scene) -> None:
    opening = scene.opened()
    head = scene.town.somebody(Role.HEAD_OF_SCHOOLS, "linnasa")
    page = scene.browser(head).get(reverse("emergency_review", args=[opening.public_id]))

    assert page.status_code == 200
    assert "Mira" not in page.content.decode()
    assert replace(scene.viewer(head)).may("emergency.review")
