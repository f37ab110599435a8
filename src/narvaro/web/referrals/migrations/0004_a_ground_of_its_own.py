"""The database holds a referral to its ground, and again to what was asked.

SQLite made the table anew for the new column, and forgot what protected it.
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from narvaro.web.referrals.triggers import (
    PROTECT,
    PROTECT_GROUND,
    UNPROTECT,
    UNPROTECT_GROUND,
)


def protect(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    vendor = editor.connection.vendor
    for statement in (*UNPROTECT[vendor], *PROTECT[vendor], *PROTECT_GROUND[vendor]):
        editor.execute(statement, params=None)


def unprotect(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNPROTECT_GROUND[editor.connection.vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_sent_on_a_disclosure")]

    operations = [migrations.RunPython(protect, unprotect)]
