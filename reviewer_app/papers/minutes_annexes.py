"""The tables after the minutes: results with the cut line, receipts, what proves them."""

from collections.abc import Sequence

from reviewer_app.papers.forms import CELL, CENTRED, FIGURE, HEAD, SMALL
from reviewer_app.papers.minutes_facts import MinutesFacts, MinutesProof, MinutesResult
from reviewer_app.papers.model import (
    Block,
    Cell,
    Column,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Space,
    Style,
    Table,
    Text,
)
from reviewer_app.papers.official import FLUSH, PITCH, WIDTH_MM
from reviewer_app.papers.parts import mono

CUT_RULE = 2.0


def annexes(facts: MinutesFacts) -> list[Block]:
    """Return the three tables that follow the text: results, receipts, what proves them."""
    return [
        PageBreak(),
        Paragraph("附表一　评审结果", FLUSH.with_(role=Role.HEI, keep_with_next=True), level=1),
        _result_table(facts),
        Space(PITCH),
        Paragraph(
            "附表二　评分表回执", FLUSH.with_(role=Role.HEI, keep_with_next=True), level=1
        ),
        _receipt_table(facts),
        Space(PITCH),
        Paragraph("附表三　核验信息", FLUSH.with_(role=Role.HEI, keep_with_next=True), level=1),
        _proof_table(facts.proof),
    ]


def _result_table(facts: MinutesFacts) -> Table:
    voted = any(each.vote or each.conclusion for each in facts.results)
    widths = (10.0, 10.0, 46.0, 32.0, 16.0, 42.0) if voted else (12.0, 14.0, 66.0, 44.0, 20.0)
    styles = (CENTRED, CENTRED, CELL, CELL, FIGURE, SMALL)
    labels = ("名次", "编号", "评审对象", "依托单位", facts.result_label, "表决和建议")
    rows = [
        (each.rank, each.number, each.name, each.unit, each.result, _outcome(each))
        for each in facts.results
    ]
    return _table(widths, styles, labels, rows, facts.recommended)


def _outcome(result: MinutesResult) -> str:
    return "；".join(text for text in (result.vote, result.conclusion) if text)


def _receipt_table(facts: MinutesFacts) -> Table:
    rows: list[tuple[Text, ...]] = [
        (
            each.expert,
            each.name,
            each.revision,
            _code(each.receipt),
            _code(each.key_fingerprint),
        )
        for each in facts.receipts
    ]
    labels = ("专家", "姓名", "版次", "回执码", "本人密钥指纹")
    styles = (CENTRED, CELL, CENTRED, CENTRED, CENTRED)
    return _table((16.0, 38.0, 16.0, 40.0, 46.0), styles, labels, rows)


def _proof_table(proof: MinutesProof) -> Table:
    rows: list[tuple[Text, ...]] = [
        ("结果码全文（results.json 的 SHA-256）", _code(proof.results_digest)),
        ("核验程序 verify.py 的 SHA-256", _code(proof.verify_digest)),
        ("组织单位密钥指纹", _code(proof.bureau_fingerprint)),
        ("本场指纹", _code(proof.round_fingerprint)),
        ("封存时的日志头（见封存单）", _code(proof.log_head)),
    ]
    return _table((40.0, WIDTH_MM - 40.0), (CELL, CELL), ("项目", "值"), rows)


def _code(text: str) -> Text:
    return (mono(text, 9.5),)


def _table(
    widths: tuple[float, ...],
    styles: tuple[Style, ...],
    labels: tuple[str, ...],
    rows: Sequence[tuple[Text, ...]],
    cut: int = 0,
) -> Table:
    """Return a table of the annexes; a heavy rule under row ``cut``."""
    return Table(
        columns=tuple(
            Column(width, style) for width, style in zip(widths, styles, strict=False)
        ),
        head=(
            Row(tuple(Cell(label, HEAD) for label, _w in zip(labels, widths, strict=False))),
        ),
        rows=tuple(
            Row(
                tuple(Cell(text) for text, _w in zip(row, widths, strict=False)),
                rule=CUT_RULE if place == cut and place < len(rows) else 0.5,
            )
            for place, row in enumerate(rows, 1)
        ),
        pad_x=3.0,
        pad_y=2.5,
    )
