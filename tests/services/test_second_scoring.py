"""The second scoring on real desks: opened, gone on, handed in, ended; what is refused."""

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError, RoundStateError
from reviewer_app.core.marks import scored
from reviewer_app.core.rules import ChangeReasons, SecondScoring
from reviewer_app.services import desk_second, second_scoring
from reviewer_app.services.closed_round import load_closed
from reviewer_app.services.closing import close_round, closing_statement
from reviewer_app.services.collecting import FileVerdict, Verdict
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_draft import Standing, continue_from, write_draft
from reviewer_app.services.desk_opening import open_pack
from reviewer_app.services.desk_scoring import Remarks, begin_revision, put_mark, put_remarks
from reviewer_app.services.desk_signing import sign
from reviewer_app.services.desk_status import desk_status
from reviewer_app.services.key_change import accept_next_key
from reviewer_app.services.ports import OpenBureau
from reviewer_app.services.records import SheetSource
from reviewer_app.services.recusal import recuse, take_back
from reviewer_app.services.results import results_of
from reviewer_app.services.second_paper import second_in_the_minutes, second_papers
from reviewer_app.services.stages import FIRST, SECOND
from tests.services.day import NOON, Day, app, expert
from tests.services.laptop import Laptop

WHY = "讨论后分歧较大（示例）"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Day:
    day = Day.start(tmp_path_factory.mktemp("second"))
    day.issue()
    return day


class Panel:
    """A day, with the laptops of its experts as the program has them."""

    def __init__(self, day: Day, folder: Path) -> None:
        self.day, self.folder = day, folder
        with (day.folder / "slips.csv").open(encoding="utf-8-sig", newline="") as stream:
            self._slips = {row["评审包"]: row["口令"] for row in csv.DictReader(stream)}
        self.laptops: list[Laptop] = []

    @property
    def bureau(self) -> OpenBureau:
        return self.day.context.open_bureau

    def desk(self, number: str, name: str = "") -> Desk:
        laptop = Laptop(self.folder / f"laptop-{number}{name}")
        laptop.__enter__()
        self.laptops.append(laptop)
        (path,) = (self.day.folder / "packs").glob(f"{number}-*.reviewpack")
        return open_pack(laptop.home, path, self._slips[path.name], laptop.start, NOON)

    def score(self, desk: Desk, points: int) -> None:
        for number in desk.assigned:
            for leaf in desk.asked(number):
                put_mark(desk, number, leaf.code, scored(points), NOON)

    def sign(self, desk: Desk, reason: str = "") -> Path:
        return sign(desk, self.folder / "stick", reason, NOON).file

    def collect(self, *files: Path, late: str = "") -> list[FileVerdict]:
        return self.day.collect(*files, late_reason=late)

    def open(self) -> None:
        second_scoring.open_second(self.bureau, self.day.round_id, WHY, NOON)

    def feedback(self, number: str = "") -> dict[str, Path]:
        out = self.folder / "feedback"
        written = second_scoring.write_feedback(
            self.bureau, self.day.round_id, out, NOON, number
        )
        return {each.expert: each.path for each in written}


@pytest.fixture
def panel(issued: Day, tmp_path: Path) -> Iterator[Panel]:
    """Five first sheets are in and closed: two from desks, three from bare keys."""
    made = Panel(issued.copy(tmp_path / "day"), tmp_path)
    yield made
    for laptop in made.laptops:
        laptop.__exit__(None, None, None)


@pytest.fixture
def closed(panel: Panel) -> tuple[Panel, Desk]:
    desk = panel.desk("01")
    recuse(desk, "03", ["office"], "顾问", NOON)
    for number in ("01", "02"):
        for leaf in desk.asked(app(int(number))):
            put_mark(desk, app(int(number)), leaf.code, scored(70), NOON)
    sheets = [panel.sign(desk)]
    for place, number in enumerate(("02", "03", "04", "05")):
        keyed = panel.day.laptops[number]
        points = {1: 72 + 4 * place, 2: 74, 3: 60 + place}
        sheets.append(keyed.sign(panel.folder, keyed.content(points)))
    assert {each.verdict for each in panel.collect(*sheets)} == {Verdict.RECEIVED}
    close_round(panel.bureau, panel.day.round_id, NOON)
    return panel, desk


def test_an_expert_scores_again_and_the_second_sheet_counts(
    closed: tuple[Panel, Desk],
) -> None:
    panel, desk = closed
    round_id = panel.day.round_id
    before = results_of(panel.bureau, round_id)
    panel.open()
    letters = panel.feedback()
    begun = desk_second.begin_second(desk, letters["01"], NOON)
    assert (begun.stage, begun.restored, begun.again) == (2, False, False)
    look = desk_second.look_of(desk)
    assert look is not None
    assert set(look.figures) == {"01", "02"}
    total = look.figures["01"].total
    assert (total.count, total.median, total.width) == (5, Fraction(76), Fraction(8))
    assert look.first["01"]["6.1"] == scored(70)
    status = desk_status(desk)
    assert (status.stage, status.revision, status.locked, status.complete) == (
        2,
        0,
        False,
        True,
    )
    put_mark(desk, app(1), "6.1", scored(90), NOON)
    file = panel.sign(desk)
    assert file.name == "01-s2-r1.scoresheet"
    (verdict,) = panel.collect(file)
    assert verdict.verdict is Verdict.RECEIVED
    assert results_of(panel.bureau, round_id).text == before.text
    second_scoring.end_second(panel.bureau, round_id, "", NOON)
    after = results_of(panel.bureau, round_id)
    data = json.loads(after.text)
    assert {each["expert"]: each["stage"] for each in data["sheets"]} == {
        "01": 2, "02": 1, "03": 1, "04": 1, "05": 1,
    }  # fmt: skip
    assert data["second"]["kept"] == ["02", "03", "04", "05"]
    first, again = data["second"]["scorings"]
    assert [e["published"] for e in first["applications"]] == [
        e["published"] for e in json.loads(before.text)["applications"]
    ]
    assert [e["exact"] for e in again["applications"]] == [
        e["exact"] for e in data["applications"]
    ]
    assert first["applications"][0]["exact"] != again["applications"][0]["exact"]
    statement = closing_statement(panel.bureau, round_id)
    assert all(each.revision == 1 for each in statement.standing.seats)
    whole = load_closed(panel.bureau, round_id)
    papers = {name: str(make()) for name, make in second_papers(whole, NOON)}
    first_sheet = f"04-个人评分表-01-{expert(1).name}-第一轮"
    assert list(papers) == [
        "01-复评封存单", "02-第一轮评分匿名反馈表", "02-复评对照表", first_sheet,
    ]  # fmt: skip
    assert "未再打分" in papers["01-复评封存单"]
    assert "76.00" in papers["02-第一轮评分匿名反馈表"]
    assert "专家" not in papers["02-第一轮评分匿名反馈表"].split("总分")[1]
    assert "2 项" not in papers["02-复评对照表"]
    assert "1 项" in papers["02-复评对照表"]
    said = "".join(second_in_the_minutes(whole.seating))
    assert "专家01再次打分，专家02、03、04、05未再打分，以第一轮评分表计" in said


def test_a_changed_mark_needs_a_reason_where_the_rules_say_so(
    closed: tuple[Panel, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, desk = closed
    panel.open()
    desk_second.begin_second(desk, panel.feedback()["01"], NOON)
    rules = replace(desk.rules, second=SecondScoring(reasons=ChangeReasons.CHANGED))
    monkeypatch.setattr(Desk, "rules", rules)
    put_mark(desk, app(1), "6.1", scored(90), NOON)
    with pytest.raises(RoundStateError, match=r"01/6\.1"):
        panel.sign(desk)
    put_remarks(desk, app(1), "6.1", Remarks(reason="听取讨论后更正"), NOON)
    assert panel.sign(desk).exists()


def test_a_second_sheet_comes_in_only_while_the_second_scoring_is_open(
    closed: tuple[Panel, Desk],
) -> None:
    panel, desk = closed
    round_id = panel.day.round_id
    keyed = panel.day.laptops["02"]
    content = replace(keyed.content({1: 90, 2: 90, 3: 90}, revision=1), stage=2)
    early = keyed.sign(panel.folder, content)
    (verdict,) = panel.collect(early, late="补交")
    assert (verdict.refusal, verdict.expert) == ("no-second-scoring", "02")
    panel.open()
    first = panel.folder / "stick" / "01-r1.scoresheet"
    assert panel.collect(first)[0].verdict is Verdict.DUPLICATE
    assert panel.collect(early)[0].verdict is Verdict.RECEIVED
    fork = keyed.sign(panel.folder, replace(content, marks={**content.marks, app(1): {
        code: scored(1) for code in content.marks[app(1)]}}))  # fmt: skip
    assert panel.collect(fork)[0].refusal == "fork"
    third = keyed.sign(panel.folder, replace(content, stage=3))
    assert panel.collect(third)[0].refusal == "no-second-scoring"
    with pytest.raises(RoundStateError, match="opened before"):
        second_scoring.open_second(panel.bureau, round_id, "再来", NOON)
    desk_second.begin_second(desk, panel.feedback()["01"], NOON)
    late = panel.sign(desk)
    second_scoring.end_second(panel.bureau, round_id, "", NOON)
    assert panel.collect(late)[0].refusal == "after-closing"
    assert panel.collect(late, late="U盘忘在会场")[0].verdict is Verdict.RECEIVED
    with pytest.raises(RoundStateError, match="has ended"):
        panel.feedback()
    with pytest.raises(RoundStateError, match="has ended"):
        second_scoring.end_second(panel.bureau, round_id, "", NOON)


def test_stepped_back_stays_stepped_back(closed: tuple[Panel, Desk]) -> None:
    panel, desk = closed
    panel.open()
    desk_second.begin_second(desk, panel.feedback()["01"], NOON)
    look = desk_second.look_of(desk)
    assert look is not None
    assert "03" not in look.figures
    with pytest.raises(RoundStateError, match="declaration stays"):
        take_back(desk, app(3))
    keyed = panel.day.laptops["01"]
    with desk.unit() as unit:
        forged = replace(keyed, key=desk.signing_key(unit))
    content = replace(forged.content({1: 70, 2: 70, 3: 99}, revision=1), stage=2)
    (verdict,) = panel.collect(forged.sign(panel.folder, content))
    assert verdict.refusal == "recused-application"


def test_feedback_is_for_one_expert_one_pack_and_one_sheet(
    closed: tuple[Panel, Desk], tmp_path: Path
) -> None:
    panel, desk = closed
    panel.open()
    letters = panel.feedback()
    with pytest.raises(InputError, match="another expert or another pack"):
        desk_second.begin_second(desk, letters["02"], NOON)
    for place in (0, 100, -1):
        data = bytearray(letters["01"].read_bytes())
        data[place] ^= 1
        broken = tmp_path / "broken.reviewfeedback"
        broken.write_bytes(data)
        with pytest.raises(InputError, match="damaged"):
            desk_second.begin_second(desk, broken, NOON)
    put_something_else = panel.desk("03")
    panel.score(put_something_else, 50)
    with pytest.raises(RoundStateError, match="never signed"):
        desk_second.begin_second(put_something_else, letters["03"], NOON)
    assert letters["01"].read_bytes().startswith(b"age-encryption.org/v1")
    assert desk_second.begin_second(desk, letters["01"], NOON).again is False
    assert desk_second.begin_second(desk, panel.feedback()["01"], NOON).again is True
    with pytest.raises(RoundStateError, match="not scoring 1"):
        desk_second.require_stage(desk, 1)


def test_a_revision_the_bureau_has_not_got_is_not_gone_over(
    closed: tuple[Panel, Desk],
) -> None:
    panel, desk = closed
    panel.open()
    begin_revision(desk)
    put_mark(desk, app(1), "6.1", scored(71), NOON)
    newer = panel.sign(desk, "笔误")
    with pytest.raises(RoundStateError, match="Hand this one in"):
        desk_second.begin_second(desk, panel.feedback()["01"], NOON)
    assert panel.collect(newer, late="更正")[0].verdict is Verdict.SUPERSEDES
    assert desk_second.begin_second(desk, panel.feedback("01")["01"], NOON).stage == SECOND


def test_a_new_laptop_goes_on_from_the_sheet_in_the_feedback(
    closed: tuple[Panel, Desk],
) -> None:
    panel, _desk = closed
    panel.open()
    letter = panel.feedback()["01"]
    fresh = panel.desk("01", "-new")
    begun = desk_second.begin_second(fresh, letter, NOON)
    assert begun.restored
    with fresh.unit() as unit:
        assert [each.application for each in unit.recusals()] == ["03"]
        assert {each.mark for each in unit.marks()} == {scored(70)}
    put_mark(fresh, app(1), "6.1", scored(95), NOON)
    file = panel.sign(fresh)
    assert panel.collect(file)[0].refusal == "second-key"
    accept_next_key(panel.bureau, panel.day.round_id, expert(1).number, "换了电脑", NOON)
    assert panel.collect(file)[0].verdict is Verdict.RECEIVED
    second_scoring.end_second(panel.bureau, panel.day.round_id, "", NOON)
    found = results_of(panel.bureau, panel.day.round_id)
    assert found.seating.counted[expert(1).number].content.stage == SECOND


def test_the_draft_carries_the_second_scoring(closed: tuple[Panel, Desk]) -> None:
    panel, desk = closed
    stick = panel.folder / "drafts"
    panel.open()
    first_draft = write_draft(desk, stick, NOON).file
    kept = shutil.copy(first_draft, panel.folder / "older.reviewdraft")
    letter = panel.feedback()["01"]
    desk_second.begin_second(desk, letter, NOON)
    put_mark(desk, app(1), "6.1", scored(88), NOON)
    panel.sign(desk)
    draft = write_draft(desk, stick, NOON).file
    other = panel.desk("01", "-b")
    continue_from(other, Path(kept))
    assert desk_status(other).stage == FIRST
    assert continue_from(other, draft).standing is Standing.NEWER
    status = desk_status(other)
    assert (status.stage, status.revision, status.locked) == (2, 1, True)
    with other.unit() as mine, desk.unit() as theirs:
        assert mine.signed() == theirs.signed()
        assert mine.feedback() == theirs.feedback()
    assert desk_second.look_of(other) == desk_second.look_of(desk)


def test_the_figures_cannot_be_changed_behind_the_log(closed: tuple[Panel, Desk]) -> None:
    panel, _desk = closed
    panel.open()
    standing = second_scoring.second_standing(panel.bureau, panel.day.round_id)
    assert [each.told for each in standing.seats] == [False] * 5
    panel.feedback("02")
    standing = second_scoring.second_standing(panel.bureau, panel.day.round_id)
    assert [each.told for each in standing.seats] == [False, True, False, False, False]
    with panel.bureau() as unit:
        lines = len(unit.log(panel.day.round_id))
        assert {each.source for each in unit.sheets(panel.day.round_id)} == {SheetSource.FILE}
    panel.feedback("02")
    with panel.bureau() as unit:
        assert len(unit.log(panel.day.round_id)) == lines


def test_a_reason_is_asked_where_the_rules_foresee_none(
    closed: tuple[Panel, Desk], tmp_path: Path
) -> None:
    panel, _desk = closed
    bureau, round_id = panel.bureau, panel.day.round_id
    with pytest.raises(RoundStateError, match="No second scoring has been opened"):
        panel.feedback()
    with pytest.raises(InputError, match="foresee no second scoring"):
        second_scoring.open_second(bureau, round_id, " ", NOON)
    panel.open()
    state = second_scoring.second_standing(bureau, round_id).state
    assert state is not None
    assert (state.reason, state.is_open) == (WHY, True)
    with pytest.raises(RoundStateError, match="end it first"):
        panel.day.seal(tmp_path / "a.zip")


def test_before_closing_there_is_no_second_scoring(panel: Panel) -> None:
    with pytest.raises(RoundStateError, match="needs it to be closed"):
        panel.open()


def test_a_late_first_sheet_does_not_step_back_from_what_the_second_scores(
    closed: tuple[Panel, Desk],
) -> None:
    panel, _desk = closed
    panel.open()
    keyed, points = panel.day.laptops["02"], {1: 72, 2: 74, 3: 60}
    again = replace(keyed.content(points, revision=1), stage=2)
    late = keyed.content(points, recused=(1,))
    (verdict,) = panel.collect(keyed.sign(panel.folder, again))
    assert verdict.verdict is Verdict.RECEIVED
    (verdict,) = panel.collect(keyed.sign(panel.folder, late), late="事后发现（示例）")
    assert (verdict.verdict, verdict.refusal) == (Verdict.REFUSED, "recused-application")
