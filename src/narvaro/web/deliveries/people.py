"""The identity stream of a delivery: names, guardians and staff, under the ledger's keys."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from narvaro.engine import TableFiles
from narvaro.ledger import open_ledger
from narvaro.ledger.keys import KeyMaker
from narvaro.ledger.ledger import Ledger
from narvaro.ledger.standing import joins
from narvaro.web.accounts.models import Authority
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.roster import Serving, ToldStaff, put_serving, put_staff
from narvaro.web.audit.chain import Actor
from narvaro.web.deliveries.roster import class_key
from narvaro.web.pupils.actions import Named, NamedGuardian, put_names

ROLES = {
    "principal": Role.PRINCIPAL,
    "assistant_principal": Role.ASSISTANT_PRINCIPAL,
    "counsellor": Role.SCHOOL_COUNSELLOR,
    "nurse": Role.SCHOOL_NURSE,
    "psychologist": Role.SCHOOL_PSYCHOLOGIST,
    "doctor": Role.SCHOOL_DOCTOR,
    "special_educator": Role.SPECIAL_EDUCATOR,
    "mentor": Role.MENTOR,
}
"""The words of a source's `staff` table that give a role; a teacher with a class is a mentor."""
COLUMNS = {
    "identities": ("pupil", "given_name", "family_name", "personal_number", "protection"),
    "guardians": (
        "pupil",
        "guardian",
        "given_name",
        "family_name",
        "contact",
        "language",
        "protection",
    ),
    "staff": (
        "staff",
        "given_name",
        "family_name",
        "email",
        "role",
        "organisation",
        "class",
        "percentage",
        "starts_on",
        "ends_on",
    ),
}
LONGEST_NAME = 120
"""Of an account; the format lets each of its two names be as long."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Turns a source's identifiers into the ledger's keys, the joined ones into their first."""

    maker: KeyMaker
    authority: str
    source: str
    first: Mapping[str, str]

    @classmethod
    def of(cls, ledger: Ledger, source: str) -> Keys:
        """Read the secret and the ledger's keys once."""
        return cls(ledger.key_maker(), ledger.authority_of(source), source, first_keys(ledger))

    def pupil(self, value: str) -> str:
        """The key the pupil has in the ledger."""
        key = self._key("pupil", value)
        return self.first.get(key, key)

    def staff(self, value: str) -> str:
        """The key the staff member has in the ledger."""
        return self._key("staff", value)

    def guardian(self, value: str) -> str:
        """A key for a guardian; the ledger knows none."""
        return self._key("guardian", value)

    def _key(self, kind: str, value: str) -> str:
        return self.maker.key(self.authority, f"{kind}:{self.source}", value)


def first_keys(ledger: Ledger) -> dict[str, str]:
    """Every pupil key → the first key of the same pupil."""
    snapshot = ledger.snapshot()
    rows = snapshot.engine.query(
        "SELECT number, value, is_key FROM aliases WHERE kind = 'pupil' "
        "ORDER BY batch DESC, value DESC",
        tables=snapshot.tables("aliases"),
    )
    joined = joins(snapshot)
    first = {number: value for number, value, is_key in rows if is_key}
    return {value: first.get(joined.get(number, number), value) for number, value, _ in rows}


def take_people(
    delivery: Path,
    ledger: Path,
    *,
    source: str,
    authority: Authority,
    by: Actor,
    at: datetime,
    senders: Sequence[str] = (),
) -> int:
    """Keep the names in a delivery's `identities`, `guardians` and `staff`. Returns how many.

    Tables that are not there tell nothing. Run after `sync_roster`, which makes the pupils.
    """
    opened = open_ledger(ledger)
    keys = Keys.of(opened, source)
    named = put_names(
        authority,
        names=_names(delivery, opened, keys),
        guardians=_guardians(delivery, opened, keys),
        by=by,
        at=at,
    )
    staff = list(_rows(delivery, "staff", opened))
    put_staff(_staff(staff, keys), by=by, at=at)
    put_serving(_serving(staff, keys), within=authority, by=by, at=at, senders=senders)
    return named


def told_roles(delivery: Path, ledger: Path, *, source: str) -> list[Serving]:
    """The roles that a delivery's `staff` tells of, under the keys of a ledger that has it."""
    opened = open_ledger(ledger)
    return list(_serving(list(_rows(delivery, "staff", opened)), Keys.of(opened, source)))


def _names(delivery: Path, ledger: Ledger, keys: Keys) -> Iterator[Named]:
    for row in _rows(delivery, "identities", ledger):
        yield Named(
            keys.pupil(row["pupil"]),
            row["given_name"] or "",
            row["family_name"] or "",
            row["personal_number"] or "",
            row["protection"] or "",
        )


def _guardians(delivery: Path, ledger: Ledger, keys: Keys) -> Iterator[NamedGuardian]:
    for row in _rows(delivery, "guardians", ledger):
        yield NamedGuardian(
            keys.pupil(row["pupil"]),
            keys.guardian(row["guardian"]),
            row["given_name"] or "",
            row["family_name"] or "",
            row["contact"] or "",
            row["language"] or "",
            row["protection"] or "",
        )


def _staff(rows: list[dict[str, Any]], keys: Keys) -> Iterator[ToldStaff]:
    for row in rows:
        key = keys.staff(row["staff"])
        name = f"{row['given_name'] or ''} {row['family_name'] or ''}".strip()[:LONGEST_NAME]
        yield ToldStaff(key, name, row["email"] or f"{key}@utan-adress.invalid")


def _serving(rows: list[dict[str, Any]], keys: Keys) -> Iterator[Serving]:
    for row in rows:
        role = Role.MENTOR if row["class"] else ROLES.get(row["role"] or "")
        if role is None:
            continue
        place = class_key(row["organisation"], row["class"]) or row["organisation"]
        yield Serving(
            keys.staff(row["staff"]),
            role,
            place,
            _day(row["starts_on"]) or date(2000, 1, 1),
            _day(row["ends_on"]),
            max(1, min(100, int(row["percentage"] or 100))),
        )


def _day(value: Any) -> date | None:
    return date.fromisoformat(value.strip()[:10]) if isinstance(value, str) else value


def _rows(delivery: Path, table: str, ledger: Ledger) -> Iterator[dict[str, Any]]:
    """The rows of a table of people, by column; what a column lacks is None."""
    parquet, text = delivery / f"{table}.parquet", delivery / f"{table}.csv"
    if parquet.exists():
        yield from _from_parquet(parquet, table, ledger)
    elif text.exists():
        with text.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            header = [name.strip().lower() for name in next(rows, [])]
            for cells in rows:
                row = dict(zip(header, cells, strict=False))
                if cells:
                    yield {name: row.get(name) or None for name in COLUMNS[table]}


def _from_parquet(path: Path, table: str, ledger: Ledger) -> Iterator[dict[str, Any]]:
    engine = ledger.snapshot().engine
    files = TableFiles((str(path),), dict.fromkeys(COLUMNS[table], "VARCHAR"))
    for (row,) in engine.query(f"SELECT to_json(t) FROM {table} AS t", tables={table: files}):
        told = json.loads(row)
        yield {name: told.get(name) for name in COLUMNS[table]}
