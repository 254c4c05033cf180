"""评审会议纪要: the minutes of a round in the look of GB/T 9704, provable line by line.

Everything in them comes from the round's documents, the results and the log; the program only
words it. It recommends and never decides: what becomes of a recommendation is the organiser's.
"""

from reviewer_app.papers.minutes_annexes import annexes
from reviewer_app.papers.minutes_facts import Attendance, MinutesFacts
from reviewer_app.papers.model import (
    MM,
    Align,
    Block,
    Document,
    Keep,
    Paragraph,
    Role,
    Rule,
    Run,
    Space,
    Style,
    Tabs,
)
from reviewer_app.papers.official import (
    FLUSH,
    PITCH,
    RED,
    TITLE,
    body,
    heading,
    official_page,
    subheading,
)
from reviewer_app.papers.parts import sentences

MARK_DROP_MM = 35.0
"""From the text area's top to the mark's, for minutes in GB/T 9704."""
MARK = Style(Role.TITLE, 40.0, 44.0, Align.CENTRE, colour=RED, letter_space=6.0)
HEAD_LINES = 8
"""Lines of the grid that mark, number and red rule take together."""
RED_RULE = 2.0


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
            *annexes(facts),
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
