"""An invented round for every paper: 7 experts, 12 applications, 24 indicators, all 示例."""

from fractions import Fraction

from reviewer_app.papers.score_sheet import (
    ScoreSheetFacts,
    SheetApplication,
    SheetIndicator,
    SheetNote,
)

ROUND = "2026年度浙江省技术创新中心建设方案论证会（示例）"
ORGANISER = "示例市科学技术局"
PRINTED = "2026-11-21 15:52"
ROUND_PRINT = "5F2C 91A4 77D0 3B8E"
RESULTS_PRINT = "4D9A 60C2 E7F1 835B"

EXPERTS = (
    ("01", "顾思齐（示例）", "之江大学（示例）"),
    ("02", "沈知行（示例）", "钱塘科技大学（示例）"),
    ("03", "陆喆堃（示例）", "甬江材料研究院（示例）"),
    ("04", "许静澜（示例）", "瓯越理工学院（示例）"),
    ("05", "钟以珺（示例）", "东海投资有限公司（示例）"),
    ("06", "叶翀昇（示例）", "四明会计师事务所（示例）"),
    ("07", "裴𬭎𫖯（示例）", "天台产业技术研究院（示例）"),
)
APPLICATIONS = (
    ("01", "智能工厂操作系统", "甬江智控研究院（示例）"),
    ("02", "精密传动装备", "括苍精工集团（示例）"),
    ("03", "海洋功能材料", "东海材料研究所（示例）"),
    ("04", "合成生物制造", "钱塘生物科技公司（示例）"),
    ("05", "磁性元器件", "四明磁电集团（示例）"),
    ("06", "功率半导体封测", "曹娥微电子公司（示例）"),
    ("07", "氢能装备", "瓯越氢能研究院（示例）"),
    ("08", "工业视觉感知", "西溪视觉科技公司（示例）"),
    ("09", "高性能纤维", "鉴湖新材料集团（示例）"),
    ("10", "催化与分离工程", "东海化工研究院（示例）"),
    ("11", "医学影像部件", "天台医疗器械公司（示例）"),
    ("12", "低空飞行控制", "雁荡航空科技公司（示例）"),
)
INDICATORS = (
    ("6.2", "引进国家级科技领军人才和团队", 5),
    ("6.3", "引进国家级优秀青年科技人才和团队", 4),
    ("6.4", "专职科研人员（包括以上各类高层次人才比重）", 5),
    ("6.5", "青年骨干人才和研究生培育", 4),
    ("6.6", "非研发类专职人员", 2),
    ("7.1", "承担国家和省重大战略任务", 6),
    ("7.2", "承担国家和省级各类重大项目", 6),
    ("7.3", "合作研究和自主设计重大专项", 6),
    ("8.1", "攻克“卡脖子”技术，形成进口替代能力", 12),
    ("8.2", "抢占前沿技术制高点，在若干领域率先实现领跑", 12),
    ("9.1", "建立运行评价机制", 2),
    ("9.2", "建立人才引育评价机制", 2),
    ("9.3", "建立平台建设评价机制", 2),
    ("9.4", "建立项目实施评价机制", 2),
    ("9.5", "建立成果转化评价机制", 2),
    ("9.6", "建立创新服务评价机制", 2),
    ("9.7", "建立综合保障评价机制", 2),
    ("10.1", "建立关键核心技术攻关机制", 4),
    ("10.2", "建立创新成果转化机制", 4),
    ("10.3", "建立市场化技术创新服务机制", 3),
    ("10.4", "建立创新创业孵化服务机制", 3),
    ("10.5", "建立高层次科技创新人才引进培育机制", 3),
    ("10.6", "建立科学考核评价机制", 3),
    ("10.7", "打造公共创新服务平台", 4),
)
LEVELS = (90, 80, 78, 86, 82, 89, 72, 83, 77, 68, 82, 77)
NOTES = (
    "每项百分制，步长 1；优 90–100，良 75–89，中 60–74，差 0–59。",
    "“不适用”“弃权”的权重在本维度内按比例分摊。权重为建议权重（非官方），已由组织单位确认。",
)


def mark(expert: int, application: int, indicator: int) -> int:
    """Return an invented mark, the same at every call."""
    spread = (expert * 7 + application * 5 + indicator * 11) % 17 - 8
    return max(40, min(100, LEVELS[application % 12] + spread))


def total(expert: int, application: int) -> Fraction:
    """Return the invented marks' weighted total."""
    points = sum(
        weight * mark(expert, application, place)
        for place, (_code, _title, weight) in enumerate(INDICATORS)
    )
    return Fraction(points, 100)


def published(value: Fraction) -> str:
    """Return ``value`` with two decimals, halves up."""
    hundredths = int(value * 100 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def indicators() -> tuple[SheetIndicator, ...]:
    """Return the rows of a score sheet."""
    ends = {"6.6", "7.3", "8.2", "9.7"}
    return tuple(
        SheetIndicator(code, title, str(weight), code in ends)
        for code, title, weight in INDICATORS
    )


def score_sheet(
    expert: int = 1, applications: int = 12, codes: int = 1, code_length: int = 1180
) -> ScoreSheetFacts:
    """Return one expert's sheet over as many applications, with as many codes."""
    marks = [
        [str(mark(expert, application, place)) for application in range(applications)]
        for place in range(len(INDICATORS))
    ]
    marks[4][5 % applications] = "不适用"
    marks[9][8 % applications] = "弃权"
    marks[3][9 % applications] = "*56"
    marks[23][9 % applications] = "*57"
    number, name, employer = EXPERTS[expert]
    return ScoreSheetFacts(
        round_title=ROUND,
        expert_number=number,
        expert_name=name,
        employer=employer,
        revision=1,
        applications=tuple(
            SheetApplication(
                f"{place + 1:02d}", APPLICATIONS[place % 12][1], published(total(expert, place))
            )
            for place in range(applications)
        ),
        indicators=indicators(),
        marks=tuple(tuple(row) for row in marks),
        receipt="7KQ2-M4XA-9BTC",
        key_fingerprint="C81E 4F07 A6D9 220B",
        round_fingerprint=ROUND_PRINT,
        codes=tuple(code_text(place, code_length) for place in range(codes)),
        printed_at="2026-11-21 14:29",
        notes=NOTES,
        reasons=(
            SheetNote("10", "6.5", "研究生联合培养仅有协议，无在读名单。"),
            SheetNote("10", "10.7", "平台尚未对外服务，无服务企业清单。"),
        ),
        abstentions=(SheetNote("09", "8.2", "非本人专业领域。"),),
    )


def code_text(place: int, length: int) -> str:
    """Return as many characters of the QR alphanumeric set, different for every code."""
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
    return "".join(
        alphabet[(place * 13 + index * index + index * 7) % 45] for index in range(length)
    )
