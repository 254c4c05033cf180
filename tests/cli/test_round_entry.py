"""The paper form by command: printed, typed in twice, settled, sealed, verified twice."""

import csv
from pathlib import Path

import pytest

from tests.archive.verifying import both
from tests.cli.calling import Answer, call
from tests.services.conftest import *  # noqa: F403 - the issued round
from tests.services.day import NOON, Day


def enter(capsys: pytest.CaptureFixture[str], day: Day, *options: str | Path) -> Answer:
    home = day.folder / "home"
    return call(capsys, "round", *options, "--home", home, "--json")


def typed(day: Day, name: str, points: str, change: tuple[str, str, str] | None = None) -> Path:
    path = day.folder / name
    scheme = day.laptops["02"].pack.round.document.scheme
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["application", "indicator", "score"])
        for number in ("01", "02", "03"):
            for leaf in scheme.indicators():
                here = change and change[:2] == (number, leaf.code)
                rows.writerow([number, leaf.code, change[2] if change and here else points])
    return path


def test_from_form_to_archive(
    day: Day, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day.collect(*(path for path in day.sign_all() if not path.name.startswith("02")))
    form, round_id = tmp_path / "form.pdf", day.round_id
    answer = enter(capsys, day, "form", round_id, "2", "--out", form)
    assert answer.status == 0, answer.err
    assert answer.document["boxes"] > 0
    code = next(day.laptops["02"].pack.round.document.scheme.indicators().__iter__()).code
    first, second = typed(day, "a.csv", "80"), typed(day, "b.csv", "80", ("02", code, "90"))
    reason = ("--scan", form, "--reason", "笔记本电脑损坏（示例）")
    answer = enter(capsys, day, "enter", round_id, "02", first, "--by", "张", *reason)
    assert (answer.status, answer.document["step"]) == (0, "typed-once"), answer.err
    answer = enter(capsys, day, "enter", round_id, "02", second, "--by", "李")
    assert answer.document["differences"] == [
        {"application": "02", "indicator": code, "first": "80", "second": "90"}
    ]
    answer = enter(capsys, day, "resolve", round_id, "02")
    assert answer.document["step"] == "different"
    cell = ("--cell", f"2/{code}=90", "--reason", "原纸为 90", "--by", "王")
    answer = enter(capsys, day, "resolve", round_id, "02", *cell)
    assert (answer.status, answer.document["step"]) == (0, "entered"), answer.err
    assert enter(capsys, day, "close", round_id).status == 0
    archive = tmp_path / "archive.zip"
    day.seal(archive, NOON)
    for verdict in both(archive):
        assert verdict.ok, verdict.text
        assert "纸质补录" in verdict.text or "no key signed" in verdict.text


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--cell", "02 6.2 84"), "is no cell"),
        (("--cell", "09/6.2=84"), "no number"),
        (("--start-over",), "Say who is typing"),
    ],
)
def test_wrong_resolutions_are_one_line(
    day: Day, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], sentence: str
) -> None:
    answer = enter(capsys, day, "resolve", day.round_id, "02", *options)
    assert answer.status == 1
    assert sentence in answer.err
    assert len(answer.err.splitlines()) == 1


def test_a_new_pack_by_command_and_the_status_names_what_it_superseded(
    day: Day, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day.collect(*day.sign_all())
    old = day.laptops["02"].signed[0].receipt
    places = ("--out", tmp_path / "again", "--slips", tmp_path / "again.csv")
    answer = enter(
        capsys, day, "reissue", day.round_id, "2", "--reason", "口令条遗失（示例）", *places
    )
    assert answer.status == 0, answer.err
    assert answer.document["counting"] == old
    assert Path(answer.document["packs"][0]["file"]).exists()
    laptop = day.laptops["03"]
    day.collect(laptop.sign(day.folder, laptop.content({1: 1, 2: 2, 3: 3})))
    home = day.folder / "home"
    status = call(capsys, "round", "status", day.round_id, "--home", home)
    assert f"superseded: {laptop.signed[0].receipt}" in status.out
