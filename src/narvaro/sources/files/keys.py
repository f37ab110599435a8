"""Every key a mapping profile may hold: what it means, what it may be, and what it is if left out.

The reference page is written from this table, and the check of a profile reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from narvaro.sources.files.amounts import UNITS

SHAPES: Final = ("lessons", "period_summaries")
BUCKETS: Final = ("present", "valid", "invalid", "unclassified", "other", "unknown")
ABSENCES: Final = ("valid", "invalid", "unclassified")
REASONS: Final = ("notified", "leave", "other_valid", "none", "other_activity")
IDENTIFIERS: Final = ("civic", "external", "key")
ANSWERS: Final = ("yes", "no", "unknown")


@dataclass(frozen=True, slots=True)
class Key:
    """One key: `kind` is text, texts, word, number, number_or_word, yes_no, date or table."""

    path: str
    kind: str
    text: str
    default: object = None
    words: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """What a column can hold; `kind` decides which of the column's keys have a meaning."""

    name: str
    kind: str
    shapes: tuple[str, ...]
    text: str
    may_be_constant: bool = False


_L: Final = ("lessons",)
_P: Final = ("period_summaries",)
_BOTH: Final = SHAPES

FIELDS: Final = {
    field.name: field
    for field in (
        Field("pupil", "identifier", _BOTH, "The pupil's identifier; required."),
        Field("school", "text", _BOTH, "School unit.", may_be_constant=True),
        Field("class", "text", _BOTH, "Class.", may_be_constant=True),
        Field("group", "text", _BOTH, "Teaching group.", may_be_constant=True),
        Field("subject", "text", _BOTH, "Subject.", may_be_constant=True),
        Field("teachers", "staff", _L, "Teachers, by `;` or `,`; kept as keys only."),
        Field("lesson", "text", _L, "The lesson's own id, if the source has one."),
        Field("date", "date", _L, "The lesson's local date."),
        Field("starts", "time", _L, "When it starts: a time, or date and time in one."),
        Field("ends", "time", _L, "When it ends: a time, or date and time in one."),
        Field("times", "times", _L, "Start and end in one cell, as `08:10-09:30`."),
        Field("minutes", "amount", _L, "The lesson's length."),
        Field("scheduled_minutes", "amount", _L, "The pupil's own part of the lesson."),
        Field("full_minutes", "amount", _L, "The full timetable, where the pupil's is adjusted."),
        Field("status", "word", _L, "What was registered, in the words of `reasons`."),
        Field("reason", "word", _L, "Why, in the words of `reasons`; the text is not kept."),
        Field("present_minutes", "amount", _BOTH, "Time present."),
        Field("valid_minutes", "amount", _BOTH, "Valid absence."),
        Field("invalid_minutes", "amount", _BOTH, "Invalid absence."),
        Field("unclassified_minutes", "amount", _BOTH, "Absence nobody has said is either."),
        Field("other_minutes", "amount", _BOTH, "Another school activity; not absence."),
        Field("absent_minutes", "amount", _BOTH, "All absence in one column."),
        Field("late_minutes", "amount", _L, "Minutes late; goes to the bucket `late`."),
        Field("acknowledged", "yes_no", _L, "Whether the lesson is reported: yes or no."),
        Field("acknowledged_at", "moment", _L, "When it was reported."),
        Field("recorded_at", "moment", _BOTH, "When the row became known."),
        Field("cancelled", "yes_no", _L, "Whether the lesson was cancelled."),
        Field("from", "date", _P, "First day of the period.", may_be_constant=True),
        Field("to", "date", _P, "Last day of the period.", may_be_constant=True),
        Field("month", "date", _P, "A calendar month, instead of `from` and `to`."),
        Field("offered_minutes", "amount", _P, "Teaching time offered.", may_be_constant=True),
        Field("acknowledged_minutes", "amount", _P, "Teaching time that was reported."),
        Field("not_acknowledged", "amount", _P, "The part that was not reported."),
    )
}

KEYS: Final = (
    Key("profile", "text", "The profile's name: small letters, digits, hyphens.", required=True),
    Key("schema", "number", "The version of this schema: 1.", required=True),
    Key("shape", "word", "What a row is.", words=SHAPES, required=True),
    Key("title", "text", "What the profile is for, in one line.", ""),
    Key("source", "text", "Where the file's layout is described.", ""),
    Key("assumptions", "texts", "What the description does not say; shown with every preview.", ()),
    Key("zone", "text", "The zone of times without an offset.", "Europe/Stockholm"),
    Key(
        "lessons",
        "text",
        "`here`: the rows tell of all lessons, also those with nobody absent. `of:NAME`: they "
        "tell of some lessons of the source NAME, and are joined to them.",
        "here",
    ),
    Key(
        "schools",
        "word",
        "`make` an organisation of every school in the file, or leave it to a roster (`known`).",
        "make",
        ("make", "known"),
    ),
    Key("file.encoding", "text", "`detect`, or an encoding such as `utf-8`, `cp1252`.", "detect"),
    Key("file.delimiter", "text", "`detect`, or the character between cells.", "detect"),
    Key("file.sheet", "text", "The sheet's name in a workbook; empty is the first.", ""),
    Key(
        "file.header_row",
        "number_or_word",
        "`find`: the first row with most of the mapped headers; else its line; 0 if there is none.",
        "find",
        ("find",),
    ),
    Key("file.repeated_headers", "yes_no", "Leave out rows equal to the header.", True),
    Key(
        "file.total_words",
        "texts",
        "Rows whose first cell with something in it begins so are no data: totals, footers.",
        (),
    ),
    Key("file.decimal", "word", "The decimal mark.", "either", ("either", ",", ".")),
    Key("file.period_in_title", "yes_no", "Take `from` and `to` from the rows above.", False),
    Key("file.period_form", "text", "The form of the two dates there.", "YYYY-MM-DD"),
    Key("columns.FIELD.header", "texts", "The header, or several it may have.", ()),
    Key("columns.FIELD.position", "number", "The column's place from 1, instead of a header."),
    Key("columns.FIELD.optional", "yes_no", "The file may lack the column.", False),
    Key("columns.FIELD.unit", "word", "What a bare number means.", "minutes", UNITS),
    Key(
        "columns.FIELD.decimals",
        "number",
        "Decimals the system keeps where it drops zeros at the end (`1,5` for 1,50).",
    ),
    Key("columns.FIELD.form", "text", "The form of a date, time or moment.", "YYYY-MM-DD"),
    Key("columns.FIELD.identifier", "word", "What the pupil column holds.", "civic", IDENTIFIERS),
    Key(
        "columns.FIELD.check_digit",
        "word",
        "A wrong check digit in a personal number: tell of it, refuse it, or say nothing.",
        "tell",
        ("tell", "refuse", "ignore"),
    ),
    Key("columns.FIELD.yes", "texts", "Words that mean yes.", ("ja", "yes", "true", "1", "x")),
    Key("columns.FIELD.no", "texts", "Words that mean no.", ("nej", "no", "false", "0")),
    Key("constants.FIELD", "text", "A value that every row has and no column holds."),
    Key(
        "reasons.empty",
        "word",
        "The bucket of a row without a word; left out, such a row is refused.",
        None,
        BUCKETS,
    ),
    Key(
        "reasons.other_words",
        "word",
        "A word that is not in the table: refuse the row, or count it as unclassified.",
        "refuse",
        ("refuse", "unclassified"),
    ),
    Key("reasons.words.WORD.bucket", "word", "Where its minutes go.", None, BUCKETS, required=True),
    Key("reasons.words.WORD.reason", "word", "The reason that is kept.", None, REASONS),
    Key(
        "reasons.words.WORD.counts_as_absence",
        "yes_no",
        "`false`: the minutes go to `other_minutes`, whatever the bucket.",
        True,
    ),
    Key(
        "reasons.words.WORD.announced",
        "yes_no",
        "It was told beforehand by the home or decided as leave; nobody has registered the lesson.",
        False,
    ),
    Key(
        "reasons.words.WORD.without_minutes",
        "word",
        "A row with the word but no minutes: the whole lesson, nothing known, or refused.",
        "whole_lesson",
        ("whole_lesson", "nothing", "refuse"),
    ),
    Key(
        "reasons.words.WORD.acknowledged",
        "word",
        "What the word says about the lesson being reported.",
        None,
        ANSWERS,
    ),
    Key("late.bucket", "word", "Where `late_minutes` go.", "unclassified", ABSENCES),
    Key(
        "acknowledgement.row_means",
        "word",
        "What a row says of its lesson being reported, where no cell says it.",
        "unknown",
        ANSWERS,
    ),
    Key(
        "acknowledgement.announced_row_means",
        "word",
        "The same for a row whose word is announced. `unknown`: another pupil's row can still "
        "acknowledge the lesson; `no`: nothing can.",
        "unknown",
        ("no", "unknown"),
    ),
    Key(
        "acknowledgement.announced_becomes",
        "word",
        "An announced row is kept as a mark, as an announced absence, or as both.",
        "mark",
        ("mark", "announcement", "both"),
    ),
    Key(
        "acknowledgement.summary",
        "word",
        "Reported time of a period: a `column`, the `sum` of present, absent and other time, "
        "or `unknown`.",
        "unknown",
        ("column", "sum", "unknown"),
    ),
    Key(
        "rows.without_pupil",
        "word",
        "A row without an identifier: refuse the file, or leave it out and count it.",
        "refuse",
        ("refuse", "leave_out"),
    ),
    Key(
        "rows.several_per_pupil",
        "word",
        "Several rows of a pupil, school and period: refuse, `sum` (parts: subjects, classes), "
        "or `same` (one total listed more than once).",
        "refuse",
        ("refuse", "sum", "same"),
    ),
    Key(
        "rows.rounded_minutes",
        "word",
        "Lesson minutes that come rounded (hours with one decimal): refuse, or take the nearest.",
        "refuse",
        ("refuse", "nearest"),
    ),
    Key(
        "rows.rest_of_absence",
        "word",
        "All absence less what is valid and invalid goes here.",
        "unclassified",
        ("unclassified", "invalid"),
    ),
)
