"""The database refuses to change what is signed, and to sign what is not whole."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from narvaro.web.plans.triggers import protect, unprotect


def on(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in protect(editor.connection.vendor):
        editor.execute(statement, params=None)


def off(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in unprotect(editor.connection.vendor):
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [migrations.RunPython(on, off)]
