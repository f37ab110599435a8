"""Schemathesis asks every address what its description allows, and what it does not."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as counts
from pytest_django.fixtures import Settings
from schemathesis import GenerationMode
from tests.web.api.conftest import Filled
from tests.web.api.things import key_of

from narvaro.web.accounts.roles import Role
from narvaro.web.api.openapi import document

IS_LONG = os.environ.get("NARVARO_LONG") == "1"
EXAMPLES = 400 if IS_LONG else 12
ADDRESSES = sorted(document()["paths"])


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_one_that_the_description_tells_of(
    filled: Filled, settings: Settings, address: str, mode: GenerationMode
) -> None:
    settings.API_PER_MINUTE = 1_000_000
    cache.clear()  # of how many unknown keys other tests sent
    _, secret = key_of(filled.school.posts[Role.PRINCIPAL])
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    seen: list[int] = []

    @counts(
        max_examples=EXAMPLES,
        derandomize=not IS_LONG,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[address]["GET"].as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case[Any]) -> None:
        if "case" in case.path_parameters and mode == GenerationMode.POSITIVE:
            case.path_parameters["case"] = filled.case.public_id
        answer = case.call_and_validate(headers={"Authorization": f"Bearer {secret}"})
        seen.append(answer.status_code)

    ask()

    assert len(seen) >= EXAMPLES // 2
    assert set(seen) & ({200} if mode == GenerationMode.POSITIVE else {400, 401, 404})
