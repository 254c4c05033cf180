"""The Excel path on the compare page: a button with two ways, and a box under the head."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPlainTextEdit, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner
from ui.components.button import Button
from ui.expert.excel_presenter import CLOSE, ExcelView
from ui.look.scaling import column
from ui.look.theme import look

_LINES = 6


class ExcelCard(QWidget):
    """What a workbook changes, or what is wrong in it; ``button`` stands in the head.

    ``write_requested`` and ``read_requested`` carry the chosen file, ``acted`` the key of a
    button.
    """

    write_requested = Signal(object)
    read_requested = Signal(object)
    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self._view = ExcelView()
        self.button = Button(_("Excel"), kind="quiet", icon="file-spreadsheet")
        self.button.setAccessibleName(_("Score in Excel: a workbook out, a filled one in"))
        self.button.add_chevron()
        menu = QMenu(self)
        menu.addAction(_("Write a workbook to fill in …")).triggered.connect(self._on_write)
        menu.addAction(_("Read a filled workbook in …")).triggered.connect(self._on_read)
        self.button.setMenu(menu)
        self._banner = Banner()
        self._faults = QPlainTextEdit()
        self._faults.setReadOnly(True)
        self._faults.setTabChangesFocus(True)
        self._faults.setAccessibleName(_("Faults in the workbook"))
        self.setLayout(column(self._banner, self._faults, margins=(12, 6, 12, 6), gap=4))
        self.hide()

    def show_excel(self, view: ExcelView) -> None:
        """Show what is to be said, or nothing at all."""
        if view == self._view:
            return
        self._view = view
        message = view.message
        self.setVisible(bool(message.text))
        self._banner.say(message.text, view.then, tone=message.tone if message.text else "")
        self._banner.clear_buttons()
        for key, words in view.acts:
            button = Button(words, kind="quiet" if key == CLOSE else "", size="compact")
            button.clicked.connect(lambda _checked=False, key=key: self.acted.emit(key))
            self._banner.add_button(button)
        self._show_faults(view.faults)

    def _show_faults(self, faults: Sequence[str]) -> None:
        self._faults.setVisible(bool(faults))
        self._faults.setPlainText("\n".join(faults))
        lines = min(_LINES, len(faults))
        high = lines * self._faults.fontMetrics().lineSpacing() + look().px(22)
        self._faults.setFixedHeight(high)

    def _on_write(self) -> None:
        kinds = _("Excel workbooks (*.xlsx)")
        title = _("Write a workbook to fill in")
        name, _kind = QFileDialog.getSaveFileName(self, title, _("Scores.xlsx"), kinds)
        if name:
            self.write_requested.emit(Path(name))

    def _on_read(self) -> None:
        kinds = _("Excel workbooks and CSV (*.xlsx *.csv);;All files (*)")
        title = _("Read a filled workbook in")
        name, _kind = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self.read_requested.emit(Path(name))
