"""Keys of a page and what they do; whose undo is where a field and its page both have one."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.views import Act

UNDO = "Ctrl+Z"
REDO = ("Ctrl+Shift+Z", "Ctrl+Y")
_KEYS = [QKeySequence(keys) for keys in (UNDO, *REDO)]


def listen(page: QWidget, acts: Mapping[str, Act]) -> None:
    """Let keys call acts while the keyboard is on ``page`` or anything in it."""
    for keys, act in acts.items():
        shortcut = QShortcut(QKeySequence(keys), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)


def takes_back(event: QEvent) -> bool:
    """Tell whether an event asks whose key undo or redo is."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return QKeySequence(event.keyCombination()) in _KEYS


def is_redo(event: QEvent) -> bool:
    """Tell whether such an event asks about redo."""
    if not isinstance(event, QKeyEvent):
        return False
    shift = Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_Y or bool(event.modifiers() & shift)
