"""The PDF: tagged, in its language, and saying what the page says."""

from __future__ import annotations

import re
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from tests.support import reports

from narvaro.reporting import leaving_school, month_report_pdf
from narvaro.reporting.assets import print_chart_style


def inside() -> bytes:
    return month_report_pdf(reports.school_report(), audience="inside")


def words(pdf: bytes, folder: Path) -> str:
    (folder / "report.pdf").write_bytes(pdf)
    made = subprocess.run(
        ["pdftotext", "-layout", str(folder / "report.pdf"), "-"],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return made.stdout.decode("utf-8").replace("\u00a0", " ").replace("\u202f", " ")


def structure(pdf: bytes) -> bytes:
    """The file with its compressed object streams opened."""
    opened = [pdf]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            opened.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return b"\n".join(opened)


def test_the_pdf_is_tagged_and_says_that_it_is_for_everyone() -> None:
    whole = structure(inside())

    assert b"/MarkInfo" in whole
    assert b"/StructTreeRoot" in whole
    assert b"pdfuaid:part" in whole
    assert re.search(rb"/Lang\s*\(sv", whole)
    for role in (b"/H1", b"/H2", b"/Table", b"/TH", b"/TD", b"/Figure", b"/L"):
        assert role in whole, role
    assert b"/Alt" in whole


def test_the_pdf_says_the_figures_and_until_when(tmp_path: Path) -> None:
    text = words(inside(), tmp_path)

    assert "Linnåsa kommun. Siffror till tis 1 dec kl. 16.30, preliminär" in text
    assert re.search(r"25 % eller mer\s+16\s+3 fler än i oktober", text)
    assert re.search(r"9C-11\s+9C\s+15,002 %\s+2 597\s+17 310\s+Trolig", text)
    assert "2026-11-linnasa-0007-3f9a1c20" in text


def test_the_leaving_pdf_has_no_keys_and_speaks_english(tmp_path: Path) -> None:
    report = leaving_school(reports.school_report()).report
    text = words(month_report_pdf(report, audience="leaves_school", lang="en"), tmp_path)

    assert "not shown" in text
    assert "9C-11" not in text
    assert "The list of pupils does not leave the school." in text


def test_hostile_text_is_printed_and_never_run(tmp_path: Path) -> None:
    hostile = '#panic("x") $y$ *b* \\ ]#[ \x00'
    report = reports.school_report()
    row = replace(report.flagged[0], pupil=hostile)
    pdf = month_report_pdf(replace(report, school=hostile, flagged=(row,)), audience="inside")

    assert '#panic("x") $y$ *b*' in words(pdf, tmp_path)


def test_the_same_report_is_the_same_file() -> None:
    assert inside() == inside()


@pytest.mark.parametrize("name", ["var(", "prefers-color-scheme"])
def test_paper_is_always_light(name: str) -> None:
    assert name not in print_chart_style()
