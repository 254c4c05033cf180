"""The expert's commands as a person types them, on a real home folder."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reviewer_app import bootstrap
from reviewer_app.cli import app
from reviewer_app.cli.passcode import PASSCODE
from reviewer_app.sheets.passcode import shown
from reviewer_app.sheets.score_sheet import verify_sheet
from tests.services.laptop import Laptop, Pack
from tests.sheets.making import app as app_number

Run = Callable[..., tuple[int, str, str]]
Document = dict[str, Any]


@pytest.fixture
def pack(tmp_path: Path) -> Iterator[Pack]:
    """Return a pack on a stick; while it is there passcodes are stretched only once."""
    with Laptop(tmp_path / "unused"):
        yield Pack(tmp_path)


@pytest.fixture
def run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    monkeypatch.setenv("REVIEWER_APP_LANGUAGE", "en")
    monkeypatch.delenv(PASSCODE, raising=False)

    def command(*words: object) -> tuple[int, str, str]:
        context = bootstrap.wire(tmp_path / "home")
        status = app.run(app.parse(["expert", *map(str, words)]), context)
        told = capsys.readouterr()
        return status, told.out, told.err

    return command


@pytest.fixture
def slip(pack: Pack, tmp_path: Path) -> Path:
    path = tmp_path / "slip.txt"
    path.write_text(f"\ufeff{shown(pack.passcode).lower()}\r\n", "utf-8")
    return path


@pytest.fixture
def opened(run: Run, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> Pack:
    monkeypatch.setenv(PASSCODE, pack.passcode)
    assert run("open", pack.path)[0] == 0
    return pack


def marks(folder: Path, score: object = 80, applications: int = 3) -> Path:
    path = folder / "marks.csv"
    rows = [
        f"{number:02d},6.{code},{score}"
        for number in range(1, applications + 1)
        for code in (1, 2, 3)
    ]
    path.write_text("\n".join(["application,indicator,score", *rows]), "utf-8")
    return path


def test_a_whole_day_by_command(run: Run, pack: Pack, slip: Path, tmp_path: Path) -> None:
    key = ("--passcode-file", slip)
    status, said, warned = run("open", pack.path, *key)
    assert (status, warned) == (0, "")
    assert pack.bureau.round.fingerprint in said
    assert "喆堃（示例）" in said
    assert "I review independently" in said
    assert run("import", pack.pack_id, marks(tmp_path), *key)[0] == 0
    recused = run("recuse", pack.pack_id, "02", "--ground", "office", "--note", "顾问", *key)
    assert recused[0] == 0
    assert "中心2" not in recused[1]
    assert "Stepped back from: 1" in recused[1]
    status, said, _warned = run("sign", pack.pack_id, "--out", tmp_path / "out", *key)
    assert status == 0
    sheet = verify_sheet(
        (tmp_path / "out" / "02-r1.scoresheet").read_bytes(),
        pack.bureau.round,
        pack.bureau.assignment,
    )
    assert sheet.receipt in said
    assert sheet.content.recusals[app_number(2)].ground == "office"
    assert (tmp_path / "out" / "02-r1.pdf").exists()
    assert f"revision 1, receipt {sheet.receipt}" in run("status", pack.pack_id, *key)[1]
    status, said, _warned = run("wipe", pack.pack_id)
    assert status == 0
    assert "pack.reviewpack" in said
    assert run("status", pack.pack_id, *key)[0] == 1


def test_json_documents_have_the_promised_keys(run: Run, opened: Pack, tmp_path: Path) -> None:
    def document(*words: object) -> Document:
        status, said, warned = run(*words, "--json")
        assert (status, warned) == (0, "")
        loaded: Document = json.loads(said)
        return loaded

    head = {
        "pack_id": opened.pack_id,
        "expert": "02",
        "expert_name": "喆堃（示例）",
        "round": "00112233445566aa",
        "title": "方案论证会（示例）",
        "fingerprint": opened.bureau.round.fingerprint,
    }
    assert head.items() <= document("open", opened.path).items()
    run("import", opened.pack_id, marks(tmp_path, 80, 2))
    status = document("status", opened.pack_id)
    assert head.items() <= status.items()
    assert status["applications"][0] == {
        "number": "01",
        "name": "第1技术创新中心（示例）",
        "scored": 3,
        "missing": 0,
        "not_applicable": 0,
        "abstained": 0,
        "missing_indicators": [],
        "reasons_missing": [],
        "total": "80.00",
        "exact": "80",
        "complete": True,
    }
    assert status["applications"][2]["missing_indicators"] == ["6.1", "6.2", "6.3"]
    assert status["applications"][2]["total"] is None
    assert (status["receipt"], status["revision"], status["complete"]) == (None, 0, False)
    assert document("import", opened.pack_id, marks(tmp_path, 81))["changed"] == 9
    signed = document("sign", opened.pack_id, "--out", tmp_path / "out")
    assert signed["files"] == [
        str(tmp_path / "out" / "02-r1.scoresheet"),
        str(tmp_path / "out" / "02-r1.pdf"),
    ]
    assert (signed["revision"], signed["new"]) == (1, True)
    assert document("status", opened.pack_id)["receipt"] == signed["receipt"]
    assert document("identity", opened.path)["identity"].startswith("AGE-SECRET-KEY-1")
    template = document("template", opened.pack_id, tmp_path / "t.xlsx")
    assert (template["rows"], template["files"]) == (9, [str(tmp_path / "t.xlsx")])
    wiped = document("wipe", opened.pack_id)
    assert {each["name"] for each in wiped["files"]} == {
        "desk.db",
        "desk.json",
        "pack.reviewpack",
    }


def test_a_signed_desk_takes_changes_as_a_revision_with_a_reason(
    run: Run, opened: Pack, tmp_path: Path
) -> None:
    run("import", opened.pack_id, marks(tmp_path))
    out = ("--out", tmp_path / "out")
    run("sign", opened.pack_id, *out)
    assert "the same sheet again" in run("sign", opened.pack_id, *out)[1]
    said = run("import", opened.pack_id, marks(tmp_path, 81))[1]
    assert "sign a new revision, with a reason" in said
    status, said, warned = run("sign", opened.pack_id, *out)
    assert (status, said) == (1, "")
    assert warned.count("\n") == 1
    assert "--reason" in warned
    assert run("sign", opened.pack_id, *out, "--reason", "笔误")[0] == 0
    assert (tmp_path / "out" / "02-r2.scoresheet").exists()


def test_a_workbook_that_may_hold_marks_is_never_overwritten(
    run: Run, opened: Pack, tmp_path: Path
) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"marks that were never imported")
    status, _out, err = run("template", opened.pack_id, path)
    assert (status, "exists already" in err) == (1, True)
    assert path.read_bytes() == b"marks that were never imported"
    assert run("template", opened.pack_id, tmp_path / "t.csv")[0] == 1


def test_the_template_comes_back_filled_in(run: Run, opened: Pack, tmp_path: Path) -> None:
    path = tmp_path / "评分.xlsx"
    assert run("template", opened.pack_id, path)[0] == 0
    book = load_workbook(path)
    for row in range(4, 13):
        book.active[f"I{row}"] = 77
    book.active["M3"] = "自己加的"
    book.save(path)
    status, said, warned = run("import", opened.pack_id, path)
    assert status == 0
    assert "9 rows, 9 of them" in said
    assert warned == "The column “自己加的” was not read\n"


def test_import_names_every_fault_and_clears_only_when_asked(
    run: Run, opened: Pack, tmp_path: Path
) -> None:
    run("import", opened.pack_id, marks(tmp_path))
    status, said, warned = run("import", opened.pack_id, marks(tmp_path, 101, 2))
    assert (status, said) == (1, "")
    lines = warned.splitlines()
    assert len(lines) == 7
    assert "marks.csv: 6 faults; nothing was taken over" in lines[-1]
    said = run("import", opened.pack_id, marks(tmp_path, "", 1))[1]
    assert "3 rows, 0 of them" in said
    assert "3 cells are empty where a mark stands" in said
    said = run("import", opened.pack_id, marks(tmp_path, "", 1), "--clear")[1]
    assert "3 marks were cleared" in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("open", "absent.reviewpack"), "absent.reviewpack"),
        (("status", "00000000000000ff"), "No pack “00000000000000ff” was opened here"),
        (("wipe", "00000000000000ff"), "No pack “00000000000000ff” was opened here"),
        (("import", "PACK", "absent.csv"), "absent.csv” does not exist"),
        (("recuse", "PACK", "09", "--ground", "office"), "no application 09 on this desk"),
        (("recuse", "PACK", "01", "--ground", "x"), "is no ground for stepping back"),
        (("recuse", "PACK", "01", "--ground", "other"), "needs a note"),
        (("sign", "PACK", "--out", "out"), "marks are missing: 01/6.1, 01/6.2"),
        (("template", "PACK", "absent/t.xlsx"), "does not exist"),
    ],
)
def test_a_fault_is_one_line_and_status_1(
    run: Run, opened: Pack, words: tuple[str, ...], sentence: str
) -> None:
    typed = [opened.pack_id if word == "PACK" else word for word in words]
    status, said, warned = run(*typed)
    assert (status, said) == (1, "")
    assert warned.count("\n") == 1
    assert sentence in warned


def test_a_mistyped_passcode_names_its_group(
    run: Run, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    slipped = pack.passcode[:-1] + ("A" if pack.passcode[-1] != "A" else "B")
    monkeypatch.setenv(PASSCODE, slipped)
    status, _said, warned = run("open", pack.path)
    assert status == 1
    assert "Passcode group 4" in warned


def test_without_a_passcode_the_ways_to_give_one_are_named(run: Run, pack: Pack) -> None:
    status, _said, warned = run("open", pack.path)
    assert status == 1
    assert "--passcode-file" in warned
    assert PASSCODE in warned


def test_a_huge_passcode_file_is_refused(run: Run, pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "film.bin"
    path.write_bytes(bytes(5000))
    status, _said, warned = run("open", pack.path, "--passcode-file", path)
    assert status == 1
    assert "too large for a passcode" in warned


def test_the_passcode_is_no_argument(run: Run, pack: Pack) -> None:
    with pytest.raises(SystemExit) as ended:
        run("open", pack.path, "--passcode", pack.passcode)
    assert ended.value.code == 2


def test_a_draft_goes_to_the_stick_and_another_laptop_continues(
    run: Run, opened: Pack, tmp_path: Path
) -> None:
    run("import", opened.pack_id, marks(tmp_path))
    status, said, _warned = run("draft", opened.pack_id, "--out", tmp_path / "stick")
    assert status == 0
    assert "written and read back; 3 of 3 applications complete" in said
    draft = next((tmp_path / "stick").iterdir())
    assert draft.suffix == ".reviewdraft"

    def other(*words: object) -> int:
        context = bootstrap.wire(tmp_path / "other-home")
        return app.run(app.parse(["expert", *map(str, words)]), context)

    assert other("continue", opened.path, draft) == 0
    assert other("sign", opened.pack_id, "--out", tmp_path / "out") == 0
    signed = (tmp_path / "out" / "02-r1.scoresheet").read_bytes()
    verify_sheet(signed, opened.bureau.round, opened.bureau.assignment)
    draft.write_bytes(draft.read_bytes()[:-3])
    status, _said, warned = run("continue", opened.path, draft)
    assert status == 1
    assert len(warned.strip().splitlines()) == 1
    assert "is refused: it is damaged" in warned
