"""A published version of a form stays for ever as it is: documents are read and signed by it.

A new form or version is entered here when it is published; a line is never changed or removed.
"""

from __future__ import annotations

import tomllib
from datetime import date
from hashlib import sha256
from importlib import resources
from pathlib import Path

import pytest

from narvaro.forms import check, form_ids, forms_in_force, load, newest, versions_of
from narvaro.programmes import load as load_programme
from narvaro.programmes import programme_ids

PUBLISHED: dict[str, str] = tomllib.loads(
    (Path(__file__).parent / "published_forms.toml").read_text("utf-8")
)["sha256"]
LIBRARY = resources.files("narvaro.forms") / "library"


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_a_published_version_is_there_and_unchanged(name: str) -> None:
    content = (LIBRARY / f"{name}.toml").read_bytes()

    assert sha256(content).hexdigest() == PUBLISHED[name]


def test_every_shipped_version_is_published() -> None:
    shipped = {f"{one}.v{version}" for one in form_ids() for version in versions_of(one)}

    assert shipped == set(PUBLISHED)


def test_every_version_can_be_read_and_carries_its_own_number() -> None:
    for form_id in form_ids():
        for version in versions_of(form_id):
            form = load(form_id, version)
            assert (form.id, form.version) == (form_id, version)


def test_a_newer_version_is_in_force_later() -> None:
    for form_id in form_ids():
        days = [load(form_id, version).valid_from for version in versions_of(form_id)]
        assert days == sorted(days)


def test_the_teachers_documentation_leaves_at_most_four_fields_to_fill() -> None:
    assert len(newest("teacher-documentation", on=date(2026, 12, 2)).left_to_fill) <= 4


def test_what_only_student_health_reads_is_never_asked_in_an_ordinary_form() -> None:
    """A cause of ill health is asked in the restricted part of an investigation, nowhere else."""
    for form in forms_in_force(date(2026, 12, 2)):
        for field in form.fields:
            if any("sjukdom" in option.label.sv.lower() for option in field.options):
                assert field.restriction == "student_health", f"{form.id}.{field.id}"


def test_every_form_that_a_shipped_programme_names_can_be_filled_in() -> None:
    programmes = [load_programme(one) for one in programme_ids()]
    asked = {form for one in programmes for step in one.steps for form in step.forms}
    named = {form.id for one in programmes for form in one.forms}

    assert (asked | named) - set(form_ids()) == set()


def test_a_selection_weighs_four_grounds_and_asks_what_comes_instead_of_a_place() -> None:
    form = newest("selection-record", on=date(2026, 12, 2))

    assert [row.id for row in form.field("weighed").rows] == [
        *("need", "motivation", "absence", "results")
    ]
    refused = {"decision": "not_offered", "why": "Ingen plats"}
    left = {one.field for one in check(form, refused)}
    assert "instead" in left
    assert "meanwhile" not in left


def test_an_extended_investigation_maps_every_level_and_keeps_ill_health_restricted() -> None:
    form = newest("extended-investigation", on=date(2026, 12, 2))

    assert [row.id for row in form.field("cause_map").rows] == [
        *("individual", "school", "family", "peers", "structure")
    ]
    assert form.field("restricted_causes").restriction == "student_health"
    left = {one.field for one in check(form, {"restricted_causes": ["long_illness"]})}
    assert {"education_long_illness", "why_not_enough", "cause_map"} <= left
