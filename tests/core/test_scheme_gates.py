"""Gates pass, fail, are excepted with a reason, or stay unproven; they never give points."""

import pytest

import resources
from reviewer_app.core.errors import InputError
from reviewer_app.core.gates import GateFinding, GateVerdict
from reviewer_app.core.gates_check import check_gates
from reviewer_app.core.round import Fact
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.scheme_data import load_scheme
from tests.core.scheme_tables import facts


@pytest.fixture
def consortium() -> Scheme:
    return load_scheme(resources.scheme_path("nb-consortium"))


GOOD = {
    "D5-T02": 10, "D5-T03": 3, "D5-T04": 1, "D5-T05": 5, "Y1": 5000, "Y2": 5000, "Y3": 5000,
    "D5-T07": 2, "D5-T08": 50, "D5-T09": 2000,
    **{f"F{n}": 1 for n in range(1, 6)}, **{f"M{n}": 1 for n in range(1, 5)},
    **{f"P{n}": 1 for n in range(1, 5)}, **{f"K{n}": 1 for n in range(1, 5)},
}  # fmt: skip


def by_code(findings: tuple[GateFinding, ...]) -> dict[str, GateFinding]:
    return {each.gate.code: each for each in findings}


def test_everything_at_its_limit_passes(consortium: Scheme) -> None:
    findings = check_gates(consortium, facts(GOOD))
    assert len(findings) == 12
    assert {each.verdict for each in findings} == {GateVerdict.PASSED}


@pytest.mark.parametrize(
    ("claim", "value", "gate"),
    [("D5-T02", "9.99", "G1"), ("Y2", 4999, "G5"), ("D5-T07", 3, "G6"), ("F5", 0, "G9")],
)
def test_just_below_fails_with_its_evidence(
    consortium: Scheme, claim: str, value: object, gate: str
) -> None:
    finding = by_code(check_gates(consortium, facts({**GOOD, claim: value})))[gate]
    assert finding.verdict is GateVerdict.FAILED
    assert [each.holds for each in finding.evidence].count(False) == 1


def test_a_figure_nobody_claimed_is_unproven(consortium: Scheme) -> None:
    some = {name: value for name, value in GOOD.items() if name not in ("Y1", "F2")}
    findings = by_code(check_gates(consortium, facts(some)))
    assert findings["G5"].verdict is GateVerdict.UNPROVEN
    assert findings["G9"].verdict is GateVerdict.UNPROVEN
    assert findings["G5"].evidence[0].requirement == "最近三年每年研发投入≥5000万元/年"
    assert findings["G9"].evidence[1].requirement == "协议（合同）"


def test_an_exception_needs_a_reason_and_leave_to_make_one(consortium: Scheme) -> None:
    low = facts({**GOOD, "D5-T02": 8})
    finding = by_code(
        check_gates(consortium, low, exceptions={"G1": "链主企业，已获领导小组同意"})
    )["G1"]
    assert (finding.verdict, finding.reason) == (
        GateVerdict.EXCEPTED,
        "链主企业，已获领导小组同意",
    )
    assert finding.evidence[0].holds is False
    for code, reason, words in (
        ("G1", "  ", "written reason"),
        ("G4", "理由", "no exception"),
        ("G99", "理由", "no gate"),
    ):
        with pytest.raises(InputError, match=words):
            check_gates(consortium, low, exceptions={code: reason})


def test_a_reason_for_a_gate_that_passes_changes_nothing(consortium: Scheme) -> None:
    finding = by_code(check_gates(consortium, facts(GOOD), exceptions={"G1": "备用"}))["G1"]
    assert (finding.verdict, finding.reason) == (GateVerdict.PASSED, "")


def test_gates_belong_to_their_occasions() -> None:
    center = load_scheme(resources.scheme_path("zj-tic"))
    kinds = {
        kind: [each.gate.code for each in check_gates(center, [], kind=kind)]
        for kind in ("论证", "年度绩效评价", "验收")
    }
    assert kinds == {"论证": ["G1"], "年度绩效评价": ["G3"], "验收": ["G1", "G2"]}


def test_a_ratio_gate_at_its_boundary_and_without_a_divisor() -> None:
    center = load_scheme(resources.scheme_path("zj-tic"))
    for own, public, verdict in (
        (4, 2, GateVerdict.PASSED),
        ("3.99", 2, GateVerdict.FAILED),
        (4, 0, GateVerdict.UNPROVEN),
    ):
        found = check_gates(center, facts({"I1": own, "I2": public}), kind="论证")
        assert found[0].verdict is verdict


def test_two_failures_in_a_row_are_proposed_with_the_documents_words() -> None:
    center = load_scheme(resources.scheme_path("zj-tic"))
    for times, verdict in ((1, GateVerdict.PASSED), (2, GateVerdict.FAILED)):
        found = check_gates(center, facts({"D3-T17": times}), kind="年度绩效评价")[0]
        assert found.verdict is verdict
        assert found.gate.consequence == "连续两次绩效评价不合格的，予以摘牌"


def test_evidence_names_where_the_figure_stands(consortium: Scheme) -> None:
    claimed = [
        Fact(facts({"x": 12})[0].value, "亿元", target="D5-T02", source="审计报告.pdf#3")
    ]
    finding = by_code(check_gates(consortium, claimed))["G1"]
    assert finding.evidence[0].sources == ("审计报告.pdf#3",)
    assert finding.evidence[0].figure == 12
