"""The recipe of docs/formats.md, run as it stands there: openssl alone checks a sheet."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.sheets.score_sheet import open_sheet_file, sheet_file
from tests.sheets.making import make_desk, rich_changes

FORMATS = Path(__file__).parents[2] / "docs" / "formats.md"
TOOLS = ("sh", "openssl", "od", "awk", "grep")
RICH = make_desk()
CHANGES, COMMENTS = rich_changes(RICH)

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason="the recipe needs openssl and a Unix shell"
)


def recipe() -> str:
    blocks: list[str] = re.findall(r"```sh\n(.*?)```", FORMATS.read_text("utf-8"), re.DOTALL)
    return next(block for block in blocks if "openssl dgst" in block)


def checked(data: bytes, folder: Path) -> bool:
    (folder / "x.scoresheet").write_bytes(data)
    run = ["sh", "-c", "f=x.scoresheet\n" + recipe()]
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode or "Verified OK" in done.stdout
    return done.returncode == 0


def sheets() -> list[bytes]:
    second: dict[str, Any] = {
        "revision": 2,
        "previous": bytes(range(32)),
        "reason": "计算有误",
    }
    return [
        RICH.seal(COMMENTS, **CHANGES),
        RICH.seal(**second),
        make_desk(1, 1).seal(),
        make_desk(12, 24).seal(),
    ]


@pytest.mark.parametrize("data", sheets())
def test_the_recipe_verifies_sound_sheets(data: bytes, tmp_path: Path) -> None:
    assert checked(data, tmp_path)


def test_the_recipe_finds_what_was_altered(tmp_path: Path) -> None:
    sheet, comments = open_sheet_file(RICH.seal(COMMENTS, **CHANGES))
    for place in (60, 120, len(sheet) - 40, len(sheet) - 5):
        altered = sheet[:place] + bytes([sheet[place] ^ 1]) + sheet[place + 1 :]
        assert not checked(sheet_file(altered, comments), tmp_path), place
