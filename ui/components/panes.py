"""Panes side by side or one below the other, parted by a hairline that can be moved."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget


def panes(way: Qt.Orientation, *parts: QWidget) -> QSplitter:
    """Return these parts in a splitter; the first takes what room is left."""
    made = QSplitter(way)
    made.setHandleWidth(1)
    made.setChildrenCollapsible(False)
    for part in parts:
        made.addWidget(part)
    return made
