"""A small round on a real database: the secretary's services, experts as keys and packs."""

import csv
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

from reviewer_app.cli.context import Context
from reviewer_app.core.marks import Mark, scored
from reviewer_app.core.people import RoundPeople
from reviewer_app.core.round import (
    ApplicationNumber,
    Expert,
    ExpertNumber,
    RoundId,
    RoundKind,
    RoundPlan,
)
from reviewer_app.core.rules import Decision, PanelRules, ReviewRules
from reviewer_app.services import (
    collecting,
    dossier,
    issuing,
    packing,
    results,
    rounds,
    sealing,
)
from reviewer_app.sheets.keys import SigningKey
from reviewer_app.sheets.pack import OpenPack, read_pack
from reviewer_app.sheets.score_sheet import (
    Comments,
    Recusal,
    SheetContent,
    VerifiedSheet,
    seal_sheet,
    verify_sheet,
)
from tests.db import bureaus
from tests.sheets.making import document_bytes, make_application, make_scheme

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
RULES = ReviewRules(decision=Decision(recommend=1), panel=PanelRules(minimum=3))


def app(number: int) -> ApplicationNumber:
    return ApplicationNumber(f"{number:02d}")


def expert(number: int, employer: str = "", recused: tuple[int, ...] = ()) -> Expert:
    return Expert(
        ExpertNumber(f"{number:02d}"),
        f"专家{number}喆（示例）",
        employer or f"单位{number}（示例）",
        recused=frozenset(app(each) for each in recused),
    )


def plan(applications: int = 3, experts: int = 5, rules: ReviewRules = RULES) -> RoundPlan:
    numbers = tuple(app(number) for number in range(1, applications + 1))
    panel = tuple(expert(number) for number in range(1, experts + 1))
    return RoundPlan(
        title="方案论证会（示例）",
        kind=RoundKind.PLAN,
        organiser="示例市科学技术局",
        date=date(2026, 11, 21),
        place="305 会议室",
        scheme=make_scheme(),
        rules=rules,
        weights_confirmed_by="温以宁（示例）",
        applications=tuple(make_application(number) for number in range(1, applications + 1)),
        experts=panel,
        assignment={each.number: numbers for each in panel},
    )


@dataclass
class Laptop:
    """One expert's side: the opened pack, the key, the sheets signed so far."""

    pack: OpenPack
    key: SigningKey = field(default_factory=SigningKey.generate)
    signed: list[VerifiedSheet] = field(default_factory=list)

    def content(
        self,
        points: Mapping[int, int],
        recused: tuple[int, ...] = (),
        revision: int | None = None,
    ) -> SheetContent:
        number = revision or len(self.signed) + 1
        given = [a.application.number for a in self.pack.assignment.document.applications]
        gone = {app(each) for each in recused}
        marks: dict[ApplicationNumber, dict[str, Mark]] = {
            each: {
                leaf.code: scored(Fraction(points[int(each)]))
                for leaf in self.pack.round.document.scheme.indicators()
            }
            for each in given
            if each not in gone
        }
        return SheetContent(
            round_digest=self.pack.round.digest,
            assignment_digest=self.pack.assignment.digest,
            stage=1,
            revision=number,
            previous=self.signed[number - 2].digest if number > 1 else None,
            marks=marks,
            signed_at=NOON,
            recusals={each: Recusal("employment") for each in gone},
            reason="" if number == 1 else "笔误（示例）",
        )

    def sign(
        self, folder: Path, content: SheetContent, comments: Comments | None = None
    ) -> Path:
        data = seal_sheet(
            content,
            comments or {},
            self.key,
            self.pack.enrolment,
            self.pack.round,
            self.pack.assignment,
        )
        self.signed.append(verify_sheet(data, self.pack.round, self.pack.assignment))
        number = self.pack.assignment.document.expert.number
        path = folder / f"{number}-r{content.revision}-{len(self.signed)}.scoresheet"
        path.write_bytes(data)
        return path


@dataclass
class Day:
    """A round from its creation on; files lie under ``folder``."""

    folder: Path
    context: Context
    round_id: RoundId = field(default=RoundId(""))
    laptops: dict[str, Laptop] = field(default_factory=dict)

    @classmethod
    def start(cls, folder: Path, the_plan: RoundPlan | None = None) -> "Day":
        day = cls(folder, bureaus.at(folder / "home"))
        day.create(the_plan or plan())
        return day

    def create(self, the_plan: RoundPlan) -> None:
        paths = {}
        materials = self.folder / "materials"
        materials.mkdir(exist_ok=True)
        for application in the_plan.applications:
            path = materials / f"{application.number}.pdf"
            path.write_bytes(document_bytes(int(application.number)))
            paths[application.number, "建设方案.pdf"] = path
        view = rounds.create_round(self.context.open_bureau, the_plan, paths, NOON)
        self.round_id = view.id

    def issue(self) -> issuing.Issue:
        slips = self.folder / "slips.csv"
        result = issuing.issue(
            self.context.open_bureau, self.round_id, self.folder / "packs", slips, NOON
        )
        self.open_packs(result.packs, slips)
        return result

    def copy(self, folder: Path) -> "Day":
        """Return the same day in another folder: issuing takes seconds, copying none."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        bureaus.copy(self.folder / "home", folder / "home")
        laptops = {number: Laptop(each.pack) for number, each in self.laptops.items()}
        return Day(folder, bureaus.at(folder / "home"), self.round_id, laptops)

    def open_packs(self, packs: tuple[packing.IssuedPack, ...], slips: Path) -> None:
        with slips.open(encoding="utf-8-sig", newline="") as stream:
            passcodes = {row["评审包"]: row["口令"] for row in csv.DictReader(stream)}
        for pack in packs:
            opened = read_pack(pack.path).unlock(passcodes[pack.path.name])
            self.laptops[pack.expert.number] = Laptop(opened)

    def sign_all(self, points: Mapping[str, Mapping[int, int]] | None = None) -> list[Path]:
        paths = []
        for number, laptop in self.laptops.items():
            mine = (points or {}).get(number) or {1: 80, 2: 70, 3: 60}
            paths.append(laptop.sign(self.folder, laptop.content(mine)))
        return paths

    def people(self) -> RoundPeople:
        """Return the people of the day as recorded last."""
        return rounds.show_round(self.context.open_bureau, self.round_id).plan.people

    def seal(self, archive: Path, now: datetime = NOON) -> sealing.Seal:
        """Seal without papers: printing takes seconds, the proofs need none."""
        bureau = self.context.open_bureau
        printed = dossier.Printed(results.results_of(bureau, self.round_id).digest, {})
        return sealing.seal(bureau, self.round_id, archive, now, printed)

    def collect(self, *paths: Path, late_reason: str = "") -> list[collecting.FileVerdict]:
        return collecting.collect(
            self.context.open_bureau, self.round_id, paths, NOON, late_reason
        )


def with_known_conflict(the_plan: RoundPlan, expert_number: int, number: int) -> RoundPlan:
    """Return the plan with one conflict known before issue."""
    assignment = dict(the_plan.assignment)
    key = ExpertNumber(f"{expert_number:02d}")
    assignment[key] = tuple(each for each in assignment[key] if each != app(number))
    experts = tuple(
        replace(each, recused=frozenset({app(number)})) if each.number == key else each
        for each in the_plan.experts
    )
    return replace(the_plan, experts=experts, assignment=assignment)
