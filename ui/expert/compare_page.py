"""The compare page: the matrix, the cell in words, own ranking, what is missing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QWidget

from reviewer_app.core.messages import _
from ui.components.bars import FootBar
from ui.components.button import Button
from ui.components.matrix import MatrixTable
from ui.components.segments import Segments
from ui.components.shortcuts import REDO, UNDO, listen
from ui.components.text import Icon, label, post, rule
from ui.expert.compare_side import CompareSide
from ui.expert.compare_views import CompareView, Order
from ui.expert.excel_card import ExcelCard
from ui.look.scaling import column, empty, fix, row
from ui.look.theme import look

_NARROW, _ROOMY = 1000, 1300


class LevelLegend(QFrame):
    """One level's fill with its word."""

    def __init__(self, words: str, place: int) -> None:
        super().__init__()
        self.setProperty("kind", f"level-{min(place, 3) + 1}")
        self.setLayout(row(label(words, "small"), margins=(7, 0, 7, 0)))
        fix(self, height=22)


class ComparePage(QWidget):
    """Own marks side by side; every wish leaves it as a signal."""

    moved = Signal(str, str)
    edited = Signal(str, str, str)
    item_requested = Signal()
    gap_opened = Signal(str, str)
    gap_requested = Signal()
    order_chosen = Signal(str)
    transposed = Signal(bool)
    undo_requested = Signal()
    redo_requested = Signal()
    next_requested = Signal()
    back_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.matrix = MatrixTable(_("My scores"))
        self._side = CompareSide()
        self.excel = ExcelCard()
        self._build()
        self._wire()

    def show_compare(self, view: CompareView) -> None:
        """Show the page as it stands."""
        self._subtitle.setText(view.subtitle)
        self._show_legend(view.levels)
        self._sides.choose("rows" if view.transposed else "columns")
        words = {Order.NUMBER: _("Order: number"), Order.TOTAL: _("Order: my total")}
        self._order.show_words(words[view.order])
        self.matrix.show_matrix(view.matrix)
        blocked = self.matrix.blockSignals(True)  # noqa: FBT003 - Qt's own switch
        if not self._editing():
            self.matrix.select(view.row, view.column)
        self.matrix.blockSignals(blocked)
        self._side.show_side(view)
        self._done.setText(view.done)
        shape = ("circle-check", "ok") if view.complete else ("circle-dashed", "warn")
        self._shape.show_icon(*shape)
        self._reasons.setText(_("low marks without reason {count}").format(count=view.reasons))
        self._reasons_box.setVisible(view.reasons > 0)
        self._others.setText(view.others)
        self._undo.setEnabled(view.can_undo)
        self.foot.show_foot(view.foot)

    def begin(self) -> None:
        """Give the keyboard to the matrix."""
        self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to scoring."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the whole width to the matrix where the window is narrow."""
        super().resizeEvent(event)
        narrow = self.width() / look().scale < _NARROW
        self.matrix.set_narrow(narrow=narrow)
        self._side.setVisible(not narrow or self._aside.isChecked())
        self._aside.setVisible(narrow)
        self._subtitle.setVisible(self.width() / look().scale >= _ROOMY)
        for part in (self._legend_box, self._others):
            part.setVisible(not narrow)

    def _editing(self) -> bool:
        return self.matrix.state() is QAbstractItemView.State.EditingState

    def _build(self) -> None:
        body = row(gap=0)
        body.addWidget(self.matrix, 1)
        body.put(post())
        body.addWidget(self._side)
        page = column(self._make_head(), rule(), self.excel)
        page.addLayout(body, 1)
        page.addWidget(self._make_foot())
        self.setLayout(page)

    def _make_head(self) -> QWidget:
        self._subtitle = label("", "small", "2")
        self._legend = row(gap=4)
        self._sides = Segments(
            _("Rows"),
            [("columns", _("Indicators as rows")), ("rows", _("Applications as rows"))],
        )
        self._aside = Button(_("My ranking"), kind="quiet")
        self._aside.setCheckable(True)
        self._aside.toggled.connect(self._on_aside)
        self._legend_box = QWidget()
        self._legend_box.setLayout(self._legend)
        self._order = Button("", icon="arrow-up-down")
        self._order.add_chevron()
        menu = QMenu(self)
        for order, words in (
            (Order.NUMBER, _("By number")),
            (Order.TOTAL, _("By my total")),
        ):
            action = menu.addAction(words)
            action.triggered.connect(lambda _c=False, o=order: self.order_chosen.emit(o))
        self._order.setMenu(menu)
        head = QWidget()
        head.setProperty("ground", "rail")
        line = row(label(_("Compare"), "card-title"), margins=(16, 4, 16, 4), gap=12)
        line.addWidget(self._subtitle)
        line.addStretch(1)
        line.addWidget(self._legend_box)
        line.put(self._aside, self.excel.button, self._sides, self._order)
        head.setLayout(line)
        return head

    def _make_foot(self) -> FootBar:
        self._shape = Icon("circle-dashed", 18, "warn")
        self._done = label("", "strong")
        self._reasons = label("", "strong")
        self._others = label("", "small", "2")
        self._reasons_box = QWidget()
        self._reasons_box.setLayout(
            row(Icon("triangle-alert", 18, "warn"), self._reasons, gap=7)
        )
        self.foot = FootBar(self._shape, self._done, 6, self._reasons_box, 6, self._others)
        self._undo = Button(_("Undo"), icon="undo-2", key="Ctrl Z", size="tall")
        self._undo.clicked.connect(self.undo_requested)
        self.foot.add_button(self._undo)
        self.foot.asked.connect(self.next_requested)
        return self.foot

    def _wire(self) -> None:
        self.matrix.moved.connect(self.moved)
        self._side.gap_opened.connect(self.gap_opened)
        self.matrix.matrix.edited.connect(self.edited)
        self.matrix.opened.connect(lambda _row, _column: self.item_requested.emit())
        self._sides.chosen.connect(lambda side: self.transposed.emit(side == "rows"))
        keys = {
            "F8": self.gap_requested.emit,
            "Ctrl+Return": self.foot.primary.click,
            "F3": self.back_requested.emit,
            "F5": self.item_requested.emit,
            UNDO: self.undo_requested.emit,
            **dict.fromkeys(REDO, self.redo_requested.emit),
        }
        listen(self, keys)

    def _on_aside(self, on: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._side.setVisible(on)
        self.matrix.setVisible(not on)

    def _show_legend(self, levels: tuple[str, ...]) -> None:
        if self._legend.count() != len(levels):
            empty(self._legend)
            for place, words in enumerate(levels):
                fill = place if place < len(levels) - 1 else 3
                self._legend.addWidget(LevelLegend(words, fill))
