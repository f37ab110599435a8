"""Is it alive, and is it ready: for the one who watches over it. Words only, no paths, no data."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from narvaro.errors import NarvaroError
from narvaro.web.accounts.doors import public_page
from narvaro.web.jobs.models import Worker

LEAST_FREE_BYTES = 512 * 1024 * 1024
"""Less room than this, and an import could not be written."""


@public_page("health")
@never_cache
def health(_request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@public_page("ready")
@never_cache
def ready(_request: HttpRequest) -> JsonResponse:
    """Everything a page or a job needs is there; 503 and which part when it is not."""
    parts = {name: _said(check) for name, check in CHECKS.items()}
    is_ready = all(word in ("ok", "none yet") for word in parts.values())
    said = {"status": "ok" if is_ready else "not ready", **parts, "worker": _worker()}
    return JsonResponse(said, status=200 if is_ready else 503)


def _said(check: Callable[[], str]) -> str:
    try:
        return check()
    except (DatabaseError, NarvaroError, OSError) as error:
        return type(error).__name__


def _database() -> str:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "not migrated" if plan else "ok"


def _ledger() -> str:
    from narvaro.ledger import open_ledger

    if not _has_ledger():
        return "none yet"
    open_ledger(settings.LEDGER).batches()
    return "ok"


def _key() -> str:
    from narvaro.ledger import open_ledger

    if not _has_ledger():
        return "none yet"
    open_ledger(settings.LEDGER).key_maker()
    return "ok"


def _disk() -> str:
    places = {_there(Path(settings.DATA_FOLDER)), _there(Path(settings.LEDGER))}
    return "ok" if all(shutil.disk_usage(p).free >= LEAST_FREE_BYTES for p in places) else "full"


def _has_ledger() -> bool:
    return (Path(settings.LEDGER) / "ledger.json").exists()


def _there(path: Path) -> Path:
    """The path, or the nearest folder above it that is there."""
    return path if path.exists() else _there(path.parent)


def _worker() -> str:
    try:
        return "ok" if Worker.is_any_alive() else "none seen"
    except DatabaseError:
        return "cannot tell"


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "ledger": _ledger,
    "key": _key,
    "disk": _disk,
}
