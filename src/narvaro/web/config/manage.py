"""`narvaro-web …`: Django's commands and ours, with a wrong setting told in one sentence."""

from __future__ import annotations

import os
import sys

from narvaro.errors import NarvaroError


def main() -> None:
    """Run a command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "narvaro.web.config.settings")
    if len(sys.argv) > 1 and sys.argv[1] == "make-secrets":
        from narvaro.web.config.secret_files import make_secrets

        raise SystemExit(make_secrets())
    try:
        if sys.argv[1:2] == ["restore"]:
            from narvaro.web.config.restore_command import run

            raise SystemExit(run(sys.argv[2:]))
        from django.core.management import execute_from_command_line

        execute_from_command_line(["narvaro-web", *_named(sys.argv[1:])])
    except NarvaroError as error:
        sys.stderr.write(f"narvaro-web: {error}\n")
        raise SystemExit(error.exit_code) from None


def _named(words: list[str]) -> list[str]:
    """A command is written with hyphens, its module with underscores."""
    return [word.replace("-", "_") if at == 0 else word for at, word in enumerate(words)]


if __name__ == "__main__":
    main()
