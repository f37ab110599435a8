"""P15: contacts and principals changed during the project; the gap is seen, and who fills it."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from tests.web.conftest import Town

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role

TODAY = date.today()  # noqa: DTZ011
LAST_MONTH, LONG_AGO = TODAY - timedelta(days=30), date(2020, 1, 1)


def test_a_principal_who_left_is_a_gap_until_a_successor_comes_and_both_stand_with_their_time(
    town: Town,
) -> None:
    gone = town.somebody(Role.PRINCIPAL, "almskolan", name="Förra Provsson")
    Assignment.objects.filter(pk=gone.pk).update(to_on=LAST_MONTH)
    town.somebody(Role.AREA_MANAGER, "norra", name="Områdets Provsson")
    admin = town.browser(Role.ADMINISTRATOR, "linnasa")

    listed = admin.get(reverse("people")).content.decode()
    assert "Vakant" in listed or "vakant" in listed
    successor = Account.objects.create_user("ny@linnasa.invalid", name="Nya Provsson")
    given = {
        "role": "principal",
        "unit": town.units["almskolan"].public_id,
        "from_on": TODAY.isoformat(),
        "percentage": "100",
        "version": str(successor.version),
    }
    Assignment.objects.create(
        account=successor,
        role=Role.TEACHER,
        unit=town.units["almskolan/7B"],
        from_on=LONG_AGO,
    )
    answer = admin.post(reverse("give_role", args=[successor.public_id]), given)

    assert answer.status_code == 302, answer.content.decode()
    served = Assignment.objects.filter(role=Role.PRINCIPAL, unit=town.units["almskolan"])
    times = served.order_by("from_on").values_list("account__name", "from_on", "to_on")
    assert list(times) == [
        ("Förra Provsson", LONG_AGO, LAST_MONTH),
        ("Nya Provsson", TODAY, None),
    ]
    unit = admin.get(reverse("unit", args=[town.units["almskolan"].public_id])).content.decode()
    assert "Nya Provsson" in unit


def test_who_left_sees_nothing_from_the_day_after(town: Town) -> None:
    gone = town.somebody(Role.PRINCIPAL, "almskolan")
    browser = town.signed_in(gone)
    assert browser.get("/att-gora/").status_code == 200

    Assignment.objects.filter(pk=gone.pk).update(to_on=TODAY - timedelta(days=1))

    assert browser.get("/att-gora/").status_code == 404
