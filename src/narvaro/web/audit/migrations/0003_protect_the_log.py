"""The database refuses to change what the log says."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from narvaro.web.audit.triggers import PROTECT, UNPROTECT


def protect(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in PROTECT[editor.connection.vendor]:
        editor.execute(statement, params=None)


def unprotect(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNPROTECT[editor.connection.vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_signed_and_reviewed")]

    operations = [migrations.RunPython(protect, unprotect)]
