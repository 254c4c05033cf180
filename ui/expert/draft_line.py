"""Where the drafts go: a button in the top bar, a line below it while there is a question."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QMenu, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import ICONS
from ui.components.button import Button
from ui.components.text import Icon, label
from ui.expert.draft_presenter import Asking, DraftView
from ui.look.scaling import column, empty, row
from ui.look.theme import set_property
from ui.views import Act

_TONES = {Asking.OFFER: "", Asking.TOLD: "ok", Asking.TROUBLE: "warn"}


class DraftLine(QWidget):
    """The line under the top bar; ``button`` stands in the top bar."""

    chosen = Signal(object)
    write_requested = Signal()
    declined = Signal()
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self._view: DraftView | None = None
        self._narrow = False
        self.button = Button("", kind="quiet", icon="usb", size="compact")
        self._menu = QMenu(self)
        self.button.setMenu(self._menu)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.button.hide()
        self._icon = Icon("info", 18, "accent")
        self._words = label("", "small", wrap=True)
        self._buttons = row(gap=8)
        self._box = QFrame()
        self._box.setProperty("kind", "banner")
        line = row(margins=(14, 6, 8, 6), gap=12)
        line.put(self._icon)
        line.addWidget(self._words, 1)
        line.addLayout(self._buttons)
        self._box.setLayout(line)
        self.setLayout(column(self._box, margins=(12, 6, 12, 6)))
        self.hide()

    def show_draft(self, view: DraftView) -> None:
        """Show where the last draft went, and the question if there is one."""
        before, self._view = self._view, view
        self._show_button(view)
        self.setVisible(view.asking is not Asking.NOTHING)
        if view.asking is Asking.NOTHING or (before and _question(before) == _question(view)):
            return
        tone = _TONES[view.asking]
        set_property(self._box, "state", tone)
        self._icon.show_icon(ICONS[tone], tone or "accent")
        self._words.setText(f"{view.what}　{view.then}")
        self._box.setAccessibleName(f"{view.what} {view.then}")
        empty(self._buttons)
        if view.asking is Asking.TOLD:
            self._add(_("Understood"), self.declined.emit)
            return
        if view.asking is Asking.TROUBLE:
            self._add(_("Try again"), self.write_requested.emit)
        for place in view.places:
            words = _("Keep it on {place}").format(place=place.root)
            self._add(words, partial(self.chosen.emit, place.root))
        self._add(_("Another place"), self._on_other)
        self._add(_("Not now"), self.declined.emit, kind="quiet")

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave the words of the button out where the top bar has no room for them."""
        self._narrow = narrow
        if self._view:
            self._show_button(self._view)

    def _show_button(self, view: DraftView) -> None:
        self.button.show()
        self.button.show_words("" if self._narrow else view.words, icon=view.icon)
        self.button.setToolTip(view.hint)
        self.button.setAccessibleName(f"{view.words}，{view.hint}")
        self.resized.emit()

    def _add(self, words: str, act: Act, kind: str = "") -> None:
        button = Button(words, kind=kind, size="compact")
        button.setFocusPolicy(
            Qt.FocusPolicy.TabFocus
        )  # a click leaves the keyboard at the marks
        button.clicked.connect(lambda _checked: act())
        self._buttons.addWidget(button)
        button.show()

    def _fill_menu(self) -> None:
        self._menu.clear()
        if self._view is None:
            return
        self._menu.addAction(self._view.hint).setEnabled(False)
        self._menu.addSeparator()
        if self._view.chosen:
            self._menu.addAction(_("Write a draft now")).triggered.connect(self.write_requested)
        self._menu.addAction(_("Choose where drafts go …")).triggered.connect(self._on_other)

    def _on_other(self) -> None:
        start = self._view.chosen if self._view else ""
        folder = QFileDialog.getExistingDirectory(self, _("Where drafts go"), start)
        if folder:
            self.chosen.emit(Path(folder))


def _question(view: DraftView) -> tuple[object, ...]:
    return view.asking, view.what, view.then, view.places
