"""A routine goes from one municipality to another as a file, and takes effect when it is decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from unittest.mock import patch
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.web.cases.conftest import School

from narvaro.forms import text_of as form_text
from narvaro.programmes import Origin, RoutineText, pack, text_of, unpack
from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import Authority, AuthorityKind
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.cases import actions
from narvaro.web.cases.models import Adaptation, Case, OpenedBecause, RoutineProposal
from narvaro.web.cases.routines import programme_in_force, routine_in_force
from narvaro.web.deliveries.month_ends import programmes_for
from narvaro.web.documents.models import Approval, RoutineDocument, RoutineVersion
from narvaro.web.projects.models import ProgrammeInUse

DEMO = Path(__file__).parents[3] / "src" / "narvaro" / "demo" / "linnasa.toml"
LINNASA = text_of(DEMO)
THEIRS = (
    text_of("generic")
    .replace('id = "generic"', 'id = "granby"')
    .replace('name = { sv = "', 'name = { sv = "Granby: ', 1)
)
TEXTS = (RoutineText("Att ringa hem", "# Ring samma dag\n\nFråga först.", 10),)
FORM = "teacher-documentation"


@pytest.fixture(autouse=True)
def programmes(settings: Settings, tmp_path: Path) -> Path:
    """Linnåsa's own programme, where the application looks for it."""
    settings.PROGRAMME_FOLDER = tmp_path / "programmes"
    settings.PROGRAMME_FOLDER.mkdir()
    file: Path = settings.PROGRAMME_FOLDER / "linnasa.toml"
    file.write_text(LINNASA, "utf-8")
    return file


@pytest.fixture(autouse=True)
def day(school: School) -> Iterator[None]:
    """Pages stand on the school's own clock, which a test moves."""

    def now(_request: object) -> datetime:
        return school.now.astimezone(UTC)

    def today(_request: object) -> date:
        return school.now.astimezone(STOCKHOLM).date()

    doors = "narvaro.web.accounts.doors"
    with patch(f"{doors}.now_of", now), patch(f"{doors}.today_of", today):
        yield


@pytest.fixture
def leader(school: School) -> Client:
    """The project leader's browser."""
    post = school.town.somebody(Role.PROJECT_LEADER, "linnasa", name="Petra Provsson")
    school.posts[Role.PROJECT_LEADER] = post
    return school.town.signed_in(post)


def theirs(**more: object) -> bytes:
    """Granby's routine as a package."""
    given: dict[str, object] = {"texts": TEXTS, "origin": Origin("Granby kommun", "CC-BY-4.0")}
    forms = {FORM: form_text(FORM, 1).encode()}
    return pack(THEIRS.encode(), None, forms, **(given | more))  # type: ignore[arg-type]


def sent(browser: Client, content: bytes) -> object:
    file = SimpleUploadedFile("rutin.zip", content, "application/zip")
    return browser.post(reverse("common_routine_propose"), {"package": file})


def proposed(browser: Client, content: bytes | None = None) -> RoutineProposal:
    answer = sent(browser, theirs() if content is None else content)
    assert answer.status_code == 302, answer.content.decode()  # type: ignore[attr-defined]
    return RoutineProposal.objects.latest("pk")


def post(browser: Client, name: str, one: RoutineProposal, **data: object) -> int:
    one.refresh_from_db()
    sending = {"version": one.version} | data
    return browser.post(reverse(name, args=[one.public_id]), sending).status_code


def used(browser: Client, one: RoutineProposal, from_on: date, **data: object) -> int:
    given = {"from_on": from_on.isoformat(), "why": "Vi går över"} | data
    return post(browser, "common_routine_use", one, **given)


def page(browser: Client, one: RoutineProposal) -> str:
    return browser.get(reverse("common_routine_proposal", args=[one.public_id])).content.decode()


def published(school: School, name: str, text: str) -> None:
    account = school.account(Role.PRINCIPAL)
    made, _ = RoutineDocument.objects.get_or_create(authority=school.town.authority, name=name)
    RoutineVersion.objects.create(
        document=made,
        number=made.versions.count() + 1,
        text=text,
        drafted_by=account,
        drafted_at=school.now,
        edited_by=account,
        edited_at=school.now,
        published_by=account,
        published_at=school.now,
    )


def packed(browser: Client, **data: object) -> bytes:
    answer = browser.post(reverse("common_routine_share"), {"licence": "CC-BY-4.0"} | data)
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Content-Type"] == "application/zip"
    return answer.content


def adapted(school: School) -> Adaptation:
    text = f"""schema = 1
programme = "{programme_in_force(school.day).id}"
version = {programme_in_force(school.day).version}
by = "Rektor, almskolan"
decided_on = 2026-11-01
why = {{ sv = "Ett prov", en = "A trial" }}

[[steps]]
step = "{programme_in_force(school.day).steps[0].id}"
guidance = [{{ sv = "Ring hem samma kväll", en = "Call the same evening" }}]
"""
    return Adaptation.objects.create(
        school=school.town.units["almskolan"],
        routine=routine_in_force(school.day, at=school.now),
        text=text,
        why="Ett prov",
        by=school.account(Role.PRINCIPAL),
        from_on=school.day,
    )


def test_the_package_has_the_routine_its_forms_letters_texts_and_licence(
    school: School, leader: Client
) -> None:
    published(school, "Att ringa hem", "# Ring\n\nSamma dag.")

    found = unpack(packed(leader))

    assert found.programme_file.decode() == LINNASA
    assert {one.id for one in found.programme.forms} <= set(found.forms)
    assert "guardian-letter" in found.forms
    assert found.texts == (RoutineText("Att ringa hem", "# Ring\n\nSamma dag.", 100),)
    assert found.origin == Origin("Linnåsa kommun", "CC-BY-4.0")
    assert found.adaptation is None
    assert Entry.objects.filter(action="routine.share", kind=Kind.EXPORT).count() == 1


def test_no_name_of_a_person_or_a_school_goes_along_unless_it_is_chosen(
    school: School, leader: Client
) -> None:
    published(school, "Att ringa hem", "Ring expeditionen på Almskolan.")
    url, given = reverse("common_routine_share"), {"licence": "CC0-1.0"}

    refused = leader.post(url, given)
    assert refused.status_code == 422
    assert "Att ringa hem: almskolan (skola)" in refused.content.decode()
    assert unpack(packed(leader, with_schools="on")).texts

    published(school, "Att ringa hem", "Ring Petra Provsson.")
    refused = leader.post(url, given | {"with_schools": "on"})
    assert refused.status_code == 422
    assert "Petra Provsson (person)" in refused.content.decode()


def test_a_school_s_own_way_goes_along_when_it_is_chosen(school: School, leader: Client) -> None:
    adapted(school)
    school_id = school.town.units["almskolan"].public_id

    assert b"adaptation.toml" not in packed(leader)
    found = unpack(packed(leader, school=school_id))

    assert found.adaptation is not None
    assert found.adapted.steps[0].guidance[-1].sv == "Ring hem samma kväll"


def test_a_proposal_shows_what_is_new_and_takes_no_effect(school: School, leader: Client) -> None:
    before = programme_in_force(school.day + timedelta(days=60))

    one = proposed(leader)
    shown = page(leader, one)

    assert "Från Granby kommun. Licens: CC-BY-4.0." in shown
    assert "Det här skiljer från den egna rutinen" in shown
    assert "Att ringa hem: ny" in shown
    assert "samma som här" in shown
    assert programme_in_force(school.day + timedelta(days=60)) == before
    assert [one.name for one in Path(DEMO).parent.glob("granby*")] == []
    assert Entry.objects.filter(action="routine.propose", kind=Kind.WRITE).count() == 1


def test_the_same_package_waits_once(leader: Client) -> None:
    proposed(leader)
    proposed(leader)

    assert RoutineProposal.objects.count() == 1


def test_it_is_taken_into_use_from_a_day_with_a_reason_and_running_cases_stay(
    school: School, leader: Client
) -> None:
    running = actions.open_case(
        school.pupil, because=OpenedBecause.STAFF, by=school.by(Role.MENTOR), at=school.now
    )
    one, from_on = proposed(leader), school.day + timedelta(days=14)

    assert used(leader, one, from_on, why=" ") == 422
    assert used(leader, one, from_on) == 302

    assert programme_in_force(from_on - timedelta(days=1)).id == "linnasa"
    assert programme_in_force(from_on).id == "granby"
    assert [p.id for p in programmes_for(from_on)] == ["granby"]
    assert "En annan rutin gäller ärenden" in leader.get(reverse("common_routine")).content.decode()
    kept = ProgrammeInUse.objects.get()
    assert (kept.why, kept.by.name, kept.takes_place_of) == (
        "Vi går över",
        "Petra Provsson",
        "linnasa",
    )
    assert Entry.objects.filter(action="routine.use", kind=Kind.WRITE).count() == 1

    school.day = from_on
    assert Case.objects.get(pk=running.pk).routine.programme == "linnasa"
    Case.objects.filter(pk=running.pk).update(
        closed_at=school.now, closed_on=from_on, closed_by=running.owner, closing_reason="Slut"
    )
    new = actions.open_case(
        school.pupil, because=OpenedBecause.STAFF, by=school.by(Role.MENTOR), at=school.now
    )
    assert new.routine.programme == "granby"


def test_it_can_be_undone_until_the_day_and_not_after(school: School, leader: Client) -> None:
    one, from_on = proposed(leader), school.day + timedelta(days=3)
    assert used(leader, one, from_on) == 302
    assert post(leader, "common_routine_take_back", one) == 302
    assert programme_in_force(from_on).id == "linnasa"
    assert ProgrammeInUse.objects.get().undone_by == school.account(Role.PROJECT_LEADER)

    assert used(leader, one, from_on) == 302
    school.day = from_on
    assert post(leader, "common_routine_take_back", one) == 422
    assert programme_in_force(from_on).id == "granby"
    assert "Ångra" not in page(leader, one)


def test_taking_the_first_of_two_back_leaves_the_own_routine_in_the_place_of_the_second(
    school: School, leader: Client
) -> None:
    first, second = proposed(leader), proposed(leader, theirs(texts=()))
    other = THEIRS.replace('id = "granby"', 'id = "ekby"')
    third = proposed(leader, pack(other.encode()))
    assert used(leader, first, school.day + timedelta(days=3)) == 302
    assert used(leader, third, school.day + timedelta(days=9)) == 302
    assert used(leader, second, school.day + timedelta(days=3)) == 422  # one begins on a day

    assert post(leader, "common_routine_take_back", first) == 302

    on = school.day + timedelta(days=10)
    assert [one.id for one in programmes_for(on)] == ["ekby"]
    assert programme_in_force(school.day + timedelta(days=5)).id == "linnasa"


@pytest.mark.parametrize("days", [0, -1, 401])
def test_only_a_day_to_come_can_be_chosen(school: School, leader: Client, days: int) -> None:
    one = proposed(leader)

    assert used(leader, one, school.day + timedelta(days=days)) == 422
    assert not ProgrammeInUse.objects.exists()


def test_a_routine_is_not_taken_into_use_on_a_day_when_its_own_file_does_not_hold(
    school: School, leader: Client
) -> None:
    old = proposed(leader, pack(text_of("boras-2016").encode()))

    assert used(leader, old, school.day + timedelta(days=1)) == 422
    assert not ProgrammeInUse.objects.exists()


def test_a_routine_whose_forms_are_not_here_is_shown_and_not_taken_into_use(
    school: School, leader: Client
) -> None:
    odd = THEIRS.replace(FORM, "moon-form")
    assert odd != THEIRS
    one = proposed(leader, pack(odd.encode()))

    assert "Steg kräver blanketter som inte kan fyllas i här." in page(leader, one)
    assert used(leader, one, school.day + timedelta(days=1)) == 422


def test_where_authorities_share_the_programmes_nobody_decides_for_the_others(
    school: School, leader: Client
) -> None:
    one = proposed(leader)
    Authority.objects.create(name="Granby", kind=AuthorityKind.SCHOOL, key="granby")

    assert used(leader, one, school.day + timedelta(days=1)) == 422


def test_a_proposal_is_put_aside_with_a_reason_and_not_used_after_that(
    school: School, leader: Client
) -> None:
    one = proposed(leader)
    assert post(leader, "common_routine_aside", one, why="") == 422
    assert post(leader, "common_routine_aside", one, why="Passar inte oss") == 302

    assert "Passar inte oss" in page(leader, one)
    assert used(leader, one, school.day + timedelta(days=1)) == 409


def test_who_is_second_is_told(school: School, leader: Client) -> None:
    one = proposed(leader)
    assert used(leader, one, school.day + timedelta(days=1), version=7) == 409
    assert not ProgrammeInUse.objects.exists()


def faulty() -> Iterator[tuple[str, bytes, tuple[str, ...]]]:
    yield "garbage", b"PK garbage", ("det här är ingen zip-fil som går att läsa",)
    yield "too large", b"0" * (2 * 1024 * 1024 + 1), ("för stor",)
    other = form_text(FORM, 1).replace("version = 1", "version = 1 # another")
    yield (
        "another form of the same id",
        pack(THEIRS.encode(), forms={FORM: other.encode()}),
        ("en annan blankett här har samma id och version",),
    )
    with ZipFile(BytesIO(theirs())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    yield "outside", zipped(files | {"../../x.toml": b""}), ("ett paket har ingen sådan del",)
    bad = {"programme.toml": b"id = ", "texts.json": b"{}"}
    yield (
        "all at once",
        zipped(files | bad),
        ("det här är inte TOML", "den är ingen lista med texter"),
    )
    yield (
        "of tomorrow",
        zipped(files | {"package.json": b'{"package": 2, "parts": {}}'}),
        ("den här formen av paket är okänd",),
    )


def zipped(files: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "said"), [pytest.param(c, s, id=name) for name, c, s in faulty()]
)
def test_what_cannot_be_used_is_refused_whole_and_every_fault_is_told_in_swedish(
    leader: Client, content: bytes, said: tuple[str, ...]
) -> None:
    answer = sent(leader, content)

    assert answer.status_code in (413, 422)  # type: ignore[attr-defined]
    shown = answer.content.decode()  # type: ignore[attr-defined]
    assert [one for one in said if one not in shown] == []
    assert 'lang="en">' not in shown.partition("<main")[2].partition("</main>")[0]
    assert not RoutineProposal.objects.exists()


def test_twenty_wait_at_most(leader: Client) -> None:
    for n in range(20):
        proposed(leader, theirs(origin=Origin(f"Kommun {n}", "CC0-1.0")))

    assert sent(leader, theirs()).status_code == 422  # type: ignore[attr-defined]
    assert RoutineProposal.objects.count() == 20


def approved(school: School, leader: Client) -> None:
    """The communicator edits every draft, a principal approves, the leader publishes."""
    account = school.account(Role.PRINCIPAL)
    communicator = school.town.browser(Role.COMMUNICATOR, "linnasa")
    for draft in RoutineVersion.objects.filter(published_at=None).select_related("document"):
        args = [draft.document.public_id]
        text = {"text": draft.text, "opened_version": draft.version}
        assert communicator.post(reverse("routine_write", args=args), text).status_code == 302
        draft.refresh_from_db()
        ask = {"principals": account.public_id, "version": draft.version}
        assert communicator.post(reverse("routine_ask", args=args), ask).status_code == 302
        draft.refresh_from_db()
        Approval.objects.filter(version=draft).update(approved_at=school.now)
        sending = {"version": draft.version}
        assert leader.post(reverse("routine_publish", args=args), sending).status_code == 302


def test_a_routine_that_went_to_another_municipality_and_on_from_there_is_the_same(
    school: School, leader: Client, programmes: Path
) -> None:
    published(school, "Att ringa hem", "# Ring\n\nSamma dag.")
    published(school, "Om lov", "Räkna skoldagar.")
    first = packed(leader, licence="CC-BY-SA-4.0")

    # another municipality, where nothing of it is
    gone = Authority.objects.create(name="Linnåsa", kind=AuthorityKind.RESEARCH, key="gone")
    RoutineDocument.objects.update(authority=gone)
    programmes.unlink()
    Authority.objects.filter(pk=school.town.authority.pk).update(name="Granby kommun")
    leader = school.town.signed_in(school.posts[Role.PROJECT_LEADER])
    assert programme_in_force(school.day).id != "linnasa"

    one = proposed(leader, first)
    assert used(leader, one, school.day + timedelta(days=1)) == 302
    assert post(leader, "common_routine_drafts", one) == 302
    assert unpack(packed(leader)).texts == ()  # a draft is no text of the routine
    approved(school, leader)
    school.day += timedelta(days=1)

    shown = leader.get(reverse("common_routine_share")).content.decode()
    assert 'value="CC-BY-SA-4.0" id="id_licence_2" checked' in shown.replace(" required", "")
    assert packed(leader, licence="CC-BY-SA-4.0") == first


def test_drafts_leave_what_is_in_the_making_and_what_is_the_same(
    school: School, leader: Client
) -> None:
    same, other, waits = (RoutineText(n, f"Text {n}", 10) for n in ("Samma", "Annan", "Väntar"))
    published(school, "Samma", same.text)
    published(school, "Annan", "Vår text")
    new = {"name": "Väntar", "text": "Vårt utkast"}
    assert leader.post(reverse("routine_start"), new).status_code == 302
    one = proposed(leader, theirs(texts=(same, other, waits)))

    shown = page(leader, one)
    assert "Samma: samma som här" in shown
    assert "Annan: annan än här" in shown
    assert "Väntar: ett utkast är redan på väg här" in shown
    assert post(leader, "common_routine_drafts", one) == 302

    drafts = dict(
        RoutineVersion.objects.filter(published_at=None).values_list("document__name", "text")
    )
    assert drafts == {"Annan": "Text Annan", "Väntar": "Vårt utkast"}


def test_a_communicator_sends_in_and_only_the_project_leader_takes_into_use(
    school: School, leader: Client
) -> None:
    communicator = school.town.browser(Role.COMMUNICATOR, "linnasa")
    one = proposed(communicator)

    assert "Ta i bruk" not in page(communicator, one)
    assert used(communicator, one, school.day + timedelta(days=1)) == 404
    assert post(communicator, "common_routine_drafts", one) == 404
    assert "Ta i bruk" in page(leader, one)


def test_a_principal_and_a_stranger_find_no_proposals(school: School, leader: Client) -> None:
    one = proposed(leader)
    other = Authority.objects.create(name="Granby", kind=AuthorityKind.SCHOOL, key="granby")
    principal = school.town.signed_in(school.posts[Role.PRINCIPAL])
    address = reverse("common_routine_proposal", args=[one.public_id])
    assert principal.get(reverse("common_routine_proposals")).status_code == 404
    assert principal.get(address).status_code == 404
    assert principal.get(reverse("common_routine_share")).status_code == 404

    RoutineProposal.objects.update(authority=other)
    assert leader.get(address).status_code == 404
    assert used(leader, one, school.day + timedelta(days=1)) == 404
    assert "Granby kommun" not in leader.get(reverse("common_routine_proposals")).content.decode()


def test_the_database_refuses_what_no_page_does(school: School, leader: Client) -> None:
    one = proposed(leader)
    assert used(leader, one, school.day + timedelta(days=1)) == 302
    account, now = school.account(Role.PRINCIPAL), school.now
    in_use = ProgrammeInUse.objects.get()
    rows = RoutineProposal.objects.filter(pk=one.pk)
    for wrong in (
        {"aside_at": now},
        {"aside_at": now, "aside_by": account, "aside_why": ""},
        {"aside_at": now, "aside_by": account, "aside_why": "x"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    uses = ProgrammeInUse.objects.filter(pk=in_use.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        uses.update(why="")
    with pytest.raises(IntegrityError), transaction.atomic():
        uses.update(undone_at=now)
    in_use.pk, in_use.public_id = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        in_use.save(force_insert=True)
    given = {"authority": one.authority, "content": b"", "by": account, "at": now}
    RoutineProposal.objects.create(digest="d", **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoutineProposal.objects.create(digest="d", **given)


def test_a_programme_in_use_that_cannot_be_read_any_more_changes_nothing(
    school: School, leader: Client
) -> None:
    one, from_on = proposed(leader), school.day + timedelta(days=1)
    assert used(leader, one, from_on) == 302
    ProgrammeInUse.objects.update(text="id = ", digest="0" * 64)

    assert programme_in_force(from_on).id == "linnasa"
    assert isinstance(school.by(Role.MENTOR), Viewer)
