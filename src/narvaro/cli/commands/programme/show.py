"""`narvaro programme show`: one programme in plain words, with what it rests on."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from narvaro.cli.command import Command
from narvaro.cli.output import Out

if TYPE_CHECKING:
    from narvaro.programmes import Programme, Rule


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("programme", help="a shipped programme's id, or the path of a .toml file")


def _run(options: Namespace, out: Out) -> int:
    from narvaro.programmes import load

    programme = load(options.programme)
    out.answer((_rule(programme, rule) for rule in programme.rules), **_beside(programme))
    out.lines(_in_words(programme))
    return 0


def _beside(programme: Programme) -> dict[str, Any]:
    from narvaro.programmes import scope_in_words

    return {
        "programme": programme.id,
        "version": programme.version,
        "name": programme.name._asdict(),
        "fingerprint": programme.fingerprint,
        "from": programme.in_force.from_on,
        "to": programme.in_force.to_on,
        "scope": {"sv": scope_in_words(programme, "sv"), "en": scope_in_words(programme, "en")},
        "sources": [
            {"source": source.id, "title": source.title, "publisher": source.publisher}
            for source in programme.sources
        ],
        "assumptions": [
            {"place": assumption.place, "text": assumption.text._asdict()}
            for assumption in programme.assumptions
        ],
        "steps": [step.id for step in programme.steps],
    }


def _rule(programme: Programme, rule: Rule) -> dict[str, Any]:
    from narvaro.programmes import rule_in_words

    return {
        "programme": programme.id,
        "rule": rule.id,
        "name": rule.name._asdict(),
        "words": {"sv": rule_in_words(rule, "sv"), "en": rule_in_words(rule, "en")},
        "window": rule.window.text,
        "operator": rule.operator,
        "limit": _decimal(rule.limit),
        "upper_operator": rule.upper_operator if rule.upper_limit is not None else None,
        "upper_limit": _decimal(rule.upper_limit),
        "coverage_floor": _decimal(rule.coverage_floor),
        "minimum_minutes": rule.minimum_minutes,
        "check_on": [f"{day.month:02}-{day.day:02}" for day in rule.check_on],
        "leads_to": rule.leads_to,
        "is_assumption": rule.assumption,
    }


def _decimal(share: Any) -> str | None:
    """An exact per cent as a decimal number in text: 15, 12.5."""
    from narvaro.programmes import per_cent_in_words

    return None if share is None else per_cent_in_words(share, "en").removesuffix(" per cent")


def _in_words(programme: Programme) -> Iterator[str]:
    from narvaro.programmes import scope_in_words

    yield f"{programme.id}, version {programme.version}: {programme.name.en}"
    if programme.about:
        yield programme.about.en
    since, until = programme.in_force.from_on, programme.in_force.to_on
    yield f"In force: {since or 'no first day stated'} to {until or 'no last day stated'}."
    yield f"Scope: {scope_in_words(programme, 'en')}."
    yield from _rules_in_words(programme)
    yield from _list("Steps", (f"{step.id}: {step.name.en}" for step in programme.steps))
    yield from _list(
        "Assumptions, because no source states them",
        (f"{assumption.place}: {assumption.text.en}" for assumption in programme.assumptions),
    )
    yield from _list(
        "Sources", (f"{source.title} ({source.publisher})" for source in programme.sources)
    )


def _rules_in_words(programme: Programme) -> Iterator[str]:
    from narvaro.programmes import rule_in_words

    found = [f"{rule.id}: {rule_in_words(rule, 'en')}" for rule in programme.rules]
    yield from _list("Rules", found)
    if not found:
        yield "Rules: none; cases are opened by people."


def _list(heading: str, texts: Iterator[str] | list[str]) -> Iterator[str]:
    found = list(texts)
    if found:
        yield f"{heading}:"
        yield from (f"  - {text}" for text in found)


COMMAND = Command(
    "show",
    "one programme in plain words",
    "Shows one programme: its rules in words, whom it concerns, since when, the steps of its "
    "routine, the documents it is taken from, and everything in it that no document states.",
    (
        ("narvaro programme show boras-2018", "a shipped one"),
        ("narvaro programme show ours.toml --json", "your own, for a program"),
    ),
    _add_arguments,
    _run,
)
