"""The commands, in the order the work is done."""

from narvaro.cli.command import Command, Group
from narvaro.cli.commands import (
    demo,
    explain,
    export,
    flag,
    import_,
    ledger,
    measure,
    programme,
    quality,
    report,
    run,
    source,
    whatif,
)

COMMANDS: tuple[Command | Group, ...] = (
    demo.COMMAND,
    source.GROUP,
    import_.COMMAND,
    quality.COMMAND,
    measure.COMMAND,
    flag.COMMAND,
    explain.COMMAND,
    whatif.COMMAND,
    run.COMMAND,
    report.COMMAND,
    export.COMMAND,
    programme.GROUP,
    ledger.GROUP,
)
