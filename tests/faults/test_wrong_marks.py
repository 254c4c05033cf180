"""A5, A6: marks that no scale has, and marks for what an expert may not score."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.core.errors import InputError, MarkError
from reviewer_app.inputs.marks_table import read_marks
from reviewer_app.services import closing, results
from reviewer_app.services.collecting import Verdict
from tests.faults import forging
from tests.faults.conftest import Trials
from tests.services.day import NOON, Day, app, plan, with_known_conflict

INF, NAN = float("inf"), float("nan")
NO_MARKS: list[Any] = [
    101, 102, 1000, 2**31, 2**64 - 1, -1, -4, -5, -100, -(2**64), NAN, INF, -INF, -0.0, 0.0,
    1.0, 80.0, 80.5, 1e300, True, False, None, "5", "80", "NA", "", "1e400", b"", b"P", [],
    [80], {}, {0: 80}, forging.Pairs([(0, 80), (0, 80)]),
]  # fmt: skip
"""What might stand where a mark stands."""


def test_what_is_no_mark_is_refused(day: Day, trials: Trials) -> None:
    """A6: each in every place of the first, and in one place of the last application."""
    laptop, data = day.laptops["01"], forging.good(day)
    datas = []
    for value in NO_MARKS:
        for row, place in ((0, 0), (0, 1), (0, 2), (2, 1)):

            def put(
                fields: forging.Fields, row: int = row, place: int = place, value: Any = value
            ) -> None:
                fields[6][row][place] = value

            datas.append(forging.resigned(data, laptop.key, put, encode=forging.raw))
    forging.refused_all(day, datas)
    trials.survived("A6 no marks", len(datas))


def more_marks(fields: forging.Fields) -> None:
    fields[6][1].append(80)


def fewer_marks(fields: forging.Fields) -> None:
    fields[6][1].pop()


def no_row(fields: forging.Fields) -> None:
    fields[6].pop()


def more_rows(fields: forging.Fields) -> None:
    fields[6].append([80, 80, 80])


def empty_row(fields: forging.Fields) -> None:
    fields[6][0] = []


def one_row(fields: forging.Fields) -> None:
    fields[6] = [mark for row in fields[6] for mark in row]


SHAPES: list[Callable[[forging.Fields], None]] = [
    more_marks, fewer_marks, no_row, more_rows, empty_row, one_row,
    lambda f: f.update({6: {}}), lambda f: f.update({6: b""}), lambda f: f.update({14: 1}),
    lambda f: f.pop(13), lambda f: f.pop(6), lambda f: f.update({3: 0}),
    lambda f: f.update({3: 10}), lambda f: f.update({4: 0}), lambda f: f.update({4: -1}),
    lambda f: f.update({4: 10000}), lambda f: f.update({4: 1.0}),
    lambda f: f.update({5: bytes(32)}), lambda f: f.update({5: b"short"}),
    lambda f: f.update({13: "no reason is due"}), lambda f: f.update({12: -1}),
    lambda f: f.update({12: 2**63}), lambda f: f.update({12: "2026"}),
    lambda f: f.update({0: "reviewer-app/sheet/2"}), lambda f: f.update({11: b""}),
    lambda f: f.update({7: [["01", "employment", ""]]}),
    lambda f: f.update({7: [["99", "", ""]]}),
    lambda f: f.update({8: [["01", 4, ""]]}), lambda f: f.update({8: [["99", 1, ""]]}),
    lambda f: f.update({8: [["01", 1, ""], ["01", 1, ""]]}),
    lambda f: f.update({8: [["02", 1, ""], ["01", 1, ""]]}),
    lambda f: f.update({8: [[1, 1, ""]]}),
]  # fmt: skip


def test_sheets_of_another_shape_are_refused(day: Day, trials: Trials) -> None:
    """A6: rows, fields and their kinds; extra items; a repeated and an unsorted key."""
    laptop, data = day.laptops["01"], forging.good(day)
    datas = [forging.resigned(data, laptop.key, shape, encode=forging.raw) for shape in SHAPES]
    repeated = lambda f: forging.raw(forging.Pairs([*f.items(), (13, "")]))  # noqa: E731 - one use
    unsorted = lambda f: forging.raw(forging.Pairs([*f.items()][::-1]))  # noqa: E731 - one use
    trailing = lambda f: forging.raw(f) + b"\x00"  # noqa: E731 - one use
    datas += [
        forging.resigned(data, laptop.key, encode=each)
        for each in (repeated, unsorted, trailing)
    ]
    forging.refused_all(day, datas)
    trials.survived("A6 shapes", len(datas))


REMARK = b'{"citations":[],"comment":"a","reason":""}'
COMMENTS = [
    b'{"01":{"6.1":%b},"01":{}}' % REMARK,
    b'{"02":{"6.1":%b},"01":{"6.1":%b}}' % (REMARK, REMARK),
    b'\xef\xbb\xbf{"01":{"6.1":%b}}' % REMARK,
    (b'{"01":{"6.1":%b}}' % REMARK).decode().encode("utf-16"),
    b'{"01":{"6.1":%b}}\n' % REMARK,
    b'{"01":{"6.1":{"citations":[],"comment":NaN,"reason":""}}}',
    b'{"01":{"6.1":{"citations":[],"comment":"a"}}}',
    b'{"01":{"9.9":%b}}' % REMARK,
    b'{"99":{"6.1":%b}}' % REMARK,
    b"null", b"[]", b"0", b'""', b"", b"{", b"[" * 100_000, b'{"01":' * 5_000,
]  # fmt: skip


def test_comments_in_any_other_form_are_refused(
    day: Day, trials: Trials, fixtures: Path
) -> None:
    """A6: duplicate keys, byte-order marks, UTF-16 and the JSON test suite, all signed."""
    laptop, data = day.laptops["01"], forging.good(day)
    suite = [
        path.read_bytes() for path in sorted((fixtures / "corpora/json").glob("[niy]_*.json"))
    ]
    suite = suite[:: trials.step(6)]
    texts = [each for each in COMMENTS + suite if each != b"{}"]
    datas = [forging.resigned(data, laptop.key, comments=each) for each in texts]
    forging.refused_all(day, datas)
    trials.survived("A6 comments", len(datas))


@pytest.mark.parametrize(
    "score",
    [
        "NaN",
        "Infinity",
        "-inf",
        "1e400",
        "1e3",
        "0x10",
        "五",
        "八十",
        "1,5",
        "true",
        "null",
        "+ 5",
    ],
)
def test_a_score_that_is_no_number_is_refused_with_its_place(
    score: str, tmp_path: Path, trials: Trials
) -> None:
    table = tmp_path / "marks.csv"
    table.write_text(f'application,expert,indicator,score\nA1,E1,6.1,"{score}"\n', "utf-8")
    with pytest.raises((InputError, MarkError), match="2"):
        read_marks(table)
    trials.survived("A6 tables", 1)


# --- A5: recusals


def spoken_of(application: int) -> list[Callable[[forging.Fields], object]]:
    """Return changes that mark, answer or vote on an application all the same."""
    vote = [[app(application), 1, ""]]
    return [
        lambda fields: fields[6].__setitem__(application - 1, [80, 80, 80]),
        lambda fields: fields[6].__setitem__(application - 1, [-2, -2, -2]),
        lambda fields: fields.update({8: vote}),
    ]


def test_no_mark_vote_or_comment_for_a_recused_application(day: Day, trials: Trials) -> None:
    """A5: every expert steps back from every application and says something about it."""
    datas, expected = [], []
    for laptop in day.laptops.values():
        for application in (1, 2, 3):
            content = laptop.content(forging.POINTS, recused=(application,))
            path = laptop.sign(day.folder, content)
            data = path.read_bytes()
            path.unlink()
            laptop.signed.clear()
            name = app(application)
            remark = {"citations": [], "comment": "好", "reason": ""}
            comments = json.dumps(
                {name: {"6.1": remark}}, ensure_ascii=False, separators=(",", ":")
            )
            datas += [
                forging.resigned(data, laptop.key, change) for change in spoken_of(application)
            ]
            datas.append(forging.resigned(data, laptop.key, comments=comments.encode()))
            expected += ["recused-application"] * 4
    assert forging.refused_all(day, datas) == expected
    trials.survived("A5 recused", len(datas))


def test_denominators_are_those_who_scored(tmp_path: Path, issued: Day, trials: Trials) -> None:
    """A5: known and declared conflicts at random, against plain Fractions."""
    for trial in range(trials.count(20, 2)):
        luck = forging.chance(trial)
        day = issued.copy(tmp_path / f"{trial}")
        given: dict[int, list[int]] = {1: [], 2: [], 3: []}
        paths = []
        for laptop in day.laptops.values():
            gone = tuple(each for each in (1, 2, 3) if luck.random() < 0.3)
            points = {each: luck.randint(0, 100) for each in (1, 2, 3)}
            paths.append(laptop.sign(day.folder, laptop.content(points, recused=gone)))
            for each in {1, 2, 3} - set(gone):
                given[each].append(points[each])
        assert {each.verdict for each in day.collect(*paths)} == {Verdict.RECEIVED}
        closing.close_round(day.context.open_bureau, day.round_id, NOON, "示例")
        document = json.loads(results.results_of(day.context.open_bureau, day.round_id).text)
        for number, application in enumerate(document["applications"], start=1):
            marks = given[number]
            assert application["sheets"] == len(marks)
            exact = str(Fraction(sum(marks), len(marks))) if marks else None
            assert application["exact"] == exact
        trials.survived("A5 denominators", 1)


def test_a_conflict_known_before_issue_leaves_no_question(
    tmp_path: Path, trials: Trials
) -> None:
    """A5: the application is not in the pack; a row for it makes the sheet another's."""
    day = Day.start(tmp_path, with_known_conflict(plan(), 1, 2))
    day.issue()
    laptop, data = day.laptops["01"], forging.good(day)
    datas = [
        forging.resigned(data, laptop.key, change)
        for change in (
            more_rows,
            lambda f: f[6].insert(1, [80, 80, 80]),
            lambda f: f.update({8: [["02", 1, ""]]}),
            lambda f: f.update({7: [["02", "employment", ""]]}),
        )
    ]
    forging.refused_all(day, datas)
    trials.survived("A5 known conflicts", len(datas))


def test_a_refused_file_is_kept_once(day: Day) -> None:
    for _again in range(3):
        forging.refused_all(day, [b"no sheet", b"another"])
    with day.context.open_bureau() as unit:
        assert len(unit.refusals(day.round_id)) == 2
