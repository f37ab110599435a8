"""The database refuses to change or remove what was opened, and a review of one's own."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from narvaro.web.emergency.triggers import PROTECT, UNPROTECT


def protect(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in PROTECT[editor.connection.vendor]:
        editor.execute(statement, params=None)


def unprotect(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNPROTECT[editor.connection.vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("emergency", "0001_initial")]

    operations = [migrations.RunPython(protect, unprotect)]
