"""`narvaro ledger …`: what the ledger holds, and its upkeep."""

from narvaro.cli.command import Group
from narvaro.cli.commands.ledger import batches, compact, dispose, rebuild, status, verify

GROUP = Group(
    "ledger",
    "see what the ledger holds, and keep it in order",
    "The ledger keeps everything that was ever told, with the time it became known. It is a "
    "folder; its pupils' keys are made with a secret file beside it, which is backed up apart.",
    (
        status.COMMAND,
        batches.COMMAND,
        verify.COMMAND,
        rebuild.COMMAND,
        compact.COMMAND,
        dispose.COMMAND,
    ),
)
