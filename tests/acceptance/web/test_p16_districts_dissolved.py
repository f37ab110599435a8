"""P16: districts were dissolved in the middle; the tree is dated, and what was stays readable."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from tests.web.conftest import Town

from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.tree import above

TODAY = date.today()  # noqa: DTZ011


def test_schools_move_to_a_new_area_and_the_old_one_closes_on_its_day(town: Town) -> None:
    new = town.unit("sodra", UnitKind.AREA, under="linnasa")
    manager = town.somebody(Role.AREA_MANAGER, "sodra")
    admin = town.browser(Role.ADMINISTRATOR, "linnasa")
    for name in ("almskolan", "bjorkskolan"):
        unit = town.units[name]
        given = {
            "parent": new.public_id,
            "from_on": TODAY.isoformat(),
            "version": str(unit.version),
        }
        moved = admin.post(reverse("move_unit", args=[unit.public_id]), given)
        assert moved.status_code == 302

    school = Unit.objects.get(pk=town.units["almskolan"].pk)
    assert [one.name for one in above(school, on=TODAY - timedelta(days=1))] == ["linnasa", "norra"]
    assert [one.name for one in above(school, on=TODAY)] == ["linnasa", "sodra"]
    opened = town.signed_in(manager).get("/att-gora/")
    reach = opened.context["viewer"].reach("figures.school")
    assert {"almskolan", "bjorkskolan"} <= reach.school_keys
    assert opened.status_code == 200
