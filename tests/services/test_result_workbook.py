from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from reviewer_app.core.marks import scored
from reviewer_app.core.round import ApplicationNumber, Change
from reviewer_app.core.scheme import Variant
from reviewer_app.services import closing, results
from reviewer_app.services.result_workbook import workbook_facts
from reviewer_app.sheets.score_sheet import effective_schemes
from tests.services.day import NOON, Day, Laptop, plan

MARKS = {"6.1": 90, "6.2": 60, "6.3": 30}


def codes(laptop: Laptop, number: ApplicationNumber) -> list[str]:
    schemes = effective_schemes(laptop.pack.round, laptop.pack.assignment)
    return [leaf.code for leaf in schemes[number].indicators()]


def results_of(day: Day) -> results.Results:
    paths = []
    for laptop in day.laptops.values():
        content = laptop.content({1: 0, 2: 0, 3: 0})
        marks = {
            number: {code: scored(Fraction(MARKS[code])) for code in codes(laptop, number)}
            for number in content.marks
        }
        paths.append(laptop.sign(day.folder, replace(content, marks=marks)))
    day.collect(*paths)
    closing.close_round(day.context.open_bureau, day.round_id, NOON)
    return results.results_of(day.context.open_bureau, day.round_id)


def test_the_weights_beside_the_marks_give_the_totals(tmp_path: Path) -> None:
    usual = plan(experts=3)
    weights = (("6.1", Fraction(20)), ("6.2", Fraction(30)), ("6.3", Fraction(50)))
    one, two, three = usual.applications
    day = Day.start(
        tmp_path,
        replace(
            usual,
            scheme=replace(usual.scheme, variants=(Variant("产业类", weights),)),
            applications=(
                one,
                replace(two, category="产业类"),
                replace(three, changes=(Change("6.3", "责任书（示例）", applicable=False),)),
            ),
        ),
    )
    day.issue()
    found = results_of(day)
    for row in workbook_facts(found).rows:
        for column, total in enumerate(row.totals):
            points = Fraction(0)
            for each in row.indicators:
                mark = each.marks[column]
                assert isinstance(mark, Fraction)
                points += each.weight * mark / each.maximum
            assert points == total, row.number
