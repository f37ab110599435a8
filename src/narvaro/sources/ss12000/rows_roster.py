"""From the bench to the rows of the roster's tables, made as they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from narvaro.sources.ss12000 import words
from narvaro.sources.ss12000.desk import Desk
from narvaro.sources.ss12000.spans import OPEN, Span, by_class, cut, merged
from narvaro.sources.ss12000.workbench import Value

Row = dict[str, object]

_REFERRED_SCHOOLS = """
    SELECT school FROM enrolments UNION SELECT school FROM decided WHERE verdict = 'ours'
    UNION SELECT school FROM placed_sums WHERE school IS NOT NULL
"""
_CLASSES = """
    SELECT g.id, g.name, g.organisation FROM groups AS g
    WHERE g.is_class AND EXISTS (SELECT 1 FROM spans AS s WHERE s.grp = g.id) ORDER BY g.id
"""
_CLASS_SPANS = """
    SELECT s.grp, s.starts_on, s.ends_on, g.organisation FROM spans AS s
    INNER JOIN groups AS g ON g.id = s.grp AND g.is_class WHERE s.pupil = :pupil
"""
_TAUGHT_TOGETHER = """
    SELECT g.activity, s.pupil, s.starts_on, s.ends_on
    FROM activity_groups AS g INNER JOIN spans AS s ON s.grp = g.grp
    WHERE g.activity IN (
        SELECT activity FROM activity_groups GROUP BY activity HAVING count(*) > 1
    )
    ORDER BY g.activity, s.pupil
"""


@dataclass(slots=True)
class RosterRows:
    """Makes the rows of the tables that change seldom; each is read once, in any order."""

    desk: Desk
    makes_schools: bool

    def tables(self) -> Mapping[str, Iterable[Row]]:
        """Return the tables with their rows."""
        return {
            "organisations": self.organisations(),
            "pupils": self.pupils(),
            "enrolments": self.enrolments(),
            "group_memberships": self.group_memberships(),
        }

    def organisations(self) -> Iterator[Row]:
        """Organisations in and above those asked for, classes, and schools nobody described."""
        scope, bench = self.desk.scope, self.desk.bench
        query = "SELECT id, name, kind, code, starts_on, ends_on FROM organisations ORDER BY 1"
        for key, name, kind, code, starts_on, ends_on in bench.rows(query):
            if scope.wants(str(key)) or scope.is_above(str(key)):
                yield {
                    "organisation": key,
                    "name": name,
                    "kind": kind,
                    "parent": scope.parent_of(str(key)),
                    "school_unit_code": code,
                    "starts_on": starts_on,
                    "ends_on": ends_on,
                }
        for key, name, parent in bench.rows(_CLASSES):
            yield {"organisation": key, "name": name, "kind": "class", "parent": parent}
        yield from self._undescribed()

    def _undescribed(self) -> Iterator[Row]:
        if not self.makes_schools:
            return
        query = f"SELECT * FROM ({_REFERRED_SCHOOLS}) WHERE school NOT IN (SELECT id FROM organisations)"
        for (school,) in list(self.desk.bench.rows(query)):
            self.desk.book.note("organisations", "organisation-undescribed")
            yield {"organisation": school, "name": school, "kind": "school_unit"}

    def pupils(self) -> Iterator[Row]:
        """Our pupils; a marking seen anywhere holds if it is the stricter."""
        query = """
            SELECT p.pupil, p.birth_date, p.sex, p.protection, m.protection FROM pupils AS p
            LEFT JOIN markings AS m ON m.pupil = p.pupil WHERE p.ours ORDER BY p.pupil
        """
        for pupil, birth_date, sex, own, elsewhere in self.desk.bench.rows(query):
            protection = words.stricter(_text(own), _text(elsewhere))
            if elsewhere is not None and protection != own:
                self.desk.book.note("persons", "protection-stricter-elsewhere")
            yield {
                "pupil": pupil,
                "birth_date": birth_date,
                "sex": sex,
                "protection": protection,
            }
        for pupil in sorted(self.desk.deleted.get("pupils", ())):
            if not self.desk.bench.count("SELECT ours FROM pupils WHERE pupil = :p", p=pupil):
                yield {"pupil": pupil, "withdrawn": True}

    def enrolments(self) -> Iterator[Row]:
        """Enrolments, cut where the pupil's class changes."""
        query = """
            SELECT pupil, school, starts_on, ends_on, grade, form FROM enrolments
            ORDER BY pupil, school, starts_on
        """
        for pupil, of_pupil in groupby(self.desk.bench.rows(query), key=itemgetter(0)):
            classes = list(self.desk.bench.rows(_CLASS_SPANS, pupil=pupil))
            told: set[tuple[Value, str]] = set()
            for _, school, starts_on, ends_on, grade, form in of_pupil:
                span = Span(str(starts_on), str(ends_on or OPEN))
                for part in by_class(span, _classes_at(school, classes)):
                    if (school, part.first) in told:
                        self.desk.book.note("persons", "contents-differ")
                        continue
                    told.add((school, part.first))
                    yield {
                        "pupil": pupil,
                        "school": school,
                        "class": part.of,
                        "grade": grade,
                        "school_form": form,
                        "starts_on": part.first,
                        "ends_on": part.end,
                    }

    def group_memberships(self) -> Iterator[Row]:
        """Memberships; where several groups are taught together, of all of them as one."""
        query = "SELECT pupil, grp, starts_on, ends_on FROM spans ORDER BY grp, pupil, starts_on"
        for pupil, group, starts_on, ends_on in self.desk.bench.rows(query):
            yield {"pupil": pupil, "group": group, "starts_on": starts_on, "ends_on": ends_on}
        together = self.desk.bench.rows(_TAUGHT_TOGETHER)
        for (activity, pupil), rows in groupby(together, key=itemgetter(0, 1)):
            for span in merged(Span(str(row[2]), str(row[3] or OPEN)) for row in rows):
                yield {
                    "pupil": pupil,
                    "group": together_group(str(activity)),
                    "starts_on": span.first,
                    "ends_on": span.end,
                }


def together_group(activity: str) -> str:
    """Name the group that the groups of one activity make together."""
    return f"activity:{activity}"


def spans_of(desk: Desk, *, persons_known: bool) -> Iterator[tuple[Value, ...]]:
    """Memberships of our pupils, cut to the days they are enrolled; rows of the table `spans`."""
    query = """
        SELECT m.pupil, m.grp, m.starts_on, m.ends_on FROM members AS m
        INNER JOIN groups AS g ON g.id = m.grp AND NOT g.is_staff
        ORDER BY m.pupil, m.grp, m.starts_on
    """
    for pupil, rows in groupby(desk.bench.rows(query), key=itemgetter(0)):
        enrolled = _enrolled(desk, pupil) if persons_known else [Span("0000")]
        for _, group, starts_on, ends_on in rows:
            if not enrolled:
                desk.book.note("groups", "member-unknown")
                continue
            span = Span(str(starts_on), str(ends_on or OPEN))
            parts = cut(span, enrolled)
            if parts != [span]:
                desk.book.note("groups", "membership-cut")
            for part in parts:
                yield (group, pupil, part.first, part.end)


def _enrolled(desk: Desk, pupil: Value) -> list[Span]:
    query = "SELECT starts_on, ends_on FROM enrolments WHERE pupil = :pupil"
    rows = desk.bench.rows(query, pupil=pupil)
    return merged(Span(str(first), str(last or OPEN)) for first, last in rows)


def _classes_at(school: Value, classes: list[tuple[Value, ...]]) -> list[Span]:
    """The classes of a school; all of the pupil's if none says that it is the school's."""
    spans = [
        (Span(str(first), str(last or OPEN), str(group)), organisation)
        for group, first, last, organisation in classes
    ]
    here = [span for span, organisation in spans if organisation in (None, school)]
    return here or [span for span, _ in spans]


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
