"""`narvaro ledger verify`: count everything again from what was told, and compare."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from narvaro.cli.command import Command
from narvaro.cli.options import add_ledger, snapshot_of
from narvaro.cli.output import Column, Out

DIFFERS = 1


def _add_arguments(parser: ArgumentParser) -> None:
    add_ledger(parser)


def _run(options: Namespace, out: Out) -> int:
    from narvaro.ledger.ledger import ZONE
    from narvaro.ledger.reading import require_whole_files
    from narvaro.ledger.verifying import differences

    snapshot = snapshot_of(options)
    with out.progress("Counting everything again") as progress:
        require_whole_files(snapshot)
        found = differences(snapshot, zone=ZONE, progress=progress)
    rows = [{"table": name, "differing": count} for name, count in found.items()]
    out.answer(rows, batch=snapshot.batch.batch, is_whole=not any(found.values()))
    out.table(rows, COLUMNS)
    return DIFFERS if any(found.values()) else 0


COLUMNS = (Column("table", "Table"), Column("differing", "Differing", is_number=True))
COMMAND = Command(
    "verify",
    "count everything again and compare with the stored sums",
    "Counts every stored sum again from what was told, and says for each table how many sums "
    "differ; all 0 is right. Goes by authority and month, about a million marks at a time; takes "
    "about as long as importing everything. Ends with 1 when anything differs, and with 10 when a "
    "file is torn or gone: it names the table and the file.",
    (
        ("narvaro ledger verify", "the newest batch"),
        ("narvaro ledger verify --json", "the same, as one object with `is_whole`"),
    ),
    _add_arguments,
    _run,
)
