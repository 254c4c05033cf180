"""The narrow columns of a page's parts: the open one has all the height that its words need."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget


class SideStack(QStackedWidget):
    """A stack that scrolls rather than squeezes: wrapped words are never cut."""

    def __init__(self) -> None:
        super().__init__()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._fit)

    def event(self, event: QEvent) -> bool:
        """Look again how high the open column is when something in it changed."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.StyleChange):
            self._later.start()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look again how high the words are at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        open_now = self.currentWidget()
        layout = open_now.layout() if open_now else None
        if layout is None:
            return
        layout.activate()
        high = max(layout.totalMinimumSize().height(), layout.totalHeightForWidth(self.width()))
        if high != self.minimumHeight():
            self.setMinimumHeight(high)
