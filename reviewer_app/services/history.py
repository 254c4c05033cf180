"""Results over the years, kept with the unit reviewed, and what the rules propose from them.

The program proposes with the rule's own words and the evidence; it never decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer_app.services.ports import OpenBureau
from reviewer_app.services.records import HistoryRecord
from reviewer_app.services.results import Results, application_of

_FAILED = "不合格"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One consequence a document foresees, with its quote and the rounds it rests on."""

    proposal: str
    quote: str
    source: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitHistory:
    """A unit's published results, oldest first, and what they propose."""

    unit: str
    results: tuple[HistoryRecord, ...]
    proposals: tuple[Proposal, ...]


def history_of(bureau: OpenBureau, unit_name: str) -> UnitHistory:
    """Return every result of a unit reviewed, with the consequences the documents name."""
    with bureau() as unit:
        records = sorted(unit.history(unit_name), key=lambda record: record.date)
    return UnitHistory(unit_name, tuple(records), tuple(propose(records)))


def known_units(bureau: OpenBureau) -> list[str]:
    """Return every unit with a published result, in the order of their names."""
    with bureau() as unit:
        return unit.history_units()


def published_results(results: Results) -> list[HistoryRecord]:
    """Return what is kept of a sealed round: each application's result with its unit."""
    document = results.seating.round.document
    records = []
    for result in results.tally.applications:
        application = application_of(results.seating, result.number)
        if application.unit and result.published is not None:
            records.append(
                HistoryRecord(
                    unit=application.unit,
                    round_id=document.round_id,
                    round_title=document.title,
                    kind=document.kind.value,
                    date=document.date.isoformat(),
                    application=application.number,
                    name=application.name,
                    scheme=document.scheme.id,
                    published=result.published,
                    rank=result.rank,
                    band=result.band or "",
                )
            )
    return records


def propose(records: Sequence[HistoryRecord]) -> list[Proposal]:
    """Return what the results, oldest first, lead to by the documents' own rules."""
    proposals = []
    annual = [record for record in records if record.kind == "年度绩效评价"]
    for scheme, mine in _by_scheme(annual).items():
        last_two = mine[-2:]
        failed_twice = len(last_two) == 2 and all(r.band == _FAILED for r in last_two)  # noqa: PLR2004 - 连续两次
        if failed_twice and scheme.startswith("zj-tic"):
            proposals.append(
                Proposal(
                    "摘牌",
                    "连续两次绩效评价不合格的，予以摘牌",
                    "浙江省技术创新中心建设工作指引（征求意见稿）五(四)",
                    tuple(map(_evidence, last_two)),
                )
            )
        if mine[-1].band == _FAILED and scheme.startswith("nb-itri"):
            proposals.append(
                Proposal(
                    "不再列入计划名单",
                    "对运行绩效没有实现预期目标的,将不再列入宁波市产业技术研究院建设发展计划名单",
                    "甬自创办〔2019〕6号 三17",
                    (_evidence(mine[-1]),),
                )
            )
    proposals += _acceptance(records) + _triennial(records) + _board(annual)
    return proposals


def _evidence(record: HistoryRecord) -> str:
    """Return the round a proposal rests on, with its archive where it came from one."""
    if not record.archive:
        return record.round_title
    return f"{record.round_title}（{source_of(record)}）"


def source_of(record: HistoryRecord) -> str:
    """Return which archive a result was taken from, and under which key it was found intact."""
    digest = " ".join(record.archive[at : at + 4].upper() for at in range(0, 16, 4))
    return f"归档包 SHA-256 {digest}…，组织单位密钥指纹 {record.bureau_key}"


def _by_scheme(records: Sequence[HistoryRecord]) -> dict[str, list[HistoryRecord]]:
    grouped: dict[str, list[HistoryRecord]] = {}
    for record in records:
        grouped.setdefault(record.scheme, []).append(record)
    return grouped


def _board(annual: Sequence[HistoryRecord]) -> list[Proposal]:
    mine = [each for each in annual if each.scheme.startswith("nb-itri")]
    if not mine:
        return []
    last = mine[-1]
    place = f"第 {last.rank} 名" if last.rank else "未排名"
    return [
        Proposal(
            "列入绩效“榜单”",
            "对标对表研究院共建合作协议,发布研究院建设发展绩效“榜单”",
            "甬自创办〔2019〕6号 三17",
            (f"{_evidence(last)}（{last.published}，{place}）",),
        )
    ]


def _acceptance(records: Sequence[HistoryRecord]) -> list[Proposal]:
    mine = [r for r in records if r.kind == "验收" and r.scheme.startswith("zj-tic")]
    if not mine or mine[-1].band != _FAILED:
        return []
    return [
        Proposal(
            "取消创建资格",
            "对建设期满的创新中心进行验收，未按约定完成中心建设任务的，取消其创建资格",
            "浙江省技术创新中心建设工作指引（征求意见稿）五(四)",
            (_evidence(mine[-1]),),
        )
    ]


def _triennial(records: Sequence[HistoryRecord]) -> list[Proposal]:
    mine = [
        r for r in records if r.scheme.startswith("nb-consortium") and r.kind == "年度绩效评价"
    ]
    years = {record.date[:4] for record in mine}
    if len(years) < 3:  # noqa: PLR2004 - 三年
        return []
    return [
        Proposal(
            "三年考核",
            "考核依据为三年内的各年度评估报告以及三年完成目标情况",
            "甬自创办〔2021〕3号 四(二)",
            tuple(map(_evidence, mine[-3:])),
        )
    ]
