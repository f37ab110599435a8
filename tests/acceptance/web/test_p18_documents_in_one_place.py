"""P18: documents were replaced by hand in several folders. One place, every version kept.

A-R-62: revised by project leadership, edited by the communicator, approved by the principals.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Town

from narvaro.forms import read_form
from narvaro.programmes import unpack
from narvaro.web.accounts.models import Authority, AuthorityKind, CollaborationArea, Unit, UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry
from narvaro.web.documents.models import RoutineDocument, RoutineVersion

FIRST = "# Samtal med hemmet\nMentor ringer hemmet.\n\n- inom tio skoldagar"
SECOND = "# Samtal med hemmet\nMentor ringer hemmet och eleven.\n\n- inom tio skoldagar"


class Makers:
    """The project leader, the communicator and two principals, each with a browser."""

    def __init__(self, town: Town) -> None:
        posts = {
            "leader": town.somebody(Role.PROJECT_LEADER, "linnasa", name="Petra Provsson"),
            "communicator": town.somebody(Role.COMMUNICATOR, "linnasa", name="Kai Provlund"),
            "alm": town.somebody(Role.PRINCIPAL, "almskolan", name="Alva Provberg"),
            "bjork": town.somebody(Role.PRINCIPAL, "bjorkskolan", name="Bo Provgren"),
        }
        self.accounts = {name: post.account for name, post in posts.items()}
        self.browsers: dict[str, Client] = {n: town.signed_in(p) for n, p in posts.items()}

    @property
    def document(self) -> RoutineDocument:
        return RoutineDocument.objects.get()

    @property
    def draft(self) -> RoutineVersion:
        return self.document.versions.get(published_at=None)

    def sends(self, who: str, name: str, **data: object) -> int:
        given = {"version": self.draft.version} | data
        url = reverse(name, args=[self.document.public_id])
        return self.browsers[who].post(url, given).status_code

    def writes(self, who: str, text: str) -> int:
        draft = self.document.versions.filter(published_at=None).first()
        opened = draft.version if draft else 0
        url = reverse("routine_write", args=[self.document.public_id])
        return self.browsers[who].post(url, {"text": text, "opened_version": opened}).status_code

    def asks(self, *names: str) -> int:
        named = [one.public_id for name in names if (one := self.accounts[name])]
        return self.sends("communicator", "routine_ask", principals=named)

    def approves(self, who: str, *, version: int | None = None) -> int:
        mine = self.draft.approvals.get(principal=self.accounts[who])
        data = {"version": self.draft.version if version is None else version}
        return (
            self.browsers[who]
            .post(reverse("routine_approve", args=[mine.public_id]), data)
            .status_code
        )

    def reads(self, who: str, *more: object) -> str:
        name = "routine_version" if more else "routine"
        url = reverse(name, args=[self.document.public_id, *more])
        return self.browsers[who].get(url).content.decode()

    def publishes(self, text: str) -> None:
        """From a text to the version that holds."""
        assert self.writes("leader", text) == 302
        assert self.writes("communicator", text) == 302
        assert self.asks("alm", "bjork") == 302
        assert self.approves("alm") == self.approves("bjork") == 302
        assert self.sends("leader", "routine_publish") == 302


@pytest.fixture
def makers(town: Town) -> Makers:
    made = Makers(town)
    new = {"name": "Samtal med hemmet", "text": FIRST}
    assert made.browsers["leader"].post(reverse("routine_start"), new).status_code == 302
    return made


def test_a_document_is_drafted_edited_approved_by_those_named_and_then_published(
    makers: Makers,
) -> None:
    assert makers.asks("alm") == 422  # not edited yet
    assert makers.sends("leader", "routine_publish") == 422
    assert makers.writes("communicator", FIRST) == 302
    assert makers.asks("alm", "bjork") == 302
    assert makers.approves("alm") == 302
    assert makers.sends("leader", "routine_publish") == 422  # one has not approved
    assert makers.approves("bjork") == 302
    assert makers.sends("leader", "routine_publish") == 302

    page = makers.reads("alm")
    for words in ("Godkänd av Alva Provberg", "Godkänd av Bo Provgren", "Redigerad av Kai Provlund",
                  "Publicerad av Petra Provsson", "inom tio skoldagar"):  # fmt: skip
        assert words in page
    written = [one.action for one in Entry.objects.filter(action__startswith="routines.")
               .exclude(kind="refused").order_by("number")]  # fmt: skip
    assert written == [
        "routines.write", "routines.write", "routines.ask", "routines.approve",
        "routines.approve", "routines.publish",
    ]  # fmt: skip


def test_old_versions_stay_readable_and_two_can_be_compared(makers: Makers) -> None:
    makers.publishes(FIRST)
    makers.publishes(SECOND)

    assert "hemmet och eleven" in makers.reads("alm")
    assert "hemmet och eleven" not in makers.reads("alm", 1)
    url = reverse("routine_compare", args=[makers.document.public_id])
    page = makers.browsers["alm"].get(url, {"fran": "1", "till": "2"}).content.decode()
    assert "<del>" in page
    assert "Mentor ringer hemmet och eleven." in page


def test_a_published_version_is_changed_by_nobody_not_even_in_the_database(makers: Makers) -> None:
    makers.publishes(FIRST)
    for statement in (
        "update documents_routineversion set text = 'x'",
        "delete from documents_routineversion",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert makers.document.versions.get().text == FIRST


def test_what_is_changed_after_an_approval_is_approved_anew(makers: Makers) -> None:
    makers.writes("communicator", FIRST)
    makers.asks("alm")
    opened = makers.draft.version
    makers.writes("communicator", SECOND)

    assert makers.draft.approvals.count() == 0
    makers.asks("alm")
    assert makers.approves("alm", version=opened) == 409  # it is another text by now
    assert makers.draft.approvals.get().approved_at is None


def test_the_second_of_two_writers_is_told_and_sees_both_texts(makers: Makers) -> None:
    url = reverse("routine_write", args=[makers.document.public_id])
    first = makers.browsers["leader"].post(url, {"text": SECOND, "opened_version": "1"})
    other = "# Samtal\nNågot helt annat"
    second = makers.browsers["communicator"].post(url, {"text": other, "opened_version": "1"})

    assert (first.status_code, second.status_code) == (302, 409)
    page = second.content.decode()
    assert "Inget är överskrivet" in page
    assert "hemmet och eleven" in page
    assert "Något helt annat" in page
    assert makers.draft.text == SECOND


def test_a_contact_at_another_agency_reads_what_is_published_and_no_draft(
    makers: Makers, town: Town
) -> None:
    area = CollaborationArea.objects.create(name="Närvårdssamverkan")
    social = Authority.objects.create(
        name="Socialtjänsten", kind=AuthorityKind.SOCIAL_SERVICES, collaboration_area=area
    )
    other = Town(social)
    other.units["kontoret"] = Unit.objects.create(
        authority=social, kind=UnitKind.OFFICE, name="kontoret"
    )
    contact = other.browser(Role.AGENCY_CONTACT, "kontoret")
    address = reverse("routine", args=[makers.document.public_id])
    assert contact.get(address).status_code == 404  # nothing is published, and no area is shared
    makers.publishes(FIRST)
    assert contact.get(address).status_code == 404

    town.authority.collaboration_area = area
    town.authority.save()
    makers.writes("leader", SECOND)

    page = contact.get(address)
    assert page.status_code == 200
    assert "hemmet och eleven" not in page.content.decode()
    version = reverse("routine_version", args=[makers.document.public_id, 2])
    assert contact.get(version).status_code == 404
    assert "Samtal med hemmet" in contact.get(reverse("routines")).content.decode()
    analyst = other.browser(Role.ANALYST, "kontoret")
    assert analyst.get(address).status_code == 404


def test_a_principal_who_is_asked_finds_it_in_the_work_queue(makers: Makers) -> None:
    makers.writes("communicator", FIRST)
    makers.asks("alm")

    assert "Läs och godkänn" in makers.browsers["alm"].get(reverse("home")).content.decode()
    assert "Läs och godkänn" not in makers.browsers["bjork"].get(reverse("home")).content.decode()


def test_the_whole_routine_is_one_document_that_can_be_edited(makers: Makers) -> None:
    from docx import Document as Docx

    makers.publishes(FIRST)
    answer = makers.browsers["alm"].get(reverse("routine_docx"))
    made = Docx(BytesIO(answer.content))

    headings = [one.text for one in made.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings[:2] == ["Den gemensamma rutinen", "Samtal med hemmet"]
    assert "Utredning av frånvaron" in headings
    assert "inom tio skoldagar" in [one.text for one in made.paragraphs]
    assert "Vad säger eleven själv?" in [one.text for one in made.paragraphs]


def test_the_common_routine_is_one_package_that_others_can_take_in(makers: Makers) -> None:
    makers.publishes(FIRST)
    leader = makers.browsers["leader"]
    assert reverse("common_routine_share") in leader.get(reverse("routines")).content.decode()

    sent = leader.post(reverse("common_routine_share"), {"licence": "CC-BY-4.0"})
    taken_in = unpack(sent.content)

    assert taken_in.programme.id == "boras-recommended"
    assert read_form(taken_in.forms["investigation"].decode()).version == 1
    assert taken_in.forms_left_out == ()
    assert [(one.name, one.text) for one in taken_in.texts] == [("Samtal med hemmet", FIRST)]


NOON = datetime(2026, 12, 2, 11, tzinfo=UTC)


def test_the_database_keeps_the_order_of_the_steps(makers: Makers) -> None:
    draft = makers.draft
    account = makers.accounts["leader"]
    assert account is not None
    for wrong in (
        {"published_at": NOON, "published_by": account},
        {"edited_at": NOON},
        {"edited_at": NOON, "edited_by": account, "published_at": NOON},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoutineVersion.objects.filter(pk=draft.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoutineVersion.objects.create(
            document=draft.document, number=2, text="x", drafted_by=account, drafted_at=NOON
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        RoutineDocument.objects.create(
            authority=makers.document.authority, name=makers.document.name
        )
