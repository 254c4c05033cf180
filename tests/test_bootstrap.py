import subprocess
import sys
from pathlib import Path

import pytest

from reviewer_app.bootstrap import choose_home, choose_language, wire
from reviewer_app.core.errors import StorageError
from reviewer_app.core.messages import Language


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "REVIEWER_APP_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("system", "language"),
    [
        ("zh_CN.UTF-8", Language.CHINESE),
        ("en_GB.UTF-8", Language.ENGLISH),
        ("C.UTF-8", Language.CHINESE),
        ("POSIX", Language.CHINESE),
        ("", Language.CHINESE),
        ("de_DE.UTF-8", Language.CHINESE),
    ],
)
def test_the_language_follows_the_system_chinese_when_in_doubt(
    system: str, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", system)
    assert choose_language(None) is language


def test_the_language_asked_for_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert choose_language("en") is Language.ENGLISH


def test_the_home_asked_for_wins_over_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVIEWER_APP_HOME", str(tmp_path / "env"))
    assert choose_home(tmp_path / "asked") == tmp_path / "asked"
    assert choose_home(None) == tmp_path / "env"


@pytest.mark.parametrize("gone", [True, False])
def test_a_bureau_that_lost_its_file_does_not_begin_anew(tmp_path: Path, *, gone: bool) -> None:
    home = tmp_path / "home"
    first = wire(home)
    with first.open_bureau() as unit:
        unit.set_setting("a", b"b")
        unit.commit()
    path = home / "bureau.db"
    for side in home.glob("bureau.db-*"):
        side.unlink()
    path.unlink()
    if not gone:
        path.touch()
    with pytest.raises(StorageError, match="has lost its content"):
        wire(home).open_bureau()
    (home / "keys" / "bureau.made").unlink()
    with wire(home).open_bureau() as unit:
        assert unit.setting("a") is None


def test_a_start_without_a_command_loads_none() -> None:
    program = (
        "import sys; from reviewer_app.cli import app; "
        "assert app.parse(['--language', 'en']).run is None; "
        "assert 'reviewer_app.cli.round' not in sys.modules; "
        "assert app.parse(['scheme', 'list']).run; "
        "assert 'reviewer_app.cli.round' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
