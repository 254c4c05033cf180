"""The filled rectangles of a PDF page as a picture: enough to read codes drawn as vectors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

_MAX_PIXELS = 12_000_000
_MAX_CONTENT_BYTES = 4 << 20
_MAX_DEPTH = 3
_MAX_FORMS = 64
"""A page of ours shows none; one that shows itself shows more than anyone can wait for."""
_DOTS_PER_POINT = 3.0
_LEAST_RECTANGLES = 100
"""Fewer are no code: the smallest one of ours has several hundred."""
_DARK_BELOW = 0.5

Matrix = tuple[float, float, float, float, float, float]
Operands = Sequence[Any]


@dataclass
class _Drawing:
    """A page being drawn: matrix, ink and pending rectangles as the operators leave them."""

    draw: ImageDraw.ImageDraw
    matrix: Matrix
    dark: bool = True
    stack: list[tuple[Matrix, bool]] = field(default_factory=list)
    pending: list[tuple[float, float, float, float]] = field(default_factory=list)
    drawn: int = 0
    forms: int = 0
    content_bytes: int = 0
    """Of the page and of every form shown so far."""

    def save(self, _operands: Operands) -> None:
        """Remember matrix and ink."""
        self.stack.append((self.matrix, self.dark))

    def restore(self, _operands: Operands) -> None:
        """Return to what was remembered last."""
        if self.stack:
            self.matrix, self.dark = self.stack.pop()

    def concatenate(self, operands: Operands) -> None:
        """Put another matrix before the present one."""
        self.matrix = _product(_six(operands), self.matrix)

    def rectangle(self, operands: Operands) -> None:
        """Add a rectangle to the path."""
        x, y, width, height = (float(each) for each in operands)
        self.pending.append((x, y, x + width, y + height))

    def forget(self, _operands: Operands) -> None:
        """Drop the path undrawn."""
        self.pending.clear()

    def ink(self, operands: Operands) -> None:
        """Take a colour: grey, red-green-blue, or (darkness) cyan-magenta-yellow-black."""
        parts = [float(each) for each in operands]
        light = 1 - max(parts) if len(parts) == 4 else sum(parts) / len(parts)  # noqa: PLR2004 - CMYK
        self.dark = light < _DARK_BELOW

    def fill(self, _operands: Operands) -> None:
        """Draw the rectangles of the path."""
        for left, low, right, high in self.pending:
            (x0, y0), (x1, y1) = self._at(left, low), self._at(right, high)
            box = [round(min(x0, x1)), round(min(y0, y1))]
            box += [max(round(max(x0, x1)) - 1, box[0]), max(round(max(y0, y1)) - 1, box[1])]
            self.draw.rectangle(box, fill=0 if self.dark else 255)
        self.drawn += len(self.pending)
        self.pending.clear()

    def _at(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f


_STEPS: dict[str, Callable[[_Drawing, Operands], None]] = {
    "q": _Drawing.save,
    "Q": _Drawing.restore,
    "cm": _Drawing.concatenate,
    "re": _Drawing.rectangle,
    "g": _Drawing.ink,
    "rg": _Drawing.ink,
    "k": _Drawing.ink,
    **dict.fromkeys(("f", "F", "f*", "B", "B*", "b", "b*"), _Drawing.fill),
    **dict.fromkeys(("S", "s", "n"), _Drawing.forget),
}


def drawn_rectangles(page: pikepdf.Page) -> Image.Image | None:
    """Return the page's filled rectangles, dark on white, or None where they are no codes."""
    left, low, right, high = (float(edge) for edge in page.mediabox)
    width, height = right - left, high - low
    if not (width > 0 and height > 0):
        return None
    scale = min(_DOTS_PER_POINT, sqrt(_MAX_PIXELS / (width * height)))
    picture = Image.new("L", (round(width * scale) + 1, round(height * scale) + 1), 255)
    matrix = (scale, 0.0, 0.0, -scale, -left * scale, high * scale)
    drawing = _Drawing(ImageDraw.Draw(picture), matrix)
    _follow(drawing, page.obj, _MAX_DEPTH)
    return picture if drawing.drawn >= _LEAST_RECTANGLES else None


def _follow(drawing: _Drawing, holder: pikepdf.Object, depth: int) -> None:
    """Carry out the operators of a page or form, and of the forms it shows."""
    drawing.content_bytes += _content_bytes(holder)
    if drawing.content_bytes > _MAX_CONTENT_BYTES:
        return
    wanted = " ".join([*_STEPS, "Do"])
    for instruction in pikepdf.parse_content_stream(holder, wanted):
        step = _STEPS.get(str(instruction.operator))
        if step is not None:
            step(drawing, list(instruction.operands))
        elif depth and instruction.operands:
            _show(drawing, holder, str(instruction.operands[0]), depth - 1)


def _content_bytes(holder: pikepdf.Object) -> int:
    contents = holder if isinstance(holder, pikepdf.Stream) else holder.get("/Contents")
    if contents is None or isinstance(contents, pikepdf.Stream):
        return len(contents.read_bytes()) if contents else 0
    return sum(len(stream.read_bytes()) for stream in contents.as_list())


def _show(drawing: _Drawing, holder: pikepdf.Object, name: str, depth: int) -> None:
    shown = holder.Resources.XObject[name]
    drawing.forms += 1
    if shown.get("/Subtype") != "/Form" or drawing.forms > _MAX_FORMS:
        return
    drawing.save(())
    drawing.concatenate(list(shown.Matrix) if "/Matrix" in shown else (1, 0, 0, 1, 0, 0))
    _follow(drawing, shown, depth)
    drawing.restore(())


def _six(operands: Operands) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in operands)
    return a, b, c, d, e, f


def _product(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies ``first``, then ``second``."""
    a, b, c, d, e, f = first
    m, n, o, p, q, r = second
    return (
        a * m + b * o,
        a * n + b * p,
        c * m + d * o,
        c * n + d * p,
        e * m + f * o + q,
        e * n + f * p + r,
    )
