"""Names stand in Swedish order, in Python and in the database."""

from __future__ import annotations

import pytest

from narvaro.web.accounts.models import Authority, AuthorityKind
from narvaro.web.ui.sorting import name_key, swedish

IN_ORDER = ["4C", "9A", "10A", "Almskolan", "Éva", "Videskolan", "Wikskolan", "zoo", "Ålen"]
IN_ORDER += ["Ängskolan", "Ön"]


def test_a_ring_and_two_dots_come_after_z_and_9_before_10() -> None:
    mixed = list(reversed(IN_ORDER))
    mixed.sort(key=name_key)

    assert mixed == IN_ORDER


@pytest.mark.django_db
def test_the_database_has_the_same_order() -> None:
    for name in reversed(IN_ORDER):
        Authority.objects.create(name=name, kind=AuthorityKind.SCHOOL)

    found = Authority.objects.order_by(swedish("name")).values_list("name", flat=True)

    assert list(found) == IN_ORDER
