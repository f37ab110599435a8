"""Which files of a folder, zip or single path hold which table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from narvaro.errors import Fault, NotFound
from narvaro.exchange.delivery import Notice
from narvaro.exchange.findings import Findings
from narvaro.exchange.given import FORMS, GivenFile, table_of
from narvaro.exchange.tables import TABLES
from narvaro.exchange.unpacking import unpack


def find_files(path: Path, *, work: Path, findings: Findings) -> list[GivenFile]:
    """List the files that hold tables, in the order of `TABLES`; a zip is unpacked into `work`.

    Raises NotFound when there is nothing at `path`. Files with names are never opened.
    """
    if path.is_dir():
        candidates = [file for file in sorted(path.iterdir()) if file.is_file()]
    elif path.suffix.lower() == ".zip":
        candidates = unpack(path, into=work / "unpacked", findings=findings)
    elif path.is_file():
        candidates = [path]
    else:
        raise NotFound(f"There is no folder or file at {path}.", remedy="Check the path.")
    given = _tables_among(candidates, findings)
    if not given and not findings.fault_count:
        remedy = "Name the files after the tables, such as marks.csv or lessons.parquet."
        findings.refuse([Fault("", 0, "", "no table of the exchange format is there", remedy)])
    return _once_each(given, findings)


def _tables_among(candidates: list[Path], findings: Findings) -> list[GivenFile]:
    given, others = [], []
    for path in candidates:
        found = table_of(path.name)
        if found is None:
            others.append(path)
        elif TABLES[found[0]].people:
            findings.notices.append(skipped(found[0]))
        else:
            given.append(GivenFile(TABLES[found[0]], path, found[1]))
    findings.notices.extend(_unopened([path for path in others if path.name[0] != "."]))
    return given


def find_people(folder: Path, findings: Findings) -> list[GivenFile]:
    """The tables with names in a folder, which are checked apart from the delivery."""
    found = [(path, table_of(path.name)) for path in sorted(folder.iterdir()) if path.is_file()]
    tables = [(path, *of) for path, of in found if of is not None and TABLES[of[0]].people]
    return _once_each(
        [GivenFile(TABLES[name], path, form) for path, name, form in tables], findings
    )


def _unopened(others: list[Path]) -> Iterator[Notice]:
    """Name the files that may be meant as tables; the names of others may be a pupil's."""
    meant = [path for path in others if path.suffix.lower() in FORMS]
    for path in meant:
        yield Notice("", _printable(path.name), 0, 0, "no table of the format; not opened")
    count = len(others) - len(meant)
    if count:
        files = "1 other file" if count == 1 else f"{count} other files"
        yield Notice("", "", count, 0, f"{files}, not opened")


def skipped(table: str) -> Notice:
    """Say that a table with names was left unopened."""
    return Notice(table, "", 0, 0, "holds names of people; skipped, not opened and not stored")


def _printable(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:100]


def _once_each(given: list[GivenFile], findings: Findings) -> list[GivenFile]:
    by_table: dict[str, list[GivenFile]] = {}
    for file in given:
        by_table.setdefault(file.table.name, []).append(file)
    for name, files in by_table.items():
        if len(files) > 1:
            forms = " and ".join(sorted({file.form for file in files}))
            problem = f"the table is there more than once ({forms})"
            findings.refuse([Fault(name, 0, "", problem, "Keep one file of each table.")])
    order = list(TABLES)
    alone = [files[0] for files in by_table.values() if len(files) == 1]
    return sorted(alone, key=lambda file: order.index(file.table.name))
