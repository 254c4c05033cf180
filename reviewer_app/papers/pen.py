"""Drawing on the pages of one PDF: lines of text, rules, boxes and codes."""

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from reviewer_app.papers.embedding import ASCENT, font_name
from reviewer_app.papers.faces import EM
from reviewer_app.papers.fonts import Fonts
from reviewer_app.papers.lines import Line
from reviewer_app.papers.qr import Matrix

BLACK = "#000000"
BOLD_STROKE = 0.028
"""How much wider a line of ink becomes in bold, in sizes of the type: a stroke around it."""
FILL, FILL_AND_STROKE = 0, 2
QUIET_ZONE = 4
"""Empty modules around a code."""


class Pen:
    """Draws on one canvas; y grows upwards from the bottom of the page."""

    def __init__(self, canvas: Canvas, fonts: Fonts) -> None:
        self.canvas: Any = canvas
        self._fonts = fonts
        self._headings = 0
        self.missing: dict[str, None] = {}
        """Characters drawn as boxes since the page began, in order."""

    def text(self, line: Line, x: float, y: float, leading: float, colour: str = BLACK) -> None:
        """Draw a line whose strip has its top at ``y`` and is ``leading`` points high."""
        if not line.pieces:
            return
        baseline = y - (leading - line.size) / 2 - ASCENT * line.size / EM
        canvas = self.canvas
        coloured = colour != BLACK  # black is what a page begins with
        if coloured:
            canvas.saveState()
            canvas.setFillColor(HexColor(colour))
            canvas.setStrokeColor(HexColor(colour))
        written = canvas.beginText()
        say = written._code.append  # noqa: SLF001  # a text object forgets what came before it
        for piece in line.pieces:
            say(f"1 0 0 1 {x + piece.x:.3f} {baseline:.3f} Tm {piece.space:.4f} Tc")
            written.setFont(font_name(piece.face), piece.size)
            bold = f"{FILL_AND_STROKE} Tr {piece.size * BOLD_STROKE:.3f} w"
            say(bold if piece.bold else f"{FILL} Tr")
            written.textOut(piece.text)
            if piece.face is self._fonts.box:
                self.missing |= dict.fromkeys(piece.text)
        canvas.drawText(written)
        if coloured:
            canvas.restoreState()

    def line(
        self, x: float, y: float, to: tuple[float, float], thickness: float, *,
        colour: str = BLACK, dashed: bool = False,
    ) -> None:  # fmt: skip
        """Draw a straight rule."""
        canvas = self.canvas
        if colour == BLACK and not dashed:
            # written here: a long table has thousands, and reportlab is slow with numbers
            drawn = f"{thickness:.2f} w n {x:.3f} {y:.3f} m {to[0]:.3f} {to[1]:.3f} l S"
            canvas._code.append(drawn)  # noqa: SLF001  # see above
            return
        canvas.setLineWidth(thickness)
        canvas.saveState()
        canvas.setStrokeColor(HexColor(colour))
        if dashed:
            canvas.setDash(2.2, 1.6)
        canvas.line(x, y, *to)
        canvas.restoreState()

    def box(self, x: float, y: float, width: float, height: float, thickness: float) -> None:
        """Draw an empty box whose top left corner is (x, y)."""
        self.canvas.setLineWidth(thickness)
        self.canvas.rect(x, y - height, width, height)

    def code(self, matrix: Matrix, x: float, y: float, side: float) -> None:
        """Draw a QR code with its quiet zone in a square whose top left corner is (x, y)."""
        module = side / (len(matrix) + 2 * QUIET_ZONE)
        path = self.canvas.beginPath()
        for down, row in enumerate(matrix):
            top = y - (QUIET_ZONE + down) * module
            for start, end in _dark_stretches(row):
                left = x + (QUIET_ZONE + start) * module
                # written here: reportlab takes longest to print numbers, and these are many
                square = f"{left:.3f} {top - module:.3f} {(end - start) * module:.3f}"
                path._code.append(f"{square} {module:.3f} re")  # noqa: SLF001  # as above
        self.canvas.drawPath(path, stroke=0, fill=1)

    def heading(self, title: str, level: int, y: float) -> None:
        """Enter a heading into the PDF's outline."""
        self._headings += 1
        key = f"heading-{self._headings}"
        self.canvas.bookmarkHorizontal(key, 0, y)
        self.canvas.addOutlineEntry(title, key, level - 1, closed=False)

    def begin_page(self) -> None:
        """Say what holds for a whole page: bold letters have round corners."""
        self.canvas.setLineJoin(1)

    def turn_page(self) -> None:
        """Finish this page and begin the next."""
        self.canvas.showPage()
        self.missing.clear()


def _dark_stretches(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Return (start, end) of every unbroken dark part of a row of modules."""
    edges = [
        place
        for place in range(len(row) + 1)
        if (place > 0 and row[place - 1]) != (place < len(row) and row[place])
    ]
    return list(zip(edges[::2], edges[1::2], strict=True))
