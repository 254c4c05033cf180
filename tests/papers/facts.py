"""An invented round for every paper: 7 experts, 12 applications, 24 indicators, all 示例."""

from dataclasses import replace
from fractions import Fraction

from reviewer_app.papers.closing import ClosingFacts, ClosingRow, closing_paper
from reviewer_app.papers.formulas import CombiningRule
from reviewer_app.papers.minutes import (
    minutes_paper,
)
from reviewer_app.papers.minutes_facts import (
    Attendance,
    MinutesFacts,
    MinutesProof,
    MinutesReceipt,
    MinutesResult,
)
from reviewer_app.papers.model import Document
from reviewer_app.papers.opinion import Ballot, OpinionFacts, OpinionMember, opinion_paper
from reviewer_app.papers.score_sheet import (
    ScoreSheetFacts,
    SheetApplication,
    SheetIndicator,
    SheetNote,
    score_sheet_paper,
)
from reviewer_app.papers.slips import SlipFacts, SlipsFacts, slips_paper
from reviewer_app.papers.summary import SummaryExpert, SummaryFacts, SummaryRow, summary_paper
from reviewer_app.papers.workbook import (
    WorkbookExpert,
    WorkbookFacts,
    WorkbookIndicator,
    WorkbookRow,
)

ROUND = "2026年度浙江省技术创新中心建设方案论证会（示例）"
ORGANISER = "示例市科学技术局"
PRINTED = "2026-11-21 15:52"
ROUND_PRINT = "5F2C 91A4 77D0 3B8E"
BUREAU_PRINT = "9A31 77B2 05CD E418"
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


def results() -> list[tuple[int, Fraction]]:
    """Return (application, mean total) from the best down; expert 05 recuses from 07."""
    means = [
        (
            place,
            Fraction(sum(total(each, place) for each in scorers(place)), len(scorers(place))),
        )
        for place in range(len(APPLICATIONS))
    ]
    return sorted(means, key=lambda pair: -pair[1])


def scorers(application: int) -> list[int]:
    """Return the experts who scored an application."""
    return [each for each in range(len(EXPERTS)) if (each, application) != (4, 6)]


def full_name(application: int) -> str:
    """Return the full name of an application."""
    return f"浙江省{APPLICATIONS[application % 12][1]}技术创新中心（示例）"


RULES = (
    "取全体专家总分的算术平均，不去高低；",
    "只在发布时修约一次，四舍五入保留 2 位；",
    "按发布分排序，同分依次比“8 标志性成果”、中位数，仍同则并列，下一名次跳号；",
    "偏离其余专家平均 20% 提示、30% 须说明；单项低于 60% 须写理由。",
)


def summary(dissents: tuple[str, ...] = ()) -> SummaryFacts:
    """Return the summary of the invented round."""
    rows = tuple(
        SummaryRow(
            rank=str(rank),
            number=APPLICATIONS[place][0],
            name=full_name(place),
            unit=APPLICATIONS[place][2],
            totals=tuple(
                published(total(each, place)) if each in scorers(place) else "回避"
                for each in range(len(EXPERTS))
            ),
            result=published(mean),
            note="专家05 回避" if place == 6 else "",
        )
        for rank, (place, mean) in enumerate(results(), 1)
    )
    return SummaryFacts(
        round_title=ROUND,
        organiser=ORGANISER,
        date="2026年11月21日",
        experts=tuple(SummaryExpert(number, name) for number, name, _unit in EXPERTS),
        rows=rows,
        rules=RULES,
        round_fingerprint=ROUND_PRINT,
        results_code=RESULTS_PRINT,
        printed_at=PRINTED,
        signers=(
            ("组长：", EXPERTS[0][1]),
            ("监督员：", "柳清（示例）"),
            ("复核：", "祝镕（示例）"),
        ),
        recommended=5,
        sheets="评分表 7 份（9 版）",
        dissents=dissents,
        footnotes=("权重为建议权重（非官方），经组织单位确认。标题“6 顶尖人才”为推断。",),
    )


def large_summary(applications: int, experts: int) -> SummaryFacts:
    """Return a summary of any size, scores invented."""
    rows = tuple(
        SummaryRow(
            rank=str(place + 1),
            number=f"{place + 1:03d}",
            name=full_name(place),
            unit=APPLICATIONS[place % 12][2],
            totals=tuple(
                f"{60 + (place * 7 + each) % 40}.{each:02d}" for each in range(experts)
            ),
            result="88.65",
        )
        for place in range(applications)
    )
    names = tuple(
        SummaryExpert(f"{each + 1:02d}", EXPERTS[each % 7][1]) for each in range(experts)
    )
    return replace(summary(), rows=rows, experts=names, recommended=applications // 3)


def minutes() -> MinutesFacts:
    """Return the minutes of the invented round."""
    return MinutesFacts(
        title=ROUND,
        serial="〔2026〕12号",
        organiser=ORGANISER,
        date="2026年11月21日",
        place="示例市科技大厦305会议室",
        kind="论证",
        subject="建设方案",
        attendance=Attendance(
            host="温以宁（示例）",
            leader="顾思齐（示例）",
            supervisor="柳清（示例）",
            secretary="方珺（示例）",
            experts=tuple(f"{name}" for _number, name, _unit in EXPERTS),
            observers=("温以宁（示例）", "柳清（示例）"),
            excused=(),
            leader_election="组长由到会专家举手推选产生，其中顾思齐（示例）7票。",
        ),
        results=tuple(
            MinutesResult(
                str(rank),
                APPLICATIONS[place][0],
                full_name(place),
                APPLICATIONS[place][2],
                published(mean),
                "同意5票、不同意1票、弃权1票" if rank <= 5 else "",
                "建议通过论证" if rank <= 5 else "",
            )
            for rank, (place, mean) in enumerate(results(), 1)
        ),
        receipts=tuple(
            MinutesReceipt(
                f"专家{number}", name, "第1版", "7KQ2-M4XA-9BTC", "C81E 4F07 A6D9 220B"
            )
            for number, name, _unit in EXPERTS
        ),
        proof=MinutesProof(
            results_digest="4d9a60c2e7f1835b" * 4,
            verify_digest="0f1e2d3c4b5a6978" * 4,
            bureau_fingerprint=BUREAU_PRINT,
            round_fingerprint=ROUND_PRINT,
            log_head="aa55" * 16,
        ),
        rules=RULES,
        recusals=("专家05对07号对象回避，该对象由6人评分。",),
        overrides=("专家02、07同单位（示例）：专业不可替代，组织单位保留，理由见名册。",),
        result_notes=("第5名与第6名相差0.11分。",),
        corrections=("专家06经核对材料，将05号对象指标6.4的评分由79分更正为87分，见更正单1。",),
        dissents=(),
        recommended=5,
    )


def opinion() -> OpinionFacts:
    """Return the panel's opinion on application 05, with one dissent."""
    return OpinionFacts(
        name="浙江省磁性元器件技术创新中心（示例）",
        subject="建设方案",
        kind="论证",
        organiser=ORGANISER,
        place="示例市",
        date="2026年11月21日",
        unit="四明磁电集团（示例）",
        leader=EXPERTS[0][0],
        members=tuple(OpinionMember(*expert) for expert in EXPERTS),
        overall="提供的材料齐全，符合论证要求。\n该中心面向高端磁性元器件，目标定位清晰，"
        "依托单位中试条件较好，建设任务与考核指标基本可行。",
        problems="一是专职科研人员1,742人，低于期满目标2,000人；二是两个转化基地仅有意向。",
        advice="一年内补齐人才引进计划，并在责任书中列明两个转化基地的签约时间。",
        result="82.39",
        rules="满分100分；算术平均；四舍五入保留两位小数",
        results_code=RESULTS_PRINT,
        ballot=Ballot(5, 1, 1, carried=True),
        dissents=(("专家05", "两个转化基地尚无签约，建设期内难以完成考核指标。"),),
    )


def slips(count: int = 7) -> SlipsFacts:
    """Return the passcode slips of the invented round."""
    return SlipsFacts(
        ROUND,
        ROUND_PRINT,
        BUREAU_PRINT,
        tuple(
            SlipFacts(
                EXPERTS[place % 7][0],
                EXPERTS[place % 7][1],
                f"专家{EXPERTS[place % 7][0]}_评审包.reviewpack",
                ("K7WM9", "4QTX2", "9B2RH", "HD6F3"),
            )
            for place in range(count)
        ),
    )


def closing() -> ClosingFacts:
    """Return the closing statement of the invented round, one sheet missing."""
    rows = tuple(
        ClosingRow(number, name, "已收", "1", "7KQ2-M4XA-9BTC", "C81E 4F07 A6D9 220B")
        if number != "05"
        else ClosingRow(number, name, "缺席", note="突发身体原因")
        for number, name, _unit in EXPERTS
    )
    return ClosingFacts(
        round_title=ROUND,
        organiser=ORGANISER,
        closed_at="2026-11-21 15:10",
        expected=7,
        received=6,
        rows=rows,
        log_head="aa55" * 16,
        round_fingerprint=ROUND_PRINT,
        bureau_fingerprint=BUREAU_PRINT,
        printed_at=PRINTED,
        signers=(("监督员：", "柳清（示例）"), ("主持人：", ""), ("秘书：", "")),
        reasons=("专家05突发身体原因离会，未提交评分表，到会人数仍符合规则。",),
    )


def workbook(*, marks: bool = True, applications: int = 12) -> WorkbookFacts:
    """Return the summary workbook of the invented round, with the marks or without."""
    rows = tuple(
        WorkbookRow(
            rank=str(rank),
            number=APPLICATIONS[place][0],
            name=full_name(place),
            unit=APPLICATIONS[place][2],
            totals=tuple(
                total(each, place) if each in scorers(place) else "回避"
                for each in range(len(EXPERTS))
            ),
            exact=mean,
            published=published(mean),
            indicators=_workbook_indicators(place) if marks else (),
        )
        for rank, (place, mean) in enumerate(results()[:applications], 1)
    )
    return WorkbookFacts(
        round_title=ROUND,
        organiser=ORGANISER,
        date="2026年11月21日",
        experts=tuple(WorkbookExpert(number, name) for number, name, _unit in EXPERTS),
        rows=rows,
        rule=CombiningRule(),
        rules=RULES,
        results_code=RESULTS_PRINT,
        round_fingerprint=ROUND_PRINT,
        recommended=5,
    )


def _workbook_indicators(application: int) -> tuple[WorkbookIndicator, ...]:
    return tuple(
        WorkbookIndicator(
            dimension=code.partition(".")[0],
            code=code,
            title=title,
            weight=Fraction(weight),
            maximum=Fraction(100),
            marks=tuple(
                Fraction(mark(each, application, place))
                if each in scorers(application)
                else "回避"
                for each in range(len(EXPERTS))
            ),
        )
        for place, (code, title, weight) in enumerate(INDICATORS)
    )


def every_paper() -> tuple[Document, ...]:
    """Return one of each kind of paper."""
    return (
        score_sheet_paper(score_sheet()),
        summary_paper(summary()),
        minutes_paper(minutes()),
        opinion_paper(opinion()),
        slips_paper(slips()),
        closing_paper(closing()),
    )
