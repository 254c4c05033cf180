"""The second scoring in the opinions' place: its step, the experts, what to do next."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner
from ui.components.button import Button
from ui.components.card import Card
from ui.components.chip import StateLine
from ui.components.lines import Field
from ui.components.text import code, label
from ui.look.scaling import column, empty, fix, row
from ui.secretary.page import held
from ui.secretary.second_presenter import SecondLine, SecondView

_STATEMENT = "复评封存单.pdf"


class SecondPane(QWidget):
    """Every wish leaves it as a signal."""

    reason_typed = Signal(str)
    open_requested = Signal()
    folder_chosen = Signal(object)
    files_chosen = Signal(object)
    end_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self._shown: tuple[SecondLine, ...] = ()
        self._notice = Banner()
        self._notice.hide()
        self.setLayout(
            column(self._notice, self._make_step(), self._make_experts(), None, gap=12)
        )

    def show_second(self, view: SecondView | None) -> None:
        """Show how the second scoring stands."""
        if view is None:
            return
        self._words.setText(view.words)
        self._rule.setText(view.rule)
        before, going = view.step == "before", view.step == "open"
        self._reason_box.setVisible(before)
        needed = _("Why it is held (required: the rules foresee none)")
        self._reason_label.setText(needed if view.reason_needed else _("Why it is held"))
        if self.reason.text() != view.reason:
            self.reason.setText(view.reason)
        self.open.setVisible(before)
        for button in (self.hand_out, self.take_in, self.end):
            button.setVisible(going)
        self._experts.setVisible(not before and bool(view.lines))
        if view.lines != self._shown:
            self._show_lines(view.lines)
        tone = view.notice.tone if view.notice.tone in ("ok", "warn", "bad") else ""
        self._notice.say(view.notice.text, "", tone)
        self._notice.setVisible(bool(view.notice.text))

    # -- building

    def _make_step(self) -> Card:
        self._words = label("", "", wrap=True)
        self._rule = label("", "small", "2", wrap=True)
        self.reason = Field()
        self.reason.setAccessibleName(_("Why it is held"))
        self.reason.textEdited.connect(self.reason_typed)
        self._reason_label = label("", "small", "2", wrap=True)
        self._reason_box = held(column(self._reason_label, self.reason, gap=4))
        self.open = Button(_("Open the second scoring"), icon="history")
        self.open.clicked.connect(self.open_requested)
        self.hand_out = Button(_("Write the feedback files"), icon="hard-drive")
        self.hand_out.clicked.connect(self._on_hand_out)
        self.take_in = Button(_("Take in second sheets"), icon="folder-open")
        self.take_in.clicked.connect(self._on_take_in)
        self.end = Button(_("End the second scoring"), icon="lock")
        self.end.clicked.connect(self._on_end)
        return Card(
            label(_("Second scoring"), "card-title"),
            self._words,
            self._rule,
            self._reason_box,
            row(self.open, self.hand_out, self.take_in, self.end, None, gap=8),
            margins=(16, 10, 16, 12),
            gap=8,
        )

    def _make_experts(self) -> Card:
        self._rows = column(gap=6)
        self._experts = Card(
            label(_("Experts"), "card-title"),
            self._rows,
            margins=(16, 10, 16, 12),
            gap=8,
        )
        return self._experts

    def _show_lines(self, lines: tuple[SecondLine, ...]) -> None:
        self._shown = lines
        empty(self._rows)
        for each in lines:
            name = label(f"{each.expert}　{each.name}")
            fix(name, width=180)
            shown = StateLine(each.state)
            fix(shown, width=150)
            receipt = code()
            receipt.setText(each.receipt)
            self._rows.addWidget(held(row(name, shown, receipt, None, gap=12)))

    # -- acts

    def _on_hand_out(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Write the feedback files"))
        if name:
            self.folder_chosen.emit(Path(name))

    def _on_take_in(self) -> None:
        kinds = _("Score sheets and scans (*.scoresheet *.pdf *.png *.jpg *.tif)")
        names, _kind = QFileDialog.getOpenFileNames(self, _("Take in second sheets"), "", kinds)
        if names:
            self.files_chosen.emit([Path(name) for name in names])

    def _on_end(self) -> None:
        words = _("Where to write the statement; ending cannot be undone")
        name, _kind = QFileDialog.getSaveFileName(self, words, _STATEMENT, "PDF (*.pdf)")
        if name:
            self.end_requested.emit(Path(name))
