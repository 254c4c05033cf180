"""The tables of the sample documents: goals, funds, people, bases and the like."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from reviewer_app.core.numbers import Rounding, publish
from reviewer_app.papers.model import (
    Align,
    Block,
    Cell,
    Column,
    Keep,
    Paragraph,
    Role,
    Row,
    Space,
    Style,
    Table,
)
from reviewer_app.services.sample_centers import SOURCES, YEARS, Center

TEXT_WIDTH_MM = 158.0
_CAPTION = Style(Role.HEI, 9.5, 16.0, Align.CENTRE, before=6.0, after=3.0, keep_with_next=True)
_LEFT = Style(Role.SONG, 9.5, 14.0, Align.LEFT)
_RIGHT = _LEFT.with_(align=Align.RIGHT)
_HEAD = _LEFT.with_(role=Role.HEI)

Content = tuple[str, Sequence[tuple[str, float, Style]], Sequence[Sequence[str]]]
"""A caption, the columns (head, share of the width, look), and the rows."""


def sample_table(name: str, center: Center, level: int) -> tuple[Block, ...]:
    """Return one of the sample tables; its caption enters the outline at ``level``."""
    caption, columns, rows = _MAKERS[name](center)
    total = sum(share for _head, share, _style in columns)
    table = Table(
        columns=tuple(
            Column(TEXT_WIDTH_MM * share / total, style) for _head, share, style in columns
        ),
        head=(
            Row(
                tuple(
                    Cell(head, _HEAD.with_(align=style.align))
                    for head, _share, style in columns
                ),
                rule=0.7,
            ),
        ),
        rows=tuple(Row(tuple(Cell(text) for text in row), rule=0.2) for row in rows),
        frame=1.0,
        vertical=0.0,
    )
    return (Keep((Paragraph(caption, _CAPTION, level), table)), Space(8.0))


def targets_now_and_later(center: Center) -> tuple[tuple[str, str, str, str], ...]:
    """Return the binding goals: (name, unit, at present, at the end)."""
    return (
        ("高水平技术创新队伍", "人", f"{center.staff[0]:,}", f"{center.staff[1]:,}"),
        ("高层次创新创业团队", "个", str(center.teams[0]), str(center.teams[1])),
        ("承接技术转移转化和产业化的基地", "个", str(center.signed), str(len(center.bases))),
        ("建立紧密合作关系的企业", "家", str(center.cooperating // 2), str(center.cooperating)),
        ("累计衍生孵化企业", "家", str(center.incubated // 3), str(center.incubated)),
        ("累计服务企业", "家", f"{center.served // 4:,}", f"{center.served:,}"),
    )


def _goals(center: Center) -> Content:
    rows = [
        (name, unit, now, later) for name, unit, now, later in targets_now_and_later(center)
    ]
    spent = _tenths(sum((row[0] for row in center.funds), Fraction(0)))
    rows.append(("各类资金投入", "亿元", spent, _tenths(center.funds_total)))
    columns = (
        ("指标", 6, _LEFT), ("单位", 1.5, _LEFT), ("2026年", 2.5, _RIGHT),
        ("2029年", 2.5, _RIGHT),
    )  # fmt: skip
    return "表1　建设目标", columns, rows


def _partners(center: Center) -> Content:
    rows = [(str(n), *row) for n, row in enumerate(center.partners, 1)]
    columns = (
        ("序号", 1, _LEFT),
        ("单位", 4, _LEFT),
        ("承担的任务", 5, _LEFT),
        ("性质", 1.4, _LEFT),
    )
    return "表2　共建单位与分工", columns, rows


def _tenths(value: Fraction) -> str:
    return publish(value, 1, Rounding.HALF_UP)


def _funds(center: Center) -> Content:
    rows = [
        (source, *(_tenths(each) for each in row), _tenths(sum(row, Fraction(0))))
        for source, row in zip(SOURCES, center.funds, strict=True)
    ]
    years = [sum(column, Fraction(0)) for column in zip(*center.funds, strict=True)]
    total = _tenths(center.funds_total)
    rows.append(("合计", *(_tenths(each) for each in years), total))
    columns = (
        ("来源", 3, _LEFT),
        *((f"{year}年", 2.0, _RIGHT) for year in YEARS),
        ("合计", 2, _RIGHT),
    )
    return "表3　投入计划（亿元）", columns, rows


def _people(center: Center) -> Content:
    now, later = center.staff
    steps = [now + (later - now) * step // 3 for step in range(4)]
    teams = [
        center.teams[0] + (center.teams[1] - center.teams[0]) * step // 3 for step in range(4)
    ]
    rows = [
        ("专职科研人员（人）", *(f"{each:,}" for each in steps)),
        ("其中博士（人）", *(f"{each * 27 // 100:,}" for each in steps)),
        ("高层次团队（个）", *(str(each) for each in teams)),
        ("在读研究生（人）", *(f"{each // 9:,}" for each in steps)),
    ]
    columns = (("类别", 4, _LEFT), *((f"{year}年", 2.0, _RIGHT) for year in YEARS))
    return "表4　人才队伍分年计划", columns, rows


def _bottlenecks(center: Center) -> Content:
    columns = (
        ("关键技术", 3, _LEFT), ("目标或当前水平", 3, _LEFT), ("国外对标", 2.6, _LEFT),
        ("进展", 3, _LEFT),
    )  # fmt: skip
    return "表5　关键技术攻关清单", columns, center.bottlenecks


def _bases(center: Center) -> Content:
    rows = [
        (
            str(n),
            name,
            partner,
            "已签" if n <= center.signed else "意向",
            f"{area:,}" if area else "—",
        )
        for n, (name, partner, area) in enumerate(center.bases, 1)
    ]
    columns = (
        ("序号", 1, _LEFT), ("基地", 3.4, _LEFT), ("合作单位", 3.6, _LEFT),
        ("协议", 1.2, _LEFT), ("面积（平方米）", 2.2, _RIGHT),
    )  # fmt: skip
    return "表6　转化基地建设进度", columns, rows


def _pledges(center: Center) -> Content:
    rows = [
        (str(n), name, unit, later)
        for n, (name, unit, _now, later) in enumerate(targets_now_and_later(center), 1)
    ]
    columns = (
        ("序号", 1, _LEFT), ("指标", 6, _LEFT), ("单位", 1.5, _LEFT), ("期满目标", 2.5, _RIGHT),
    )  # fmt: skip
    return "约束性指标（建设期满）", columns, rows


def _agreements(center: Center) -> Content:
    rows = [
        (str(n), name, role, "3,000" if kind == "企业" else "以设备和人员投入")
        for n, (name, role, kind) in enumerate(center.partners, 1)
    ]
    columns = (
        ("序号", 1, _LEFT), ("签约单位", 3.6, _LEFT), ("主要约定", 4, _LEFT),
        ("出资（万元）", 2.6, _RIGHT),
    )  # fmt: skip
    return "共建协议摘要", columns, rows


def _instruments(center: Center) -> Content:
    kinds = (
        "综合试验台",
        "可靠性试验系统",
        "高精度测量系统",
        "材料分析系统",
        "数据采集与计算平台",
    )
    rows = [
        (str(n), f"{center.field}{kind}", str(1 + (center.index + n) % 3), f"{180 + 95 * n:,}")
        for n, kind in enumerate(kinds, 1)
    ]
    columns = (
        ("序号", 1, _LEFT), ("名称", 5.5, _LEFT), ("台（套）", 1.6, _RIGHT),
        ("原值（万元）", 2.2, _RIGHT),
    )  # fmt: skip
    return "主要仪器设备", columns, rows


_MAKERS: Mapping[str, Callable[[Center], Content]] = {
    "goals": _goals,
    "partners": _partners,
    "funds": _funds,
    "people": _people,
    "bottlenecks": _bottlenecks,
    "bases": _bases,
    "pledges": _pledges,
    "agreements": _agreements,
    "instruments": _instruments,
}
