"""What is hidden, what is not, and why."""

from __future__ import annotations

import pytest

from narvaro.small_numbers import (
    TOTAL,
    CannotBeProtected,
    Cell,
    Equation,
    Key,
    Protected,
    Tables,
    cross_table,
    joined,
    protect,
    rounded,
)

STAGES = ("F-3", "4-6", "7-9")
SEXES = ("girls", "boys")


def stage_table(*numbers: int, name: str = "2026-11 stage") -> Tables:
    pairs = [(stage, sex) for stage in STAGES for sex in SEXES]
    return cross_table(
        name, rows=STAGES, columns=SEXES, counts=dict(zip(pairs, numbers, strict=True))
    )


def hidden_places(protected: Protected) -> set[tuple[str, str]]:
    return {(key.row, key.column) for key in protected.hidden}


def test_a_table_without_small_cells_is_printed_whole() -> None:
    assert protect(stage_table(10, 11, 12, 13, 14, 15)).hidden == {}


def test_zero_is_printed_and_five_is_printed_with_a_limit_of_five() -> None:
    assert protect(stage_table(0, 5, 0, 6, 7, 8)).hidden == {}


def test_a_table_of_zeros_is_printed_whole() -> None:
    assert protect(stage_table(0, 0, 0, 0, 0, 0)).hidden == {}


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_one_to_four_are_hidden_with_one_more_in_the_row_and_in_the_column(count: int) -> None:
    protected = protect(stage_table(count, 11, 12, 13, 20, 21))

    assert hidden_places(protected) == {
        ("F-3", "girls"),
        ("F-3", "boys"),
        ("4-6", "girls"),
        ("4-6", "boys"),
    }
    reasons = [reason for reason in protected.hidden.values() if reason == "small"]
    assert len(reasons) == 1


def test_the_limit_is_a_setting() -> None:
    tables = stage_table(7, 11, 12, 13, 20, 21)

    assert protect(tables).hidden == {}
    assert Key("2026-11 stage", "F-3", "girls") in protect(tables, limit=10).hidden


def test_a_zero_drawn_from_three_pupils_is_hidden() -> None:
    none_of_three = Cell(Key("t", "a", "flagged"), 0, base=3)

    assert protect(Tables((none_of_three,))).hidden == {none_of_three.key: "small"}


def test_what_a_reader_can_subtract_is_guarded_though_nobody_prints_it() -> None:
    group, above, below = (Key("t", "girls", part) for part in ("all", "above", "below"))
    tables = Tables(
        (Cell(group, 30), Cell(above, 28), Cell(below, 2, shown=False)),
        (Equation((group,), (above, below)),),
    )

    protected = protect(tables)

    assert protected.hidden == {above: "gives_away"}
    assert protected.count(group) == 30


def test_the_count_of_a_hidden_cell_cannot_be_had() -> None:
    protected = protect(stage_table(1, 11, 12, 13, 20, 21))

    assert protected.count(Key("2026-11 stage", "F-3", "girls")) is None
    assert protected.count(Key("2026-11 stage", "7-9", TOTAL)) == 41
    assert Key("2026-11 stage", "F-3", "girls") not in protected.published()
    with pytest.raises(KeyError):
        protected.count(Key("2026-11 stage", "10", "girls"))


def month(name: str, listed: int, *, at_school: int = 100) -> Tables:
    listed_key, others = Key(name, "listed", "pupils"), Key(name, "others", "pupils")
    everyone = Key(name, TOTAL, "pupils")
    cells = (
        Cell(listed_key, listed),
        Cell(others, at_school - listed),
        Cell(everyone, at_school),
    )
    return Tables(cells, (Equation((everyone,), (listed_key, others)),))


def moves(*, came: int, left: int) -> tuple[Tables, Equation]:
    cells = (Cell(Key("moves", "in", "pupils"), came), Cell(Key("moves", "out", "pupils"), left))
    equation = Equation(
        (Key("november", "listed", "pupils"), Key("moves", "out", "pupils")),
        (Key("october", "listed", "pupils"), Key("moves", "in", "pupils")),
    )
    return Tables(cells), equation


def november(*, came: int, left: int, before: int) -> Tables:
    table, link = moves(came=came, left=left)
    now = month("november", before + came - left)
    return joined(month("october", before), now, table, links=[link])


def test_the_difference_from_last_month_does_not_give_a_small_move_away() -> None:
    october = protect(month("october", 20))

    protected = protect(november(came=2, left=9, before=20), earlier=[october])

    assert protected.count(Key("moves", "in", "pupils")) is None
    assert protected.count(Key("moves", "out", "pupils")) is None
    assert protected.count(Key("november", "listed", "pupils")) == 13


def test_what_was_hidden_last_month_stays_hidden_this_month() -> None:
    october = protect(month("october", 3))

    protected = protect(november(came=17, left=0, before=3), earlier=[october])

    assert protected.count(Key("october", "listed", "pupils")) is None
    assert protected.count(Key("november", "listed", "pupils")) is None or (
        protected.count(Key("moves", "in", "pupils")) is None
    )


def test_a_correction_of_two_pupils_is_not_printed_beside_the_old_number() -> None:
    october = protect(month("october", 20))
    corrected = protect(month("october", 22), earlier=[october])
    much_corrected = protect(month("october", 32), earlier=[october])

    assert corrected.count(Key("october", "listed", "pupils")) is None
    assert much_corrected.hidden == {}


def test_a_cell_that_earlier_reports_already_give_away_stops_the_report() -> None:
    listed, everyone = Key("october", "listed", "pupils"), Key("october", TOTAL, "pupils")
    others = Key("october", "others", "pupils")
    tables = Tables(
        (Cell(others, 98), Cell(everyone, 100), Cell(listed, 2, shown=False)),
        (Equation((everyone,), (listed, others)),),
    )
    careless = Protected(tables, {})

    with pytest.raises(CannotBeProtected):
        protect(month("november", 20), earlier=[careless])


def test_the_same_tables_always_give_the_same_answer() -> None:
    tables = stage_table(1, 11, 3, 13, 0, 2)

    assert list(protect(tables).hidden.items()) == list(protect(tables).hidden.items())


def test_a_total_that_is_not_the_sum_of_its_parts_is_refused() -> None:
    part, whole = Key("t", "a", "n"), Key("t", TOTAL, "n")

    with pytest.raises(ValueError, match="total"):
        Tables((Cell(part, 7), Cell(whole, 8)), (Equation((whole,), (part,)),))


def test_negative_counts_and_doubled_cells_are_refused() -> None:
    key = Key("t", "a", "n")

    with pytest.raises(ValueError, match="negative"):
        Tables((Cell(key, -1),))
    with pytest.raises(ValueError, match="twice"):
        Tables((Cell(key, 1), Cell(key, 1)))


@pytest.mark.parametrize(
    ("count", "base", "expected"),
    [(0, 5, 0), (2, 5, 0), (3, 5, 5), (5, 10, 0), (15, 10, 20), (12, 5, 10), (13, 5, 15)],
)
def test_counts_are_rounded_to_the_nearest_multiple(count: int, base: int, expected: int) -> None:
    assert rounded(count, base) == expected


def test_a_count_below_zero_is_not_rounded() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        rounded(-1, 5)
