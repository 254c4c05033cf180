"""Lists typed row by row: every cell has its own fault, and the plan follows the rows."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from reviewer_app.core.round import ApplicationNumber, ExpertNumber, Specialism
from reviewer_app.core.rules import Aggregation, Groups, ReviewRules
from reviewer_app.inputs.list_workbooks import filled_list
from reviewer_app.services.assignment_editing import everyone, proposed, with_tick
from reviewer_app.services.list_editing import (
    ListLine,
    application_lines,
    applications_from,
    expert_lines,
    experts_from,
    pasted,
    read_applications,
    read_experts,
    with_applications,
    with_experts,
)
from tests.services.day import app, plan, with_known_conflict


def changed(line: ListLine, **cells: str) -> ListLine:
    """Return a line with some cells typed anew."""
    return replace(
        line, cells={**line.cells, **{k.removesuffix("_"): v for k, v in cells.items()}}
    )


def test_lines_give_the_plan_back(tmp_path: Path) -> None:
    round_ = with_known_conflict(plan(), 2, 3)
    assert with_experts(round_, expert_lines(round_)) == round_
    same, paths = with_applications(round_, application_lines(round_), tmp_path)
    assert same == round_
    assert paths == {}


def test_every_cell_tells_its_own_fault() -> None:
    lines = list(expert_lines(plan()))
    lines[0] = changed(lines[0], name="", specialism="法律", from_bureau="也许", recused="9")
    lines[1] = changed(lines[1], number="0３", employer="")
    faults = [read.faults for read in read_experts(plan(), lines)]
    assert faults[0].keys() == {"name", "specialism", "from_bureau", "recused"}
    assert faults[0]["recused"] == "there is no number “9” in this round"
    assert faults[1].keys() == {"employer"}
    assert faults[2] == {"number": "the number 03 is already taken"}


def test_a_blank_line_is_no_line() -> None:
    lines = (*expert_lines(plan()), ListLine("", {"number": "", "name": " "}))
    assert read_experts(plan(), lines)[-1].faults == {}
    assert with_experts(plan(), lines) == plan()


def test_a_renumbered_expert_keeps_what_was_ticked() -> None:
    before = with_tick(plan(), app(2), ExpertNumber("01"))
    lines = list(expert_lines(before))
    lines[0] = changed(lines[0], number="17", specialism="财务专家")
    after = with_experts(before, lines)
    assert after.assignment[ExpertNumber("17")] == (app(1), app(3))
    assert after.experts[0].specialism is Specialism.FINANCE
    added = ListLine("", {"number": "8", "name": "新人（示例）", "employer": "新单位（示例）"})
    more = with_experts(before, (*lines, added))
    assert more.assignment[ExpertNumber("08")] == (app(1), app(2), app(3))


def test_a_new_conflict_takes_the_tick_and_gives_it_back() -> None:
    lines = list(expert_lines(plan()))
    lines[3] = changed(lines[3], recused="2")
    after = with_experts(plan(), lines)
    assert app(2) not in after.assignment[ExpertNumber("04")]
    lines = list(expert_lines(after))
    lines[3] = changed(lines[3], recused="")
    assert with_experts(after, lines) == plan()


def test_a_renumbered_application_stays_ticked_and_recused(tmp_path: Path) -> None:
    before = with_known_conflict(plan(), 2, 3)
    lines = list(application_lines(before))
    lines[2] = changed(lines[2], number="11")
    after, _paths = with_applications(before, lines[1:], tmp_path)
    eleven = ApplicationNumber("11")
    assert [each.number for each in after.applications] == [app(2), eleven]
    assert after.experts[1].recused == {eleven}
    assert after.assignment[ExpertNumber("02")] == (app(2),)
    assert after.assignment[ExpertNumber("01")] == (app(2), eleven)
    assert after.applications[1].materials == before.applications[2].materials


def test_rules_follow_numbers_that_change_places(tmp_path: Path) -> None:
    groups = Groups((("甲", ("01",)), ("乙", ("02", "03"))))
    weights = Aggregation(expert_weights=(("01", Fraction(2)), ("技术专家", Fraction(3))))
    before = replace(plan(), rules=ReviewRules(aggregation=weights, groups=groups))
    lines = list(application_lines(before))
    lines[0], lines[1] = changed(lines[0], number="02"), changed(lines[1], number="01")
    after, _paths = with_applications(before, lines, tmp_path)
    assert after.rules.groups
    assert after.rules.groups.members == (("甲", ("02",)), ("乙", ("01", "03")))
    people = list(expert_lines(after))
    people[0], people[1] = changed(people[0], number="02"), changed(people[1], number="01")
    swapped = with_experts(after, people).rules.aggregation.expert_weights
    assert swapped == (("02", Fraction(2)), ("技术专家", Fraction(3)))


def test_a_new_application_brings_the_files_of_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "04-新材料"
    folder.mkdir()
    (folder / "说明.txt").write_text("x")
    (folder / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    (folder / "说明.txt").unlink()
    line = ListLine(
        "", {"number": "4", "name": "新", "unit": "甲公司（示例）", "folder": str(folder)}
    )
    after, paths = with_applications(plan(), (*application_lines(plan()), line), tmp_path)
    assert [m.file for m in after.applications[3].materials] == ["图.png"]
    assert paths == {(app(4), "图.png"): folder / "图.png"}
    assert all(app(4) in given for given in after.assignment.values())


def test_faults_of_applications_stand_at_their_cells() -> None:
    lines = [changed(application_lines(plan())[0], number="#1", unit="")]
    [read] = read_applications(lines)
    assert read.value is None
    assert read.faults.keys() == {"number", "unit"}


def test_cells_of_excel_are_laid_over_the_list() -> None:
    columns = ("number", "name", "employer")
    lines = tuple(ListLine(n, {"number": n, "name": "甲", "employer": "A"}) for n in "12")
    after = pasted(lines, (1, 1), columns, "乙\tB\tleft out\n丙\r\n")
    assert [line.cells for line in after] == [
        {"number": "1", "name": "甲", "employer": "A"},
        {"number": "2", "name": "乙", "employer": "B"},
        {"number": "", "name": "丙", "employer": ""},
    ]


def test_whole_lists_come_from_excel(tmp_path: Path) -> None:
    book = tmp_path / "experts.xlsx"
    row = ["9", "陆喆（示例）", "甲院（示例）", "教授", "技术", "否", "", "3"]
    book.write_bytes(filled_list("专家名册", [row]))
    after = experts_from(plan(), book)
    assert after.assignment == {ExpertNumber("09"): (app(1), app(2))}
    folder = tmp_path / "applications" / "05-甲"
    folder.mkdir(parents=True)
    (folder / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    (folder / "application.toml").write_text(
        '[application]\nnumber = "05"\nname = "甲"\nunit = "乙"\n'
    )
    unscored = plan()
    for number in unscored.experts:
        unscored = with_tick(unscored, app(1), number.number)
    (folder / "application.toml").write_text(
        '[application]\nnumber = "01"\nname = "甲"\nunit = "乙"\n'
    )
    kept, _paths = applications_from(unscored, folder.parent, tmp_path)
    assert not any(kept.assignment.values()), "nobody scored it before, nobody does now"
    (folder / "application.toml").write_text(
        '[application]\nnumber = "05"\nname = "甲"\nunit = "乙"\n'
    )
    taken, paths = applications_from(plan(), folder.parent, tmp_path)
    assert [each.number for each in taken.applications] == [app(5)]
    assert paths == {(app(5), "图.png"): folder / "图.png"}
    assert taken.assignment[ExpertNumber("01")] == (app(5),)


def test_a_proposal_mixes_specialisms_and_shares_the_load() -> None:
    kinds = [Specialism.TECHNOLOGY] * 4 + [Specialism.FINANCE] * 2
    round_ = with_known_conflict(plan(applications=6, experts=6), 5, 1)
    experts = tuple(
        replace(e, specialism=k) for e, k in zip(round_.experts, kinds, strict=True)
    )
    round_ = replace(round_, experts=experts)
    given = proposed(round_, 3).assignment
    finance = (ExpertNumber("05"), ExpertNumber("06"))
    for each in round_.applications:
        scorers = [number for number, ones in given.items() if each.number in ones]
        assert len(scorers) == 3
        assert any(number in finance for number in scorers)
    assert app(1) not in given[ExpertNumber("05")]
    loads = [len(ones) for ones in given.values()]
    assert max(loads) - min(loads) <= 1
    assert everyone(round_).assignment == round_.assignment
