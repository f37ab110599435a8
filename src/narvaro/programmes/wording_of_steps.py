"""Steps in plain Swedish and English: stages, ends, deadlines, and what shows that one is done."""

from __future__ import annotations

from collections.abc import Mapping

from narvaro.programmes.programme import Programme
from narvaro.programmes.roles import ROLES, Text
from narvaro.programmes.steps import OWNER, Evidence, Step

STAGE_NAMES: Mapping[str, Text] = {
    "flagged": Text("flagga", "flagged"),
    "conversation": Text("samtal", "conversation"),
    "documentation": Text("dokumentation", "documentation"),
    "student_health": Text("elevhälsa", "student health"),
    "investigation": Text("utredning", "investigation"),
    "notified": Text("anmälan", "notified"),
    "collaboration": Text("samverkan", "collaboration"),
    "follow_up": Text("uppföljning", "follow-up"),
}
END_NAMES: Mapping[str, Text] = {
    "closed": Text("avslutat", "closed"),
    "watched": Text("bevakas", "watched"),
    "returned": Text("eleven är tillbaka", "the pupil is back"),
    "adapted": Text("undervisningen anpassas", "the teaching is adapted"),
    "placed": Text("eleven har fått plats", "the pupil has a place"),
    "declined": Text("familjen har tackat nej", "the family has declined"),
}
EVENT_NAMES: Mapping[str, Text] = {
    "lesson-acknowledged": Text("lektionen är kvitterad", "the lesson is acknowledged"),
    "contact-held": Text("kontakten är antecknad", "the contact is noted"),
    "guardian-told": Text("vårdnadshavaren har fått veta", "the guardian was told"),
    "offer-answered": Text("familjen har svarat", "the family has answered"),
    "investigation-begun": Text("utredningen har börjat", "the investigation has begun"),
    "special-support-considered": Text(
        "behovet av särskilt stöd är prövat", "the need of special support was considered"
    ),
    "authority-notified": Text("huvudmannen har fått veta", "the school authority was notified"),
    "home-municipality-notified": Text(
        "hemkommunen har fått veta", "the home municipality was notified"
    ),
    "concern-reported": Text("orosanmälan är gjord", "a concern report was made"),
    "leave-decided": Text("ledigheten är beslutad", "the leave was decided on"),
    "order-issued": Text("föreläggande har getts", "an order was issued"),
    "fine-imposed": Text("vite har förelagts", "a conditional fine was imposed"),
}
_DEADLINES: Mapping[str, Text] = {
    "same-day": Text("samma dag", "the same day"),
    "at-once": Text("genast", "at once"),
    "promptly": Text("skyndsamt", "promptly"),
    "at-the-run": Text("vid månadsavstämningen", "at the month-end run"),
    "next-meeting": Text("vid nästa möte", "at the next meeting"),
    "in-plan": Text("på planens datum", "on the date in the plan"),
}


def role_in_words(role: str) -> Text:
    """A role, or whoever owns a step."""
    return Text("den som äger steget", "whoever owns the step") if role == OWNER else ROLES[role]


def deadline_in_words(step: Step) -> Text:
    """`10 skoldagar`, `skyndsamt (15 skoldagar)`: the law's word and the municipality's number."""
    deadline = step.deadline
    if deadline and deadline.number:
        sv, en = (
            ("skoldagar", "school days") if deadline.kind == "school-days" else ("dagar", "days")
        )
        return Text(f"{deadline.number} {sv}", f"{deadline.number} {en}")
    days = Text(f"{step.within} skoldagar", f"{step.within} school days")
    if deadline is None:
        return days
    word = _DEADLINES[deadline.kind]
    return Text(f"{word.sv} ({days.sv})", f"{word.en} ({days.en})") if step.within else word


def evidence_in_words(programme: Programme, evidence: Evidence) -> Text:
    """`signerad: Enkel kartläggning`, `möte hållet`, `huvudmannen har fått veta`."""
    forms = {form.id: form.name for form in programme.forms}
    meetings = {cadence.id: cadence.name for cadence in programme.cadence}
    if evidence.kind == "form":
        name = forms[evidence.name]
        return Text(f"signerad: {name.sv}", f"signed: {name.en}")
    if evidence.kind == "meeting" and evidence.name:
        name = meetings[evidence.name]
        return Text(f"hållet: {name.sv}", f"held: {name.en}")
    if evidence.kind == "meeting":
        return Text("möte hållet", "a meeting was held")
    if evidence.kind == "event":
        return EVENT_NAMES[evidence.name]
    return Text("beslut med skäl", "a decision with its reason")


def in_a_row(texts: tuple[Text, ...]) -> Text | None:
    """Several texts after each other; None of none."""
    if not texts:
        return None
    return Text("; ".join(text.sv for text in texts), "; ".join(text.en for text in texts))
