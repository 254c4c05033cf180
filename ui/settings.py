"""What the windows remember on this machine: look, language, places, what was open last.

Kept in ``windows.ini`` in the program's home, so that a copied home takes it along. No score,
passcode or material is ever written here.
"""

import json
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from reviewer_app.core.messages import Language
from ui.look.theme import TEXT_SIZES, Mode
from ui.recent import RecentPack

_RECENT = "recent"
_MOST = 12


class Settings:
    """The choices of this machine; every change is on the disk when its setter returns."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._store = QSettings(str(home / "windows.ini"), QSettings.Format.IniFormat)

    def mode(self) -> Mode:
        """Return light, dark or as the system has it."""
        text = str(self._store.value("mode", Mode.SYSTEM.value))
        return Mode(text) if text in set(Mode) else Mode.SYSTEM

    def set_mode(self, mode: Mode) -> None:
        """Remember light, dark or system."""
        self._set("mode", mode.value)

    def language(self) -> Language | None:
        """Return the language chosen here, None if nobody chose."""
        text = str(self._store.value("language", ""))
        return Language(text) if text in set(Language) else None

    def set_language(self, language: Language) -> None:
        """Remember the language."""
        self._set("language", language.value)

    def text_size(self, door: str, usual: int = 100) -> int:
        """Return the text size of a door in percent; the expert's starts larger."""
        try:
            size = int(str(self._store.value(f"text-size/{door}", usual)))
        except ValueError:
            return usual
        return size if size in TEXT_SIZES else usual

    def set_text_size(self, door: str, size: int) -> None:
        """Remember the text size of a door."""
        self._set(f"text-size/{door}", str(size))

    def state(self, name: str) -> QByteArray:
        """Return a remembered place of window or splitter, empty if there is none."""
        value = self._store.value(f"state/{name}", QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_state(self, name: str, state: QByteArray) -> None:
        """Remember where a window or splitter stands."""
        self._store.setValue(f"state/{name}", state)

    def recent(self) -> list[RecentPack]:
        """Return the packs opened here, the last one first; unreadable entries are skipped."""
        try:
            entries = json.loads(str(self._store.value(_RECENT, "[]")))
            return [RecentPack(**entry) for entry in entries]
        except (TypeError, ValueError):
            return []

    def remember(self, pack: RecentPack) -> None:
        """Put a pack at the head of the list."""
        others = [each for each in self.recent() if each.pack_id != pack.pack_id]
        self._set(_RECENT, json.dumps([asdict(each) for each in [pack, *others][:_MOST]]))

    def forget(self, pack_id: str) -> None:
        """Take a pack off the list."""
        kept = [asdict(each) for each in self.recent() if each.pack_id != pack_id]
        self._set(_RECENT, json.dumps(kept))

    def _set(self, name: str, value: str) -> None:
        self._store.setValue(name, value)
        self._store.sync()
