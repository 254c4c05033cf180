"""口令条: one passcode slip per expert, three to a page, to be cut apart and handed over."""

import csv
import io
from dataclasses import dataclass, field

from reviewer_app.papers.escape import harmless
from reviewer_app.papers.model import (
    Align,
    Block,
    Boxes,
    Columns,
    Document,
    Footer,
    Keep,
    PageNumber,
    PageSetup,
    Paragraph,
    Role,
    Rule,
    Run,
    Side,
    Signature,
    Space,
    Style,
)
from reviewer_app.papers.parts import PLAIN, batches, mono, strong

SLIP_MM = 88.0
PER_PAGE = 3
WIDTH_MM = 178.0
SIGN_MM = 34.0
PASSCODE = Style(Role.MONO, 21.0, 30.0, Align.CENTRE, letter_space=2.0)
TEXT = PLAIN.with_(leading=18.0)
READING = (
    "每组最后一位是校验位。口令中没有字母 I、L、O、U，不分大小写。"
    "念法：逐位念，0 念洞，1 念幺。遗失口令，请秘书重发评审包和口令条。"
)
_COLUMNS = ("评审会", "专家编号", "姓名", "评审包", "口令", "本场指纹", "组织单位密钥指纹")


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """One slip; ``passcode`` in its four groups."""

    expert_number: str
    expert_name: str
    pack_file: str
    passcode: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class SlipsFacts:
    """All slips of a round; ``round_fingerprint`` is what the screen shows after opening.

    ``bureau_fingerprint`` is that of the key which signed the round and will sign the archive.
    """

    round_title: str
    round_fingerprint: str
    bureau_fingerprint: str
    slips: tuple[SlipFacts, ...]


def slips_paper(facts: SlipsFacts) -> Document:
    """Return the slips, three to a page."""
    blocks: list[Block] = []
    for page in batches(facts.slips, PER_PAGE):
        blocks += [_slip(facts, slip) for slip in page]
    return Document(
        title=f"口令条　{facts.round_title}",
        page=PageSetup(
            top_mm=18,
            bottom_mm=14,
            left_mm=16,
            right_mm=16,
            footer=Footer(number=PageNumber.NONE),
        ),
        blocks=tuple(blocks),
        subject=facts.round_title,
    )


def slips_csv(facts: SlipsFacts) -> str:
    """Return the slips as CSV for a label printer; no field can act as a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(_COLUMNS)
    for slip in facts.slips:
        fields = (
            facts.round_title,
            slip.expert_number,
            slip.expert_name,
            slip.pack_file,
            "-".join(slip.passcode),
            facts.round_fingerprint,
            facts.bureau_fingerprint,
        )
        writer.writerow([harmless(field) for field in fields])
    return stream.getvalue()


def slips_from_csv(text: str) -> SlipsFacts:
    """Return the slips that ``slips_csv`` wrote, to print them too."""
    rows = list(csv.DictReader(io.StringIO(text)))
    title, number, name, pack, passcode, round_print, bureau_print = _COLUMNS
    slips = tuple(
        SlipFacts(row[number], row[name], row[pack], tuple(row[passcode].split("-")))
        for row in rows
    )
    return SlipsFacts(rows[0][title], rows[0][round_print], rows[0][bureau_print], slips)


def _slip(facts: SlipsFacts, slip: SlipFacts) -> Keep:
    title = Paragraph(
        (strong("口令条", 18), Run(f"　{facts.round_title}", size=11.5)),
        PLAIN.with_(leading=26.0),
    )
    aside = Paragraph(
        "当面交给本人，或装入密封信封", PLAIN.with_(size=9, leading=26, align=Align.RIGHT)
    )
    who = f"专家{slip.expert_number}　　{slip.expert_name}　　评审包：{slip.pack_file}"
    fingerprint = (
        Run("本场指纹　"),
        mono(facts.round_fingerprint, 12.5),
        Run("　与屏幕上一致再继续。"),
    )
    bureau = (Run("组织单位密钥指纹　"), mono(facts.bureau_fingerprint, 10.5))
    sign = Signature("领取人签字：", 60, SIGN_MM, height_mm=8, style=PLAIN)
    blocks: tuple[Block, ...] = (
        Columns((Side(WIDTH_MM - 46, (title,)), Side(46, (aside,)))),
        Paragraph(who, PLAIN.with_(size=13, leading=20, before=4, after=12)),
        Boxes(slip.passcode, PASSCODE, height_mm=13, width_mm=29, gap_mm=2.5),
        Space(10),
        Paragraph(READING, TEXT.with_(after=4)),
        Columns(
            (
                Side(WIDTH_MM - 60, (Paragraph(fingerprint, TEXT), Paragraph(bureau, TEXT))),
                Side(60, (sign,)),
            )
        ),
    )
    return Keep(
        (Keep(blocks, SLIP_MM - 8), Rule(0.5, "#666666", dashed=True), Space(8)), SLIP_MM
    )
