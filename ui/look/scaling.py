"""Lengths that follow the text size: layouts and fixed sizes given once, at 100 %.

A layout or size made here is remembered with its lengths at 100 %; when the text size changes,
``rescale_all`` sets every one of them anew.
"""

from dataclasses import dataclass
from weakref import WeakKeyDictionary, WeakSet

from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget
from shiboken6 import isValid

_SCALE = [1.0]
_MAXIMUM = 16777215

Margins = tuple[int, int, int, int]
Part = QWidget | QLayout | int | None


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Least and most of width and height in pixels at 100 %; 0 leaves one free."""

    min_width: int = 0
    max_width: int = 0
    min_height: int = 0
    max_height: int = 0


_bounds: WeakKeyDictionary[QWidget, _Bounds] = WeakKeyDictionary()


class Box(QBoxLayout):
    """A row or column whose margins and gaps follow the text size."""

    def __init__(self, direction: QBoxLayout.Direction, margins: Margins, gap: int) -> None:
        super().__init__(direction)
        self._margins, self._gap = margins, gap
        self._spacers: list[tuple[int, int]] = []
        _boxes.add(self)
        self.rescale()

    def rescale(self) -> None:
        """Set margins and gaps for the scale of now."""
        self.setContentsMargins(*(_scaled(length) for length in self._margins))
        self.setSpacing(_scaled(self._gap))
        vertical = self.direction() is QBoxLayout.Direction.TopToBottom
        for index, pixels in self._spacers:
            item = self.itemAt(index)
            spacer = item.spacerItem() if item else None
            if spacer:
                size = _scaled(pixels)
                spacer.changeSize(0 if vertical else size, size if vertical else 0)

    def put(self, *parts: Part) -> "Box":
        """Add widgets, layouts, gaps (a number of pixels) and stretches (None) in order."""
        for part in parts:
            if part is None:
                self.addStretch(1)
            elif isinstance(part, int):
                self._spacers.append((self.count(), part))
                self.addSpacing(_scaled(part))
            elif isinstance(part, QLayout):
                self.addLayout(part)
            else:
                self.addWidget(part)
        return self


_boxes: WeakSet[Box] = WeakSet()


def row(*parts: Part, margins: Margins = (0, 0, 0, 0), gap: int = 8) -> Box:
    """Return a row of ``parts``; a number is a gap of so many pixels, None a stretch."""
    return Box(QBoxLayout.Direction.LeftToRight, margins, gap).put(*parts)


def column(*parts: Part, margins: Margins = (0, 0, 0, 0), gap: int = 0) -> Box:
    """Return a column of ``parts``; a number is a gap of so many pixels, None a stretch."""
    return Box(QBoxLayout.Direction.TopToBottom, margins, gap).put(*parts)


def fix(widget: QWidget, *, width: int = 0, height: int = 0) -> None:
    """Hold ``widget`` at a width or height given at 100 %."""
    old = _bounds.get(widget, _Bounds())
    bound(
        widget,
        min_width=width or old.min_width,
        max_width=width or old.max_width,
        min_height=height or old.min_height,
        max_height=height or old.max_height,
    )


def bound(
    widget: QWidget,
    *,
    min_width: int = 0,
    max_width: int = 0,
    min_height: int = 0,
    max_height: int = 0,
) -> None:
    """Keep ``widget`` within sizes given at 100 %; 0 leaves one free."""
    _bounds[widget] = _Bounds(min_width, max_width, min_height, max_height)
    _apply(widget, _bounds[widget])


def empty(layout: QLayout) -> None:
    """Take every widget out of a row or column, and destroy it once Qt is idle."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget:
            widget.hide()
            widget.deleteLater()


def rescale_all(scale: float) -> None:
    """Set every length made here anew for ``scale``."""
    if _SCALE[0] == scale:
        return
    _SCALE[0] = scale
    for widget, sizes in list(_bounds.items()):
        if isValid(widget):  # Qt may have destroyed what Python still holds
            _apply(widget, sizes)
    for box in list(_boxes):
        if isValid(box):
            box.rescale()


def _apply(widget: QWidget, sizes: _Bounds) -> None:
    widget.setMinimumSize(_scaled(sizes.min_width), _scaled(sizes.min_height))
    widget.setMaximumSize(
        _scaled(sizes.max_width) or _MAXIMUM, _scaled(sizes.max_height) or _MAXIMUM
    )


def _scaled(pixels: int) -> int:
    return round(pixels * _SCALE[0])
