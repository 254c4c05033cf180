"""Every fault of a round's files is told at once, each with its place."""

import gettext
from pathlib import Path

import pytest

from resources.words import catalogue
from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import install
from reviewer_app.inputs.list_workbooks import filled_list
from reviewer_app.inputs.round_problems import load_or_report, round_problems

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def package(folder: Path, name: str, number: str, **fields: str) -> None:
    place = folder / name
    place.mkdir(parents=True)
    (place / "a.png").write_bytes(PNG)
    lines = {"number": number, "name": "甲", "unit": "乙", **fields}
    body = "".join(f'{key} = "{value}"\n' for key, value in lines.items())
    (place / "application.toml").write_text(f"[application]\n{body}", "utf-8")


def describe(folder: Path, title: str = "会", date: str = "2026-11-21") -> Path:
    file = folder / "ROUND.toml"
    file.write_text(
        f'[round]\ntitle = "{title}"\nkind = "论证"\norganiser = "局"\ndate = {date}\n'
        'scheme = "nb-tic-plan"\nrules = "rules.toml"\n'
        'applications = "applications"\nexperts = "experts.xlsx"\n',
        "utf-8",
    )
    return file


def experts(folder: Path, *rows: tuple[str, ...]) -> None:
    (folder / "experts.xlsx").write_bytes(filled_list("专家名册", rows))


def expert(number: str, **cells: str) -> tuple[str, ...]:
    names = ("name", "employer", "title", "specialism", "from_bureau", "phone", "recused")
    usual = {"name": "丙", "employer": "丁"}
    return (number, *({**usual, **cells}.get(key, "") for key in names))


def test_a_round_without_fault_is_loaded(tmp_path: Path) -> None:
    package(tmp_path / "applications", "01-甲", "01")
    experts(tmp_path, expert("1"))
    (tmp_path / "rules.toml").write_text("")
    assert round_problems(describe(tmp_path)) == ()
    assert load_or_report(describe(tmp_path)).plan.title == "会"


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    package(tmp_path / "applications", "01-甲", "01", colour="red")
    package(tmp_path / "applications", "02-乙", "02")
    (tmp_path / "applications" / "02-乙" / "坏.pdf").write_bytes(b"no PDF")
    package(tmp_path / "applications", "03-丙", "03")
    experts(
        tmp_path,
        expert("1", employer="", specialism="法律"),
        expert("1", name="", recused="9"),
    )
    (tmp_path / "rules.toml").write_text('[aggregation]\nmethod = "best"\n')
    file = describe(tmp_path, title=" ")
    with pytest.raises(InputError) as raised:
        load_or_report(file)
    lines = str(raised.value).splitlines()
    for part in (
        "title",
        "rules.toml",
        "01-甲",
        "02-乙",
        "experts.xlsx [专家名册] C2",
        "experts.xlsx [专家名册] E2",
        "experts.xlsx [专家名册] A3",
        "experts.xlsx [专家名册] B3",
        "experts.xlsx [专家名册] H3",
    ):
        assert sum(part in line for line in lines) == 1, part
    assert len(lines) == 9


def test_a_list_names_its_missing_folders(tmp_path: Path) -> None:
    package(tmp_path, "甲", "1")
    rows = (("1", "甲", "", "乙", "", "", "甲"), ("2", "", "", "乙", "", "", "没有"))
    (tmp_path / "list.xlsx").write_bytes(filled_list("申报清单", rows))
    experts(tmp_path, expert("1"))
    (tmp_path / "rules.toml").write_text("")
    file = describe(tmp_path)
    file.write_text(file.read_text("utf-8").replace('"applications"', '"list.xlsx"'), "utf-8")
    found = round_problems(file)
    assert any("B3" in each for each in found)
    assert any("没有" in each for each in found)


def test_a_file_that_is_no_toml_is_one_problem(tmp_path: Path) -> None:
    file = tmp_path / "ROUND.toml"
    file.write_text("[round\n")
    assert len(round_problems(file)) == 1


def test_figures_ticks_people_and_groups_tell_every_fault(tmp_path: Path) -> None:
    package(tmp_path / "applications", "01-甲", "01")
    package(tmp_path / "applications", "02-乙", "02")
    experts(tmp_path, expert("1", recused="2"), expert("2"))
    (tmp_path / "rules.toml").write_text("")
    (tmp_path / "facts.csv").write_text(
        "序号,指标或目标,数值\n9,1.1,三\n1,nothing,4\n1,also nothing,5\n", "utf-8"
    )
    (tmp_path / "ticks.csv").write_text("序号,01,02,07\n01,✓,?\n02,✓,\n08,,\n", "utf-8")
    file = describe(tmp_path)
    more = 'facts = "facts.csv"\nassignment = "ticks.csv"\n[people]\nhost = 3\nchecker = 4\n'
    groups = (
        '[[group]]\nname = "A"\napplications = ["01", "7"]\nexperts = ["1"]\n'
        '[[group]]\nname = "B"\napplications = ["01"]\nexperts = ["1"]\n'
    )
    file.write_text(file.read_text("utf-8") + more + groups, "utf-8")
    found = round_problems(file)
    for part in (
        "facts.csv line 2, column 1",
        "facts.csv line 3, column 2",
        "facts.csv line 4, column 2",
        "ticks.csv line 1, column 4",
        "ticks.csv line 2, column 3",
        "ticks.csv line 3, column 2",
        "ticks.csv line 4, column 1",
        "host",
        "checker",
        "group[1] “applications”",
        "“experts”: 01 is there twice",
        "“experts”: 02 is in no group",
    ):
        assert sum(part in each for each in found) == 1, (part, found)


def test_a_fault_has_its_own_place_alone_in_chinese_too(tmp_path: Path) -> None:
    package(tmp_path / "applications", "01-甲", "01")
    experts(tmp_path, expert("1", recused="9"))
    (tmp_path / "rules.toml").write_text("")
    install(catalogue("zh"))
    try:
        (told,) = round_problems(describe(tmp_path))
    finally:
        install(gettext.NullTranslations())
    assert told.startswith("experts.xlsx [专家名册] H2"), told
    assert "[]" not in told, told
