"""The database refuses to change what is published."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from narvaro.web.documents.triggers import PROTECT_ROUTINES, UNPROTECT_ROUTINES


def protect(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in PROTECT_ROUTINES[editor.connection.vendor]:
        editor.execute(statement, params=None)


def unprotect(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNPROTECT_ROUTINES[editor.connection.vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_library_of_routines")]

    operations = [migrations.RunPython(protect, unprotect)]
