"""What the forms of the dossier share: page, lines of facts, ruled tables, signatures."""

from collections.abc import Sequence

from reviewer_app.papers.model import (
    MM,
    Align,
    Block,
    Cell,
    Column,
    Columns,
    Footer,
    PageSetup,
    Paragraph,
    Role,
    Row,
    Side,
    Signature,
    Space,
    Style,
    Table,
    Text,
)
from reviewer_app.papers.parts import DATE_BLANK, FOOT, PLAIN, UNDER_LINE, labelled, strong

WIDTH_MM = 165.0
CELL = Style(Role.SONG, 10.5, 15.0, Align.LEFT)
SMALL = CELL.with_(size=9.5, leading=13.0)
CENTRED = CELL.with_(align=Align.CENTRE)
FIGURE = CELL.with_(role=Role.HEI, align=Align.RIGHT)
HEAD = CENTRED.with_(role=Role.HEI)
INDENTED = PLAIN.with_(first_indent=2, align=Align.JUSTIFY)
INK_PREVAILS = "以本纸手写签字为准"


def form_page(printed_at: str, note: str = INK_PREVAILS) -> PageSetup:
    """Return an upright A4 page whose foot says when it was printed."""
    return PageSetup(
        top_mm=20,
        bottom_mm=20,
        left_mm=25,
        right_mm=20,
        footer=Footer(f"打印于 {printed_at}", note, style=FOOT),
    )


def fact(label: str, text: Text) -> Paragraph:
    """Return a bold label with what it names."""
    runs = labelled(label, text) if isinstance(text, str) else (strong(f"{label}　"), *text)
    return Paragraph(runs, PLAIN.with_(leading=18.0))


def section(title: str) -> Paragraph:
    """Return the heading of one part of a form."""
    return Paragraph((strong(title),), PLAIN.with_(before=6.0, keep_with_next=True), level=2)


def ruled(
    widths: Sequence[float],
    labels: Sequence[str],
    rows: Sequence[Sequence[Text]],
    styles: Sequence[Style] = (),
    least_mm: float = 7.5,
) -> Table:
    """Return a table with a head; ``styles`` are the columns', all left where absent."""
    looks = styles or [CELL] * len(widths)
    return Table(
        columns=tuple(map(Column, widths, looks)),
        head=(Row(tuple(Cell(label, HEAD) for label in labels)),),
        rows=tuple(Row(tuple(map(Cell, row)), least_mm=least_mm) for row in rows),
    )


def sign_here(
    roles: Sequence[tuple[str, str]], width_mm: float = WIDTH_MM
) -> tuple[Block, ...]:
    """Return a line to sign on for each (role, name), and the date at the right.

    A name that is known stands small under its line.
    """
    each = (width_mm - DATE_MM) / len(roles)
    sides = tuple(
        side for label, name in roles for side in (_signer(label, name, each), Side(GAP_MM, ()))
    )
    date = Paragraph(DATE_BLANK, PLAIN.with_(align=Align.RIGHT))
    return (Columns((*sides, Side(DATE_MM, (Space(SIGN_DROP), date)))),)


def _signer(label: str, name: str, width_mm: float) -> Side:
    label_mm = len(label) * PLAIN.size / MM + 1.5
    line = min(LONGEST_LINE_MM, width_mm - GAP_MM - label_mm)
    sign = Signature(label, label_mm + line, line, height_mm=SIGN_MM, style=PLAIN)
    under = Paragraph(name, UNDER_LINE.with_(align=Align.RIGHT))
    side = label_mm + line + 0.7
    blocks: tuple[Block, ...] = (Columns((Side(side, (sign, *((under,) if name else ()))),)),)
    return Side(width_mm - GAP_MM, blocks)


DATE_MM = 38.0
GAP_MM = 3.0
SIGN_MM = 8.5
SIGN_DROP = SIGN_MM * MM - PLAIN.leading
LONGEST_LINE_MM = 46.0
