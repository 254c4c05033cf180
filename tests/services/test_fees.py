"""The fee sheet: names and units from the plan, amounts only where a rate is given."""

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from reviewer_app.services.fees import BLANK, Fee, fee_facts, write_fees
from tests.services.day import NOON, Day, plan


def test_amounts_stay_blank_or_follow_from_the_rate() -> None:
    the_plan = plan(experts=3)
    blank = fee_facts(the_plan, the_plan.experts, NOON, BLANK)
    assert [row.due for row in blank.rows] == [None] * 3
    paid = fee_facts(the_plan, the_plan.experts, NOON, Fee(Fraction(1500), Fraction(1, 2)))
    assert [row.due for row in paid.rows] == [Fraction(750)] * 3
    half = fee_facts(the_plan, the_plan.experts, NOON, Fee(rate=Fraction(1500)))
    assert half.rows[0].due is None


@pytest.mark.parametrize("fee", [BLANK, Fee(Fraction(1500), Fraction(1, 2))])
def test_the_workbook_leaves_the_tax_to_a_hand(fee: Fee, tmp_path: Path) -> None:
    day = Day.start(tmp_path, plan(experts=3))
    paths = write_fees(day.context.open_bureau, day.round_id, tmp_path / "out", NOON, fee)
    assert [path.suffix for path in paths] == [".pdf", ".docx", ".xlsx"]
    page = openpyxl.load_workbook(paths[2]).active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4, max_row=7)]
    assert rows[0][1:3] == ["专家1喆（示例）", "单位1（示例）"]
    assert rows[0][4:6] == ([0.5, 1500] if fee.rate else [None, None])
    assert rows[0][6] == '=IF(OR(E4="",F4=""),"",ROUND(E4*F4,2))'
    assert rows[0][7] is None
    assert rows[0][8] == '=IF(G4="","",G4-N(H4))'
    assert rows[3][6] == "=SUM(G4:G6)"
    heads = [cell.value for cell in page[3]]
    assert not any("账" in str(head) or "证件" in str(head) for head in heads)
