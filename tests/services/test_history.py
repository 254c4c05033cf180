from pathlib import Path

import pytest

from reviewer_app.core.round import ApplicationNumber, RoundId
from reviewer_app.services.history import Proposal, propose
from reviewer_app.services.records import HistoryRecord

ANNUAL = "年度绩效评价"


def record(year: int, scheme: str, kind: str = ANNUAL, band: str = "合格") -> HistoryRecord:
    return HistoryRecord(
        unit="甲中心（示例）",
        round_id=RoundId(f"{year}"),
        round_title=f"{year}年会（示例）",
        kind=kind,
        date=f"{year}-11-21",
        application=ApplicationNumber("01"),
        name="甲（示例）",
        scheme=scheme,
        published="55.00",
        rank=3,
        band=band,
    )


CASES = {
    "摘牌": [record(2024, "zj-tic", band="不合格"), record(2025, "zj-tic", band="不合格")],
    "取消创建资格": [record(2025, "zj-tic", "验收", "不合格")],
    "不再列入计划名单": [record(2025, "nb-itri", band="不合格")],
    "三年考核": [record(year, "nb-consortium-annual") for year in (2023, 2024, 2025)],
    "列入绩效“榜单”": [record(2025, "nb-itri")],
}


def proposed(records: list[HistoryRecord]) -> dict[str, Proposal]:
    return {each.proposal: each for each in propose(records)}


@pytest.mark.parametrize("what", CASES)
def test_the_documents_consequences_are_proposed_with_their_evidence(what: str) -> None:
    found = proposed(CASES[what])[what]
    assert all(any(r.round_title in each for r in CASES[what]) for each in found.evidence)
    assert "通过" not in found.proposal
    assert "批准" not in found.proposal


@pytest.mark.parametrize(
    "records",
    [
        [record(2024, "zj-tic", band="不合格"), record(2025, "zj-tic")],
        [record(2025, "zj-tic", band="不合格")],
        [record(2025, "zj-tic", "验收")],
        [record(2024, "nb-consortium-annual"), record(2025, "nb-consortium-annual")],
    ],
)
def test_less_proposes_nothing(records: list[HistoryRecord]) -> None:
    assert propose(records) == []


def test_every_quote_stands_in_the_sources(sources: Path) -> None:
    text = "".join("".join(p.read_text("utf-8").split()) for p in sources.glob("*.txt"))
    for records in CASES.values():
        for each in propose(records):
            assert "".join(each.quote.split()) in text, each.quote
