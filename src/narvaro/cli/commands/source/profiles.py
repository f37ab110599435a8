"""`narvaro source profiles`: the mapping profiles that are shipped."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from narvaro.cli.command import Command
from narvaro.cli.output import Column, Out


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "profile", nargs="?", metavar="PROFILE", help="print this one's text, to copy and mend"
    )


def _run(options: Namespace, out: Out) -> int:
    from narvaro.sources.files import profile_from_text, read_profile, shipped_profiles

    wanted = None if options.profile is None else read_profile(options.profile).name
    rows: list[dict[str, Any]] = []
    for name, text in shipped_profiles().items():
        if wanted not in (None, name):
            continue
        profile = profile_from_text(text)
        rows.append(
            {
                "profile": name,
                "title": profile.title,
                "shape": profile.shape,
                "described_in": profile.source,
                "assumptions": list(profile.assumptions),
                "text": text if wanted else None,
            }
        )
    out.answer(rows)
    if wanted and rows:
        out.line(str(rows[0]["text"]).rstrip())
        return 0
    out.table([row | {"assumptions": len(row["assumptions"])} for row in rows], COLUMNS)
    return 0


COLUMNS = (
    Column("profile", "Profile"),
    Column("shape", "A row is"),
    Column("title", "For"),
    Column("assumptions", "Assumptions", is_number=True),
)
COMMAND = Command(
    "profiles",
    "list the shipped mapping profiles, or print one",
    "Lists the mapping profiles that are shipped, with what a row of the file is and how many "
    "things no description says and the profile therefore assumes. With a name it prints the "
    "profile's text, to copy and make your own.",
    (
        ("narvaro source profiles", "one profile a line"),
        ("narvaro source profiles generic-lesson-rows", "the text of one"),
    ),
    _add_arguments,
    _run,
)
