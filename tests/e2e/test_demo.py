import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest

from tests.e2e.conftest import DemoRun, reviewer


def stand_alone(demo: DemoRun, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    with zipfile.ZipFile(demo.archive) as archive:
        program = demo.out.parent / "verify.py"
        program.write_bytes(archive.read("verify.py"))
    return subprocess.run(
        [sys.executable, "-I", str(program), *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
        check=False,
    )


def test_it_leaves_packs_sheets_papers_and_an_archive(demo: DemoRun) -> None:
    assert len(demo.document["packs"]) == 7
    assert len(demo.document["sheets"]) == 7
    pdfs = [path for path in demo.document["papers"] if path.endswith(".pdf")]
    assert len(pdfs) >= 10
    assert all(Path(path).stat().st_size for path in demo.document["papers"])


def test_both_verifiers_pass_the_archive(demo: DemoRun) -> None:
    bureau = demo.document["bureau_fingerprint"]
    own = reviewer("verify", demo.archive, "--bureau-key", bureau, home=demo.out.parent / "v")
    assert own.status == 0, own.out
    alone = stand_alone(demo, demo.archive, "--bureau-key", bureau)
    assert alone.returncode == 0, alone.stdout
    assert "未算" not in alone.stdout


def test_one_changed_byte_in_a_sheet_is_named(demo: DemoRun, tmp_path: Path) -> None:
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(demo.archive) as old, zipfile.ZipFile(bad, "w") as new:
        for info in old.infolist():
            data = bytearray(old.read(info))
            if info.filename == "sheets/04-r1.scoresheet":
                data[len(data) // 2] ^= 1
            new.writestr(info, bytes(data))
    own = reviewer("verify", bad, home=tmp_path / "home")
    alone = stand_alone(demo, bad)
    for status, text in ((own.status, own.out), (alone.returncode, alone.stdout)):
        assert status == 1
        assert "sheets/04-r1.scoresheet" in text


def test_the_results_in_the_archive_are_those_of_the_digest(demo: DemoRun) -> None:
    with zipfile.ZipFile(demo.archive) as archive:
        data = archive.read("results.json")
    assert hashlib.sha256(data).hexdigest() == demo.document["digest"]
    results = json.loads(data)
    assert len(results["applications"]) == 12
    assert [sheet["expert"] for sheet in results["sheets"]] == [f"{n:02d}" for n in range(1, 8)]
    ranks = sorted(each["rank"] for each in results["applications"])
    assert ranks[0] == 1


def test_the_recused_application_counts_one_sheet_less(demo: DemoRun) -> None:
    with zipfile.ZipFile(demo.archive) as archive:
        results = json.loads(archive.read("results.json"))
    seven = next(each for each in results["applications"] if each["application"] == "07")
    assert {"expert": "03", "why": "recused"} in seven["not_scored"]
    assert seven["sheets"] == 7 - len(seven["not_scored"])


def test_every_paper_embeds_its_fonts(demo: DemoRun) -> None:
    for name in demo.document["papers"]:
        if not name.endswith(".pdf"):
            continue
        with pikepdf.open(name) as pdf:
            for page in pdf.pages:
                for font in page.Resources.get("/Font", {}).values():
                    assert "FontFile" in repr(_descriptor(font)), name


def _descriptor(font: pikepdf.Object) -> list[str]:
    inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
    return list(inner["/FontDescriptor"].keys())


def test_the_files_verify_one_by_one(demo: DemoRun, tmp_path: Path) -> None:
    paper = demo.document["sheets"][0].replace(".scoresheet", ".pdf")
    for file in (demo.document["packs"][0], demo.document["sheets"][0], paper):
        ran = reviewer("verify", file, "--json", home=tmp_path)
        assert ran.status == 0, ran.out + ran.err
        (found,) = ran.json()["files"]
        assert found["ok"]


def test_no_home_holds_a_mark_or_name_in_clear(demo: DemoRun) -> None:
    for home in (demo.out / "bureau", demo.out / "laptops"):
        for path in home.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                assert "沈知行".encode() not in data, path
                assert "建设方案".encode() not in data, path


def test_it_refuses_a_folder_that_is_in_use(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    ran = reviewer("demo", "--out", tmp_path, home=tmp_path / "home")
    assert (tmp_path / "letters").is_dir()
    assert ran.status == 1
    assert len(ran.err.strip().splitlines()) == 1
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("junk", [b"", b"PK\x05\x06" + bytes(18), b"\x00" * 100, b"%PDF-1.7"])
def test_verify_of_anything_else_is_one(junk: bytes, tmp_path: Path) -> None:
    path = tmp_path / "junk"
    path.write_bytes(junk)
    ran = reviewer("verify", path, home=tmp_path / "home")
    assert ran.status == 1
    assert "Traceback" not in ran.err
