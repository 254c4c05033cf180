"""Random panels and rules for both ways to tally: many ties, recusals, odd rules, few marks."""

import random
from array import array
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache

from reviewer_app.core.mark_table import (
    CODE_ABSTAINED,
    CODE_NOT_APPLICABLE,
    MarkColumn,
    MarkTable,
)
from reviewer_app.core.marks import ABSTAINED, NOT_APPLICABLE, Mark, scored
from reviewer_app.core.numbers import Rounding
from reviewer_app.core.ranking import CRITERIA
from reviewer_app.core.rules import (
    Aggregation,
    AggregationLevel,
    Band,
    Decision,
    Method,
    RankBasis,
    Ranking,
    ReviewRules,
    RoundingRules,
    Threshold,
)
from reviewer_app.core.tally import Panel, PanelApplication, PanelSheet, tally
from reviewer_app.core.volume import volume_tally
from reviewer_app.core.volume_panel import VolumePanel, fits_volume, volume_of
from reviewer_app.core.volume_results import block_tally
from tests.core.panels import leaf, scheme

TABLE = scheme([leaf("1.1", 30), leaf("1.2", 20)], [leaf("2.1", 50)])


def same(entries: Panel, chosen: ReviewRules, block: VolumePanel | None = None) -> None:
    """Compare both paths application by application."""
    expected = tally(entries, chosen)
    found = volume_tally(volume_of(entries) if block is None else block, chosen)
    assert found.numbers == tuple(each.number for each in expected.applications)
    for row, wanted in enumerate(expected.applications):
        assert found.sheets(row) == len(wanted.sheets)
        assert found.result(row) == replace(wanted, sheets=())
    order = [found.numbers[row] for row in found.order()]
    assert order == [each.number for each in expected.ranked()]
    above = tuple(each.number for each in expected.ranked() if each.recommended)
    assert found.above_line() == above
    if fits_volume(entries):
        assert block_tally(entries, chosen) == expected


def draw_rules(draw: random.Random) -> ReviewRules:
    drops = draw.choice([(0, 0), (1, 0), (0, 1), (1, 1), (2, 1)])
    weights: dict[str, Fraction] = {}
    if draw.random() < 0.25:
        weights = {str(draw.randint(1, 4)): Fraction(draw.randint(1, 5), draw.randint(1, 3))}
    chain = ["dimension:1", "dimension:2", "indicator:1.2", *CRITERIA]
    return ReviewRules(
        aggregation=Aggregation(
            draw.choice(list(Method)),
            draw.choice(list(AggregationLevel)),
            *drops,
            minimum_sheets=draw.randint(max(1, sum(drops) + 1), 5),
            expert_weights=tuple(weights.items()),
        ),
        rounding=RoundingRules(
            draw.choice(list(Rounding)), draw.choice([None, None, 0, 1, 3]), draw.randint(0, 3)
        ),
        ranking=Ranking(
            draw.choice(list(RankBasis)), tuple(draw.sample(chain, draw.randint(0, 3)))
        ),
        decision=Decision(
            Threshold(draw.choice([">=", ">"]), Fraction(60)),
            (
                Band("上", Threshold(">=", Fraction(70))),
                Band("下", Threshold("<", Fraction(70))),
            ),
            recommend=draw.choice([None, 1, 2]),
        ),
    )


def draw_panel(draw: random.Random) -> Panel:
    """Return a panel with many ties, some recusals, marks not applicable and abstentions."""
    few = draw.choice([(60, 70), (60, 61, 70, 80), tuple(range(101))])
    holes = draw.choice([0.0, 0.0, 0.1, 0.4])
    table = draw.choice(
        [
            TABLE,
            scheme([leaf("1.1", 7, 9), leaf("1.2", "3.5", 11)], [leaf("2.1", 13, 100)]),
        ]
    )
    step = draw.choice([1, 2, 4, 10])

    def mark(maximum: Fraction) -> Mark:
        if draw.random() < holes:
            return draw.choice([NOT_APPLICABLE, ABSTAINED])
        value = min(draw.choice(few), int(maximum)) - Fraction(draw.randint(0, step - 1), step)
        return scored(max(value, Fraction(0)))

    recused = draw.choice([0.0, 0.0, 0.2])
    numbers = [f"{n:02}" for n in range(1, draw.randint(2, 6))]
    sheets = tuple(
        PanelSheet(
            str(expert),
            {
                number: {each.code: mark(each.maximum) for each in table.indicators()}
                for number in numbers
                if draw.random() >= recused
            },
        )
        for expert in range(1, draw.randint(2, 7))
    )
    return Panel(tuple(PanelApplication(number, table) for number in numbers), sheets)


def as_tables(entries: Panel, draw: random.Random) -> Panel:
    """Return the panel with some sheets as signed sheets give them: steps above a minimum."""
    sheets = tuple(
        each if draw.random() < 0.2 else replace(each, marks=_table(each, draw))
        for each in entries.sheets
    )
    return replace(entries, sheets=sheets)


@cache
def _values(minimum: Fraction, step: int) -> dict[int, Mark]:
    numbers = {code: scored(minimum + Fraction(code, step)) for code in range(103 * step)}
    return {CODE_NOT_APPLICABLE: NOT_APPLICABLE, CODE_ABSTAINED: ABSTAINED, **numbers}


@cache
def _codes(minimum: Fraction, step: int) -> dict[Mark, int]:
    return {mark: code for code, mark in _values(minimum, step).items()}


def _table(sheet: PanelSheet, draw: random.Random) -> Mapping[str, Mapping[str, Mark]]:
    codes = list(next(iter(sheet.marks.values()), ()))
    if draw.random() < 0.1:
        draw.shuffle(codes)
    columns, places = [], []
    for code in codes:
        minimum, step = draw.choice([Fraction(0), Fraction(-5, 2)]), draw.choice([20, 60])
        columns.append(MarkColumn(code, minimum, Fraction(1, step), _values(minimum, step)))
        places.append(_codes(minimum, step))
    flat = array(
        "q",
        [
            place[given[code]]
            for given in sheet.marks.values()
            for code, place in zip(codes, places, strict=True)
        ],
    )
    return MarkTable(tuple(sheet.marks), tuple(columns), flat)
