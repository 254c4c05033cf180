"""The buttons over the indicator table: which one, an own copy, proposals, Excel."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer_app.core.messages import _
from reviewer_app.services.weighting import Weighting
from ui.components.button import Button
from ui.components.choice import Choice
from ui.components.flow import Flow
from ui.secretary.scheme_view import COMPARE, SchemeView


class SchemeTools(QWidget):
    """Every wish leaves it as a signal."""

    chosen = Signal(str)
    copied = Signal()
    levelled = Signal()
    mode_asked = Signal(str)
    file_chosen = Signal(object)
    save_chosen = Signal(object)
    table_chosen = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.scheme = Choice(_("Indicator table"))
        self.scheme.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.scheme.activated.connect(lambda: self.chosen.emit(str(self.scheme.currentData())))
        self.copy = _button(_("Own copy"))
        self.copy.clicked.connect(self.copied)
        self.level = _button(_("Level out to the sum"))
        self.level.clicked.connect(self.levelled)
        self.pairs = _button(_("Compare pairs (AHP)"))
        self.pairs.clicked.connect(lambda: self.mode_asked.emit(COMPARE))
        self.figures = Choice(_("From figures"))
        self.figures.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.figures.activated.connect(self._on_figures)
        self.read = _button(_("From Excel"))
        self.read.clicked.connect(self._on_read)
        self.write = _button(_("To Excel"))
        self.write.clicked.connect(self._on_write)
        self._edits = (self.copy, self.level, self.pairs, self.figures, self.read)
        self.setLayout(Flow(self.scheme, *self._edits, self.write, gap=6))

    def show_tools(self, view: SchemeView, *, editable: bool) -> None:
        """Show which table is in use and what may be done with it."""
        self.scheme.offer(list(view.schemes), view.scheme)
        self.scheme.setEnabled(editable)
        self.scheme.setToolTip(self.scheme.currentText())
        self.figures.offer(
            [
                ("", _("From figures")),
                (Weighting.ENTROPY.value, _("Entropy")),
                (Weighting.CRITIC.value, "CRITIC"),
            ],
            "",
        )
        for tool in self._edits:
            tool.setVisible(editable)
        self.copy.setVisible(editable and not view.own)
        self.level.setVisible(editable and not view.fits)

    def _on_figures(self) -> None:
        method = str(self.figures.currentData())
        if not method:
            return
        kinds = _("Lists (*.xlsx *.csv)")
        name, _kind = QFileDialog.getOpenFileName(self, _("From figures"), "", kinds)
        if name:
            self.table_chosen.emit(Path(name), method)

    def _on_read(self) -> None:
        kinds = _("Indicator tables (*.xlsx *.toml)")
        name, _kind = QFileDialog.getOpenFileName(self, _("From Excel"), "", kinds)
        if name:
            self.file_chosen.emit(Path(name))

    def _on_write(self) -> None:
        kinds = _("Indicator tables (*.xlsx *.toml)")
        start = f"{self.scheme.currentText()}.xlsx"
        name, _kind = QFileDialog.getSaveFileName(self, _("To Excel"), start, kinds)
        if name:
            self.save_chosen.emit(Path(name))


def _button(words: str) -> Button:
    return Button(words, size="compact")
