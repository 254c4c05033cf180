"""The end of a score sheet: its codes, what they are checked by, and where it is signed."""

from dataclasses import dataclass

from reviewer_app.papers.model import (
    MM,
    Align,
    Block,
    Code,
    Columns,
    Keep,
    PageBreak,
    Paragraph,
    Role,
    Run,
    Side,
    Signature,
    Space,
    Text,
)
from reviewer_app.papers.parts import DATE_BLANK, PLAIN, SMALL, batches, mono, strong

STATEMENT = "本人独立评分，以上分值与本人意见一致；本人与所评对象无应当回避的关系。"
WIDTH_MM = 170.0
CODE_MM = 60.0
CODES_BESIDE = 2
"""Codes that fit beside the receipt; more go on pages of their own."""
SIGNATURE_MM = 46.0


@dataclass(frozen=True, slots=True)
class SheetProof:
    """What ties a printed sheet to the signed bytes: receipt, fingerprints, codes.

    ``key_fingerprint`` and ``codes`` are empty for a form that was typed in and no key signed.
    """

    receipt: str
    key_fingerprint: str
    round_fingerprint: str
    codes: tuple[str, ...]


def sheet_ending(proof: SheetProof) -> list[Block]:
    """Return codes, receipt, statement and signature, which share the last page.

    More than two codes get pages of their own before it.
    """
    codes = [
        Code(text, CODE_MM, f"数据码 {place}／{len(proof.codes)}")
        for place, text in enumerate(proof.codes, 1)
    ]
    if len(codes) <= CODES_BESIDE:
        return [Keep((_codes_and_receipt(proof, codes), *_signature()))]
    pages: list[Block] = [PageBreak()]
    for row in batches(codes, 2):
        pages += [_code_row(row), Space(6)]
    return [*pages, Keep((_receipt(proof, WIDTH_MM), *_signature()))]


def _codes_and_receipt(proof: SheetProof, codes: list[Code]) -> Columns:
    sides = tuple(Side(CODE_MM + 2, (code,)) for code in codes)
    rest = WIDTH_MM - sum(side.width_mm for side in sides)
    return Columns((*sides, Side(rest, (Space(12), *_receipt_blocks(proof)))))


def _code_row(codes: tuple[Code, ...]) -> Columns:
    margin = (WIDTH_MM / 2 - CODE_MM) / 2
    sides: list[Side] = []
    for code in codes:
        sides += [Side(margin, ()), Side(CODE_MM, (code,)), Side(margin, ())]
    return Columns(tuple(sides))


def _receipt(proof: SheetProof, width_mm: float) -> Columns:
    return Columns((Side(width_mm, tuple(_receipt_blocks(proof))),))


def _receipt_blocks(proof: SheetProof) -> list[Block]:
    """Return the receipt and both fingerprints, larger where there is room."""
    roomy = len(proof.codes) != CODES_BESIDE
    label = PLAIN.with_(size=10.5 if roomy else 9.0, leading=16.0 if roomy else 14.0)
    code = PLAIN.with_(size=12.0 if roomy else 9.5, leading=18.0 if roomy else 15.0)
    several = "各码合起来" if len(proof.codes) > 1 else "此码"

    def fact(name: str, text: Text) -> list[Block]:
        return [Paragraph((strong(name),), label), Paragraph(text, code), Space(5)]

    key = proof.key_fingerprint
    whole = f"{several}即本表的全部数据和签名，请勿折叠、涂改。"
    return [
        *fact("回执码", (Run(proof.receipt, Role.HEI, code.size * 4 / 3, bold=True),)),
        *(fact("本人密钥指纹", _fingerprint(key)) if key else ()),
        *fact("本场指纹", _fingerprint(proof.round_fingerprint)),
        *((Paragraph(whole, SMALL.with_(size=8.0)),) if proof.codes else ()),
    ]


def _fingerprint(text: str) -> Text:
    return (mono(text),)


def _signature() -> list[Block]:
    sign = Signature("专家签字：", 110, SIGNATURE_MM, height_mm=12, style=PLAIN.with_(size=12))
    date = Paragraph(DATE_BLANK, PLAIN.with_(size=12, align=Align.RIGHT))
    return [
        Space(5),
        Paragraph(STATEMENT, PLAIN),
        Columns((Side(110, (sign,)), Side(60, (Space(12 * MM - PLAIN.leading), date)))),
    ]
