"""The database refuses to change what was told to another authority, or to add to it."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from narvaro.web.disclosures.triggers import PROTECT, UNPROTECT


def protect(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers."""
    for statement in PROTECT[editor.connection.vendor]:
        editor.execute(statement, params=None)


def unprotect(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    for statement in UNPROTECT[editor.connection.vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0001_initial")]

    operations = [migrations.RunPython(protect, unprotect)]
