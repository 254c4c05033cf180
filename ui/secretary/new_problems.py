"""What hinders a new round, fault by fault: its place, what is wrong, the file to open."""

import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from ui.components.button import Button
from ui.components.card import Card
from ui.components.flow import Flow
from ui.components.text import Icon, label, rule
from ui.look.scaling import column, empty, row
from ui.secretary.page import held


class ProblemsCard(Card):
    """Stays until the round can be made; a button opens the file in which faults stand."""

    def __init__(self) -> None:
        super().__init__(gap=6, state="bad")
        self._title = label("", "strong", wrap=True)
        advice = _("Nothing was kept. Correct it and create the round again.")
        self._lines, self._files = column(gap=0), Flow()
        self.body.put(
            row(Icon("circle-x", 18, "bad"), self._title, None, gap=8),
            label(advice, "small", "2", wrap=True),
            held(self._files),
            self._lines,
        )

    def show_problems(self, text: str, files: Mapping[str, Path]) -> None:
        """Show every line of ``text``; ``files`` are those that can be opened, by name."""
        lines = [line for line in text.splitlines() if line.strip()]
        self.setVisible(bool(lines))
        words = _("{count} places to put right").format(count=len(lines))
        self._title.setText(words if len(lines) > 1 else _("One place to put right"))
        empty(self._lines)
        empty(self._files)
        for line in lines:
            self._lines.addWidget(_line(line))
        for name, path in files.items():
            if any(line.startswith(name) for line in lines):
                self._files.addWidget(_opener(name, path))
        self.setAccessibleName(text)


def _line(text: str) -> QWidget:
    """Return one fault; its place stands bold above what is wrong there."""
    place, *words = re.split(r": |：", text, maxsplit=1)
    lane = column(margins=(0, 6, 0, 6), gap=1)
    lane.put(label(place, "small-strong" if words else "small", wrap=True))
    lane.put(*(label(each, "small", wrap=True) for each in words))
    return held(column(rule(), held(lane)), text)


def _opener(name: str, path: Path) -> Button:
    button = Button(_("Open {file}").format(file=name), icon="file-text", size="compact")
    button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
    return button
