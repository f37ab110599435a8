"""Whatever a file holds: either faults, or a delivery; never an exception, never a cell shown."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from narvaro.exchange import Checked, check_delivery

LONG = os.environ.get("NARVARO_LONG") == "1"
often = settings(
    max_examples=600 if LONG else 60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

SIGNS = st.sampled_from(list("abc019,;\"'\n\r\t =-+.:TZ\x00\x07\ufeff\u2028åß🙂"))
CELLS = st.one_of(
    st.text(SIGNS, max_size=12),
    st.sampled_from(
        ["", "5", "-5", "5.6", "yes", "true", "2026-03-02", "2026-03-02T08:00:00Z", "l1", "p1"]
    ),
)
NAMES = st.sampled_from(
    ["lesson", "pupil", "valid_minutes", "acknowledged", "reason", "recorded_at", "withdrawn", "x"]
)


def check_bytes(raw: bytes, ending: str, on_fault: str = "refuse") -> Checked:
    with tempfile.TemporaryDirectory() as folder:
        sent = Path(folder) / f"marks.{ending}"
        if ending == "zip":
            sent = Path(folder) / "sent.zip"
        sent.write_bytes(raw)
        checked = check_delivery(
            sent,
            into=Path(folder) / "staged",
            on_fault="quarantine" if on_fault == "quarantine" else "refuse",
        )
        staged = [file.name for file in (Path(folder) / "staged").iterdir()]
        assert staged in ([], ["marks.parquet"])
        return checked


def is_consistent(checked: Checked) -> bool:
    return (checked.delivery is None) == bool(checked.faults) and checked.fault_count >= len(
        checked.faults
    )


@often
@given(st.binary(max_size=300), st.sampled_from(["csv", "parquet", "zip"]))
@example(b"lesson,pupil\n" + b'"' * 99, "csv")
@example(b"PAR1\x00\x00\x00\x00PAR1", "parquet")
@example(b"PK\x05\x06" + b"\x00" * 18, "zip")
def test_random_bytes_give_faults(raw: bytes, ending: str) -> None:
    assert is_consistent(check_bytes(raw, ending))


@often
@given(st.binary(max_size=200), st.booleans())
def test_random_bytes_below_a_header_give_faults_or_rows(raw: bytes, returns: bool) -> None:
    header = b"lesson,pupil" + (b"\r\n" if returns else b"\n")

    assert is_consistent(check_bytes(header + raw, "csv"))


@often
@given(
    st.lists(NAMES, min_size=1, max_size=6),
    st.lists(st.lists(CELLS, max_size=7), max_size=6),
    st.booleans(),
)
def test_random_tables_give_faults_or_rows(
    names: list[str], rows: list[list[str]], quoted: bool
) -> None:
    def line(cells: list[str]) -> str:
        doubled = [cell.replace('"', '""') for cell in cells]
        return ",".join(f'"{cell}"' for cell in doubled) if quoted else ",".join(cells)

    text = "\n".join(line(cells) for cells in (["lesson", "pupil", *names], *rows))

    assert is_consistent(check_bytes(text.encode("utf-8"), "csv"))
    checked = check_bytes(text.encode("utf-8"), "csv", "quarantine")
    assert checked.delivery is not None or checked.faults


@often
@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_a_zip_with_any_bytes_changed_gives_faults_or_rows(place: int, change: bytes) -> None:
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("marks.csv", "lesson,pupil\n" + "l1,p1\n" * 1)
        archive.writestr("pupils.csv", "pupil\np1\n")
    raw = bytearray(packed.getvalue())
    raw[place : place + len(change)] = change

    with tempfile.TemporaryDirectory() as folder:
        sent = Path(folder) / "sent.zip"
        sent.write_bytes(raw)
        assert is_consistent(check_delivery(sent, into=Path(folder) / "staged"))
