"""``scheme`` and ``score`` as a person types them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import resources
from reviewer_app import bootstrap
from reviewer_app.cli import app
from reviewer_app.core.scheme_data import load_scheme, scheme_from_data
from tests.core.scheme_tables import PUBLISHED

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*words: object) -> tuple[int, str, str]:
        context = bootstrap.wire(tmp_path / "home")
        status = app.run(app.parse([*map(str, words)]), context)
        told = capsys.readouterr()
        return status, told.out, told.err

    return command


@pytest.fixture
def document(run: Run) -> Callable[..., Any]:
    def command(*words: object) -> Any:
        status, out, _err = run(*words, "--json")
        assert status == 0
        return json.loads(out)

    return command


def csv(folder: Path, *rows: str, encoding: str = "utf-8", header: str = "") -> Path:
    path = folder / "marks.csv"
    first = header or "application,expert,indicator,score"
    path.write_bytes("\n".join([first, *rows, ""]).encode(encoding))
    return path


def hnte(**changes: object) -> list[str]:
    given: dict[str, object] = {
        "1.1": 6, "1.2": 6, "1.3": 6, "1.4A": 4, "1.4B": "NA", "1.5": 0, "2.1": 20,
        "3.1": 4, "3.2": 4, "3.3": 3, "3.4": 3, "4.1": 7, "4.2": 7, **changes,
    }  # fmt: skip
    return [f"A,1,{code},{score}" for code, score in given.items()]


HNTE = PUBLISHED / "hnte-2016.toml"
SME = PUBLISHED / "sme-tech.toml"


def test_list_names_every_table(run: Run, document: Callable[..., Any]) -> None:
    status, out, _err = run("scheme", "list")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == list(resources.scheme_ids())
    listed = {each["id"]: each for each in document("scheme", "list")["schemes"]}
    assert listed["zj-tic"]["indicators"] == 24
    assert listed["zj-tic"]["total"] == "100"
    assert listed["zj-tic"]["weight_origin"] == "suggested"


def test_show_gives_the_whole_table(run: Run, document: Callable[..., Any]) -> None:
    status, out, _err = run("scheme", "show", "zj-tic")
    assert status == 0
    assert "8.1" in out
    assert "顶尖人才 †" in out
    data = document("scheme", "show", "zj-tic")
    assert scheme_from_data(data, "x") == load_scheme(resources.scheme_path("zj-tic"))


def test_check_says_valid_or_what_is_wrong_and_where(run: Run, tmp_path: Path) -> None:
    assert run("scheme", "check", HNTE)[:2][0] == 0
    path = tmp_path / "bad.toml"
    path.write_text(HNTE.read_text("utf-8").replace("total = 100", "total = 99"), "utf-8")
    status, out, err = run("scheme", "check", path)
    assert (status, out) == (1, "")
    assert err.startswith("bad.toml line 7: “total”: 99 is stated")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("name", ["../zj-tic", "nothing", "."])
def test_an_unknown_name_is_one_line(run: Run, name: str) -> None:
    status, _out, err = run("scheme", "show", name)
    assert status == 1
    assert "zj-tic" in err


def test_export_edit_import(run: Run, document: Callable[..., Any], tmp_path: Path) -> None:
    book = tmp_path / "表.xlsx"
    assert run("scheme", "export", "zj-tic", book)[0] == 0
    opened = load_workbook(book)
    opened["方案"]["A2"], opened["指标"]["H3"], opened["指标"]["H4"] = "own", 6, 3
    opened.save(book)
    told = document("scheme", "import", book)
    assert (told["id"], told["valid"]) == ("own", True)
    assert Path(told["file"]) == tmp_path / "表.toml"
    assert load_scheme(tmp_path / "表.toml").indicator("6.2").weight == 6
    opened["指标"]["H4"] = 4
    opened.save(book)
    status, _out, err = run("scheme", "import", book, "--out", tmp_path / "second.toml")
    assert status == 1
    assert "[方案]" in err
    assert not (tmp_path / "second.toml").exists()


def test_score_prints_sections_total_and_conclusion(run: Run, tmp_path: Path) -> None:
    status, out, _err = run("score", "--scheme", HNTE, csv(tmp_path, *hnte()))
    assert status == 0
    lines = out.splitlines()
    assert lines[0].split()[:4] == ["1", "22.00", "/", "30"]
    assert "total  70.00 / 100" in lines
    assert "conclusion  不符合" in lines


def test_the_json_of_score_has_stable_keys(
    document: Callable[..., Any], tmp_path: Path
) -> None:
    marks = csv(tmp_path, *hnte(**{"2.1": 21, "1.5": 2}))
    data = document("score", "--scheme", HNTE, marks)
    assert data["scheme"] == "hnte-2016"
    assert (data["total"], data["exact"], data["maximum"]) == ("73.00", "73", "100")
    assert data["by_section"][0] == {
        "code": "1",
        "title": "知识产权",
        "score": "24.00",
        "exact": "24",
        "maximum": "30",
    }
    assert data["by_indicator"]["2.1"]["exact"] == "21"
    assert data["by_indicator"]["1.4B"] == {"score": None, "exact": None, "maximum": "3"}
    assert (data["conclusion"], data["missing"]) == ("符合", [])
    assert any("1.4A" in note for note in data["notes"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_states_and_absent_columns(
    document: Callable[..., Any], tmp_path: Path, encoding: str
) -> None:
    rows = [row.split(",", 2)[2] for row in hnte(**{"3.1": "AB", "2.1": ""})]
    marks = csv(tmp_path, *rows, encoding=encoding, header="indicator,score")
    data = document("score", "--scheme", HNTE, marks)
    assert data["missing"] == ["2.1"]
    assert data["conclusion"] is None
    assert data["by_section"][2]["exact"] == "100/7"


def test_claimed_figures_stand_among_the_marks_or_in_their_own_file(
    document: Callable[..., Any], tmp_path: Path
) -> None:
    figures = {"R1": 25, "R2": 100, "Y": 5, "S": 100, "3.1": 0, "3.2": 4}
    among = csv(tmp_path, *(f"A,1,{name},{value}" for name, value in figures.items()))
    data = document("score", "--scheme", SME, among)
    assert (data["total"], data["conclusion"], data["missing"]) == ("80.00", "符合", [])
    some = csv(tmp_path, "A,1,R1,25", "A,1,R2,100")
    facts = tmp_path / "facts.csv"
    facts.write_text(
        "序号,指标或目标,数值,单位\nA,Y,5,万元\nA,S,100,万元\n,3.1,0,\nA,3.2,4,\nB,3.2,0,\n",
        "utf-8",
    )
    assert document("score", "--scheme", SME, some, "--facts", facts)["exact"] == "80"
    assert document("score", "--scheme", SME, some)["missing"] == ["2.1", "2.2", "3.1", "3.2"]


def test_an_indicator_of_a_sub_table_is_worth_what_it_counts(
    document: Callable[..., Any], tmp_path: Path
) -> None:
    table = str(Path(HNTE).with_name("mid-eval.toml"))
    data = document("score", "--scheme", table, csv(tmp_path, "A,1,1,50", "A,1,8,0"))
    first = data["by_indicator"]["1"]
    assert (first["score"], first["maximum"]) == ("30.00", "30")
    assert data["by_indicator"]["8"]["maximum"] == "40"


def test_several_sheets_come_one_by_one(document: Callable[..., Any], tmp_path: Path) -> None:
    second = [row.replace("A,1,", "A,2,") for row in hnte(**{"2.1": 30})]
    data = document("score", "--scheme", HNTE, csv(tmp_path, *hnte(), *second))
    assert [(each["expert"], each["exact"]) for each in data["sheets"]] == [
        ("1", "70"),
        ("2", "80"),
    ]


def test_a_category_and_a_specialism(document: Callable[..., Any], tmp_path: Path) -> None:
    finance = csv(tmp_path, "A,1,4.1,9", "A,1,4.2,8", "A,1,J1,100", "A,1,J2,140", "A,1,J3,190")
    data = document("score", "--scheme", HNTE, finance, "--specialism", "财务")
    assert (data["exact"], data["maximum"], data["missing"]) == ("17", "20", [])
    itri = csv(tmp_path, "A,1,6.1,100", "A,1,6.2,0", "A,1,6.3,0", "A,1,6.4,0")
    data = document("score", "--scheme", "nb-itri", itri, "--category", "转化+孵化")
    assert data["by_section"][5]["exact"] == "12"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["A,1,1.1,9"], "1.1: 9 is outside 0–8"),
        (["A,1,1.1,7.5"], "step"),
        (["A,1,9.9,5"], "9.9"),
        (["A,1,1.1,nan"], "nan"),
        (["A,1,1.1,5", "A,1,1.1,6"], "twice"),
        (["A,1,1.1,5", "B,2,1.1,77"], "application B, expert 2"),
        (["A,1,4.1,10", "A,1,J1,100", "A,1,J2,100", "A,1,J3,100"], "F 0–0"),
        (["A,1,1.4A,5", "A,1,1.4B,2"], "only one"),
    ],
)
def test_bad_marks_are_refused_in_one_line(
    run: Run, tmp_path: Path, rows: list[str], words: str
) -> None:
    status, out, err = run("score", "--scheme", HNTE, csv(tmp_path, *rows))
    assert (status, out) == (1, "")
    assert words in err
    assert len(err.splitlines()) == 1


def test_marks_outside_a_specialism_and_unknown_facts_are_refused(
    run: Run, tmp_path: Path
) -> None:
    marks = csv(tmp_path, "A,1,1.1,5")
    status, _out, err = run("score", "--scheme", HNTE, marks, "--specialism", "财务")
    assert status == 1
    assert "1.1" in err
    facts = tmp_path / "facts.csv"
    facts.write_text("indicator,value\nQ7,3\n", "utf-8")
    status, _out, err = run("score", "--scheme", HNTE, marks, "--facts", facts)
    assert status == 1
    assert "Q7" in err
    facts.write_text("indicator,value\nJ1,3%\n", "utf-8")
    status, _out, err = run("score", "--scheme", HNTE, marks, "--facts", facts)
    assert status == 1
    assert "line 2" in err
