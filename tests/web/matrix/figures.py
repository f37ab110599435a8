"""Figures of the municipality, an area, a school, a class; lists, and rules tried."""

from __future__ import annotations

from django.urls import reverse
from tests.web.matrix_town import AREA, AUTHORITY, CLASS, SCHOOL, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment


def municipality(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("figures_municipality"), at=AUTHORITY, shows="<h1>linnasa</h1>")


def area(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("figures_area", args=[town.units[AREA].public_id]), at=AREA)


def school(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("figures_school", args=[town.units[SCHOOL].public_id]), at=SCHOOL)


def class_(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("figures_class", args=[town.units[CLASS].public_id]), at=CLASS)


def whole_list(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("figures_list", args=[town.units[SCHOOL].public_id]), at=SCHOOL)


def export(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("figures_export", args=[town.units[SCHOOL].public_id]), at=SCHOOL)


def two_rules(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("figures_two_rules", args=[town.units[SCHOOL].public_id]), at=SCHOOL)


def what_if(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("figures_what_if"), at=AUTHORITY, shows="<h1>linnasa</h1>")


ADDRESSES: Addresses = {
    "figures_municipality": municipality,
    "figures_area": area,
    "figures_school": school,
    "figures_class": class_,
    "figures_list": whole_list,
    "figures_export": export,
    "figures_two_rules": two_rules,
    "figures_what_if": what_if,
}
