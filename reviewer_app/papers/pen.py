"""Drawing on the pages of one PDF: lines of text, rules, boxes and codes.

The operators are written here: reportlab writes several for every piece of text, and a table
of some thousand cells is slow to print and slow to validate for it. What a page has been told
already (font, size, spacing, width of lines) is not told again.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from reviewer_app.papers.cff import EM
from reviewer_app.papers.embedding import ASCENT, FontUse, embedded
from reviewer_app.papers.fonts import Fonts
from reviewer_app.papers.lines import Line, Piece
from reviewer_app.papers.qr import Matrix

if TYPE_CHECKING:
    from reviewer_app.papers.faces import Typeface

BLACK = "#000000"
BOLD_STROKE = 0.028
"""How much wider a line of ink becomes in bold, in sizes of the type: a stroke around it."""
FILL, FILL_AND_STROKE = 0, 2
QUIET_ZONE = 4
"""Empty modules around a code."""
TOUCHING = 0.01
"""Points between two upright rules that are one."""


class Pen:
    """Draws on one canvas; y grows upwards from the bottom of the page."""

    def __init__(self, canvas: Canvas, fonts: Fonts) -> None:
        self.canvas: Any = canvas
        self._fonts = fonts
        self._uses: dict[Typeface, FontUse] = {}
        self._headings = 0
        self._say: Callable[[str], None]
        self._told: dict[str, object] = {}
        self._text_at: tuple[float, float] | None = None
        self._rules: dict[float, list[str]] = {}
        self._uprights: dict[tuple[float, float], tuple[float, float]] = {}
        self.missing: dict[str, None] = {}
        """Characters drawn as boxes since the page began, in order."""

    def text(self, line: Line, x: float, y: float, leading: float, colour: str = BLACK) -> None:
        """Draw a line whose strip has its top at ``y`` and is ``leading`` points high."""
        if not line.pieces:
            return
        baseline = y - (leading - line.size) / 2 - ASCENT * line.size / EM
        if self._text_at is None:
            self._say("BT")
            self._text_at = (0.0, 0.0)
        self._tell("colour", colour, _ink)
        for piece in line.pieces:
            self._piece(piece, round(x + piece.x, 3), round(baseline, 3))

    def _piece(self, piece: Piece, left: float, baseline: float) -> None:
        use = self._uses.get(piece.face)
        if use is None:
            use = self._uses[piece.face] = embedded(piece.face).use(self.canvas._doc)  # noqa: SLF001  # whose fonts these are
        self._tell("font", (use.internal, piece.size), _font)
        self._tell("space", piece.space, _space)
        self._tell("mode", FILL_AND_STROKE if piece.bold else FILL, _mode)
        if piece.bold:
            self._tell("width", piece.size * BOLD_STROKE, _width)
        over, up = self._text_at or (0.0, 0.0)
        self._say(
            f"{left - over:.3f} {baseline - up:.3f} Td <{use.hexadecimal(piece.text)}> Tj"
        )
        self._text_at = (left, baseline)
        if piece.face is self._fonts.box:
            self.missing |= dict.fromkeys(piece.text)

    def line(
        self, x: float, y: float, to: tuple[float, float], thickness: float, *,
        colour: str = BLACK, dashed: bool = False,
    ) -> None:  # fmt: skip
        """Draw a straight rule; black ones all together when the page is turned."""
        if colour != BLACK or dashed:
            self._end_text()
            dashes = "[2.2 1.6] 0 d " if dashed else ""
            drawn = f"{thickness:.2f} w {dashes}{_path(x, y, to)} S"
            self._say(f"q {_ink(colour)} {drawn} Q")
        elif x == to[0]:
            self._upright(x, y, to[1], thickness)
        else:
            self._rules.setdefault(thickness, []).append(_path(x, y, to))

    def _upright(self, x: float, top: float, bottom: float, thickness: float) -> None:
        """Draw a rule downwards; one that goes on from the last becomes one with it."""
        before = self._uprights.get((x, thickness))
        if before is not None and abs(before[1] - top) > TOUCHING:
            self._rules.setdefault(thickness, []).append(_path(x, before[0], (x, before[1])))
            before = None
        self._uprights[x, thickness] = (before[0] if before else top, bottom)

    def box(self, x: float, y: float, width: float, height: float, thickness: float) -> None:
        """Draw an empty box whose top left corner is (x, y)."""
        self._end_text()
        self._tell("width", thickness, _width)
        self._say(f"{x:.3f} {y - height:.3f} {width:.3f} {height:.3f} re S")

    def code(self, matrix: Matrix, x: float, y: float, side: float) -> None:
        """Draw a QR code with its quiet zone in a square whose top left corner is (x, y)."""
        self._end_text()
        self._tell("colour", BLACK, _ink)
        module = side / (len(matrix) + 2 * QUIET_ZONE)
        for down, row in enumerate(matrix):
            low = y - (QUIET_ZONE + down + 1) * module
            for start, end in _dark_stretches(row):
                left = x + (QUIET_ZONE + start) * module
                wide = (end - start) * module
                self._say(f"{left:.3f} {low:.3f} {wide:.3f} {module:.3f} re")
        self._say("f")

    def heading(self, title: str, level: int, y: float) -> None:
        """Enter a heading into the PDF's outline."""
        self._headings += 1
        key = f"heading-{self._headings}"
        self.canvas.bookmarkHorizontal(key, 0, y)
        self.canvas.addOutlineEntry(title, key, level - 1, closed=False)

    def begin_page(self) -> None:
        """Say what holds for a whole page: bold letters have round corners."""
        self._say = self.canvas._code.append  # noqa: SLF001  # what the page is made of
        self._told = {"colour": BLACK}
        self._say("1 j")

    def turn_page(self) -> None:
        """Finish this page and begin the next."""
        self._end_text()
        for (x, thickness), (top, bottom) in self._uprights.items():
            self._rules.setdefault(thickness, []).append(_path(x, top, (x, bottom)))
        self._tell("colour", BLACK, _ink)
        for thickness, paths in self._rules.items():
            self._say(f"{thickness:.2f} w {' '.join(paths)} S")
        self._rules.clear()
        self._uprights.clear()
        self.canvas.showPage()
        self.missing.clear()

    def _tell(self, what: str, value: object, words: Callable[[Any], str]) -> None:
        """Say what holds from here on, unless it does already."""
        if self._told.get(what) != value:
            self._told[what] = value
            self._say(words(value))

    def _end_text(self) -> None:
        if self._text_at is not None:
            self._say("ET")
            self._text_at = None


def _ink(colour: str) -> str:
    """Return the operators for the colour of letters and of lines."""
    parts = " ".join(f"{part:.3f}" for part in HexColor(colour).rgb())
    return "0 g 0 G" if colour == BLACK else f"{parts} rg {parts} RG"


def _font(use: tuple[str, float]) -> str:
    return f"/{use[0]} {use[1]:g} Tf"


def _space(space: float) -> str:
    return f"{space:.4f} Tc"


def _mode(mode: int) -> str:
    return f"{mode} Tr"


def _width(width: float) -> str:
    return f"{width:.3f} w"


def _path(x: float, y: float, to: tuple[float, float]) -> str:
    return f"{x:.3f} {y:.3f} m {to[0]:.3f} {to[1]:.3f} l"


def _dark_stretches(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Return (start, end) of every unbroken dark part of a row of modules."""
    edges = [
        place
        for place in range(len(row) + 1)
        if (place > 0 and row[place - 1]) != (place < len(row) and row[place])
    ]
    return list(zip(edges[::2], edges[1::2], strict=True))
