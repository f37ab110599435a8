"""A file of a system nobody has described: guessed, mended in a form, looked at, taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import Town
from tests.web.deliveries.conftest import Send, work

from narvaro.web.deliveries.models import Load, Outcome, Source

FILE = """Frånvarorapport Ekskolan;;;;;;;;
Personnr;Elev;Skola;Grupp;Datum;Tid;Status;Frånvaro (tim);Rapporterad
20120304-1040;Påhittad Ett;Ekskolan;7A Ma;1/9 2026;08:10-08:55;Sjuk;0,75;Ja
120517-1175;Påhittad Två;Ekskolan;7A Ma;1/9 2026;08:10-08:55;Närvarande;;Ja
20130101TF01;Påhittad Tre;Ekskolan;7A Ma;1/9 2026;08:10-08:55;Praktik;45 min;Ja
20120304-1040;Påhittad Ett;Ekskolan;7A Ma;15/9 2026;08:10-08:55;Närvarande;;Nej
120517-1175;Påhittad Två;Ekskolan;7A Ma;15/9 2026;08:10-08:55;Praktik;0:45;Nej
20130101TF01;Påhittad Tre;Ekskolan;7A Ma;15/9 2026;08:10-08:55;Närvarande;;Nej
20120304-1040;Påhittad Ett;Ekskolan;7A Ma;22/9 2026;08:10-08:55;Praktik;0:45;Ja
Totalt;;;;;;;3,75;
"""


@pytest.fixture
def unknown(town: Town) -> Source:
    return Source.objects.create(authority=town.authority, name="skolsystemet", kind="profile")


def form_of(browser: Client, source: Source) -> dict[str, Any]:
    """What a browser would send back of the form as it stands."""
    shown = browser.get(f"/kallor/{source.public_id}/lasprofil/").context
    sent: dict[str, Any] = {"version": shown["version"], "shape": shown["shape"]}
    sent |= {"row_means": shown["row_means"], "empty": shown["empty"]}
    for row in shown["columns"]:
        sent[f"field-{row.number}"] = row.field
        for key in ("unit", "form", "identifier"):
            sent[f"{key}-{row.number}"] = row.settings.get(key, "")
    for row in shown["words"]:
        sent[f"bucket-{row.number}"] = row.bucket
    return sent


def test_an_unknown_file_is_guessed_mended_looked_at_and_taken_in(
    owner: Client, send: Send, unknown: Source, place: Path
) -> None:
    load = send(unknown, "franvaro.csv", FILE.encode("cp1252"))
    unknown.refresh_from_db()
    page = owner.get(f"/kallor/leverans/{load.public_id}/").content.decode()
    assert "Säg vad kolumnerna är" in page
    assert "väntar på läsprofilen" in page
    assert "pågår" not in page
    assert "väntar på läsprofilen" in owner.get("/att-gora/").content.decode()
    assert "väntar på läsprofilen" in owner.get("/kallor/").content.decode()
    assert "Påhittad" not in str(unknown.guess)
    assert "20120304" not in str(unknown.guess)

    sent = form_of(owner, unknown)
    practice = next(
        row for row in owner.get(f"/kallor/{unknown.public_id}/lasprofil/").context["words"]
        if row.word == "Praktik"
    )  # fmt: skip
    sent |= {f"bucket-{practice.number}": "other", "row_means": "yes", "empty": ""}
    answer = owner.post(f"/kallor/{unknown.public_id}/lasprofil/", sent)
    assert answer.status_code == 302, answer.context["faults"]
    work()

    load.refresh_from_db()
    assert load.outcome == "", load.faults
    assert load.seen["delivered"]["marks"] == 7
    owner.post(f"/kallor/leverans/{load.public_id}/ta-in/", {"is_right": "yes"})
    work()
    load.refresh_from_db()
    assert load.outcome == Outcome.TAKEN
    assert list((place / "uploads").glob("*/*")) == []


def test_a_profile_that_makes_no_sense_is_not_saved_and_nothing_is_cleared(
    owner: Client, send: Send, unknown: Source
) -> None:
    send(unknown, "franvaro.csv", FILE.encode("cp1252"))
    sent = form_of(owner, Source.objects.get())
    pupil = next(key for key, value in sent.items() if value == "pupil")

    answer = owner.post(f"/kallor/{unknown.public_id}/lasprofil/", sent | {pupil: ""})

    assert answer.status_code == 400
    assert answer.context["faults"]
    assert Source.objects.get().profile == ""
    assert [row.field for row in answer.context["columns"]].count("date") == 1


def test_the_second_of_two_who_edit_a_profile_is_told_and_overwrites_nothing(
    owner: Client, send: Send, unknown: Source
) -> None:
    send(unknown, "franvaro.csv", FILE.encode("cp1252"))
    text = Source.objects.get().guess["profile"].replace(
        '# empty', 'empty'
    )  # fmt: skip
    first = {"version": 1, "text": text}
    assert owner.post(f"/kallor/{unknown.public_id}/lasprofil/", first).status_code == 302
    kept = Source.objects.get().profile

    second = owner.post(
        f"/kallor/{unknown.public_id}/lasprofil/",
        {"version": 1, "text": text.replace('bucket = "present"', 'bucket = "valid"')},
    )

    assert "har ändrats sedan du öppnade den" in second.content.decode()
    assert Source.objects.get().profile == kept


@pytest.mark.parametrize(
    "text", ["[[[", "x" * 50_000, 'profile = "a"\nschema = 99', "\x00", "= =\n" * 999]
)
def test_garbage_as_a_profile_is_refused_in_words(
    owner: Client, unknown: Source, text: str
) -> None:
    answer = owner.post(f"/kallor/{unknown.public_id}/lasprofil/", {"version": "1", "text": text})

    assert answer.status_code in (400, 404)  # NUL is no text of any form
    assert not Load.objects.exists()
