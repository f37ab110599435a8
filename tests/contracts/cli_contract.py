"""Runs the command line in this process and holds what it prints against its JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from narvaro.cli import main

SCHEMAS = Path(__file__).parent / "cli-json"


def schema(name: str) -> Draft202012Validator:
    """The validator of one schema; every schema may refer to every other."""
    read = {path.name: json.loads(path.read_text()) for path in SCHEMAS.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources(
        (of, Resource.from_contents(content)) for of, content in read.items()
    )
    return Draft202012Validator(read[f"{name}.json"], registry=registry)


def answer(read: pytest.CaptureFixture[str], name: str, *words: object) -> dict[str, Any]:
    """The answer of a successful command, in the form its schema promises."""
    code = main([*map(str, words), "--json"])
    told = read.readouterr()
    assert code == 0, told.err
    assert told.err == ""
    assert told.out.endswith("}\n")
    assert told.out.count("\n") == 1
    found: dict[str, Any] = json.loads(told.out)
    schema(name).validate(found)
    return found


def refusal(read: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    """The error of a command that must fail, with an empty standard output."""
    code = main([*map(str, words), "--json"])
    told = read.readouterr()
    found: dict[str, Any] = json.loads(told.err)
    schema("error").validate(found)
    assert told.out == ""
    assert code == found["error"]["exit_code"]
    error: dict[str, Any] = found["error"]
    return error
