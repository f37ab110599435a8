"""The demo's project: phases, schools, goals and events, all invented."""

from __future__ import annotations

from datetime import date

from narvaro.web.accounts.models import Authority, Unit, UnitKind
from narvaro.web.projects.models import (
    Amendment,
    Assumption,
    Deviation,
    Event,
    Fact,
    Goal,
    Part,
    Phase,
    Project,
    Reading,
    Step,
    Visit,
)

START = date(2025, 8, 1)


def make_project(authority: Authority) -> None:
    """Make the project, once."""
    if Project.objects.exists():
        return
    project = Project.objects.create(
        name="Närvaro i Linnåsa",
        programme="boras-2016",
        about="Påhittat projekt efter Borås program från 2016.",
        from_on=START,
        to_on=date(2027, 6, 30),
    )
    project.authorities.add(authority)
    schools = list(
        Unit.objects.filter(kind=UnitKind.SCHOOL, authority=authority).order_by("name")[:6]
    )
    _plan(project)
    _schools(project, schools)
    _measured(project)
    _noted(project, schools)


def _plan(project: Project) -> None:
    for name, part, from_on, to_on in (
        ("Alla lektioner kvitteras", Part.REGISTRATION, START, date(2025, 12, 31)),
        ("Rutinen skrivs med skolorna", Part.ROUTINE, date(2025, 10, 1), date(2026, 6, 12)),
        ("Rutinen används", Part.ROUTINE, date(2026, 8, 17), date(2028, 6, 30)),
        ("Avstämning varje månad", Part.DETECTION, date(2026, 1, 1), None),
        ("Möten med socialtjänst och BUP", Part.COLLABORATION, date(2026, 2, 1), date(2027, 6, 30)),
    ):
        Phase.objects.create(project=project, name=name, part=part, from_on=from_on, to_on=to_on)
    Amendment.objects.create(
        project=project,
        decided_on=date(2026, 1, 19),
        decision="Styrgruppen",
        text="Även 25 procent under en kalendermånad prövas, bredvid den gamla gränsen.",
    )
    Assumption.objects.create(
        project=project,
        text="Högst fem elever per skola och månad har 15 procent frånvaro eller mer.",
        outcome="Det var mellan nio och trettio.",
        outcome_on=date(2025, 12, 5),
    )
    Assumption.objects.create(project=project, text="Varje skola har schemat inläst vid skolstart.")


def _schools(project: Project, schools: list[Unit]) -> None:
    for number, school in enumerate(schools):
        arm = "control" if number >= 4 else "project"
        for answer, on in (("asked", date(2025, 4, 2)), ("accepted", date(2025, 5, 9))):
            Step.objects.create(project=project, school=school, answer=answer, on=on)
        Step.objects.create(project=project, school=school, answer="joined", arm=arm, on=START)
        if number < 3:
            Step.objects.create(
                project=project, school=school, answer="live", on=date(2025, 8, 19 + number)
            )
    if len(schools) > 3:
        Step.objects.create(
            project=project,
            school=schools[3],
            answer="left",
            on=date(2026, 9, 30),
            note="Skolan byter huvudman",
        )
    Step.objects.create(
        project=project, other="Grannby kommun", answer="declined", on=date(2025, 5, 20)
    )


def _measured(project: Project) -> None:
    for part, text, target, unit, values in (
        (Part.REGISTRATION, "95 procent av lektionerna kvitteras", 95, "%", ("88.2", "93.9")),
        (Part.ROUTINE, "Varje flaggad elev har ett dokumenterat samtal", 100, "%", ("54",)),
        (Part.DETECTION, "Listan är klar senast femte skoldagen", 10, "avstämningar", ("8", "10")),
        (Part.COLLABORATION, "Två möten per halvår med kontaktpersonerna", 4, "möten", ("2", "3")),
    ):
        goal = Goal.objects.create(project=project, part=part, text=text, target=target, unit=unit)
        for year, value in zip((2025, 2026), values, strict=False):
            Reading.objects.create(
                project=project,
                goal=goal,
                value=value,
                on=date(year, 11, 30) if year == 2025 else date(2026, 10, 31),
                source="Projektledarens uppföljning",
            )


def _noted(project: Project, schools: list[Unit]) -> None:
    Deviation.objects.create(
        project=project,
        text="Schemat var inte inläst vid en skola till jul",
        consequence="Höstens siffror går inte att använda där",
        on=date(2025, 10, 10),
        resolved_on=date(2026, 2, 2),
    )
    Deviation.objects.create(
        project=project,
        is_risk=True,
        text="Ingen ersättare för kontaktpersonen på socialtjänsten",
        consequence="Möten skjuts upp",
        on=date(2026, 11, 2),
    )
    for topic, statement, source, on in (
        ("Antal projektskolor", "Fyra", "Projektplanen", date(2025, 5, 30)),
        ("Antal projektskolor", "Fem", "Kommunens webbplats", date(2025, 9, 1)),
    ):
        Fact.objects.create(
            project=project, topic=topic, statement=statement, source=source, dated_on=on
        )
    if schools:
        Visit.objects.create(
            project=project,
            school=schools[0],
            on=date(2026, 9, 10),
            text="Gick igenom kvittering med arbetslaget",
        )
        Event.objects.create(
            project=project,
            school=schools[0],
            kind="principal",
            on=date(2026, 8, 10),
            text="Ny rektor tillträdde",
        )
    Event.objects.create(
        project=project, kind="outbreak", on=date(2026, 2, 9), text="Magsjuka på flera skolor"
    )
