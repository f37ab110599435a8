"""`narvaro measure --group …`: pupils counted in bands of absence."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from narvaro.cli.options import moment_of, snapshot_of
from narvaro.cli.output import Column, Out
from narvaro.cli.percent import percent, percent_of

if TYPE_CHECKING:
    from narvaro.measurement import GroupRow
    from narvaro.measurement.groups import Band


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--bands",
        metavar="LIST",
        type=_limits,
        default="5,15,25",
        help="with --group: the limits of the bands in per cent; each opens one (default: 5,15,25)",
    )
    parser.add_argument(
        "--floor",
        metavar="PERCENT",
        type=percent_of,
        default="80",
        help="with --group: the coverage from which the share decides a band; below it a pupil is "
        "counted only where both bounds lie in one band (default: 80)",
    )


def show(options: Namespace, out: Out) -> None:
    """One row per group."""
    from narvaro.measurement import groups
    from narvaro.shares import limit_in_words

    snapshot, known_at = snapshot_of(options), moment_of(options)
    rows = groups(
        snapshot,
        window=options.window,
        at=options.at,
        by=options.group,
        known_at=known_at,
        limits=options.bands,
        floor=options.floor,
    )
    out.answer(
        (row.as_record() for row in rows),
        window=options.window.text,
        group=options.group,
        floor=limit_in_words(options.floor, "en").removesuffix(" %"),
        known_at=known_at,
        batch=snapshot.batch.batch,
    )
    columns = _columns(options.group, rows[0].bands if rows else ())
    out.table([_for_people(row) for row in rows], columns, empty="No pupil in that window.")


def _limits(text: str) -> tuple[Fraction, ...]:
    return tuple(percent_of(part.strip()) for part in text.split(","))


def _for_people(row: GroupRow) -> dict[str, Any]:
    bands = {f"band {number}": count for number, count in enumerate(row.counts)}
    shares = {name: percent(getattr(row.minutes, name)) for name in ("share", "coverage")}
    return row.as_record() | bands | shares


def _columns(group: str, bands: Sequence[Band]) -> tuple[Column, ...]:
    school = (Column("school", "School"),) if group == "class" else ()
    return (
        *school,
        Column(group, group.capitalize()),
        Column("pupils", "Pupils", is_number=True),
        *(
            Column(f"band {number}", band.in_words("en").capitalize(), is_number=True)
            for number, band in enumerate(bands)
        ),
        Column("cannot_tell", "Cannot tell", is_number=True),
        Column("share", "Share", is_number=True),
        Column("coverage", "Coverage", is_number=True),
    )
