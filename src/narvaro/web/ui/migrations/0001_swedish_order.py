"""The Swedish order of names, on PostgreSQL; SQLite connections are taught it when they open."""

from django.contrib.postgres.operations import CreateCollation
from django.db import migrations


class Migration(migrations.Migration):
    """The collation `sv` of ICU, with numbers by their size."""

    initial = True
    dependencies = []
    operations = [CreateCollation("sv", provider="icu", locale="sv-u-kn-true")]
