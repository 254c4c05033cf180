"""Cards beside each other where there is room, one below the other where there is none."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.look.scaling import row
from ui.look.theme import look


class Lanes(QWidget):
    """Widgets in a row that turns into a column below ``least`` pixels, given at 100 %."""

    def __init__(self, *widgets: QWidget, least: int, gap: int = 16) -> None:
        super().__init__()
        self._least = least
        self._row = row(gap=gap)
        for widget in widgets:
            self._row.addWidget(widget, 1)
        self.setLayout(self._row)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return the room of the column, so that the page never scrolls sideways."""
        hint = super().minimumSizeHint()
        items = (self._row.itemAt(place) for place in range(self._row.count()))
        return QSize(max(item.minimumSize().width() for item in items if item), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the width asks for it."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Look again what there is room for when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        below = self.width() < look().px(self._least)
        ways = QBoxLayout.Direction
        way = ways.TopToBottom if below else ways.LeftToRight
        if self._row.direction() is not way:
            self._row.setDirection(way)
