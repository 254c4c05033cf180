from dataclasses import replace
from fractions import Fraction

from reviewer_app.core.round import Change
from reviewer_app.core.scheme import Variant
from reviewer_app.services.sheet_paper import sheet_facts
from reviewer_app.sheets.score_sheet import verify_sheet
from tests.sheets.making import (
    NOON,
    Desk,
    app,
    make_application,
    make_assignment,
    make_round,
    make_scheme,
    marks_for,
)

REASON = "责任书第三条（示例）"


def notes_of(*changes: Change, category: str = "") -> str:
    weights = (("6.1", Fraction(20)), ("6.2", Fraction(30)), ("6.3", Fraction(50)))
    scheme = replace(make_scheme(), variants=(Variant("产业类", weights),))
    round_ = make_round(1, scheme)
    application = replace(make_application(1), changes=changes, category=category)
    desk = Desk(round_, make_assignment(round_, (application,)))
    gone = {each.indicator for each in changes if not each.applicable}
    marks = {
        code: mark
        for code, mark in marks_for(round_, (app(1),))[app(1)].items()
        if code not in gone
    }
    sheet = verify_sheet(desk.seal(marks={app(1): marks}), round_, desk.assignment)
    return "\n".join(sheet_facts(sheet, round_, NOON).notes)


def test_the_paper_says_what_a_responsibility_statement_changed() -> None:
    assert f"01 的 6.1 按责任书调整为不适用：{REASON}。" in notes_of(
        Change("6.1", REASON, applicable=False)
    )
    assert f"01 的 6.1 按责任书调整为权重 40、目标“每年 8 项”：{REASON}。" in notes_of(
        Change("6.1", REASON, target="每年 8 项", weight=Fraction(40))
    )
    assert "其余指标的权重相应调整" in notes_of(Change("6.1", REASON, weight=Fraction(40)))
    assert "其余指标" not in notes_of(Change("6.1", REASON, target="每年 8 项"))


def test_the_paper_says_which_category_s_weights_count() -> None:
    assert "01 按“产业类”类别的权重计分。" in notes_of(category="产业类")
    assert "类别" not in notes_of()
