"""Blocks into strips: what each kind of block looks like on a printed page."""

from collections.abc import Sequence
from dataclasses import replace

from reviewer_app.papers.fonts import Fonts
from reviewer_app.papers.lines import compose, natural_width
from reviewer_app.papers.model import (
    MM,
    Align,
    Block,
    Boxes,
    Code,
    Columns,
    Keep,
    PageBreak,
    Paragraph,
    Rule,
    Signature,
    Space,
    Style,
    Table,
    Tabs,
    plain,
)
from reviewer_app.papers.pen import Pen
from reviewer_app.papers.qr import matrix
from reviewer_app.papers.strip import (
    Draw,
    Spot,
    Strip,
    draw_stack,
    gap,
    held,
    line_drawing,
    lines_drawing,
    stack_height,
)
from reviewer_app.papers.tables import table_strips

CAPTION = Style(size=8.0, leading=12.0, align=Align.CENTRE)
SIGN_LINE = 0.6
BOX_LINE = 0.8


class StripMaker:
    """Turns blocks into strips, for columns of any width on pages of one height."""

    def __init__(self, fonts: Fonts, page_height: float) -> None:
        self._fonts = fonts
        self._page_height = page_height
        self._tables = 0

    def strips(  # noqa: C901, PLR0911  # a line for every kind of block
        self, block: Block, width: float
    ) -> list[Strip]:
        """Return the strips of ``block`` set ``width`` points wide."""
        match block:
            case Paragraph():
                return self._paragraph(block, width)
            case Tabs():
                return self._tabs(block, width)
            case Space():
                return gap(block.height)
            case Rule():
                return [_rule(block, width)]
            case Table():
                self._tables += 1
                return table_strips(self._fonts, block, self._tables, self._page_height)
            case Code():
                return self._code(block)
            case Boxes():
                return [self._boxes(block)]
            case Signature():
                return [self._signature(block)]
            case PageBreak():
                return [Strip(0.0, breaks=True)]
            case Columns():
                return [self._columns(block)]
            case Keep():
                return self._keep(block, width)

    def _paragraph(self, block: Paragraph, width: float) -> list[Strip]:
        style = block.style
        lines = compose(self._fonts, block.text, style, width)
        last = len(lines) - 1
        strips = [
            # two lines at least stay together at either end of a page
            Strip(
                style.leading,
                line_drawing(line, style, width),
                keep=style.keep_with_next or (place < last and place in (0, last - 1)),
            )
            for place, line in enumerate(lines)
        ]
        if block.level:
            strips[0] = replace(strips[0], heading=plain(block.text), level=block.level)
        if style.after:
            strips[last] = replace(strips[last], keep=True)
        after = gap(style.after, keep=style.keep_with_next)
        return [*gap(style.before, keep=True), *strips, *after]

    def _tabs(self, block: Tabs, width: float) -> list[Strip]:
        style = block.style
        sides = (
            (block.left, Align.LEFT),
            (block.centre, Align.CENTRE),
            (block.right, Align.RIGHT),
        )
        natural = [natural_width(self._fonts, text, style) for text, _align in sides]
        drawings: list[tuple[float, Draw]] = []
        deepest, x = 1, 0.0
        for (text, align), room in zip(sides, _share(natural, width), strict=True):
            aligned = style.with_(align=align, first_indent=0.0)
            lines = compose(self._fonts, text, aligned, room + 0.1)
            deepest = max(deepest, len(lines))
            drawings.append((x, lines_drawing(lines, aligned, room)))
            x += room

        def draw(pen: Pen, spot: Spot) -> None:
            for right, drawing in drawings:
                drawing(pen, spot.moved(right))

        strip = Strip(deepest * style.leading, draw, keep=style.keep_with_next)
        return [*gap(style.before, keep=True), strip, *gap(style.after, keep=strip.keep)]

    def _code(self, block: Code) -> list[Strip]:
        side = block.size_mm * MM

        def draw(pen: Pen, spot: Spot) -> None:
            pen.code(matrix(block.text), spot.x, spot.y, side)

        below = (
            self._paragraph(Paragraph(block.caption, CAPTION), side) if block.caption else []
        )
        return [Strip(side, draw, keep=bool(below)), *below]

    def _boxes(self, block: Boxes) -> Strip:
        width, height = block.width_mm * MM, block.height_mm * MM
        step = width + block.gap_mm * MM
        style = block.style.with_(align=Align.CENTRE, leading=height)
        drawings = [
            line_drawing(compose(self._fonts, text, style, width)[0], style, width)
            for text in block.texts
        ]

        def draw(pen: Pen, spot: Spot) -> None:
            for place, drawing in enumerate(drawings):
                here = spot.moved(place * step)
                pen.box(here.x, here.y, width, height, BOX_LINE)
                drawing(pen, here)

        return Strip(height, draw)

    def _signature(self, block: Signature) -> Strip:
        style, line = block.style, block.line_mm * MM
        room = block.width_mm * MM if block.above else block.width_mm * MM - line - 2
        lines = compose(self._fonts, block.label, style, max(room, style.size))
        label = lines_drawing(lines, style, room)
        label_height = len(lines) * style.leading
        height = max(block.height_mm * MM, label_height)
        total = height + label_height if block.above else height
        start = 0.0 if block.above else max(each.width for each in lines) + 2
        # beside a label the line stands just under its letters, not at the strip's foot
        raised = 0.0 if block.above else max(0.0, (style.leading - style.size) / 2 - 1.5)

        def draw(pen: Pen, spot: Spot) -> None:
            foot = spot.moved(start, total - raised)
            label(pen, spot if block.above else spot.moved(down=height - label_height))
            pen.line(foot.x, foot.y, (foot.x + line, foot.y), SIGN_LINE)

        return Strip(total, draw)

    def _columns(self, block: Columns) -> Strip:
        sides: list[tuple[float, list[Strip]]] = []
        x = tallest = 0.0
        for side in block.sides:
            width = side.width_mm * MM
            strips = [strip for each in side.blocks for strip in self.strips(each, width)]
            sides.append((x, strips))
            tallest = max(tallest, stack_height(strips))
            x += width

        # lines to sign on stand on one line, however long the names above them
        level = all(_signs(side.blocks) for side in block.sides)

        def draw(pen: Pen, spot: Spot) -> None:
            for right, strips in sides:
                down = tallest - stack_height(strips) if level else 0.0
                draw_stack(pen, strips, spot.moved(right, down))

        return Strip(tallest, draw)

    def _keep(self, block: Keep, width: float) -> list[Strip]:
        strips = [strip for each in block.blocks for strip in self.strips(each, width)]
        rest = block.height_mm * MM - stack_height(strips)
        if rest > 0:
            strips.append(Strip(rest))
        return [*map(held, strips[:-1]), *strips[-1:]]


def _signs(blocks: Sequence[Block]) -> bool:
    return all(isinstance(block, Signature) and block.above for block in blocks)


def _share(wanted: list[float], width: float) -> list[float]:
    """Divide a line among its three parts: the middle centred if that fits, else squeezed."""
    left, centre, right = wanted
    if centre and centre + 2 * max(left, right) <= width:
        return [(width - centre) / 2, centre, (width - centre) / 2]
    total = left + centre + right
    if total <= width:
        return [left, width - left - right, right]
    return [part * width / total for part in wanted]


def _rule(block: Rule, width: float) -> Strip:
    def draw(pen: Pen, spot: Spot) -> None:
        y = spot.y - block.thickness / 2
        pen.line(
            spot.x, y, (spot.x + width, y), block.thickness,
            colour=block.colour, dashed=block.dashed,
        )  # fmt: skip

    return Strip(block.thickness, draw)
