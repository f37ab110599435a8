"""An installation in a folder of its own, spoken to by its command as an operator would."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Installation:
    """`narvaro-web` in a folder; `database` empty: SQLite there."""

    folder: Path
    database: str = ""

    @property
    def environment(self) -> Mapping[str, str]:
        """What its processes see."""
        plain = {n: v for n, v in os.environ.items() if not n.startswith("NARVARO_")}
        return {
            **plain,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "NARVARO_DATA": str(self.folder),
            "NARVARO_DATABASE": self.database,
            "NARVARO_HTTPS": "no",
            "DJANGO_SETTINGS_MODULE": "narvaro.web.config.settings",
        }

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `narvaro-web …` to its end."""
        return self.python("-m", "narvaro.web.config.manage", *words)

    def python(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run Python in its environment."""
        return subprocess.run(
            [sys.executable, *words],
            env=dict(self.environment),
            capture_output=True,
            text=True,
            timeout=120,
            cwd=self.folder,
        )

    def begun(self) -> Installation:
        """Make its secrets and its tables."""
        for words in (("make-secrets",), ("migrate", "-v", "0")):
            done = self.command(*words)
            assert done.returncode == 0, done.stderr
        return self


WRITE_ENTRIES = """
import sys, django
django.setup()
from datetime import datetime, UTC
from narvaro.web.audit.chain import Actor, write_entry
from narvaro.web.audit.models import Kind
for step in range(int(sys.argv[1])):
    write_entry(Actor(sys.argv[2]), "home", kind=Kind.READ, at=datetime.now(UTC))
"""
