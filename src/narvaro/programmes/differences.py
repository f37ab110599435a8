"""What differs between two versions of a routine, in words: the common one and the one here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from narvaro.programmes.model import Counter, Form, Rule
from narvaro.programmes.programme import Programme
from narvaro.programmes.roles import Text
from narvaro.programmes.steps import Prompt, Step
from narvaro.programmes.wording import rule_in_words
from narvaro.programmes.wording_of_steps import (
    END_NAMES,
    STAGE_NAMES,
    deadline_in_words,
    evidence_in_words,
    in_a_row,
    role_in_words,
)


class Difference(NamedTuple):
    """One thing that is not alike; None where one of the two has nothing.

    `place` is the table and the id, `what` what a reader knows it as. `by`, `decided_on` and `why`
    are those of the local adaptation, and empty between two common versions.
    """

    place: str
    what: Text
    common: Text | None
    here: Text | None
    by: str = ""
    decided_on: date | None = None
    why: Text | None = None


Words = Callable[[Programme, Step], Text | None]
_STEP_FIELDS: Mapping[str, tuple[Text, Words]] = {
    "name": (Text("namn", "name"), lambda _, step: step.name),
    "when": (Text("när", "when"), lambda _, step: step.when),
    "guidance": (Text("vad som görs", "what is done"), lambda _, step: in_a_row(step.guidance)),
    "owner": (Text("ägare", "owner"), lambda _, step: role_in_words(step.owner)),
    "takes_part": (
        Text("deltar", "takes part"),
        lambda _, step: in_a_row(tuple(map(role_in_words, step.takes_part))),
    ),
    "deadline": (Text("tid", "time"), lambda _, step: deadline_in_words(step)),
    "forms": (
        Text("blanketter", "forms"),
        lambda programme, step: in_a_row(tuple(_form_names(programme, step.forms))),
    ),
    "evidence": (
        Text("klart när", "done when"),
        lambda programme, step: in_a_row(
            tuple(evidence_in_words(programme, each) for each in step.evidence)
        ),
    ),
    "stage": (
        Text("plats i tratten", "place in the funnel"),
        lambda _, step: in_a_row(
            tuple(STAGE_NAMES[s] for s in (step.stage, step.stage_when_done) if s)
        ),
    ),
    "leads_to": (
        Text("leder till", "leads to"),
        lambda programme, step: in_a_row(_step_names(programme, step.leads_to)),
    ),
    "also_begins": (
        Text("börjar samtidigt", "begins with it"),
        lambda programme, step: in_a_row(_step_names(programme, step.also_begins)),
    ),
    "may_end": (
        Text("kan sluta", "may end"),
        lambda _, step: in_a_row(tuple(END_NAMES[end] for end in step.may_end)),
    ),
}


def differences(common: Programme, adapted: Programme) -> tuple[Difference, ...]:
    """Everything in which a routine here differs from the common version, in the file's order.

    Either may be any version of the programme: an adapted one shows what a school does
    otherwise, with who decided it and why; a later one what the municipality has changed.
    """
    found = (
        *_steps(common, adapted),
        *_named("prompts", Text("att tänka på", "to think of"), common.prompts, adapted.prompts),
        *_named("forms", Text("blankett", "form"), common.forms, adapted.forms),
        *_named("rules", Text("regel", "rule"), common.rules, adapted.rules),
        *_named("counters", Text("räknare", "counter"), common.counters, adapted.counters),
        *_running(common, adapted),
    )
    return tuple(_with_reason(difference, adapted) for difference in found)


def _steps(common: Programme, adapted: Programme) -> Iterator[Difference]:
    before = {step.id: step for step in common.steps}
    after = {step.id: step for step in adapted.steps}
    for name in dict.fromkeys((*before, *after)):
        was, here = before.get(name), after.get(name)
        if was is None or here is None:
            named = was.name if was else None, here.name if here else None
            yield Difference(f"steps.{name}", Text("steg", "step"), *named)
            continue
        for label, words in _STEP_FIELDS.values():
            common_words, words_here = words(common, was), words(adapted, here)
            if common_words != words_here:
                what = Text(f"{here.name.sv}: {label.sv}", f"{here.name.en}: {label.en}")
                yield Difference(f"steps.{name}", what, common_words, words_here)


Named = Prompt | Form | Rule | Counter


def _named(
    table: str, label: Text, common: Iterable[Named], adapted: Iterable[Named]
) -> Iterator[Difference]:
    before = {each.id: _said(each) for each in common}
    after = {each.id: _said(each) for each in adapted}
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield Difference(f"{table}.{name}", label, before.get(name), after.get(name))


def _said(part: Named) -> Text:
    if isinstance(part, Prompt):
        return part.text
    if isinstance(part, Rule):
        return Text(rule_in_words(part, "sv"), rule_in_words(part, "en"))
    if isinstance(part, Counter):
        return Text(f"{part.name.sv} ({part.limit})", f"{part.name.en} ({part.limit})")
    return part.name


def _running(common: Programme, adapted: Programme) -> Iterator[Difference]:
    for place, label, words in (
        ("silence", Text("vem som ser tystnad", "who sees silence"), _ladder),
        ("reminders", Text("påminnelser", "reminders"), _reminders),
        ("routine", Text("tal i skoldagar", "numbers in school days"), _numbers),
        ("collaboration", Text("samverkan", "collaboration"), _together),
    ):
        was, here = words(common), words(adapted)
        if was != here:
            yield Difference(place, label, was, here)


def _ladder(programme: Programme) -> Text | None:
    return in_a_row(
        tuple(
            Text(f"{days}: {role_in_words(role).sv}", f"{days}: {role_in_words(role).en}")
            for days, role in ((rung.after.school_days, rung.role) for rung in programme.silence)
        )
    )


def _reminders(programme: Programme) -> Text | None:
    return in_a_row(
        tuple(
            Text(f"{days:+}: {role_in_words(role).sv}", f"{days:+}: {role_in_words(role).en}")
            for days, role in ((each.at.school_days, each.role) for each in programme.reminders)
        )
    )


def _numbers(programme: Programme) -> Text:
    routine = programme.routine
    watched = f"{routine.watch_for}–{routine.watch_at_most}"
    return Text(
        f"skyndsamt {routine.promptly_within}, utan datum {routine.otherwise_within}, bevakas "
        f"{watched}, försök i kontakt {routine.no_show_after}",
        f"promptly {routine.promptly_within}, without a date {routine.otherwise_within}, watched "
        f"{watched}, attempts at contact {routine.no_show_after}",
    )


def _together(programme: Programme) -> Text:
    agreed = programme.collaboration
    answers = ", ".join(str(days) for days in agreed.referral_days.values())
    return Text(
        f"{agreed.meeting_name.sv} inom {agreed.days_to_meet} dagar, uppföljning efter "
        f"{agreed.followup_days}, svar på remiss inom {answers}; {agreed.plan_name.sv}",
        f"{agreed.meeting_name.en} within {agreed.days_to_meet} days, followed up after "
        f"{agreed.followup_days}, referrals answered within {answers}; {agreed.plan_name.en}",
    )


def _form_names(programme: Programme, forms: Iterable[str]) -> Iterator[Text]:
    names = {form.id: form.name for form in programme.forms}
    return (names[form] for form in forms)


def _step_names(programme: Programme, steps: Iterable[str]) -> tuple[Text, ...]:
    return tuple(programme.step(step).name for step in steps)


def _with_reason(difference: Difference, adapted: Programme) -> Difference:
    """Who decided it and why: the part's own reason, else that of the whole adaptation."""
    adaptation = adapted.adapted_by
    if adaptation is None:
        return difference
    table, _, name = difference.place.partition(".")
    own = {f"steps.{part.step}": part.why for part in adaptation.steps}
    own |= {f"prompts.{prompt.id}": prompt.why for prompt in adaptation.prompts}
    why = own.get(f"{table}.{name}") or adaptation.why
    return difference._replace(by=adaptation.by, decided_on=adaptation.decided_on, why=why)
