"""Rounds, packs and sheets for the tests, the same bytes every time."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import partial
from typing import Any

from reviewer_app.core.marks import ABSTAINED, NOT_APPLICABLE, Mark, scored
from reviewer_app.core.round import (
    Application,
    ApplicationNumber,
    Expert,
    ExpertNumber,
    Fact,
    Material,
    MaterialKind,
    PackId,
    RoundId,
    RoundKind,
    Specialism,
)
from reviewer_app.core.rules import ReviewRules
from reviewer_app.core.scheme import Dimension, Indicator, Level, Scheme, WeightOrigin
from reviewer_app.core.votes import Choice, Vote
from reviewer_app.sheets.bureau import (
    AssignedApplication,
    AssignmentDocument,
    RosterDocument,
    RosterMember,
    RoundDocument,
    VerifiedAssignment,
    VerifiedRound,
    commitment,
    sign_assignment,
    sign_roster,
    sign_round,
    verify_assignment,
    verify_round,
)
from reviewer_app.sheets.keys import SigningKey
from reviewer_app.sheets.pack import MaterialSource, PackContents
from reviewer_app.sheets.score_sheet import (
    Comments,
    Recusal,
    Remark,
    SheetContent,
    seal_sheet,
)

BUREAU = SigningKey.from_bytes(bytes(31) + b"\x01")
EXPERT = SigningKey.from_bytes(bytes(31) + b"\x02")
OTHER = SigningKey.from_bytes(bytes(31) + b"\x03")
SECRET = bytes(range(32))
NOON = datetime(2026, 11, 21, 4, 0, 0, tzinfo=UTC)
ROUND_ID = RoundId("00112233445566aa")


def app(number: int) -> ApplicationNumber:
    return ApplicationNumber(f"{number:02d}")


def make_scheme(indicators: int = 3) -> Scheme:
    leaves = tuple(
        Indicator(
            code=f"6.{position}",
            title=f"指标{position}",
            source=f"第{position}条",
            weight=Fraction(100, indicators),
            minimum=Fraction(0),
            maximum=Fraction(100),
            step=Fraction(1),
            levels=(
                Level("优", Fraction(90), Fraction(100)),
                Level("中", Fraction(60), Fraction(89)),
                Level("差", Fraction(0), Fraction(59)),
            ),
        )
        for position in range(1, indicators + 1)
    )
    dimension = Dimension("6", "建设基础", "第一节", leaves)
    return Scheme("test", "测试指标体系", "测试文件", WeightOrigin.OFFICIAL, (dimension,))


def document_bytes(number: int) -> bytes:
    return f"%PDF-1.7 application {number:02d}\n".encode() * 40


def make_application(number: int) -> Application:
    data = document_bytes(number)
    return Application(
        number=app(number),
        name=f"第{number}技术创新中心（示例）",
        short_name=f"中心{number}",
        unit=f"单位{number}（示例）",
        materials=(
            Material(
                file="建设方案.pdf",
                title="建设方案",
                kind=MaterialKind.PLAN,
                size=len(data),
                sha256=hashlib.sha256(data).hexdigest(),
            ),
        ),
        facts=(Fact(Fraction(6), "个", indicator="6.1", source="建设方案.pdf#2"),),
    )


def make_expert(number: int = 2) -> Expert:
    return Expert(
        number=ExpertNumber(f"{number:02d}"),
        name="喆堃（示例）",
        employer="示例大学",
        title="教授",
        specialism=Specialism.TECHNOLOGY,
        phone="13800000000",
        recused=frozenset({app(99)}),
    )


def salt(number: int) -> bytes:
    return number.to_bytes(16)


def make_round(
    applications: int = 3, scheme: Scheme | None = None, title: str = "方案论证会（示例）"
) -> VerifiedRound:
    document = RoundDocument(
        round_id=ROUND_ID,
        title=title,
        kind=RoundKind.PLAN,
        organiser="示例市科学技术局",
        date=date(2026, 11, 21),
        place="305 会议室",
        scheme=scheme or make_scheme(),
        rules=ReviewRules(),
        weights_confirmed_by="",
        bureau_key=BUREAU.public,
        applications=tuple(app(number) for number in range(1, applications + 1)),
    )
    return verify_round(sign_round(document, BUREAU))


def make_assignment(
    round_: VerifiedRound,
    applications: tuple[Application, ...] | None = None,
    expert: Expert | None = None,
) -> VerifiedAssignment:
    given = applications or tuple(
        make_application(int(number)) for number in round_.document.applications
    )
    document = AssignmentDocument(
        round_digest=round_.digest,
        expert=expert or make_expert(),
        applications=tuple(AssignedApplication(each, salt(int(each.number))) for each in given),
    )
    return verify_assignment(sign_assignment(document, BUREAU), round_)


def roster_document(round_: VerifiedRound, *assignments: VerifiedAssignment) -> RosterDocument:
    return RosterDocument(
        round_digest=round_.digest,
        version=1,
        previous=None,
        reason="",
        at=NOON,
        members=tuple(
            RosterMember(
                expert=each.document.expert.number,
                name=each.document.expert.name,
                employer=each.document.expert.employer,
                assignment_digest=each.digest,
                applications=tuple(a.application.number for a in each.document.applications),
            )
            for each in assignments
        ),
        commitments=tuple(
            (number, commitment(make_application(int(number)), salt(int(number))))
            for number in round_.document.applications
        ),
    )


def make_roster(round_: VerifiedRound, *assignments: VerifiedAssignment) -> bytes:
    return sign_roster(roster_document(round_, *assignments), BUREAU)


def marks_for(
    round_: VerifiedRound, numbers: tuple[ApplicationNumber, ...]
) -> dict[ApplicationNumber, dict[str, Mark]]:
    leaves = round_.document.scheme.indicators()
    return {
        number: {
            leaf.code: scored(60 + (7 * row + 3 * place) % 41)
            for place, leaf in enumerate(leaves)
        }
        for row, number in enumerate(numbers)
    }


@dataclass(frozen=True)
class Desk:
    """One expert's seat: everything a sheet is made from."""

    round: VerifiedRound
    assignment: VerifiedAssignment
    key: SigningKey = EXPERT
    secret: bytes = SECRET

    def content(self, **changes: Any) -> SheetContent:
        numbers = tuple(a.application.number for a in self.assignment.document.applications)
        content = SheetContent(
            round_digest=self.round.digest,
            assignment_digest=self.assignment.digest,
            stage=1,
            revision=1,
            previous=None,
            marks=marks_for(self.round, numbers),
            signed_at=NOON,
        )
        return replace(content, **changes)

    def seal(self, comments: Comments | None = None, **changes: Any) -> bytes:
        return seal_sheet(
            self.content(**changes),
            comments or {},
            self.key,
            self.secret,
            self.round,
            self.assignment,
        )


def make_desk(applications: int = 3, indicators: int = 3) -> Desk:
    round_ = make_round(applications, make_scheme(indicators))
    return Desk(round_, make_assignment(round_))


def rich_changes(desk: Desk) -> tuple[dict[str, Any], Comments]:
    """Return a content with every kind of mark, a recusal and votes, and comments."""
    marks = dict(desk.content().marks)
    del marks[app(2)]
    marks[app(1)] = {"6.1": scored(0), "6.2": NOT_APPLICABLE, "6.3": ABSTAINED}
    changes: dict[str, Any] = {
        "marks": marks,
        "recusals": {app(2): Recusal("employment,kinship", "曾任职")},
        "votes": {app(1): Vote(Choice.APPROVE), app(3): Vote(Choice.REJECT, "保留意见")},
    }
    comments = {app(1): {"6.1": Remark("没有依据", "低于六成", ("建设方案.pdf#2",))}}
    return changes, comments


def pack_contents(desk: Desk) -> PackContents:
    return PackContents(
        pack_id=PackId("ffeeddccbbaa9988"),
        round=desk.round.raw,
        assignment=desk.assignment.raw,
        enrolment=desk.secret,
        materials=tuple(
            MaterialSource(
                each.entry,
                each.material.size,
                partial(document_bytes, int(each.application)),
            )
            for each in desk.assignment.document.materials
        ),
    )
