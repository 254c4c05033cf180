"""The lane of a page without columns of its own: in the middle, no wider than it reads well."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.look.scaling import Box, bound, row


def lane(content: Box, *, width: int, top: int, name: str = "") -> QScrollArea:
    """Return what scrolls ``content`` in the middle; sizes are in pixels at 100 % text.

    With a ``name`` it takes the focus, so that keys scroll it, and a screen reader says it.
    """
    middle, inside, scroll = QWidget(), QWidget(), QScrollArea()
    middle.setLayout(content)
    bound(middle, max_width=width)
    line = row(margins=(20, top, 20, 20), gap=0)
    line.addStretch(1)
    line.addWidget(middle, 1000)
    line.addStretch(1)
    inside.setProperty("ground", "window")
    inside.setLayout(line)
    scroll.setWidget(inside)
    scroll.setWidgetResizable(True)
    scroll.setAccessibleName(name)
    if not name:
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return scroll
