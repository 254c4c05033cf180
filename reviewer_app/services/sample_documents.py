"""The documents of a sample center: construction plan, responsibility statement, attachment."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from resources import sample_resource
from reviewer_app.core.round import Change
from reviewer_app.papers.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Footer,
    Keep,
    PageBreak,
    PageNumber,
    PageSetup,
    Paragraph,
    Role,
    Row,
    Rule,
    Signature,
    Space,
    Style,
    Table,
)
from reviewer_app.papers.pdf import pdf_bytes
from reviewer_app.services.sample_centers import Center, figures
from reviewer_app.services.sample_tables import sample_table

_TITLE = Style(Role.TITLE, 22.0, 32.0, Align.CENTRE, bold=True)
_SUBTITLE = Style(Role.SONG, 14.0, 22.0, Align.CENTRE, colour="#444444")
_CHAPTER = Style(Role.HEI, 14.0, 22.0, Align.LEFT, before=10.0, after=4.0, keep_with_next=True)
_SECTION = Style(Role.KAI, 12.0, 20.0, Align.LEFT, bold=True, before=4.0, keep_with_next=True)
_BODY = Style(Role.SONG, 11.0, 19.0, Align.JUSTIFY, first_indent=2.0, after=3.0)
_FACT_NAME = Style(Role.HEI, 11.0, 18.0, Align.LEFT)
_FACT = Style(Role.SONG, 11.0, 18.0, Align.LEFT)
_DATES = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}")
_IDS = re.compile(rb"\[<[0-9a-f]{32}><[0-9a-f]{32}>\]")
_FIXED_DATE = b"20260320090000"


def plan_pdf(center: Center) -> bytes:
    """Return the construction plan: a cover, ten chapters with tables, an outline."""
    return _fixed(
        Document(
            title=f"{center.name}建设方案",
            page=_page(f"{center.name}建设方案"),
            blocks=tuple(_plan_blocks(center)),
            author=center.unit,
            subject="建设方案（示例）",
        )
    )


def responsibility_pdf(center: Center, changes: Sequence[Change]) -> bytes:
    """Return the responsibility statement (责任书) with targets and this center's changes."""
    words = {**figures(center), "changes": _changes_in_words(changes)}
    text = _texts("papers.toml")["responsibility"]
    title = text["title"].format_map(words)
    blocks: list[Block] = [*_heading(title), Paragraph(text["lead"].format_map(words), _BODY)]
    for article in text["article"]:
        blocks.append(Paragraph(article["title"], _CHAPTER, level=1))
        blocks.append(Paragraph(article["text"].format_map(words), _BODY))
        if "table" in article:
            blocks.extend(sample_table(article["table"], center, 2))
    parties = (f"甲方：{center.recommender}（盖章）", f"乙方：{center.unit}（盖章）")
    blocks.append(
        Keep(
            tuple(Signature(each, 150.0, 46.0, style=_FACT, height_mm=14.0) for each in parties)
        )
    )
    return _fixed(Document(title, _page(title), tuple(blocks), center.unit, "责任书（示例）"))


def attachment_pdf(center: Center) -> bytes:
    """Return the attachment on the host and the agreements."""
    words = figures(center)
    text = _texts("papers.toml")["attachment"]
    blocks: list[Block] = [
        *_heading(text["title"]),
        Paragraph(text["lead"].format_map(words), _BODY),
    ]
    for section in text["section"]:
        blocks.append(Paragraph(section["title"], _CHAPTER, level=1))
        blocks.append(Paragraph(section["text"].format_map(words), _BODY))
        if "table" in section:
            blocks.extend(sample_table(section["table"], center, 2))
    return _fixed(
        Document(text["title"], _page(center.name), tuple(blocks), center.unit, "附件（示例）")
    )


def _plan_blocks(center: Center) -> Iterator[Block]:
    yield from _cover(center)
    turn = center.index
    for chapter in _texts("plan.toml")["chapter"]:
        yield Paragraph(chapter["title"], _CHAPTER, level=1)
        for section in chapter["section"]:
            yield Paragraph(section["title"], _SECTION, level=2)
            for sentences in section["paragraphs"]:
                turn += 1
                yield Paragraph(_paragraph(sentences, center, turn), _BODY)
            if "table" in section:
                yield from sample_table(section["table"], center, 3)


def _paragraph(sentences: Sequence[Any], center: Center, turn: int) -> str:
    """Return one paragraph; lists take turns, tables go by how well founded the plan is."""
    words = figures(center)
    chosen = []
    for place, sentence in enumerate(sentences):
        if isinstance(sentence, list):
            chosen.append(sentence[(turn + place) % len(sentence)])
        elif isinstance(sentence, dict):
            chosen.append(sentence[center.tier.value])
        else:
            chosen.append(sentence)
    return "".join(chosen).format_map(words)


def _cover(center: Center) -> Iterator[Block]:
    yield Space(60.0)
    yield Paragraph("浙江省技术创新中心", _SUBTITLE)
    yield Paragraph("建 设 方 案", _TITLE)
    yield Space(24.0)
    yield Rule(0.8, "#1f5a92")
    yield Space(18.0)
    yield Paragraph(center.name, _TITLE.with_(size=18.0, leading=28.0))
    yield Space(120.0)
    facts = (
        ("依托单位", center.unit),
        ("推荐单位", center.recommender),
        ("首席科学家", center.scientist),
        ("建设期", "2026年1月至2029年12月"),
        ("编制日期", "2026年3月20日"),
    )
    yield Table(
        columns=(Column(40.0, _FACT_NAME), Column(118.0, _FACT)),
        head=(),
        rows=tuple(Row((Cell(name), Cell(text)), rule=0.2) for name, text in facts),
        frame=0.6,
        vertical=0.0,
        pad_y=4.0,
    )
    yield Space(40.0)
    yield Paragraph(
        "本材料为软件附带的示例，单位、人名和数据均为虚构。", _SUBTITLE.with_(size=10.5)
    )
    yield PageBreak()


def _heading(title: str) -> tuple[Block, ...]:
    return (Paragraph(title, _TITLE.with_(size=18.0, leading=28.0)), Space(12.0))


def _page(title: str) -> PageSetup:
    footer = Footer(left=title, number=PageNumber.RIGHT, rule=0.4, drop_mm=6.0)
    return PageSetup(top_mm=24.0, bottom_mm=24.0, left_mm=26.0, right_mm=26.0, footer=footer)


def _changes_in_words(changes: Sequence[Change]) -> str:
    if not changes:
        return "本中心不调整指标体系，约束性指标按第二条执行。"
    sentences = []
    for change in changes:
        if change.target:
            sentences.append(f"指标{change.indicator}的期满目标调整为{change.target}")
        if change.weight is not None:
            sentences.append(f"指标{change.indicator}的权重调整为{change.weight}")
        if not change.applicable:
            sentences.append(f"指标{change.indicator}不适用于本中心")
    return f"经双方商定，{'；'.join(sentences)}。其余指标不变。"


def _fixed(document: Document) -> bytes:
    """Return the document as PDF without the time of its making: the same bytes every day."""
    data = _DATES.sub(rb"/\1 (D:" + _FIXED_DATE, pdf_bytes(document))
    return _IDS.sub(b"[<" + b"5a" * 16 + b"><" + b"5a" * 16 + b">]", data)


@cache
def _texts(name: str) -> dict[str, Any]:
    with sample_resource(name).open("rb") as file:
        return tomllib.load(file)
