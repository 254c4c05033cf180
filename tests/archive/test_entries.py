"""Archives with a form typed in from paper: both verifiers derive it, and see every change."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.core.marks import ABSTAINED, Mark
from reviewer_app.core.round import ApplicationNumber, ExpertNumber
from reviewer_app.sheets import json_text
from reviewer_app.sheets.log import LogEntry, next_line, read_line
from tests.archive.making import Plan, make_archive, spread_mark
from tests.archive.verifying import both, files_of, resealed, rezip
from tests.faults.inventing import ENTRY_FILES

NAME = "entries/03-r1.json"
Files = dict[str, bytes]


def some_abstained(expert: ExpertNumber, number: ApplicationNumber, code: str) -> Mark:
    return ABSTAINED if code == "7.2" else spread_mark(expert, number, code)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    plan = Plan(entered=(3, 5), late=(5,), closing_reason="晚到", recused={3: (2,)})
    path = make_archive(tmp_path_factory.mktemp("entry") / "a.zip", plan)
    for answer in both(path):
        assert answer.ok, answer.text
    return files_of(path)


def test_any_marks_may_be_entered(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "a.zip", Plan(entered=(1,), mark=some_abstained))
    for answer in both(path):
        assert answer.ok, answer.text
        assert "张一" in answer.text
        assert "封存单.png" in answer.text


def altered(files: Files, change: Callable[[dict[str, Any]], object]) -> Files:
    data = json.loads(files[NAME])
    change(data)
    return files | {NAME: json_text.encode(data)}


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a mark": lambda d: d["content"]["cells"]["01"].update({"6.2": "1"}),
    "a recusal": lambda d: d["content"]["cells"].update({"02": d["content"]["cells"]["01"]}),
    "the reason": lambda d: d.update(reason="另一理由"),
    "a typist": lambda d: d["typed"][0].update(by="赵四"),
    "a salt": lambda d: d["typed"][1].update(salt="00" * 16),
    "a time": lambda d: d["typed"][0].update(at="2026-11-21T05:00:00Z"),
    "a reading": lambda d: d["resolved"][0].update(first="2"),
    "no difference told": lambda d: d["resolved"].clear(),
    "another scan": lambda d: d["scan"].update(sha256="00" * 32),
    "another stage": lambda d: d["content"].update(stage=2),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whoever_holds_the_bureaus_key_cannot_change_an_entry(
    files: Files, change: Callable[[dict[str, Any]], object], tmp_path: Path
) -> None:
    path = rezip(tmp_path / "b.zip", resealed(altered(files, change)))
    for answer in both(path):
        assert not answer.ok
        assert answer.failed & {"entry", "entries"}


def relogged(files: Files, change: Callable[[str, dict[str, Any]], bool]) -> Files:
    """Return the files with another log, its chain made anew; False drops a line."""
    lines: list[bytes] = []
    for raw in files["log.jsonl"].splitlines():
        entry = read_line(raw).entry
        details = dict(entry.details)
        if change(entry.event, details):
            again = LogEntry(entry.at, entry.event, details)
            lines.append(next_line(lines[-1] if lines else None, again))
    return files | {"log.jsonl": b"".join(line + b"\n" for line in lines)}


@pytest.mark.parametrize(
    "change",
    [
        lambda event, _d: event != "paper-typed",
        lambda event, _d: event != "paper-entered",
        lambda _e, details: details.pop("document", None) is None or True,
        lambda _e, details: details.update(by="同一人") or True,
    ],
    ids=["no typing", "no entry", "no document", "one person"],
)
def test_a_log_that_does_not_tell_of_two_typings_is_refused(
    files: Files, change: Callable[[str, dict[str, Any]], bool], tmp_path: Path
) -> None:
    path = rezip(tmp_path / "b.zip", resealed(relogged(files, change)))
    for answer in both(path):
        assert not answer.ok
        assert "entries" in answer.failed


REASONED = {"expert": "03", "reason": "口令丢失（示例）"}


@pytest.mark.parametrize(
    ("events", "sound"),
    [
        ((), False),
        (("pack-reissued",), False),
        (("key-accepted",), True),
        (("pack-reissued", "key-accepted"), True),
        (("key-accepted", "pack-reissued"), False),
    ],
)
def test_an_entry_takes_a_signed_sheets_place_only_where_the_secretary_said_so(
    files: Files, events: tuple[str, ...], tmp_path: Path, *, sound: bool
) -> None:
    """A new pack opens the door to sheets made from it, not to what was typed in."""
    plan = Plan(late=(5,), closing_reason="晚到", recused={3: (2,)})
    signed = files_of(make_archive(tmp_path / "a.zip", plan))
    name = "sheets/03-r1.scoresheet"
    lines: list[bytes] = []

    def log(entry: LogEntry) -> None:
        lines.append(next_line(lines[-1] if lines else None, entry))

    said = [read_line(raw).entry for raw in signed["log.jsonl"].splitlines()]
    (received,) = [
        each
        for each in said
        if each.event == "sheet-received" and each.details["expert"] == "03"
    ]
    for raw in files["log.jsonl"].splitlines():
        entry = read_line(raw).entry
        if entry.event == "paper-typed" and received.details["expert"] == "03":
            log(received)
            for event in events:
                log(LogEntry(entry.at, event, REASONED))
            received = replace(received, details={**received.details, "expert": ""})
        log(entry)
    whole = files | {name: signed[name], "log.jsonl": b"".join(each + b"\n" for each in lines)}
    for answer in both(rezip(tmp_path / "b.zip", resealed(whole))):
        assert ("revisions" not in answer.failed) is sound, answer.text


def test_an_entry_that_is_gone_or_slipped_in_is_named(files: Files, tmp_path: Path) -> None:
    without = {name: data for name, data in files.items() if name != NAME}
    more = files | {"entries/04-r1.json": files[NAME]}
    for each in (without, more):
        for answer in both(rezip(tmp_path / "b.zip", resealed(each))):
            assert not answer.ok


def test_a_late_entry_needs_its_reason(files: Files, tmp_path: Path) -> None:
    def no_reason(event: str, details: dict[str, Any]) -> bool:
        if event == "paper-entered":
            details["late"] = ""
        return True

    path = rezip(tmp_path / "b.zip", resealed(relogged(files, no_reason)))
    for answer in both(path):
        assert "revisions" in answer.failed


@pytest.mark.parametrize("data", ENTRY_FILES.values(), ids=ENTRY_FILES.keys())
def test_hostile_json_in_place_of_an_entry_is_refused(
    files: Files, data: bytes, tmp_path: Path
) -> None:
    for answer in both(rezip(tmp_path / "b.zip", resealed(files | {NAME: data}))):
        assert answer.failed & {"entry", "entries"}
