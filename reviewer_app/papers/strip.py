"""The pieces a page is stacked from: each of a known height, none ever parted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reviewer_app.papers.lines import Line
from reviewer_app.papers.model import Align, Style
from reviewer_app.papers.pen import Pen


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a strip is drawn: its top left corner, in points from the page's bottom left.

    ``first`` and ``last`` tell whether it is so among the strips of its table on this page.
    """

    x: float
    y: float
    first: bool = True
    last: bool = True

    def moved(self, right: float = 0.0, down: float = 0.0) -> "Spot":
        """Return a spot so many points to the right and down."""
        return Spot(self.x + right, self.y - down, self.first, self.last)


Draw = Callable[[Pen, Spot], None]


def nothing(_pen: Pen, _spot: Spot) -> None:
    """Draw nothing."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One unbreakable piece of a page."""

    height: float
    draw: Draw = nothing
    keep: bool = False
    """It must stand on the same page as the next strip."""
    gap: bool = False
    """Empty space, left out at the top of a page."""
    group: int = 0
    """Strips of one table share a number; 0 stands alone."""
    head: "tuple[Strip, ...]" = ()
    """Repeated above this strip where it comes first on a page."""
    breaks: bool = False
    """What follows begins a new page."""
    heading: str = ""
    level: int = 0


def gap(height: float, *, keep: bool = False) -> list[Strip]:
    """Return the strip for so many points of space, none for none."""
    return [Strip(height, keep=keep, gap=True)] if height else []


def held(strip: Strip) -> Strip:
    """Return the strip kept with the next one; the same where it is so already."""
    return strip if strip.keep else replace(strip, keep=True)


def stack_height(strips: Sequence[Strip]) -> float:
    """Return how high the strips are, one above the other."""
    return sum(strip.height for strip in strips)


def draw_stack(pen: Pen, strips: Sequence[Strip], spot: Spot) -> None:
    """Draw the strips one below the other."""
    down = 0.0
    for place, strip in enumerate(strips):
        before = strips[place - 1].group if place else 0
        after = strips[place + 1].group if place + 1 < len(strips) else 0
        first = not strip.group or before != strip.group
        last = not strip.group or after != strip.group
        here = Spot(spot.x, spot.y - down, first, last)
        strip.draw(pen, here)
        if strip.level:
            pen.heading(strip.heading, strip.level, here.y)
        down += strip.height


def aligned(line: Line, style: Style, width: float) -> float:
    """Return how far to the right a line begins in a column ``width`` points wide."""
    free = width - line.width
    if style.align is Align.CENTRE:
        return free / 2
    return free if style.align is Align.RIGHT else 0.0


def line_drawing(line: Line, style: Style, width: float) -> Draw:
    """Return what draws one line in a strip of the style's leading, ``width`` points wide."""
    offset = aligned(line, style, width)

    def draw(pen: Pen, spot: Spot) -> None:
        pen.text(line, spot.x + offset, spot.y, style.leading, style.colour)

    return draw


def lines_drawing(lines: Sequence[Line], style: Style, width: float) -> Draw:
    """Return what draws several lines, one leading apart."""
    drawings = [line_drawing(line, style, width) for line in lines]

    def draw(pen: Pen, spot: Spot) -> None:
        for place, drawing in enumerate(drawings):
            drawing(pen, spot.moved(down=place * style.leading))

    return draw
