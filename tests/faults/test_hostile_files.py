"""A12–A14, A16–A18: hostile files, names and paths through the real commands."""

import json
import os
import shutil
from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError
from reviewer_app.core.marks import scored
from reviewer_app.inputs.lists import read_experts
from reviewer_app.inputs.numbering import AS_TYPED
from reviewer_app.sheets.codes import join, split
from reviewer_app.sheets.score_sheet import open_sheet_file
from tests.faults import altering, forging
from tests.faults.commands import Commands
from tests.faults.conftest import Trials
from tests.inputs.files import DESCRIPTION, package, xlsx
from tests.inputs.test_round_file import ROUND
from tests.services.day import Day
from tests.services.laptop import Pack
from tests.sheets.making import make_desk

OTHER_SUFFIXES = (".scoresheet", ".pdf", ".png", ".txt", ".tif")
PASSCODE = "2ABCX-3DEFG-4HJKM-5NPQR"


@pytest.fixture
def commands(
    day: Day, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Commands:
    altering.close(day)
    monkeypatch.setenv("REVIEWER_APP_PASSCODE", PASSCODE)
    return Commands(day.folder / "home", capsys)


def corpus(fixtures: Path, *kinds: str) -> list[Path]:
    folder = fixtures / "corpora"
    return [path for kind in kinds for path in sorted((folder / kind).rglob("*.*"))]


def around(folder: Path) -> set[Path]:
    """Return every file that must stay the only one: nothing is written outside."""
    return {path for path in folder.rglob("*") if path.is_file() and "home" not in path.parts}


def test_hostile_files_are_no_pack_sheet_scan_or_archive(
    commands: Commands, day: Day, fixtures: Path, tmp_path: Path, trials: Trials
) -> None:
    """A12–A14, A17: every file of the corpora to verify, expert open and round collect."""
    files = corpus(fixtures, "zip", "xlsx", "xml", "pdf", "qr")[:: trials.step(24)]
    assert files
    for number, path in enumerate(files):
        copy = tmp_path / f"x{number}{path.suffix}"
        shutil.copyfile(path, copy)
        before = around(tmp_path)
        commands.refused("verify", copy)
        commands.refused("expert", "open", copy)
        renamed = tmp_path / f"x{number}{OTHER_SUFFIXES[number % len(OTHER_SUFFIXES)]}"
        copy.rename(renamed)
        commands.refused("round", "collect", day.round_id, renamed)
        renamed.rename(copy)
        assert around(tmp_path) == before
        copy.unlink()
    trials.survived("A12-A14 corpora", 3 * len(files))


def damaged(data: bytes, seed: int) -> bytes:
    """Return the bytes with a few flipped, cut out, repeated or put in."""
    luck, changed = forging.chance(seed), bytearray(data)
    for _deed in range(luck.randint(1, 6)):
        place = luck.randrange(len(changed))
        match luck.randint(0, 3):
            case 0:
                changed[place] ^= 1 << luck.randint(0, 7)
            case 1:
                del changed[place : place + luck.randint(1, 40)]
            case 2:
                changed[place:place] = changed[place : place + luck.randint(1, 40)]
            case _:
                changed[place:place] = luck.randbytes(luck.randint(1, 20))
    return bytes(changed)


def test_damaged_packs_and_archives_are_refused_or_told(
    commands: Commands, tmp_path: Path, trials: Trials
) -> None:
    """A12: fuzzed packs; a pack damaged where nobody looks is still one that opens wrong."""
    pack = Pack(tmp_path, 8, 3)
    data, count = pack.path.read_bytes(), trials.count(951, 20)
    for trial in range(count):
        path = forging.write(tmp_path / "fuzzed.reviewpack", damaged(data, trial))
        before = around(tmp_path)
        commands.run("verify", path)
        assert around(tmp_path) == before
    trials.survived("A12 fuzzed packs", count)


def test_hostile_packages_and_lists_make_no_round(
    commands: Commands, fixtures: Path, tmp_path: Path, trials: Trials
) -> None:
    """A12, A13: as an application's ZIP, and as the list of experts."""
    package(tmp_path / "applications/01", DESCRIPTION.replace("03", "01"))
    file = forging.write(tmp_path / "ROUND.toml", ROUND.encode())
    tried = 0
    for path in corpus(fixtures, "zip")[:: trials.step(12)]:
        hostile = tmp_path / "applications" / "02.zip"
        shutil.copyfile(path, hostile)
        (tmp_path / "experts.csv").write_text("编号,姓名,工作单位\n1,甲,乙\n", "utf-8")
        commands.refused("round", "new", file)
        hostile.unlink()
        tried += 1
    listed = forging.write(
        tmp_path / "LISTED.toml", ROUND.replace("experts.csv", "experts.xlsx").encode()
    )
    for path in corpus(fixtures, "xlsx", "xml", "zip")[:: trials.step(16)]:
        shutil.copyfile(path, tmp_path / "experts.xlsx")
        commands.refused("round", "new", listed)
        tried += 1
    trials.survived("A12-A13 round new", tried)


def test_formula_cells_are_no_scores(
    tmp_path: Path, commands: Commands, trials: Trials
) -> None:
    """A13: a workbook whose score is a formula."""
    rows = [["application", "expert", "indicator", "score"], ["A1", "E1", "6.1", "=40+40"]]
    path = xlsx(tmp_path / "marks.xlsx", *rows)
    said = commands.refused("aggregate", path)
    assert "D2" in said.err or "2" in said.err
    trials.survived("A13 formula scores", 1)


def name_read(path: Path) -> str | None:
    """Return the expert's name as it would be stored, or None where it is refused."""
    try:
        experts, _warnings = read_experts(path, AS_TYPED)
    except InputError:
        return None
    return experts[0].name


def test_names_are_stored_unchanged_or_refused(
    fixtures: Path, tmp_path: Path, trials: Trials
) -> None:
    """A16: the big list of naughty strings as the name of an expert."""
    names = json.loads((fixtures / "corpora/text/blns.json").read_text("utf-8"))
    names = [*names, "\ud800", "甲\u202e乙", "甲\u200b", "\x00", "甲" * 10_000, "<b>甲</b>"]
    names = names[:: trials.step(20)]
    for name in names:
        field = '"' + name.replace('"', '""') + '"'
        text = f"编号,姓名,工作单位\n1,{field},乙\n"
        path = forging.write(tmp_path / "experts.csv", text.encode("utf-8", "surrogatepass"))
        found = name_read(path)
        assert found is None or found in (name, name.strip())
    trials.survived("A16 names", len(names))


def large_sheet(seed: int) -> bytes:
    """Return a sheet whose random marks fill several codes."""
    desk, luck = make_desk(60, 24), forging.chance(seed)
    marks = {
        number: {code: scored(luck.randint(0, 100)) for code in row}
        for number, row in desk.content().marks.items()
    }
    return open_sheet_file(desk.seal(marks=marks))[0]


def test_parts_of_codes_never_make_a_mixture(trials: Trials) -> None:
    """A17: parts of three sheets, some missing, repeated, swapped or damaged, in any order."""
    sheets = [large_sheet(number) for number in range(3)]
    parts = [split(sheet) for sheet in sheets]
    assert min(map(len, parts)) > 1
    count = trials.count(500, 40)
    for trial in range(count):
        luck = forging.chance(trial)
        texts = [text for each in parts for text in each if luck.random() < 0.8]
        texts += luck.sample(texts, min(3, len(texts)))
        hurt = luck.random() < 0.3
        if hurt:
            at = luck.randrange(len(texts))
            one = luck.randrange(12, len(texts[at]))
            texts[at] = texts[at][:one] + luck.choice("0123ABC") + texts[at][one + 1 :]
        luck.shuffle(texts)
        whole = {each.sheet for each in join(texts).whole}
        assert whole <= set(sheets)
        there = {s for s, mine in zip(sheets, parts, strict=True) if set(mine) <= set(texts)}
        assert hurt or whole == there
    trials.survived("A17 mixed codes", count)


def strange_paths(folder: Path) -> list[Path]:
    """Return things in a file system that are no files."""
    fifo, loop, other = folder / "f.scoresheet", folder / "a.pdf", folder / "b.pdf"
    os.mkfifo(fifo)
    loop.symlink_to(other)
    other.symlink_to(loop)
    directory = folder / "d.scoresheet"
    directory.mkdir()
    (directory / "inner").symlink_to(folder, target_is_directory=True)
    dangling = folder / "gone.reviewpack"
    dangling.symlink_to(folder / "nowhere")
    named = folder / "$(touch pwned);`id`|&'\".zip"
    named.write_bytes(b"PK\x03\x04")
    return [
        fifo,
        loop,
        directory,
        dangling,
        named,
        Path("/dev/zero"),
        Path("/dev/null"),
        folder / "none",
    ]


@pytest.mark.skipif(os.name == "nt", reason="these do not exist there")
def test_paths_that_are_no_files_are_refused(
    commands: Commands, day: Day, tmp_path: Path, trials: Trials
) -> None:
    """A18: a FIFO, a device, loops, a folder, a name for a shell; nothing hangs or runs."""
    folder = tmp_path / "strange"
    folder.mkdir()
    tried = 0
    for path in strange_paths(folder):
        commands.run("verify", path)
        commands.refused("expert", "open", path)
        commands.run("round", "collect", day.round_id, path)
        commands.refused("round", "new", path)
        commands.refused("round", "import", path)
        tried += 5
    assert not list(tmp_path.rglob("pwned"))
    assert not Path("pwned").exists()
    trials.survived("A18 paths", tried)
