"""Invented files in many guises, each with the truth about what is in them.

A variant is made from a seed. What varies: the shape, the kind of file, encoding and delimiter,
titles above and totals below, headers repeated in the middle, the order of the columns, what
they are called and how that is written, columns that mean nothing, how dates, times, amounts
and identifiers are printed, and the unit and where it is said. `hard` variants also have what
nobody can be sure of: units said nowhere, lessons counted in a column of absence, personal
numbers of somebody else.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.unit.sources.files.invented import dashed, number, short
from tests.unit.sources.files.spreadsheets import Cell, write_csv, write_ods, write_xlsx

STOCKHOLM = ZoneInfo("Europe/Stockholm")
Render = Callable[[object], Cell]

HEADERS: Mapping[str, Sequence[str]] = {
    "civic": ("Personnummer", "Personnr", "Pnr", "Elevens personnummer", "Elev-pnr", "Person-id"),
    "external": ("ElevID", "Elev-id", "Elevnummer", "Student id", "ID"),
    "key": ("Nyckel", "Elevnyckel", "Pupil"),
    "school": ("Skola", "Skolenhet", "Enhet", "School"),
    "class": ("Klass", "Class"),
    "group": ("Grupp", "Undervisningsgrupp", "Group"),
    "subject": ("Ämne", "Kurs", "Ämne/kurs", "Subject"),
    "teachers": ("Lärare", "Signatur", "Lärarsignatur", "Undervisande lärare"),
    "lesson": ("Lektionsid", "Lektions-id", "Lesson id"),
    "date": ("Datum", "Lektionsdatum", "Date", "Dag"),
    "starts": ("Start", "Starttid", "Börjar", "Från kl", "Lektionsstart"),
    "ends": ("Slut", "Sluttid", "Slutar", "Till kl", "Lektionsslut"),
    "times": ("Tid", "Lektionstid", "Klockslag"),
    "minutes": ("Lektionslängd", "Längd"),
    "status": ("Status", "Frånvarotyp", "Närvarostatus", "Typ"),
    "absent_minutes": ("Frånvaro", "Frånvarotid", "Frånvarande tid", "Total frånvaro"),
    "present_minutes": ("Närvaro", "Närvarotid", "N"),
    "valid_minutes": ("Giltig frånvaro", "Giltig", "Giltig frånvarotid"),
    "invalid_minutes": ("Ogiltig frånvaro", "Ogiltig", "Ogiltig frånvarotid"),
    "acknowledged": ("Rapporterad", "Kvitterad", "Registrerad", "Färdigrapporterad"),
    "from": ("Från", "Fr.o.m.", "Från och med", "Startdatum", "Från datum"),
    "to": ("Till", "T.o.m.", "Till och med", "Slutdatum", "Till datum"),
    "offered_minutes": ("Undervisningstid", "Undv. tid", "Schemalagd tid", "Erbjuden tid"),
}
UNKNOWN_HEADERS = ("Kolumn1", "Värde", "Fält A", "Uppg.")
NOISE: Mapping[str, Callable[[random.Random], str]] = {
    "Namn": lambda rng: rng.choice(("Påhittad Ett", "Påhittad Två", "Påhittad Tre")),
    "Efternamn": lambda rng: rng.choice(("Granqvist", "Ek", "Alm")),
    "Mentor": lambda rng: rng.choice(("ABC", "DEF")),
    "Lekt.": lambda rng: str(rng.randint(2, 40)),
    "Antal lektioner": lambda rng: str(rng.randint(2, 40)),
    "Kommentar": lambda rng: rng.choice(("", "ringde hem", "åter på måndag")),
    "Sal": lambda rng: rng.choice(("A12", "B3")),
    "Årskurs": lambda rng: str(rng.randint(1, 9)),
    "Veckodag": lambda rng: rng.choice(("mån", "tis", "ons")),
    "E-post": lambda _: "ingen@example.invalid",
}
STATUS: Mapping[str, Sequence[str]] = {
    "present": ("Närvarande", "Närvaro", "Present"),
    "valid": ("Giltig frånvaro", "Sjuk", "Giltig", "Valid"),
    "invalid": ("Ogiltig frånvaro", "Ogiltig", "Invalid", "Skolk"),
    "unclassified": ("Frånvarande", "Oanmäld frånvaro", "Absent"),
}
TITLES = ("Frånvarorapport", "Utdrag ur närvarosystemet", "Skolförvaltningen i Påhittad kommun")
TOTALS = ("Totalt", "Summa", "Genomsnitt", "Medel", "Summering", "Utskriven 2026-11-02")
ENCODINGS = ("cp1252", "utf-8", "utf-8-sig", "cp1252", "cp850", "mac_roman", "utf-16")
MONTHS = ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sept", "okt", "nov", "dec")
TODAY = date(2026, 11, 15)


@dataclass(slots=True)
class Part:
    """One column: the field it holds (None: nothing that is read), its header, its cells."""

    field: str | None
    header: str
    cells: list[Cell]
    unit: str | None = None
    minutes: list[int] | None = None


@dataclass(slots=True)
class Variant:
    """A file and the truth about it."""

    seed: int
    shape: str
    path: Path
    parts: list[Part]
    rows: set[tuple[object, ...]]
    choices: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pupil:
    key: str
    printed: Cell


def make(seed: int, folder: Path, *, hard: bool = False) -> Variant:
    """Write the variant of a seed into a folder."""
    rng = random.Random(seed)
    choices: dict[str, str] = {"hard": "yes"} if hard else {}
    shape = rng.choice(("lessons", "period_summaries"))
    kind = rng.choices(("csv", "xlsx", "ods"), (7, 2, 1))[0]
    pupils = _pupils(rng, choices, kind=kind)
    if shape == "lessons":
        parts, rows = _lessons(rng, pupils, choices, kind=kind)
    else:
        parts, rows = _summaries(rng, pupils, choices, kind=kind)
    _add_noise(rng, parts)
    if hard and rng.random() < 0.3:
        others: list[Cell] = [
            number("19850307", 200 + at % 40) for at in range(len(parts[0].cells))
        ]
        parts.append(
            Part(None, rng.choice(("Uppgiftslämnare", "Vårdnadshavare", "Kontakt")), others)
        )
    rng.shuffle(parts)
    _disguise_headers(rng, parts)
    title_period = choices.get("period") == "title"
    path = _write(rng, parts, choices, folder / f"variant-{seed}.{kind}", in_title=title_period)
    return Variant(seed, shape, path, parts, rows, choices)


def _pupils(rng: random.Random, choices: dict[str, str], *, kind: str) -> list[Pupil]:
    how = choices["pupil"] = rng.choices(("civic", "external", "key"), (8, 2, 1))[0]
    count = rng.randint(8, 14)
    if how == "external":
        form = rng.choice(("E{:04d}", "{:05d}", "stud-{:03d}"))
        ids = [form.format(rng.randint(10 * at, 10 * at + 9) + 100) for at in range(count)]
        return [Pupil(f"external:{one}", one) for one in ids]
    if how == "key":
        keys = [f"{rng.getrandbits(128):032x}" for _ in range(count)]
        return [Pupil(f"key:{one}", one) for one in keys]
    form = choices["civic"] = rng.choice(
        ("dashed", "plain", "short", "shortest", "mixed", "mangled")
    )
    found = []
    for at in range(count):
        born = date(2007, 1, 1) + timedelta(days=rng.randint(0, 3600))
        twelve = number(f"{born:%Y%m%d}", 100 + at * 7)
        found.append(Pupil(f"civic:{twelve}", _printed_civic(rng, twelve, form, kind=kind)))
    if rng.random() < 0.2:
        temporary = (
            f"2013{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}TF{rng.randint(1, 99):02d}"
        )
        found.append(Pupil(f"temporary:{temporary}", temporary))
    return found


def _printed_civic(rng: random.Random, twelve: str, form: str, *, kind: str) -> Cell:
    forms = {
        "dashed": dashed(twelve),
        "plain": twelve,
        "short": short(twelve),
        "shortest": twelve[2:],
        "mangled": twelve[2:].lstrip("0"),
    }
    chosen = forms[
        rng.choice(("dashed", "plain", "short", "shortest")) if form == "mixed" else form
    ]
    return int(chosen) if kind == "xlsx" and form == "mangled" else chosen


def _lessons(
    rng: random.Random, pupils: list[Pupil], choices: dict[str, str], *, kind: str
) -> tuple[list[Part], set[tuple[object, ...]]]:
    days = _school_days(rng, choices)
    facts = [
        (pupil, day, start, *_what_happened(rng))
        for day in days
        for start in rng.sample((time(8, 10), time(9, 20), time(10, 40), time(13, 0)), 2)
        for pupil in pupils
    ]
    length = {start: rng.choice((40, 50, 60, 80)) for start in {fact[2] for fact in facts}}
    minutes = [_absent(fact, length[fact[2]]) for fact in facts]
    by_word = choices["absence"] = rng.choice(("status", "status+minutes", "columns"))
    parts = [
        *_people(rng, [fact[0] for fact in facts], choices),
        *_when(rng, facts, length, choices, kind=kind),
        Part("group", _header(rng, "group"), [f"7A-{fact[2].hour}" for fact in facts]),
    ]
    if rng.random() < 0.5:
        parts.append(Part("subject", _header(rng, "subject"), ["Matematik"] * len(facts)))
    if rng.random() < 0.3:
        parts.append(Part("teachers", _header(rng, "teachers"), ["ABC"] * len(facts)))
    if by_word != "columns":
        words = {bucket: rng.choice(STATUS[bucket]) for bucket in STATUS}
        parts.append(Part("status", _header(rng, "status"), [words[fact[3]] for fact in facts]))
    if by_word == "status":
        minutes = [0 if fact[3] == "present" else length[fact[2]] for fact in facts]
    elif by_word == "status+minutes":
        parts += _amounts(rng, {"absent_minutes": minutes}, choices, kind=kind, lesson=True)
    else:
        facts = [
            (*fact[:3], "valid" if fact[3] == "unclassified" else fact[3], fact[4])
            for fact in facts
        ]
        columns = {
            f"{bucket}_minutes": [
                m if fact[3] == bucket else 0 for fact, m in zip(facts, minutes, strict=True)
            ]
            for bucket in ("valid", "invalid")
        }
        parts += _amounts(rng, columns, choices, kind=kind, lesson=True)
    acknowledged = rng.random() < 0.6
    if acknowledged:
        yes, no = rng.choice(
            (("Ja", "Nej"), ("ja", "nej"), ("1", "0"), ("X", "Nej"), ("Yes", "No"))
        )
        parts.append(
            Part(
                "acknowledged",
                _header(rng, "acknowledged"),
                [yes if fact[4] else no for fact in facts],
            )
        )
    truth: set[tuple[object, ...]] = {
        (
            fact[0].key,
            datetime.combine(fact[1], fact[2], STOCKHOLM).astimezone(UTC),
            *(m if fact[3] == bucket else 0 for bucket in ("valid", "invalid", "unclassified")),
            ("yes" if fact[4] else "no") if acknowledged else "unknown",
        )
        for fact, m in zip(facts, minutes, strict=True)
    }
    return parts, truth


def _school_days(rng: random.Random, choices: dict[str, str]) -> list[date]:
    if rng.random() < 0.02:
        choices["days"] = "only the first twelve of a month"
        return [date(2026, 10, day) for day in (5, 6, 7)]
    weekdays = [date(2026, 9, 1) + timedelta(days=at) for at in range(58)]
    chosen = rng.sample([day for day in weekdays if day.weekday() < 5], 4)
    return [*sorted(chosen), date(2026, 10, 29)]


def _what_happened(rng: random.Random) -> tuple[str, bool]:
    bucket = rng.choices(("present", "valid", "invalid", "unclassified"), (6, 2, 2, 1))[0]
    return bucket, rng.random() < 0.9


def _absent(fact: tuple[Pupil, date, time, str, bool], length: int) -> int:
    if fact[3] == "present":
        return 0
    part = (fact[1].toordinal() + fact[2].minute + len(fact[3])) % 3
    return length if part else length // 4 // 3 * 3


def _people(rng: random.Random, pupils: list[Pupil], choices: dict[str, str]) -> list[Part]:
    parts = [
        Part("pupil", _header(rng, choices["pupil"]), [pupil.printed for pupil in pupils]),
        Part("school", _header(rng, "school"), ["Ekskolan"] * len(pupils)),
    ]
    if rng.random() < 0.7:
        parts.append(Part("class", _header(rng, "class"), ["7A"] * len(pupils)))
    return parts


def _when(
    rng: random.Random,
    facts: Sequence[tuple[Pupil, date, time, str, bool]],
    length: Mapping[time, int],
    choices: dict[str, str],
    *,
    kind: str,
) -> list[Part]:
    form = choices["date"] = rng.choice(tuple(DATES))
    day = [_typed(DATES[form](fact[1]), fact[1], kind, form) for fact in facts]
    starts = [fact[2] for fact in facts]
    ends = [_later(fact[2], length[fact[2]]) for fact in facts]
    how = choices["times"] = rng.choices(("two", "span", "length", "moments"), (5, 2, 2, 1))[0]
    clock = rng.choice(("{:%H:%M}", "{:%-H:%M}", "{:%H.%M}", "{:%H%M}"))
    if how == "moments":
        cells: list[list[Cell]] = [
            [f"{DATES[form](f[1])} {at:%H:%M}" for f, at in zip(facts, times, strict=True)]
            for times in (starts, ends)
        ]
        return [Part(n, _header(rng, n), c) for n, c in zip(("starts", "ends"), cells, strict=True)]
    parts = [Part("date", _header(rng, "date"), day)]
    if how == "span":
        dash = rng.choice(("-", " - ", "–"))
        spans: list[Cell] = [f"{a:%H:%M}{dash}{b:%H:%M}" for a, b in zip(starts, ends, strict=True)]
        return [*parts, Part("times", _header(rng, "times"), spans)]
    native = kind != "csv" and rng.random() < 0.5
    parts.append(
        Part(
            "starts", _header(rng, "starts"), [at if native else clock.format(at) for at in starts]
        )
    )
    if how == "two":
        parts.append(
            Part("ends", _header(rng, "ends"), [at if native else clock.format(at) for at in ends])
        )
        return parts
    lengths = [length[fact[2]] for fact in facts]
    return [*parts, *_amounts(rng, {"minutes": lengths}, choices, kind=kind, lesson=False)]


DATES: Mapping[str, Callable[[date], str]] = {
    "iso": lambda d: d.isoformat(),
    "compact": lambda d: f"{d:%Y%m%d}",
    "six": lambda d: f"{d:%y%m%d}",
    "short iso": lambda d: f"{d:%y-%m-%d}",
    "slash year": lambda d: f"{d.day}/{d.month} {d.year}",
    "slashes": lambda d: f"{d:%d/%m/%Y}",
    "american": lambda d: f"{d:%m/%d/%Y}",
    "dots": lambda d: f"{d.day}.{d.month}.{d.year}",
    "two digits": lambda d: f"{d:%d/%m/%y}",
    "named": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
}


def _typed(text: str, day: date, kind: str, form: str) -> Cell:
    return day if kind != "csv" and form in ("iso", "compact") else text


def _later(start: time, minutes: int) -> time:
    return (datetime.combine(date(2026, 1, 1), start) + timedelta(minutes=minutes)).time()


def _summaries(
    rng: random.Random, pupils: list[Pupil], choices: dict[str, str], *, kind: str
) -> tuple[list[Part], set[tuple[object, ...]]]:
    first, last = date(2026, 8, 17), date(2026, 10, 30)
    offered = [rng.choice((9_000, 12_030, 11_520, 10_245)) for _ in pupils]
    valid = [rng.randrange(0, 2_400, 5) for _ in pupils]
    invalid = [rng.choice((0, 0, rng.randrange(0, 900, 5))) for _ in pupils]
    present = [o - v - i for o, v, i in zip(offered, valid, invalid, strict=True)]
    parts = _people(rng, pupils, choices)
    columns = {"valid_minutes": valid, "invalid_minutes": invalid}
    if rng.random() < 0.6:
        columns["present_minutes"] = present
    if rng.random() < 0.3:
        columns["absent_minutes"] = [v + i for v, i in zip(valid, invalid, strict=True)]
    parts += _amounts(rng, {"offered_minutes": offered}, choices, kind=kind, lesson=False)
    parts += _amounts(rng, columns, choices, kind=kind, lesson=False, offered=offered)
    choices["period"] = rng.choice(("columns", "title"))
    if choices["period"] == "columns":
        form = choices["date"] = rng.choice(tuple(DATES))
        for name, day in (("from", first), ("to", last)):
            cells = [_typed(DATES[form](day), day, kind, form) for _ in pupils]
            parts.append(Part(name, _header(rng, name), cells))
    truth: set[tuple[object, ...]] = {
        (pupil.key, first, last, o, v, i)
        for pupil, o, v, i in zip(pupils, offered, valid, invalid, strict=True)
    }
    return parts, truth


def _amounts(
    rng: random.Random,
    columns: Mapping[str, list[int]],
    choices: dict[str, str],
    *,
    kind: str,
    lesson: bool,
    offered: Sequence[int] | None = None,
) -> list[Part]:
    """Columns of one unit, said in the header, in the cells, or (sometimes) nowhere."""
    units = ["minutes", "minutes", "hours", "clock", "worded", "bare minutes"]
    if offered is not None:
        units.append("percent")
    if "hard" in choices:
        units += ["bare hours", "lessons"] + (["bare percent"] if offered else [])
    unit = rng.choice(units)
    choices[f"unit of {next(iter(columns))}"] = unit
    mark = rng.choice((" (min)", " min", " [minuter]", ", min"))
    if unit in ("hours", "percent"):
        mark = {"hours": (" (tim)", " h", " (h)", " i timmar"), "percent": (" %", " (%)", " i %")}[
            unit
        ][rng.randrange(3)]
    said = unit in ("minutes", "hours", "percent")
    comma = rng.random() < 0.8
    empty = lesson and rng.random() < 0.5
    parts = []
    of_validity = rng.randrange(3)  # one system says giltig and ogiltig in the same way
    for name, minutes in columns.items():
        cells: list[Cell] = []
        for at, amount in enumerate(minutes):
            whole = offered[at] if offered else None
            cells.append(
                "" if empty and not amount else _amount(amount, unit, whole, comma=comma, kind=kind)
            )
        twin = name in ("valid_minutes", "invalid_minutes")
        header = HEADERS[name][of_validity] if twin else _header(rng, name)
        header += mark if said else ""
        parts.append(Part(name, header, cells, unit, minutes))
    return parts


def _amount(minutes: int, unit: str, whole: int | None, *, comma: bool, kind: str) -> Cell:
    if unit == "clock":
        return f"{minutes // 60}:{minutes % 60:02d}"
    if unit == "worded":
        return f"{minutes} min"
    if unit in ("minutes", "bare minutes", "lessons"):
        shown = -(-minutes // 50) if unit == "lessons" else minutes
        return shown if kind != "csv" else str(shown)
    unit = unit.removeprefix("bare ")
    hours = unit == "hours"
    number = (
        round(Fraction(minutes, 60), 2) if hours else round(Fraction(100 * minutes, whole or 1), 1)
    )
    if kind != "csv":
        return float(number)
    text = f"{float(number):g}" if unit == "percent" else f"{float(number):.2f}"
    return text.replace(".", ",") if comma else text


def _header(rng: random.Random, name: str) -> str:
    return rng.choice(HEADERS[name])


def _add_noise(rng: random.Random, parts: list[Part]) -> None:
    rows = len(parts[0].cells)
    parts.extend(
        Part(None, header, [NOISE[header](rng) for _ in range(rows)])
        for header in rng.sample(sorted(NOISE), rng.randint(0, 3))
    )


def _disguise_headers(rng: random.Random, parts: list[Part]) -> None:
    how = rng.choice((str, str, str.upper, str.lower, lambda text: f" {text} ", lambda t: f"{t}:"))
    for part in parts:
        part.header = how(part.header)
    if rng.random() < 0.02:
        part = rng.choice([part for part in parts if part.field])
        part.header = rng.choice(UNKNOWN_HEADERS)


def _write(
    rng: random.Random, parts: list[Part], choices: dict[str, str], path: Path, *, in_title: bool
) -> Path:
    header: list[Cell] = [part.header for part in parts]
    data = [[part.cells[at] for part in parts] for at in range(len(parts[0].cells))]
    rows: list[list[Cell]] = [[title] for title in rng.sample(TITLES, rng.randint(0, 3))]
    if in_title:
        form = choices["title date"] = rng.choice(("iso", "slash year", "dots", "compact"))
        days = [DATES[form](day) for day in (date(2026, 8, 17), date(2026, 10, 30))]
        rows.insert(0, [f"Period {days[0]} - {days[1]}"])
        if rng.random() < 0.3:
            rows.insert(rng.randint(0, 1), [f"Skapad {DATES[form](date(2026, 11, 3))}"])
    if rows and rng.random() < 0.5:
        rows.append([])
    rows.append(header)
    middle = rng.randint(1, len(data) - 1) if rng.random() < 0.25 else len(data)
    rows += data[:middle]
    if middle < len(data):
        rows += [header, *data[middle:]]
    if rng.random() < 0.5:
        rows.append([rng.choice(TOTALS), *[None] * (len(parts) - 2), "999"])
    if path.suffix == ".csv":
        choices["encoding"] = rng.choice(ENCODINGS)
        choices["delimiter"] = rng.choice((";", ";", ",", "\t", "|"))
        text = [["" if cell is None else str(cell) for cell in row] for row in rows]
        if choices["encoding"] == "cp850":  # it has no dash longer than a hyphen
            text = [[cell.replace("–", "-") for cell in row] for row in text]
        return write_csv(path, text, encoding=choices["encoding"], delimiter=choices["delimiter"])
    return (write_xlsx if path.suffix == ".xlsx" else write_ods)(path, rows)
