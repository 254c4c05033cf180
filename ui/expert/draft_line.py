"""Where the drafts go: a button in the top bar, a line below it while there is a question."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner
from ui.components.button import Button
from ui.expert.draft_presenter import Asking, DraftView
from ui.look.scaling import column
from ui.views import Act

_TONES = {Asking.OFFER: "", Asking.TOLD: "ok", Asking.TROUBLE: "warn"}


class DraftLine(QWidget):
    """The line under the top bar; ``button`` stands in the top bar."""

    chosen = Signal(object)
    write_requested = Signal()
    declined = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self._view: DraftView | None = None
        self.button = Button("", kind="quiet", icon="usb", size="compact")
        self._menu = QMenu(self)
        self.button.setMenu(self._menu)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.button.hide()
        self._banner = Banner()
        body = column(self._banner, margins=(20, 8, 20, 8))
        self.setLayout(body)
        self.hide()

    def show_draft(self, view: DraftView) -> None:
        """Show where the last draft went, and the question if there is one."""
        before, self._view = self._view, view
        self.button.show()
        self.button.show_words(view.words, icon=view.icon)
        self.button.setToolTip(view.hint)
        self.button.setAccessibleName(f"{view.words}，{view.hint}")
        self.setVisible(view.asking is not Asking.NOTHING)
        if view.asking is Asking.NOTHING or (before and _question(before) == _question(view)):
            return
        self._banner.say(view.what, view.then, tone=_TONES[view.asking])
        self._banner.clear_buttons()
        if view.asking is Asking.TOLD:
            self._add(_("Understood"), self.declined.emit)
            return
        if view.asking is Asking.TROUBLE:
            self._add(_("Try again"), self.write_requested.emit)
        for place in view.places:
            words = _("Keep it on {place}").format(place=place.root)
            self._add(words, partial(self.chosen.emit, place.root))
        self._add(_("Another place"), self._on_other, kind="quiet")
        self._add(_("Not now"), self.declined.emit, kind="quiet")

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave the button out where the top bar has no room for it."""
        self.button.setVisible(not narrow and self._view is not None)

    def _add(self, words: str, act: Act, kind: str = "") -> None:
        button = Button(words, kind=kind, size="compact")
        button.setFocusPolicy(
            Qt.FocusPolicy.TabFocus
        )  # a click leaves the keyboard at the marks
        button.clicked.connect(lambda _checked: act())
        self._banner.add_button(button)

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
