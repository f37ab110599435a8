"""Writes docs/explanation/who-may-see-what.md from the table: `python -m narvaro.web.accounts.reference`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

HEAD = """# Who may see what

<!-- Written from the table by `python -m narvaro.web.accounts.reference`; do not change it here. -->

One table in the code says which role may do what, and how near it has to be to what the page is about.
What is not in the table nobody may. Somebody who is out of reach gets *not found*, as if the page were
not there, and leaves a trace in the log. `tests/web/test_the_whole_matrix.py` walks every role at every
place through every address.

| how near | means |
|---|---|
| own class | a class the person is assigned to by name |
| own school | the school of the person's unit, or the schools under it |
| own area | the area of the person's unit, and all under it |
| own authority | everything of the own authority; never another's, whatever collaboration area they share |
| collaboration area | what the own authority and those of its collaboration area have published, never pupils |
| self | one's own account, queue or figures |
| assigned | something given to this very person |

Everything holds for the day it is: an assignment that has ended opens nothing, a school that has moved to
another area is seen from there. A page marked **pupils** writes in the log which pupils it shows before it
shows them. Pupils with a protected identity are seen only by those on the pupil's own list, whatever the
table says. Administrators manage accounts and read no pupil.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_parts()]) + "\n"


def _parts() -> Iterator[str]:
    from narvaro.web.accounts import table
    from narvaro.web.accounts.permissions import ACTIONS

    written: set[str] = set()
    for found in sorted(one.name for one in iter_modules(table.__path__)):
        module = import_module(f"{table.__name__}.{found}")
        mine = [name for name in ACTIONS if name not in written and _is_of(module.__file__, name)]
        written |= set(mine)
        if mine:
            yield f"## {str(module.__doc__).splitlines()[0].rstrip('.')}\n"
            yield "| action | | who, and how near |\n|---|---|---|"
            yield from (_row(name) for name in mine)
            yield ""


def _is_of(file: str | None, name: str) -> bool:
    from pathlib import Path

    return file is not None and f'"{name}"' in Path(file).read_text("utf-8")


def _row(name: str) -> str:
    from narvaro.web.accounts.permissions import ACTIONS
    from narvaro.web.accounts.roles import Role

    action = ACTIONS[name]
    if action.is_public:
        return f"| `{name}` | | everyone, without signing in |"
    by_relation: dict[str, list[str]] = {}
    for role in Role:
        if role in action.may:
            by_relation.setdefault(action.may[role].replace("_", " "), []).append(role)
    said = [
        f"{near}: {'every role' if len(roles) == len(Role) else ', '.join(roles).replace('_', ' ')}"
        for near, roles in by_relation.items()
    ]
    return f"| `{name}` | {'pupils' if action.reads_pupils else ''} | {'; '.join(said)} |"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "narvaro.web.config.settings")
    import django

    django.setup()
    sys.stdout.write(page())
