"""Looks at a page as those do who have no mouse or no eyes: names, reach, visible focus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_KINDS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
_NEAR = 5


def controls(page: QWidget) -> list[QWidget]:
    """Return what can be seen and used on a page, Qt's own inner parts left out."""
    found = (each for each in page.findChildren(QWidget) if isinstance(each, _KINDS))
    return [
        each
        for each in found
        if each.isVisibleTo(page) and not _inner(each) and not _only_read(each)
    ]


def nameless(page: QWidget) -> list[str]:
    """Return the controls a screen reader has no name for."""
    return [_describe(each) for each in controls(page) if not _name(each).strip()]


def out_of_reach(page: QWidget) -> list[str]:
    """Return the controls Tab does not reach, unless what holds them takes keys for them."""
    return [
        _describe(each)
        for each in controls(page)
        if each.isEnabled() and not (_takes_tab(each) or _by_arrows(each) or _held(each, page))
    ]


def without_sign_of_focus(page: QWidget) -> list[str]:
    """Return the controls that look the same with and without the keyboard."""
    found = []
    for each in controls(page):
        empty = isinstance(each, QAbstractItemView) and not each.model().rowCount()
        if not each.isEnabled() or not _takes_tab(each) or empty or not each.isVisible():
            continue
        each.setFocus(Qt.FocusReason.TabFocusReason)
        each.clearFocus()
        before = each.grab().toImage()
        each.setFocus(Qt.FocusReason.TabFocusReason)
        if each.hasFocus() and each.grab().toImage() == before:
            found.append(_describe(each))
    return found


def _inner(widget: QWidget) -> bool:
    """Tell whether Qt put the widget into another one of its own."""
    parent = widget.parentWidget()
    return (
        widget.objectName().startswith("qt_")
        or isinstance(widget, QHeaderView)
        or isinstance(parent, (QLineEdit, QAbstractSpinBox, QComboBox))
        or type(widget) is QAbstractButton
    )


def _only_read(widget: QWidget) -> bool:
    """Tell whether it is a list to be read like text: nothing in it can be chosen."""
    nothing = QAbstractItemView.SelectionMode.NoSelection
    return (
        isinstance(widget, QAbstractItemView)
        and widget.selectionMode() == nothing
        and not _takes_tab(widget)
    )


def _takes_tab(widget: QWidget) -> bool:
    proxy = widget.focusProxy() or widget
    return bool(proxy.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)


def _by_arrows(widget: QWidget) -> bool:
    """Tell whether it is one of several choices: Tab goes to the chosen one, arrows go on."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and any(map(_takes_tab, group.buttons()))


def _held(widget: QWidget, page: QWidget) -> bool:
    parent = widget.parentWidget()
    for _step in range(_NEAR):
        if parent is None or parent is page:
            return False
        if _takes_tab(parent):
            return True
        parent = parent.parentWidget()
    return False


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else widget.accessibleName()


def _describe(widget: QWidget) -> str:
    parents: list[str] = []
    parent = widget.parentWidget()
    while parent and len(parents) < _NEAR:
        parents.append(type(parent).__name__)
        parent = parent.parentWidget()
    words = widget.text() if isinstance(widget, (QAbstractButton, QLineEdit)) else ""
    words = words or widget.accessibleName()
    return f"{type(widget).__name__} “{words}” in {' < '.join(parents)}"
