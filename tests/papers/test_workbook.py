"""The workbook recalculates to the published figures, in another program."""

import io
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import openpyxl
import pytest

from reviewer_app.core.numbers import Rounding, publish
from reviewer_app.core.rules import Aggregation, Method
from reviewer_app.core.tally_combine import Voice, combine
from reviewer_app.papers.formulas import (
    Combining,
    CombiningRule,
    RoundingMode,
    combined,
    heading_points,
    rounded,
    total_points,
    weighted_mean,
)
from reviewer_app.papers.workbook import (
    AGREE,
    NO_FORMULA,
    WorkbookFacts,
    WorkbookRow,
    summary_workbook,
)
from reviewer_app.papers.xlsx import Figure, Formula, Line, Worksheet, workbook_bytes
from tests.papers import facts
from tests.papers.looking import converted

XLSX = "xlsx:Calc MS Excel 2007 XML"
FIRST_ROW, RESULT = 5, 12


def reopened(given: WorkbookFacts) -> Any:
    return openpyxl.load_workbook(io.BytesIO(summary_workbook(given)))


def settled(
    given: WorkbookFacts, figure: Callable[[WorkbookRow], Fraction], mode: Rounding
) -> WorkbookFacts:
    """Return the facts with the published figures that these rules give."""
    rows = []
    for row in given.rows:
        exact = figure(row)
        rows.append(
            replace(row, exact=exact, published=publish(exact, given.rule.digits, mode))
        )
    return replace(given, rows=tuple(rows))


def by_totals(method: Method, weights: dict[int, Fraction] | None = None) -> Any:
    def figure(row: WorkbookRow) -> Fraction:
        voices = [
            Voice(str(place), total, (weights or {}).get(place, Fraction(1)))
            for place, total in enumerate(row.totals)
            if isinstance(total, Fraction)
        ]
        return combine(voices, Aggregation(method=method)).value

    return figure


def by_marks(row: WorkbookRow) -> Fraction:
    """Return the trimmed mean of every indicator's marks, weighed."""
    return (
        sum(
            (
                indicator.weight
                * combine(
                    [
                        Voice(str(p), m)
                        for p, m in enumerate(indicator.marks)
                        if isinstance(m, Fraction)
                    ],
                    Aggregation(method=Method.TRIMMED),
                ).value
                for indicator in row.indicators
            ),
            start=Fraction(0),
        )
        / 100
    )


def variants() -> dict[str, WorkbookFacts]:
    base = facts.workbook(applications=3)
    up, even = Rounding.HALF_UP, Rounding.HALF_EVEN
    trimmed = replace(base, rule=CombiningRule(Combining.TRIMMED))
    weights = {place: Fraction(place + 1, 2) for place in range(7)}
    weighed = replace(
        base,
        experts=tuple(
            replace(each, weight=weights[place]) for place, each in enumerate(base.experts)
        ),
    )
    median = replace(
        base, rule=CombiningRule(Combining.MEDIAN, mode=RoundingMode.HALF_EVEN, digits=1)
    )
    return {
        "mean": settled(base, by_totals(Method.MEAN), up),
        "no marks": settled(facts.workbook(marks=False), by_totals(Method.MEAN), up),
        "trimmed": settled(trimmed, by_totals(Method.TRIMMED), up),
        "median": settled(median, by_totals(Method.MEDIAN), even),
        "weighed": settled(weighed, by_totals(Method.MEAN, weights), up),
        "by indicator": settled(replace(trimmed, by_indicator=True), by_marks, up),
    }


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    """Return a function that opens a workbook as another program calculated it."""
    folder = tmp_path_factory.mktemp("books")
    books = {name: summary_workbook(given) for name, given in variants().items()}
    books |= {
        "wrong": summary_workbook(wrong_result()),
        "unscorable": summary_workbook(unscorable()),
        "halves": workbook_bytes((halves(),), "题"),
    }
    for name, data in books.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    made = converted([folder / f"{name}.xlsx" for name in books], XLSX)
    return lambda name: openpyxl.load_workbook(made / f"{name}.xlsx", data_only=True)


@pytest.mark.parametrize("name", list(variants()))
def test_recalculation_gives_the_published_figures(
    name: str, recalculated: Callable[[str], Any]
) -> None:
    given = variants()[name]
    sheet = recalculated(name)["汇总"]
    for place, row in enumerate(given.rows):
        live, published, check = (
            sheet.cell(FIRST_ROW + place, RESULT + column).value for column in range(3)
        )
        assert check == AGREE, row.name
        assert live == published == float(row.published)
        for expert, total in enumerate(row.totals):
            shown = sheet.cell(FIRST_ROW + place, 5 + expert).value
            assert shown == (
                pytest.approx(float(total), abs=1e-9) if isinstance(total, Fraction) else total
            )


def wrong_result() -> WorkbookFacts:
    given = facts.workbook(marks=False)
    return replace(given, rows=(replace(given.rows[0], published="99.99"), *given.rows[1:]))


def test_a_changed_figure_is_noticed(recalculated: Callable[[str], Any]) -> None:
    sheet = recalculated("wrong")["汇总"]
    assert sheet.cell(FIRST_ROW, RESULT + 2).value == "不一致"
    assert sheet.cell(FIRST_ROW + 1, RESULT + 2).value == AGREE


def unscorable() -> WorkbookFacts:
    """Return the round with marks that could not be given, a whole dimension among them."""
    given = facts.workbook(applications=2)
    indicators = list(given.rows[0].indicators)
    indicators[0] = replace(indicators[0], marks=("不适用", *indicators[0].marks[1:]))
    for place in (8, 9):  # the whole of dimension 8 for expert 02
        marks = list(indicators[place].marks)
        marks[1] = "弃权"
        indicators[place] = replace(indicators[place], marks=tuple(marks))
    changed = replace(given.rows[0], indicators=tuple(indicators))
    return replace(given, rows=(changed, *given.rows[1:]))


def test_unscorable_marks_hand_their_weight_on_in_the_formulas(
    recalculated: Callable[[str], Any],
) -> None:
    row = unscorable().rows[0]
    sheet = recalculated("unscorable")["汇总"]
    assert sheet.cell(FIRST_ROW, 5).value == pytest.approx(float(_expected(row, 0)))
    assert sheet.cell(FIRST_ROW, 6).value == pytest.approx(float(_expected(row, 1)))
    assert sheet.cell(FIRST_ROW, 5).value != pytest.approx(float(row.totals[0]), abs=1e-6)


def _expected(row: WorkbookRow, expert: int) -> Fraction:
    """Redistribute inside each dimension, then over the dimensions that are left."""
    points, alive = Fraction(0), Fraction(0)
    for dimension in dict.fromkeys(each.dimension for each in row.indicators):
        members = [each for each in row.indicators if each.dimension == dimension]
        weight = sum((each.weight for each in members), start=Fraction(0))
        scored = [
            (each.weight, mark)
            for each in members
            if isinstance(mark := each.marks[expert], Fraction)
        ]
        if scored:
            heard = sum((w for w, _m in scored), start=Fraction(0))
            points += weight * sum((w * m for w, m in scored), start=Fraction(0)) / heard
            alive += weight
    return points / alive


HALVES = ("28.165", "28.175", "82.345", "82.335", "79.995", "84.4951", "84.4949", "2.5")


MODES = ((RoundingMode.HALF_UP, Rounding.HALF_UP), (RoundingMode.HALF_EVEN, Rounding.HALF_EVEN))


def halves() -> Worksheet:
    lines = tuple(
        Line(
            (
                Figure(Fraction(text)),
                *(Formula(rounded(f"A{place}*7/7", 2, mode)) for mode, _same in MODES),
                Formula(rounded(f"A{place}", 2, RoundingMode.TRUNCATE)),
            )
        )
        for place, text in enumerate(HALVES, 1)
    )
    return Worksheet("表", lines, (10,))


def test_halves_round_as_the_rules_say_in_another_program(
    recalculated: Callable[[str], Any],
) -> None:
    sheet = recalculated("halves")["表"]
    for place, text in enumerate(HALVES, 1):
        for column, (_mode, same) in enumerate(MODES, 2):
            assert sheet.cell(place, column).value == float(publish(Fraction(text), 2, same))
        assert sheet.cell(place, 4).value == int(Fraction(text) * 100) / 100


def test_what_a_formula_cannot_say_is_a_number_and_said() -> None:
    given = facts.workbook(applications=2)
    experts = tuple(
        replace(each, weight=Fraction(place + 1)) for place, each in enumerate(given.experts)
    )
    odd = replace(given, experts=experts, rule=CombiningRule(Combining.TRIMMED))
    book = reopened(odd)
    assert book["汇总"].cell(FIRST_ROW, RESULT).data_type == "n"
    assert book["汇总"].cell(FIRST_ROW, RESULT + 2).value is None
    assert NO_FORMULA in [row[0].value for row in book["规则"].iter_rows()]
    assert NO_FORMULA not in [row[0].value for row in reopened(given)["规则"].iter_rows()]


def test_a_table_beyond_formulas_keeps_the_exact_totals() -> None:
    book = reopened(replace(facts.workbook(applications=2), simple=False))
    assert book["汇总"].cell(FIRST_ROW, 5).data_type == "n"
    assert book["汇总"].cell(FIRST_ROW, RESULT).data_type == "f"


def test_no_cell_is_a_formula_that_we_did_not_write() -> None:
    evil = "=cmd|' /C calc'!A0"
    given = facts.workbook()
    first = given.rows[0]
    row = replace(
        first,
        name=evil,
        unit=evil,
        note=evil,
        rank=evil,
        published=evil,
        exact=None,
        totals=(evil,) * 7,
        indicators=tuple(replace(i, title=evil, marks=(evil,) * 7) for i in first.indicators),
    )
    book = reopened(
        replace(given, rows=(row,), round_title=evil, organiser=evil, rules=(evil,), date=evil)
    )
    for sheet in book:
        for line in sheet.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    assert "cmd" not in cell.value
                assert not str(cell.value).startswith(("=cmd", "+", "-", "@"))


def test_formulas_read_as_written() -> None:
    assert combined("A1:C1", CombiningRule()) == "AVERAGE(A1:C1)"
    assert combined("A1:C1", CombiningRule(Combining.MEDIAN)) == "MEDIAN(A1:C1)"
    assert combined("A1:C1", CombiningRule(Combining.TRIMMED, drop_high=0, drop_low=0)) == (
        "AVERAGE(A1:C1)"
    )
    assert combined("A1:G1", CombiningRule(Combining.TRIMMED)) == (
        "IF(COUNT(A1:G1)<5,AVERAGE(A1:G1),"
        "(SUM(A1:G1)-LARGE(A1:G1,1)-SMALL(A1:G1,1))/(COUNT(A1:G1)-2))"
    )
    assert weighted_mean("A1:B1", "A$3:B$3") == (
        "SUMPRODUCT(A$3:B$3,A1:B1)/SUMPRODUCT(ISNUMBER(A1:B1)*A$3:B$3)"
    )
    assert heading_points("E1:E2", "D1:D2", "C1:C2").startswith("IF(SUMPRODUCT(")
    assert total_points(["E3", "E6"], ["D3", "D6"], "100").endswith("*100)")


def test_a_row_is_as_high_as_what_wraps_in_it() -> None:
    name = "浙江省面向长三角一体化的高端磁性元器件与新型电子材料技术创新中心（示例）"
    first, *others = facts.workbook(marks=False).rows
    given = replace(facts.workbook(), rows=(replace(first, name=name), *others))
    page = openpyxl.load_workbook(io.BytesIO(summary_workbook(given))).worksheets[0]
    heights = [page.row_dimensions[row].height for row in (1, 5, 6)]
    assert heights == [15, 30, 15]
