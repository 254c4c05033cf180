import hashlib
import io
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from reviewer_app.core.adjust import for_application
from reviewer_app.core.errors import StorageError
from reviewer_app.core.marks import Mark, MarkState
from reviewer_app.core.panel_checks import check_panel
from reviewer_app.core.round import ApplicationNumber, ExpertNumber
from reviewer_app.core.rules import ReviewRules
from reviewer_app.core.scoring import check_mark, total_sheet
from reviewer_app.core.votes import count_votes
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.opinion_files import load_opinions
from reviewer_app.inputs.roster_file import load_roster_changes
from reviewer_app.inputs.round_file import LoadedRound, load_round
from reviewer_app.inputs.votes_file import load_votes
from reviewer_app.services import sample
from reviewer_app.services.sample_centers import sample_centers
from reviewer_app.services.sample_documents import plan_pdf
from reviewer_app.services.sample_marks import (
    SampleAnswer,
    SampleSheet,
    sample_marks,
    sample_marks_data,
)


@pytest.fixture(scope="module")
def round_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.make_sample(tmp_path_factory.mktemp("示例 评审会"))


@pytest.fixture(scope="module")
def loaded(round_file: Path) -> LoadedRound:
    return load_round(round_file)


@pytest.fixture(scope="module")
def marks(loaded: LoadedRound) -> dict[ExpertNumber, SampleSheet]:
    return sample_marks(loaded.plan)


def answers(
    marks: dict[ExpertNumber, SampleSheet],
) -> Iterator[tuple[str, str, str, SampleAnswer]]:
    for expert, sheets in marks.items():
        for application, sheet in sheets.items():
            for code, answer in sheet.items():
                yield expert, application, code, answer


def test_the_round_is_complete_and_can_be_issued(loaded: LoadedRound) -> None:
    plan = loaded.plan
    assert (len(plan.applications), len(plan.experts)) == (12, 7)
    assert [each.id for each in check_panel(plan) if not each.ok] == []
    assert loaded.warnings == ()
    assert plan.experts[4].recused == {"07"}
    assert ApplicationNumber("07") not in plan.assignment[ExpertNumber("05")]
    assert {each.number for each in plan.applications if each.changes} == {"03", "12"}
    assert plan.title == "2026年度浙江省技术创新中心建设方案论证会（示例）"


def test_every_name_is_marked_as_fictional(loaded: LoadedRound) -> None:
    for each in loaded.plan.applications:
        assert each.name.endswith("（示例）")
        assert each.unit.endswith("（示例）")
        assert "示例" in each.recommender
    assert all(each.name.endswith("（示例）") for each in loaded.plan.experts)
    assert all(each.employer.endswith("（示例）") for each in loaded.plan.experts)
    named = [name for center in sample_centers() for name, *_rest in center.partners]
    assert all("示例" in name for name in [*named, *(c.scientist for c in sample_centers())])


def test_every_application_claims_figures_on_pages_that_state_them(
    loaded: LoadedRound, round_file: Path
) -> None:
    targets = {f"D3-T{number:02}" for number in range(3, 13)}
    for each in loaded.plan.applications:
        assert {fact.target for fact in each.facts} == targets
        document = sample.PLAN
        data = loaded.paths[each.number, document].read_bytes()
        pages = sample.outline_pages(data)
        for fact in each.facts:
            file, _hash, page = fact.source.partition("#")
            assert file == document
            assert int(page) in pages.values()
    assert round_file.name == sample.ROUND


def test_a_plan_is_a_readable_document_with_an_outline(loaded: LoadedRound) -> None:
    for each in loaded.plan.applications:
        data = loaded.paths[each.number, sample.PLAN].read_bytes()
        with pikepdf.open(io.BytesIO(data)) as document, document.open_outline() as outline:
            assert 5 <= len(document.pages) <= 8
            assert len(outline.root) == 10
            assert sum(len(chapter.children) for chapter in outline.root) >= 15
            assert str(document.docinfo["/Title"]) == f"{each.name}建设方案"


def test_no_placeholder_is_left_and_plans_differ() -> None:
    texts = [plan_pdf(center) for center in sample_centers()[:2]]
    assert len({hashlib.sha256(text).digest() for text in texts}) == 2
    for center in sample_centers():
        for change in ((), sample._CHANGES.get(center.number, ())):
            assert "{" not in "".join(sample._description(center, change, _AnyPage()))


class _AnyPage(dict[str, int]):
    def __missing__(self, key: str) -> int:
        return 1


def test_the_sample_is_the_same_byte_for_byte(round_file: Path, tmp_path: Path) -> None:
    center = sample_centers()[6]
    sample._write_package(tmp_path / "again", center)
    first = round_file.parent / "applications" / f"{center.number}-{center.field}"
    assert sorted(each.name for each in first.iterdir()) == sorted(
        each.name for each in (tmp_path / "again").iterdir()
    )
    for each in (tmp_path / "again").iterdir():
        assert each.read_bytes() == (first / each.name).read_bytes(), each.name


def test_marks_are_complete_in_scale_and_repeatable(
    loaded: LoadedRound, marks: dict[ExpertNumber, SampleSheet]
) -> None:
    plan = loaded.plan
    assert sample_marks(plan) == marks
    assert sample_marks(plan, seed=2) != marks
    for expert, sheets in marks.items():
        assert tuple(sheets) == plan.assignment[expert]
    schemes = {
        each.number: for_application(plan.scheme, each.changes) for each in plan.applications
    }
    for _expert, application, code, answer in answers(marks):
        scheme = schemes[ApplicationNumber(application)]
        check_mark(scheme.indicator(code), answer.mark)
    for sheets in marks.values():
        for number, sheet in sheets.items():
            assert list(sheet) == [leaf.code for leaf in schemes[number].indicators()]


def test_totals_are_the_pictured_ones(
    loaded: LoadedRound, marks: dict[ExpertNumber, SampleSheet]
) -> None:
    plan = loaded.plan
    wanted = sample_marks_data()["totals"]
    for expert, sheets in marks.items():
        for number, sheet in sheets.items():
            application = next(each for each in plan.applications if each.number == number)
            scheme = for_application(plan.scheme, application.changes)
            given: dict[str, Mark] = {code: answer.mark for code, answer in sheet.items()}
            total = total_sheet(scheme, given).total
            assert total is not None
            assert abs(total - Fraction(wanted[number][int(expert) - 1])) < Fraction(3, 100)


def test_every_state_occurs_and_whatever_needs_a_reason_has_one(
    marks: dict[ExpertNumber, SampleSheet],
) -> None:
    states = [answer.mark.state for *_place, answer in answers(marks)]
    assert states.count(MarkState.NOT_APPLICABLE) == states.count(MarkState.ABSTAINED) == 1
    assert MarkState.MISSING not in states
    low = 0
    for _expert, _application, _code, answer in answers(marks):
        if answer.mark.value is not None and answer.mark.value >= 60:
            continue
        low += answer.mark.value is not None
        assert answer.reason
    assert low >= 1
    assert sum(bool(answer.comment) for *_place, answer in answers(marks)) > 100
    assert any(answer.citations for *_place, answer in answers(marks))


def test_votes_and_opinions_are_accepted(loaded: LoadedRound, round_file: Path) -> None:
    plan, folder = loaded.plan, round_file.parent
    applications = Numbering(each.number for each in plan.applications)
    experts = Numbering(each.number for each in plan.experts)
    votes = load_votes(folder / sample.VOTES, applications, experts)
    passed = {}
    for each in plan.applications:
        mine = [vote for vote in votes if vote.application == each.number]
        entitled = sum(each.number in given for given in plan.assignment.values())
        passed[each.number] = count_votes(mine, entitled, ReviewRules().decision).passed
    assert [number for number, good in passed.items() if not good] == ["10"]
    opinions = load_opinions(folder / sample.OPINIONS, applications)
    assert [each.application for each in opinions] == [
        each.number for each in plan.applications
    ]
    assert not any(re.search(r"[{}]", each.overall + each.problems) for each in opinions)


def test_the_roster_change_and_the_blank_lists_are_there(round_file: Path) -> None:
    (change,) = load_roster_changes(round_file.parent / sample.ROSTER)
    assert change.by is not None
    assert change.by.number == "08"
    names = {each.stem for each in (round_file.parent / sample.BLANK_LISTS).iterdir()}
    assert names == {"申报清单", "专家名册", "申报数据", "任务分配"}
    for each in (round_file.parent / sample.BLANK_LISTS).iterdir():
        assert openpyxl.load_workbook(each).sheetnames[1] == "说明"


def test_a_disk_that_refuses_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"a file")
    with pytest.raises(StorageError) as caught:
        sample.make_sample(tmp_path / "taken")
    assert "\n" not in str(caught.value)
