"""Notices when nobody has typed, clicked or moved the mouse in the window for some minutes."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

from reviewer_app.services.desk_lock import IdleWatch

_LOOK_EVERY_MS = 5000
_SIGNS = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
}


class IdleGuard(QObject):
    """Watches one window of the system; ``idle`` once nobody was there for the whole time.

    The window itself is watched, not the program: only what a person does passes there.
    """

    idle = Signal()

    def __init__(self, watch: IdleWatch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watch = watch
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self, window: QWindow | None) -> None:
        """Watch a window from now on."""
        if window:
            window.installEventFilter(self)
        self._watch.touch()
        self._timer.start()

    def look(self) -> None:
        """Say so if the time is over, and begin counting anew."""
        if self._watch.due:
            self._watch.touch()
            self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notice that somebody is there; every event goes on its way."""
        if event.type() in _SIGNS:
            self._watch.touch()
        return False
