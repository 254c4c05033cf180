"""Hands for tests: real clicks and keys, sent to the widget that has to deal with them."""

from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def click(widget: QWidget, place: QPoint | None = None) -> None:
    """Click a widget in its middle, or at a place in it."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NONE, place or widget.rect().center())


def press(
    widget: QWidget | None, key: Qt.Key | str, modifier: Qt.KeyboardModifier = NONE
) -> None:
    """Press one key on a widget; None is the one that has the keyboard."""
    code = Qt.Key(ord(key.upper())) if isinstance(key, str) else key
    if isinstance(key, str) and modifier == NONE:
        QTest.keyClicks(widget or focused(), key)
    else:
        QTest.keyClick(widget or focused(), code, modifier)


def keys(widget: QWidget | None, text: str) -> None:
    """Type Latin letters and digits."""
    for character in text:
        press(widget, character)


def focused() -> QWidget:
    """Return the widget that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    return widget


def under_test(model: QAbstractItemModel) -> QAbstractItemModelTester:
    """Put a model under Qt's own tester: from now on every breach of its contract fails."""
    return QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
