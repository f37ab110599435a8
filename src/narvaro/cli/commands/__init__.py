"""The commands, in the order the work is done."""

from narvaro.cli.command import Command, Group
from narvaro.cli.commands import demo, explain, flag, import_, ledger, measure, programme, run

COMMANDS: tuple[Command | Group, ...] = (
    demo.COMMAND,
    import_.COMMAND,
    measure.COMMAND,
    flag.COMMAND,
    explain.COMMAND,
    run.COMMAND,
    programme.GROUP,
    ledger.GROUP,
)
