from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from reviewer_app.core.messages import Language
from ui.look.theme import Mode
from ui.recent import RecentPack
from ui.settings import Settings


def test_choices_are_there_after_a_restart(app: QApplication, tmp_path: Path) -> None:
    assert app
    settings = Settings(tmp_path / "中文 home")
    settings.set_mode(Mode.DARK)
    settings.set_language(Language.CHINESE)
    settings.set_text_size("expert", 150)
    settings.set_state("window", QByteArray(b"abc"))
    again = Settings(tmp_path / "中文 home")
    assert (again.mode(), again.language()) == (Mode.DARK, Language.CHINESE)
    assert again.text_size("expert", 125) == 150
    assert again.text_size("start") == 100
    assert again.state("window") == QByteArray(b"abc")
    assert again.state("other").isEmpty()


def test_a_damaged_file_of_choices_is_not_obeyed(app: QApplication, tmp_path: Path) -> None:
    assert app
    (tmp_path / "windows.ini").write_text(
        "[General]\nmode=purple\nlanguage=xx\nrecent=[1,2\n[text-size]\nexpert=big\n"
    )
    settings = Settings(tmp_path)
    assert settings.mode() is Mode.SYSTEM
    assert settings.language() is None
    assert settings.text_size("expert", 125) == 125
    assert settings.recent() == []


def test_the_last_used_pack_comes_first_and_once(app: QApplication, tmp_path: Path) -> None:
    assert app
    settings = Settings(tmp_path)
    for number in range(15):
        settings.remember(RecentPack(f"id{number}", "t", "02", "2026-11-21T14:03:21"))
    settings.remember(RecentPack("id9", "new", "02", "2026-11-21T15:00:00", "04", 3, 12))
    recent = settings.recent()
    assert [pack.pack_id for pack in recent][:2] == ["id9", "id14"]
    assert len(recent) == 12
    settings.forget("id9")
    assert "id9" not in [pack.pack_id for pack in settings.recent()]
