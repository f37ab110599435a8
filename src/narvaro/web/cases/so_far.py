"""What has happened in a case, made from its rows: there is no other history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.programmes import Programme
from narvaro.timetable import SchoolYear, local_day
from narvaro.web.accounts.restriction import Restriction
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.duties import name_of_duty
from narvaro.web.cases.models import Case, EvidenceKind
from narvaro.web.cases.registry import flags_of
from narvaro.web.cases.routines import programme_of
from narvaro.web.cases.rules import named
from narvaro.web.cases.words import decided_in_words, name_of_step, name_of_version
from narvaro.web.messages.had import letters_about
from narvaro.web.pupils.models import Guardian
from narvaro.web.ui import written

QUOTE = "”%(text)s”"
Mark = Literal["", "flag", "measure", "note"]


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened: a day, what, and whose words beside it. `kind` sorts out decisions."""

    on: date
    title: str
    text: str = ""
    mark: Mark = ""
    kind: str = ""
    at: datetime | None = None
    has_year: bool = False

    @property
    def when(self) -> str:
        """`Tis 1 dec`; with the year where it would be taken for another's."""
        said = written.day_of_year(self.on) if self.has_year else written.day(self.on)
        return said[:1].upper() + said[1:]

    @property
    def line(self) -> str:
        """In one line, for a document."""
        return " ".join(one for one in (f"{self.when}: {self.title}.", self.text) if one)


def events_of(case: Case, viewer: Viewer, *, is_frozen: bool = False) -> list[Happened]:
    """Everything the viewer may read of what happened, the latest first.

    `is_frozen`: for a document that all in scope read, for years: nothing of what is restricted,
    and each day with its year.
    """
    programme, this_year = programme_of(case), SchoolYear.holding(viewer.today)
    found: list[Happened] = [
        *_flags(case, this_year),
        *_course(case, programme),
        *_contacts(case),
        *_letters(case, viewer),
        *_people(case),
        *_law(case),
        *_documents(case, programme),
        *([] if is_frozen else _notes(case)),
    ]
    shown = [
        replace(one, has_year=is_frozen or SchoolYear.holding(one.on) != this_year)
        for one in found
        if one.on <= viewer.today
    ]
    return sorted(shown, key=_order, reverse=True)


def _order(one: Happened) -> tuple[date, str]:
    return one.on, "" if one.at is None else one.at.isoformat()


def _flags(case: Case, this_year: SchoolYear) -> Iterator[Happened]:
    """Those of the school year one by one; of an earlier year how many they were."""
    earlier: defaultdict[SchoolYear, list[date]] = defaultdict(list)
    for one in flags_of(case):
        if one.year < this_year and not one.is_withdrawn:
            earlier[one.year].append(one.on)
            continue
        flag = _("Flagga %(n)s i år") % {"n": one.number}
        title = _("Flagga som har dragits tillbaka") if one.is_withdrawn else flag
        yield Happened(one.on, title, mark="flag")
        if one.withdrawn_on is not None:
            said = _("Flaggan drogs tillbaka. Ärendet står kvar som det var.")
            yield Happened(one.withdrawn_on, said, mark="flag")
    for year, days in earlier.items():
        many = ngettext(
            "%(n)s flagga läsåret %(year)s", "%(n)s flaggor läsåret %(year)s", len(days)
        )
        yield Happened(max(days), many % {"n": len(days), "year": year}, mark="flag")


def _course(case: Case, programme: Programme) -> Iterator[Happened]:
    opened = (
        _("Ärendet öppnades igen")
        if case.reopens_id
        else _("Ärendet öppnades: %(why)s") % {"why": case.get_opened_because_display()}
    )
    yield Happened(case.opened_on, opened, _quoted(case.opening_words), at=case.opened_at)
    for step in case.steps.all():
        name = name_of_step(programme, step.step)
        if step.forced:
            began = _("%(step)s: rutinen förde ärendet vidare") % {"step": name}
            yield Happened(step.began_on, began, mark="flag", at=step.began_at)
        if step.decided_on is not None:
            said = _("Beslut om %(step)s: %(decision)s.") % {
                "step": name.lower(),
                "decision": decided_in_words(programme, step).lower(),
            }
            reason = _quoted(step.reason)
            yield Happened(step.decided_on, said, reason, kind="decision", at=step.decided_at)
    if case.closed_on is not None:
        yield Happened(case.closed_on, _("Ärendet avslutades"), at=case.closed_at)
    for task in case.tasks.filter(done_at__isnull=False).select_related("done_by"):
        if task.done_on is not None and task.done_by is not None:
            title = _("%(who)s svarade: %(what)s") % {
                "who": task.done_by.name,
                "what": task.get_kind_display(),
            }
            yield Happened(task.done_on, title, _quoted(task.answer), at=task.done_at)


def _contacts(case: Case) -> Iterator[Happened]:
    attempts = 0
    for one in case.contacts.select_related("guardian"):
        who = _home(one.guardian)
        outcome = one.get_outcome_display()
        attempts += one.outcome in IN_VAIN
        title = f"{who}: {outcome}"
        if one.outcome in IN_VAIN:
            title = _("%(what)s, försök %(n)s") % {"what": title, "n": attempts}
        yield Happened(one.on, title, one.note, at=one.at)
    for voice in case.voices.select_related("guardian"):
        who = _("Eleven") if voice.whose == "pupil" else _home(voice.guardian)
        title = _("%(who)s sade") % {"who": who}
        yield Happened(voice.on, title, _quoted(voice.text), mark="note", at=voice.at)


def _letters(case: Case, viewer: Viewer) -> Iterator[Happened]:
    """Who had which letter while the case was open; what it said is in its document."""
    guardians = {f"guardian:{one.public_id}": one for one in case.pupil.guardians.all()}
    for one in letters_about(f"pupil:{case.pupil.public_id}", until=viewer.now):
        day = local_day(one.at)
        if day < case.opened_on or (case.closed_on is not None and day > case.closed_on):
            continue
        title = _("Brev till hemmet: %(title)s") % {"title": one.title}
        if one.is_undone:
            yield Happened(day, title, _("Ångrat, ingen fick det."), at=one.at)
            continue
        told = [f"{_home(guardians.get(key))}: {state}" for key, state in one.receivers]
        yield Happened(day, title, "\n".join(told), at=one.at)


IN_VAIN = ("not_reached", "no_show")
"""Attempts that reached nobody."""


def _home(guardian: Guardian | None) -> str:
    """The guardian by name, unless protected; the whole home when none is meant."""
    if guardian is None:
        return _("Hemmet")
    if guardian.is_protected:
        return _("Vårdnadshavare med skyddade uppgifter")
    return f"{guardian.given_name} {guardian.family_name}".strip() or _("Vårdnadshavare")


def _people(case: Case) -> Iterator[Happened]:
    for one in case.hand_overs.select_related("from_owner", "to_owner"):
        title = _("Lämnat över från %(before)s till %(who)s") % {
            "before": one.from_owner.name,
            "who": one.to_owner.name,
        }
        yield Happened(local_day(one.at), title, _quoted(one.why), at=one.at)
    for move in case.school_moves.select_related("to_school"):
        title = _("Eleven bytte till %(school)s") % {"school": move.to_school.name}
        yield Happened(move.on, title, at=move.at)
    for moved in case.routine_moves.select_related(
        "from_routine", "from_adaptation", "to_routine", "to_adaptation", "by"
    ):
        title = _("%(who)s flyttade ärendet från %(before)s till %(after)s") % {
            "who": moved.by.name,
            "before": name_of_version(moved.from_routine, moved.from_adaptation),
            "after": name_of_version(moved.to_routine, moved.to_adaptation),
        }
        yield Happened(moved.on, title, _quoted(moved.why), at=moved.at)


def _law(case: Case) -> Iterator[Happened]:
    for one in case.legal_events.select_related("by"):
        title = _("Noterat: %(duty)s, av %(who)s") % {
            "duty": name_of_duty(one.duty, one.on).lower(),
            "who": one.by.name,
        }
        yield Happened(one.on, title, mark="measure", at=one.noted_at)


def _documents(case: Case, programme: Programme) -> Iterator[Happened]:
    forms = {one.id: named(one.name) for one in programme.forms}
    for step in case.steps.prefetch_related("evidence"):
        for one in step.evidence.all():
            if one.done_at is not None and one.kind != EvidenceKind.EVENT:
                word = _("Möte hållet") if one.kind == EvidenceKind.MEETING else _("Signerat")
                title = f"{word}: {forms.get(one.name, name_of_step(programme, step.step))}"
                day = local_day(one.done_at)
                yield Happened(day, title, mark="note", at=one.done_at)


def _notes(case: Case) -> Iterable[Happened]:
    for one in case.notes.select_related("by"):
        if one.is_involvement_only:
            title = _("%(who)s, %(role)s, är delaktig") % {
                "who": one.by.name,
                "role": one.get_role_display(),
            }
            yield Happened(one.on, title, at=one.at)
        elif one.restriction == Restriction.ORDINARY:
            yield Happened(one.on, _("Anteckning"), one.text, mark="note", at=one.at)
        else:  # its words are opened one at a time, and that is logged
            yield Happened(one.on, _("Skyddad anteckning"), mark="note", at=one.at)


def _quoted(text: str) -> str:
    return QUOTE % {"text": text} if text else ""
