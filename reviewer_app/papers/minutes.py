"""评审会议纪要: the minutes of a round in the look of GB/T 9704, provable line by line.

Everything in them comes from the round's documents, the results and the log; the program only
words it. It recommends and never decides: what becomes of a recommendation is the organiser's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer_app.papers.model import (
    MM,
    Align,
    Block,
    Cell,
    Column,
    Document,
    Keep,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Rule,
    Run,
    Space,
    Style,
    Table,
    Tabs,
    Text,
)
from reviewer_app.papers.official import (
    FLUSH,
    PITCH,
    RED,
    TITLE,
    WIDTH_MM,
    body,
    heading,
    official_page,
    subheading,
)
from reviewer_app.papers.parts import mono, sentences

MARK_DROP_MM = 35.0
"""From the text area's top to the mark's, for minutes in GB/T 9704."""
MARK = Style(Role.TITLE, 40.0, 44.0, Align.CENTRE, colour=RED, letter_space=6.0)
HEAD_LINES = 8
"""Lines of the grid that mark, number and red rule take together."""
RED_RULE = 2.0
CELL = Style(Role.SONG, 10.5, 15.0, Align.LEFT)
OUTCOME = CELL.with_(size=9.5, leading=13.0)
CENTRED = CELL.with_(align=Align.CENTRE)
FIGURE = CELL.with_(role=Role.HEI, align=Align.RIGHT)
HEAD = CELL.with_(role=Role.HEI, align=Align.CENTRE)


@dataclass(frozen=True, slots=True)
class MinutesResult:
    """One application's line in the result table, as published."""

    rank: str
    number: str
    name: str
    unit: str
    result: str
    vote: str = ""
    """``同意5票、不同意1票、弃权1票``; empty where nobody voted."""
    conclusion: str = ""
    """``建议通过论证``, a band, or empty."""


@dataclass(frozen=True, slots=True)
class MinutesReceipt:
    """One expert's sheet that was counted."""

    expert: str
    name: str
    revision: str
    receipt: str
    key_fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class MinutesProof:
    """What lets anybody derive the figures again; digests in full."""

    results_digest: str
    verify_digest: str
    """SHA-256 of verify.py, which re-derives everything."""
    bureau_fingerprint: str
    round_fingerprint: str
    log_head: str
    """The log's head at closing, as the closing statement prints it."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was there, as printed; empty where nobody is named."""

    host: str
    leader: str
    supervisor: str
    secretary: str
    experts: tuple[str, ...]
    observers: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    leader_election: str = ""


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """Everything the minutes say; sequences of sentences are printed one a paragraph."""

    title: str
    """The round's title; 纪要 is added."""
    serial: str
    organiser: str
    date: str
    place: str
    kind: str
    subject: str
    """What was judged: ``建设方案``."""
    attendance: Attendance
    results: tuple[MinutesResult, ...]
    receipts: tuple[MinutesReceipt, ...]
    proof: MinutesProof
    rules: tuple[str, ...] = ()
    hours: str = ""
    """``8:30—16:40``."""
    closing: str = ""
    """When collection closed and where the statement is, in a sentence."""
    recusals: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    result_notes: tuple[str, ...] = ()
    """What the table does not say: the cut line's gap, ties, gates."""
    corrections: tuple[str, ...] = ()
    dissents: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    """What is said of a second scoring, where one was held."""
    interference: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    recommended: int = 0
    result_label: str = "平均分"
    mark: str = "评审会议纪要"


def minutes_paper(facts: MinutesFacts) -> Document:
    """Return the minutes of a round."""
    title = f"{facts.title.removesuffix('（示例）')}纪要" + (
        "（示例）" if facts.title.endswith("（示例）") else ""
    )
    return Document(
        title=title,
        page=official_page(),
        blocks=(
            _head(facts),
            Paragraph(title, TITLE.with_(before=PITCH, after=PITCH * 0.6), level=1),
            body(_opening(facts)),
            *_review(facts),
            *_results(facts),
            *_disagreements(facts),
            *_next(facts),
            *_attendance(facts.attendance),
            *_annexes(facts),
        ),
        author=facts.organiser,
        subject=facts.title,
    )


def _head(facts: MinutesFacts) -> Keep:
    """Return the red head; it fills a whole number of lines, so that the grid goes on."""
    number = FLUSH.with_(align=Align.CENTRE)
    blocks: list[Block] = [
        Keep((), MARK_DROP_MM - (MARK.leading - MARK.size) / 2 / MM),
        Paragraph(facts.mark, MARK.with_(after=PITCH * 0.6)),
        *([Paragraph(facts.serial, number.with_(after=PITCH * 0.4))] if facts.serial else []),
        Tabs(facts.organiser, right=facts.date, style=FLUSH),
        Rule(RED_RULE, RED),
    ]
    return Keep(tuple(blocks), HEAD_LINES * PITCH / MM)


def _opening(facts: MinutesFacts) -> str:
    people = facts.attendance
    leader = f"，推选{people.leader}任组长" if people.leader else ""
    supervisor = f"，监督员{people.supervisor}全程在场" if people.supervisor else ""
    secretary = f"，{people.secretary}记录" if people.secretary else ""
    place = f"在{facts.place}" if facts.place else ""
    return (
        f"{facts.date}{facts.hours}，{facts.organiser}{place}召开{facts.kind}会，"
        f"对{len(facts.results)}个{facts.subject}进行{facts.kind}。"
        f"会议由{people.host}主持{secretary}，"
        f"专家组{len(people.experts)}人到会{leader}{supervisor}。{people.leader_election}"
    )


def _review(facts: MinutesFacts) -> list[Block]:
    recused = facts.recusals or ("本场没有回避。",)
    blocks: list[Block] = [
        heading(1, "评审情况"),
        body(
            f"评审对象{len(facts.results)}个，专家{len(facts.attendance.experts)}人；"
            f"收到并计入评分表{len(facts.receipts)}份，回执码见附表二。{facts.closing}"
        ),
        subheading(1, "回避"),
        *(body(text) for text in recused),
        subheading(2, "规则"),
        body(sentences(facts.rules)),
    ]
    if facts.overrides:
        blocks += [subheading(3, "例外及理由"), *(body(text) for text in facts.overrides)]
    return blocks


def _results(facts: MinutesFacts) -> list[Block]:
    listed = facts.results[: facts.recommended] if facts.recommended else ()
    names = "、".join(f"{each.number}号{each.name}（{each.result}分）" for each in listed)
    first = f"专家组建议推荐前{len(listed)}名：{names}。" if listed else ""
    return [
        heading(2, "评审结果"),
        body(f"{first}全部结果见附表一。"),
        *(body(text) for text in (*facts.second, *facts.result_notes)),
    ]


def _disagreements(facts: MinutesFacts) -> list[Block]:
    parts = (
        ("不同意见", facts.dissents, "没有不同意见。"),
        ("更正", facts.corrections, "没有更正。"),
        ("封存后收到的评分表", facts.late, ""),
        ("请托、干扰情况", facts.interference, ""),
    )
    blocks: list[Block] = [heading(3, "不同意见与更正")]
    shown = [(title, texts or (none,)) for title, texts, none in parts if texts or none]
    for place, (title, texts) in enumerate(shown, 1):
        blocks += [subheading(place, title), *(body(text) for text in texts)]
    return blocks


def _next(facts: MinutesFacts) -> list[Block]:
    steps = facts.next_steps or (f"专家组意见和推荐顺序为建议，报{facts.organiser}研究审定。",)
    return [heading(4, "下一步"), *(body(text) for text in steps)]


def _attendance(people: Attendance) -> list[Block]:
    """Return 出席, 列席, 请假: 黑体 labels, names in 仿宋, full-width colon."""
    lists = (("出席", people.experts), ("列席", people.observers), ("请假", people.excused))
    return [
        Space(PITCH),
        *(
            body((Run(f"{label}：", Role.HEI), Run("、".join(names) + "。")))
            for label, names in lists
            if names
        ),
    ]


def _annexes(facts: MinutesFacts) -> list[Block]:
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
    styles = (CENTRED, CENTRED, CELL, CELL, FIGURE, OUTCOME)
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
                rule=RED_RULE if place == cut and place < len(rows) else 0.5,
            )
            for place, row in enumerate(rows, 1)
        ),
        pad_x=3.0,
        pad_y=2.5,
    )
