"""verify.py and the program agree: on every kind of round, and on everything done to one."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer_app.core.marks import ABSTAINED, NOT_APPLICABLE, Mark, scored
from reviewer_app.core.numbers import Rounding
from reviewer_app.core.round import ApplicationNumber, Change, ExpertNumber, Specialism
from reviewer_app.core.rules import (
    Aggregation,
    AggregationLevel,
    Band,
    Decision,
    Method,
    RankBasis,
    Ranking,
    Recheck,
    ReviewRules,
    RoundingRules,
    SecondScoring,
    StageThatCounts,
    Threshold,
    VoteBase,
)
from reviewer_app.core.scheme import Dimension
from reviewer_app.core.votes import Ballots, CastVote, Choice, Vote
from reviewer_app.sheets import json_text
from tests.archive.making import Plan, leaf, make_archive, plain_scheme, scheme_of, spread_mark
from tests.archive.verifying import both, files_of, resealed, rezip

DECISION = Decision(
    pass_mark=Threshold(">=", Fraction(60)),
    bands=(
        Band("优秀", Threshold(">=", Fraction(75))),
        Band("良好", Threshold(">", Fraction(60))),
        Band("其他", Threshold("<=", Fraction(60))),
    ),
    recommend=2,
    majority_of=VoteBase.ENTITLED,
)


def gappy(expert: ExpertNumber, number: ApplicationNumber, code: str) -> Mark:
    """Return marks of all kinds; application 02 has nothing that can be scored by 03."""
    if (expert, number) == ("03", "02"):
        return ABSTAINED if code < "7" else NOT_APPLICABLE
    if code == "6.1" and expert == "01":
        return NOT_APPLICABLE
    if code in ("7.1", "7.2") and expert == "02":
        return ABSTAINED
    return spread_mark(expert, number, code)


def even(_expert: ExpertNumber, _number: ApplicationNumber, _code: str) -> Mark:
    return scored(80)


def rules(  # noqa: PLR0913 - one keyword for each table of the rules
    *,
    method: Method = Method.MEAN,
    level: AggregationLevel = AggregationLevel.TOTAL,
    drop: tuple[int, int] = (1, 1),
    minimum: int = 5,
    weights: tuple[tuple[str, Fraction], ...] = (),
    rounding: RoundingRules | None = None,
    ranking: Ranking | None = None,
) -> ReviewRules:
    return ReviewRules(
        aggregation=Aggregation(method, level, drop[0], drop[1], minimum, weights),
        rounding=rounding or RoundingRules(),
        ranking=ranking or Ranking(ties=("dimension:7", "median", "low")),
        recheck=Recheck(),
        decision=DECISION,
    )


SPECIAL = scheme_of(
    Dimension("6", "基础", "一", (leaf("6.1", "40", specialisms=("技术",)),)),
    Dimension("7", "成效", "二", (leaf("7.1", "60"),)),
)
TRIMMED, MEDIAN = Method.TRIMMED, Method.MEDIAN
INDICATOR = AggregationLevel.INDICATOR
CHANGED = {
    1: (Change("6.1", "调整", weight=Fraction(25)),),
    2: (Change("6.2", "不涉及", applicable=False), Change("7.1", "调整", weight=Fraction(40))),
    3: (Change("7.1", "不涉及", applicable=False), Change("7.2", "不涉及", applicable=False)),
}
ROLES = {
    1: Specialism.TECHNOLOGY,
    2: Specialism.TECHNOLOGY,
    3: Specialism.FINANCE,
    4: Specialism.MANAGEMENT,
}
HEAVY = (("05", Fraction(2)), ("技术", Fraction(3, 2)))

SIGNED_VOTES = {
    1: {1: Vote(Choice.APPROVE), 2: Vote(Choice.ABSTAIN)},
    2: {1: Vote(Choice.REJECT, "依据不足")},
    3: {1: Vote(Choice.APPROVE), 3: Vote(Choice.APPROVE, "预算偏高")},
}
ROUNDS = {
    "plain": Plan(),
    "all the same": Plan(mark=even),
    "trimmed totals": Plan(rules=rules(method=TRIMMED)),
    "trimmed indicators": Plan(rules=rules(method=TRIMMED, level=INDICATOR)),
    "drop two high": Plan(rules=rules(method=TRIMMED, drop=(2, 1)), experts=6),
    "too few to trim": Plan(rules=rules(method=TRIMMED, minimum=6)),
    "median of totals": Plan(rules=rules(method=MEDIAN), experts=4),
    "median of indicators": Plan(rules=rules(method=MEDIAN, level=INDICATOR)),
    "mean of indicators": Plan(rules=rules(level=INDICATOR), mark=gappy),
    "unequal experts": Plan(rules=rules(method=MEDIAN, weights=HEAVY), roles=ROLES),
    "unequal means": Plan(rules=rules(weights=HEAVY), roles=ROLES, mark=gappy),
    "sheets rounded first": Plan(
        rules=rules(rounding=RoundingRules(Rounding.HALF_EVEN, 0, 1)), mark=gappy
    ),
    "ranked exactly": Plan(rules=rules(ranking=Ranking(RankBasis.EXACT, ("spread", "sum")))),
    "tie chain": Plan(
        rules=rules(
            rounding=RoundingRules(result_digits=0),
            ranking=Ranking(ties=("indicator:7.1", "exact", "high", "mean", "approvals")),
        )
    ),
    "every state": Plan(mark=gappy),
    "every state, trimmed": Plan(mark=gappy, rules=rules(method=TRIMMED, level=INDICATOR)),
    "recused": Plan(recused={1: (1, 2), 2: (1,)}),
    "nobody scores one": Plan(recused=dict.fromkeys(range(1, 6), (3,))),
    "not assigned": Plan(unassigned={1: (1,), 2: (1, 4)}),
    "assigned to nobody": Plan(unassigned=dict.fromkeys(range(1, 6), (2,))),
    "responsibility statements": Plan(changes=CHANGED),
    "specialists": Plan(scheme=SPECIAL, roles=ROLES, rules=rules(ranking=Ranking())),
    "revisions": Plan(revisions={1: 3, 2: 2}),
    "second stage": Plan(again=(1, 2), revisions={2: 2}),
    "scored again": Plan(again=(1, 3), revisions={3: 2}, recused={1: (2,)}),
    "scored again, the first counts": Plan(
        again=(2, 4, 5), rules=replace(rules(), second=SecondScoring(StageThatCounts.FIRST))
    ),
    "order drawn": Plan(seeds=("20261121", "喆 07")),
    "nobody scored again": Plan(again=(), experts=4, entered=(4,)),
    "second key": Plan(second_key=(4,), revisions={4: 2}),
    "key after stage": Plan(again=(3,), key_after_stage=(3,)),
    "paper only": Plan(paper_only=(2, 3)),
    "withdrawn": Plan(withdrawn={5: "突发疾病"}),
    "absent": Plan(absent=(3,), closing_reason="专家 03 未到会"),
    "late": Plan(late=(2,), closing_reason="等专家 02"),
    "ballots": Plan(votes=(Ballots("01", 4, 1, 0), Ballots("02", 3, 1, 1))),
    "votes on sheets": Plan(sheet_votes=SIGNED_VOTES, rules=rules()),
    "votes on sheets and recorded": Plan(
        sheet_votes=SIGNED_VOTES,
        votes=(
            Ballots("02", 1, 3, 0),
            *(CastVote("01", f"0{n}", Vote(Choice.APPROVE)) for n in (1, 3)),
            CastVote("01", "02", Vote(Choice.REJECT, "依据不足")),
        ),
    ),
    "named votes": Plan(
        votes=(
            *(CastVote("01", f"0{n}", Vote(Choice.APPROVE)) for n in range(1, 5)),
            CastVote("01", "05", Vote(Choice.APPROVE, "预算偏高")),
            CastVote("03", "02", Vote(Choice.REJECT, "依据不足")),
        ),
        rules=rules(ranking=Ranking(ties=("approvals",))),
        mark=even,
    ),
}


@pytest.mark.parametrize("name", ROUNDS)
def test_an_honest_archive_passes_both(name: str, tmp_path: Path) -> None:
    first, second = both(make_archive(tmp_path / "a.zip", ROUNDS[name]))
    assert first.ok, first.text
    assert not second.failed
    assert "not-derived" not in first.text


def test_a_round_for_two_machines_needs_the_second(tmp_path: Path) -> None:
    alone = Plan(rules=ReviewRules(Aggregation(machines=2)))
    first, second = both(make_archive(tmp_path / "alone.zip", alone))
    assert first.failed == second.failed == {"basis"}
    compared, _program = both(make_archive(tmp_path / "two.zip", replace(alone, compared=True)))
    assert compared.ok, compared.text


marks = st.one_of(
    st.integers(0, 200).map(lambda n: scored(Fraction(n, 2))),
    st.sampled_from([scored(80), scored(80), NOT_APPLICABLE, ABSTAINED]),
)
plans = st.builds(
    Plan,
    rules=st.builds(
        rules,
        method=st.sampled_from(Method),
        level=st.sampled_from(AggregationLevel),
        minimum=st.integers(3, 5),
        weights=st.sampled_from([(), HEAVY]),
        rounding=st.builds(
            RoundingRules,
            st.sampled_from(Rounding),
            st.sampled_from([None, 0, 1]),
            st.integers(0, 3),
        ),
        ranking=st.builds(
            Ranking,
            st.sampled_from(RankBasis),
            st.lists(
                st.sampled_from(["dimension:7", "median", "sum", "spread", "exact"]),
                max_size=2,
                unique=True,
            ).map(tuple),
        ),
    ),
    applications=st.just(3),
    experts=st.integers(1, 5),
    recused=st.dictionaries(st.integers(1, 5), st.sampled_from([(1,), (2,), (1, 3)])),
    changes=st.dictionaries(st.integers(1, 3), st.sampled_from(list(CHANGED.values()))),
    roles=st.just(ROLES),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=plans, given_marks=st.lists(marks, min_size=60, max_size=60))
def test_random_rounds_pass_both(plan: Plan, given_marks: list[Mark], tmp_path: Path) -> None:
    codes = [each.code for each in plain_scheme().indicators()]

    def mark(expert: ExpertNumber, number: ApplicationNumber, code: str) -> Mark:
        place = (int(expert) - 1) * 12 + (int(number) - 1) * 4 + codes.index(code)
        return given_marks[place]

    plan = replace(plan, mark=mark)
    first, _second = both(make_archive(tmp_path / "a.zip", plan))
    assert first.ok, first.text


Files = dict[str, bytes]
FULL = Plan(
    revisions={1: 2},
    second_key=(4,),
    late=(2,),
    closing_reason="等专家 02",
    withdrawn={5: "突发疾病"},
    experts=6,
    recused={3: (2,)},
    votes=(Ballots("01", 4, 1, 0),),
    rules=rules(),
)


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return files_of(make_archive(tmp_path_factory.mktemp("archive") / "a.zip", FULL))


def test_a_vote_says_whether_the_sheets_carry_it(tmp_path: Path) -> None:
    files = files_of(make_archive(tmp_path / "a.zip", ROUNDS["votes on sheets and recorded"]))
    votes = [each["vote"] for each in json.loads(files["results.json"])["applications"]]
    assert [vote and vote["source"] for vote in votes] == ["sheets", "recorded", "sheets", None]


def test_one_changed_byte_in_any_file_fails_both_and_is_named(
    honest: Files, tmp_path: Path
) -> None:
    for name, data in honest.items():
        changed = bytearray(data)
        changed[len(data) // 2] ^= 1
        first, second = both(rezip(tmp_path / "b.zip", honest | {name: bytes(changed)}))
        assert not first.ok, name
        assert name.removesuffix(".cose") in first.text, name
        assert name.removesuffix(".cose") in second.text, name


def test_a_missing_or_an_added_file_fails_both(honest: Files, tmp_path: Path) -> None:
    for name in honest:
        less = {n: d for n, d in honest.items() if n != name}
        first, second = both(rezip(tmp_path / "b.zip", less))
        assert not first.ok, name
        assert not second.ok, name
    for name in ("sheets/99-r1.scoresheet", "papers/more.pdf", "more.txt"):
        first, second = both(rezip(tmp_path / "b.zip", honest | {name: b"?"}))
        assert "manifest" in first.failed
        assert "manifest" in second.failed
        assert name in first.text
        assert name in second.text


def edit_json(name: str, change: Callable[[Any], object]) -> Callable[[Files], Files]:
    def edit(files: Files) -> Files:
        value = json.loads(files[name])
        change(value)
        return files | {name: json_text.encode(value)}

    return edit


def results(change: Callable[[Any], object]) -> Callable[[Files], Files]:
    return edit_json("results.json", change)


def application(index: int, **changes: object) -> Callable[[Files], Files]:
    return results(lambda data: data["applications"][index].update(changes))


def drop(name: str) -> Callable[[Files], Files]:
    return lambda files: {n: d for n, d in files.items() if n != name}


def swap(one: str, two: str) -> Callable[[Files], Files]:
    return lambda files: files | {one: files[two], two: files[one]}


def log_without(index: int) -> Callable[[Files], Files]:
    def edit(files: Files) -> Files:
        lines = files["log.jsonl"].splitlines(keepends=True)
        return files | {"log.jsonl": b"".join(lines[:index] + lines[index + 1 :])}

    return edit


def log_cut(count: int) -> Callable[[Files], Files]:
    return lambda files: (
        files | {"log.jsonl": b"".join(files["log.jsonl"].splitlines(keepends=True)[:-count])}
    )


def replaced(name: str, old: bytes, new: bytes) -> Callable[[Files], Files]:
    def edit(files: Files) -> Files:
        assert old in files[name]
        return files | {name: files[name].replace(old, new, 1)}

    return edit


def closing(**changes: str) -> Callable[[Files], Files]:
    return edit_json("metadata.json", lambda data: data["closing"].update(changes))


def vote(**changes: object) -> Callable[[Files], Files]:
    return results(lambda data: data["applications"][0]["vote"].update(changes))


INSIDE_JOBS = {
    "total": (application(0, exact="99"), {"result"}),
    "published": (application(0, published="99.00"), {"result"}),
    "rank": (application(0, rank=2), {"result"}),
    "rank as text": (application(0, rank="1"), {"result"}),
    "band": (application(1, band="优秀"), {"result"}),
    "passes": (application(0, passes=False), {"result"}),
    "passes as a number": (application(0, passes=1), {"result"}),
    "recommended": (application(3, recommended=True), {"result"}),
    "trimmed": (application(0, trimmed=True), {"result"}),
    "tie break": (application(0, tie_break="median"), {"result"}),
    "conclusion": (application(0, conclusion="通过"), {"result"}),
    "sheet count": (application(0, sheets=9), {"result"}),
    "an expert's total": (
        results(lambda d: d["applications"][0]["totals"][0].update(exact="1")),
        {"result"},
    ),
    "dropped": (
        results(lambda d: d["applications"][0]["totals"][0].update(dropped="low")),
        {"result"},
    ),
    "points of a dimension": (
        results(lambda d: d["applications"][0]["by_dimension"].update({"6": "1"})),
        {"result"},
    ),
    "a recusal hidden": (application(1, not_scored=[]), {"result"}),
    "votes": (vote(approve=3), {"result"}),
    "more votes than voters": (vote(approve=50), {"tally"}),
    "votes that are none": (vote(approve="5"), {"tally"}),
    "vote outcome": (vote(unanimous=True), {"result"}),
    "a vote removed": (application(0, vote=None), {"basis"}),
    "a flag removed": (results(lambda d: d["rechecks"].pop()), {"rechecks"}),
    "an application removed": (results(lambda d: d["applications"].pop()), {"results"}),
    "a sheet not counted": (results(lambda d: d["sheets"].pop()), {"results-sheets"}),
    "a missing expert hidden": (results(lambda d: d["missing"].clear()), {"results-sheets"}),
    "an older sheet counted": (
        results(lambda d: d["sheets"][0].update(revision=1)),
        {"results-sheets"},
    ),
    "other rules": (results(lambda d: d.update(rules="0" * 64)), {"basis"}),
    "other scheme": (results(lambda d: d.update(scheme="0" * 64)), {"basis"}),
    "an unknown field": (results(lambda d: d.update(more=[])), {"results"}),
    "not canonical": (replaced("results.json", b'{"app', b'{ "app'), {"results"}),
    "a mark in marks.csv": (replaced("marks.csv", b"01,01,6.1,", b"01,01,6.1,9"), {"marks"}),
    "a row of marks.csv": (
        lambda f: f | {"marks.csv": b"".join(f["marks.csv"].splitlines(keepends=True)[:-1])},
        {"marks"},
    ),
    "a sheet dropped": (drop("sheets/03-r1.scoresheet"), {"received"}),
    "an older sheet dropped": (drop("sheets/01-r1.scoresheet"), {"received"}),
    "two sheets swapped": (
        swap("sheets/01-r1.scoresheet", "sheets/03-r1.scoresheet"),
        {"sheet"},
    ),
    "a sheet twice": (
        lambda f: f | {"sheets/03-r2.scoresheet": f["sheets/03-r1.scoresheet"]},
        {"received"},
    ),
    "an assignment swapped": (swap("assignments/01.cose", "assignments/02.cose"), set()),
    "an assignment dropped": (drop("assignments/02.cose"), {"assignments"}),
    "a roster dropped": (drop("roster/02.cose"), set()),
    "the first roster dropped": (drop("roster/01.cose"), {"roster"}),
    "rosters swapped": (swap("roster/01.cose", "roster/02.cose"), {"roster"}),
    "first log line": (log_without(0), {"log"}),
    "a log line": (log_without(3), {"log"}),
    "the end of the log": (log_cut(4), {"received"}),
    "a word of the log": (replaced("log.jsonl", b'"late":""', b'"late":"?"'), {"log"}),
    "a half line": (lambda f: f | {"log.jsonl": f["log.jsonl"][:-9]}, {"log"}),
    "an empty log": (lambda f: f | {"log.jsonl": b""}, {"log"}),
    "closing head": (closing(log_head="0" * 64), {"closing"}),
    "closing reason": (closing(reason="无"), {"closing"}),
    "title": (edit_json("metadata.json", lambda d: d.update(title="别的会")), {"metadata"}),
    "bureau key": (
        edit_json("metadata.json", lambda d: d.update(bureau_key="02" * 33)),
        {"metadata"},
    ),
    "a scan changed": (lambda f: f | {"scans/封存单.png": b"?"}, {"scans"}),
    "a scan dropped": (drop("scans/封存单.png"), {"scans"}),
    "a scan added": (lambda f: f | {"scans/2.png": b"?"}, {"scans"}),
    "a file outside": (lambda f: f | {"autorun.inf": b"x"}, {"manifest"}),
    "verify.py gone": (drop("verify.py"), {"manifest"}),
}
HARMLESS = {"an assignment swapped"}


@pytest.mark.parametrize("name", INSIDE_JOBS)
def test_what_the_bureau_itself_changed_fails_both(
    name: str, honest: Files, tmp_path: Path
) -> None:
    edit, failed = INSIDE_JOBS[name]
    first, second = both(rezip(tmp_path / "b.zip", resealed(edit(honest))))
    assert first.ok == (name in HARMLESS), first.text
    assert failed <= first.failed, first
    assert failed <= second.failed, second


def test_another_rounds_documents_fail_both(honest: Files, tmp_path: Path) -> None:
    other = files_of(
        make_archive(tmp_path / "o.zip", Plan(scheme=scheme_of(*plain_scheme().dimensions[:1])))
    )
    for name in ("round.cose", "roster/01.cose", "assignments/01.cose", "log.jsonl"):
        mixed = honest | {name: other[name]}
        first, second = both(rezip(tmp_path / "b.zip", resealed(mixed)))
        assert not first.ok, name
        assert not second.ok, name


def test_advisory_statistics_and_papers_are_only_listed(honest: Files, tmp_path: Path) -> None:
    changed = resealed(honest | {"statistics.json": b"{}\n", "papers/more.pdf": b"%PDF"})
    first, second = both(rezip(tmp_path / "b.zip", changed))
    assert first.ok
    assert "statistics.json" in first.text
    assert "statistics.json" in second.text


def test_a_folder_is_verified_like_its_zip(honest: Files, tmp_path: Path) -> None:
    folder = tmp_path / "档案"
    for name, data in honest.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / ".DS_Store").write_bytes(b"left by the system")
    first, _second = both(folder)
    assert first.ok, first.text
    (folder / "sheets" / "01-r1.scoresheet").write_bytes(b"")
    first, second = both(folder)
    assert "sheets/01-r1.scoresheet" in first.text
    assert not second.ok
