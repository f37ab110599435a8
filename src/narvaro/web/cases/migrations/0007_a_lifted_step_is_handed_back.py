from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_a_case_is_moved_to_a_routine_with_a_reason"),
    ]

    operations = [
        migrations.AlterField(
            model_name="step",
            name="decision",
            field=models.CharField(
                blank=True,
                choices=[
                    ("close", "Avsluta ärendet"),
                    ("watch", "Följ till ett datum"),
                    ("continue", "Fortsätt steget till ett datum"),
                    ("next", "Gå vidare till nästa steg"),
                    ("escalate", "Lyft till nästa ansvariga"),
                    ("return", "Lämna tillbaka med besked"),
                ],
                max_length=10,
            ),
        ),
    ]
