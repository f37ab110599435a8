"""What lies encrypted in the database, and who may read what is restricted."""

from __future__ import annotations

import pytest
from django.test import override_settings

from narvaro.errors import WrongKeyFile
from narvaro.web.accounts.restriction import Restriction, may_open, may_read, readers_of
from narvaro.web.accounts.roles import Role
from narvaro.web.pupils.sealed import SealedTextField

FIELD = SealedTextField()


def test_a_text_is_not_readable_where_it_lies_and_is_itself_when_read() -> None:
    lying = FIELD.get_prep_value("Går bättre på morgonen, åäö")

    assert "morgonen" not in lying
    assert FIELD.from_db_value(lying) == "Går bättre på morgonen, åäö"
    assert FIELD.get_prep_value("") == FIELD.from_db_value(None) == ""


def test_a_text_is_not_read_with_another_secret() -> None:
    lying = FIELD.get_prep_value("en text")

    with override_settings(PERSONAL_NUMBER_KEY=b"another" * 5), pytest.raises(WrongKeyFile):
        FIELD.from_db_value(lying)


def test_a_teacher_reads_what_is_ordinary_and_a_counsellor_all() -> None:
    read = {role: [kind for kind in Restriction if may_read(role, kind)] for role in Role}

    assert read[Role.TEACHER] == [Restriction.ORDINARY]
    assert read[Role.MENTOR] == [Restriction.ORDINARY, Restriction.PUPIL_SUPPORT]
    assert read[Role.SCHOOL_COUNSELLOR] == list(Restriction)
    assert Restriction.STUDENT_HEALTH not in read[Role.PRINCIPAL]


def test_a_principal_opens_what_student_health_wrote_and_nobody_else_does() -> None:
    opened = {role for role in Role if may_open(role, Restriction.STUDENT_HEALTH)}

    assert opened - {role for role in Role if may_read(role, Restriction.STUDENT_HEALTH)} == {
        Role.PRINCIPAL,
        Role.ASSISTANT_PRINCIPAL,
    }


def test_before_writing_it_is_said_who_can_read() -> None:
    assert readers_of(Restriction.STUDENT_HEALTH) == [
        "skolkurator",
        "skolsköterska",
        "skolpsykolog",
        "skolläkare",
    ]
