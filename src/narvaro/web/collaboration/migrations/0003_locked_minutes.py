"""The database refuses to change locked minutes of authorities, or a signed deviation."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from narvaro.web.collaboration.locking import lock, unlock


def set_lock(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers."""
    for statement in lock(editor.connection.vendor):
        editor.execute(statement)


def take_away(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    for statement in unlock(editor.connection.vendor):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("collaboration", "0002_minutes")]

    operations = [migrations.RunPython(set_lock, take_away)]
