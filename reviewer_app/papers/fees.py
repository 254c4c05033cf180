"""专家咨询费发放表: what each expert is paid, tax to be filled in, signed for on receipt.

No account and no identity number: whoever pays has them from elsewhere.
"""

from dataclasses import dataclass
from fractions import Fraction

from reviewer_app.core.numbers import Rounding, plain_text, publish
from reviewer_app.papers.forms import CELL, CENTRED, fact, form_page, ruled, sign_here
from reviewer_app.papers.model import Document, Keep, Paragraph, Space
from reviewer_app.papers.parts import PLAIN, headline
from reviewer_app.papers.xlsx import (
    CellContent,
    Figure,
    Formula,
    Line,
    Worksheet,
    address,
    workbook_bytes,
)

TITLE = "专家咨询费发放表"
NOTE = (
    "标准按本单位的规定填写，税后发放的由发放单位换算。个人所得税由发放单位代扣代缴后填入，"
    "领款人核对实发金额后签字。本表不记银行账号和证件号码。"
)
_HEADS = (
    "序号",
    "姓名",
    "工作单位",
    "职称",
    "天数",
    "标准（元／天）",
    "应发（元）",
    "个税（元）",
    "实发（元）",
    "领款人签字",
)
_HEAD_ROWS = 3
_DAYS, _RATE, _DUE, _TAX, _PAID = 5, 6, 7, 8, 9
_MONEY_DIGITS = 2


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One expert; days and rate are None where they are filled in by hand."""

    name: str
    employer: str
    title: str
    days: Fraction | None = None
    rate: Fraction | None = None

    @property
    def due(self) -> Fraction | None:
        """Return the amount before tax, where both figures are known."""
        return None if self.days is None or self.rate is None else self.days * self.rate


@dataclass(frozen=True, slots=True)
class FeeFacts:
    """Everything a fee sheet says before money changes hands."""

    round_title: str
    organiser: str
    when: str
    rows: tuple[FeeRow, ...]
    printed_at: str
    signers: tuple[tuple[str, str], ...]


def fees_paper(facts: FeeFacts) -> Document:
    """Return the fee sheet to print; what is not known is left to fill in by hand."""
    small = CENTRED.with_(size=9.0, leading=12.0)
    words = CELL.with_(size=9.0, leading=12.0)
    known = [row.due for row in facts.rows if row.due is not None]
    whole = _money(sum(known, Fraction(0))) if len(known) == len(facts.rows) else ""
    total = ("", "合计", "", "", "", "", whole, "", "", "")
    return Document(
        title=f"{TITLE}　{facts.round_title}",
        page=form_page(facts.printed_at),
        blocks=(
            *headline(TITLE, facts.round_title),
            fact("组织单位", facts.organiser),
            fact("时　　间", facts.when),
            Space(6),
            ruled(
                (9.0, 17.0, 33.0, 18.0, 10.0, 14.0, 15.0, 14.0, 15.0, 20.0),
                _HEADS,
                [*(_cells(place, row) for place, row in enumerate(facts.rows, 1)), total],
                (small, words, words, words, *[small] * 6),
                least_mm=11.0,
            ),
            Space(6),
            Paragraph(NOTE, PLAIN),
            Space(8),
            Keep(sign_here(facts.signers)),
        ),
        author=facts.organiser,
        subject=facts.round_title,
    )


def fees_workbook(facts: FeeFacts) -> bytes:
    """Return the fee sheet as XLSX: due and paid are formulas over days, rate and tax."""
    first = _HEAD_ROWS + 1
    last = _HEAD_ROWS + len(facts.rows)
    sums: list[CellContent] = ["", "合计", "", "", "", ""]
    sums += [
        Formula(f"SUM({address(column, first)}:{address(column, last)})", _MONEY_DIGITS)
        for column in (_DUE, _TAX, _PAID)
    ]
    sheet = Worksheet(
        TITLE,
        (
            Line((f"{TITLE}　{facts.round_title}",), bold=True, framed=False),
            Line((f"{facts.organiser}　{facts.when}",), framed=False),
            Line(_HEADS, bold=True),
            *(_line(place, row) for place, row in enumerate(facts.rows, 1)),
            Line((*sums, ""), bold=True),
            Line((NOTE,), framed=False),
        ),
        (6, 12, 28, 14, 8, 14, 12, 12, 12, 16),
        head_rows=_HEAD_ROWS,
        wrapped=frozenset({3}),
    )
    return workbook_bytes((sheet,), f"{TITLE}　{facts.round_title}", facts.organiser)


def _cells(place: int, row: FeeRow) -> tuple[str, ...]:
    figures = _plain(row.days), _plain(row.rate), _money(row.due)
    return (str(place), row.name, row.employer, row.title, *figures, "", "", "")


def _line(place: int, row: FeeRow) -> Line:
    at = _HEAD_ROWS + place
    days, rate, due, tax = (address(column, at) for column in (_DAYS, _RATE, _DUE, _TAX))
    return Line(
        (
            Figure(Fraction(place)),
            row.name,
            row.employer,
            row.title,
            "" if row.days is None else Figure(row.days),
            "" if row.rate is None else Figure(row.rate, _MONEY_DIGITS),
            Formula(f'IF(OR({days}="",{rate}=""),"",ROUND({days}*{rate},2))', _MONEY_DIGITS),
            "",
            Formula(f'IF({due}="","",{due}-N({tax}))', _MONEY_DIGITS),
            "",
        )
    )


def _plain(value: Fraction | None) -> str:
    return "" if value is None else plain_text(value)


def _money(value: Fraction | None) -> str:
    return "" if value is None else publish(value, _MONEY_DIGITS, Rounding.HALF_UP)
