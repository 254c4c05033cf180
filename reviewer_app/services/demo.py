"""A whole review round unattended, through the services that windows and commands call.

Real packs, real keys, real databases (one for the bureau, one for each expert), real papers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, Self

from resources import archive_resource
from reviewer_app.core.errors import ArchiveError, ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, RoundId
from reviewer_app.core.votes import CastVote
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.opinion_files import load_opinions
from reviewer_app.inputs.people_file import load_people
from reviewer_app.inputs.round_file import load_round
from reviewer_app.inputs.votes_file import load_votes
from reviewer_app.papers.pdf import write_pdf
from reviewer_app.papers.slips import slips_from_csv, slips_paper
from reviewer_app.services import (
    closing,
    closing_paper,
    collecting,
    deliberating,
    dossier,
    issuing,
    packing,
    people,
    results,
    rounds,
    sealing,
)
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_opening import accept_pledge, open_pack
from reviewer_app.services.desk_scoring import put_answers
from reviewer_app.services.desk_signing import sign
from reviewer_app.services.ports import BureauUnit, DeskUnit
from reviewer_app.services.records import MarkRecord, OpinionRecord
from reviewer_app.services.recusal import recuse
from reviewer_app.services.sample import PEOPLE, make_sample
from reviewer_app.services.sample_marks import SampleSheet, sample_marks
from reviewer_app.services.verification import verify_file

Say = Callable[[str], None]

RECUSED_ON_THE_DAY = ("03", "07")
"""The expert who steps back after opening the pack, and from which application."""


class Machine(Protocol):
    """One computer: a home folder, its databases, its clock; ``at`` is another home."""

    @property
    def home(self) -> Path:
        """Where the machine keeps its data."""
        ...

    @property
    def open_bureau(self) -> Callable[[], BureauUnit]:
        """Starts a unit of work on the bureau's database."""
        ...

    @property
    def open_desk(self) -> Callable[[Path, bytes], DeskUnit]:
        """Starts a unit of work on an expert's file."""
        ...

    @property
    def clock(self) -> Callable[[], datetime]:
        """The machine's time."""
        ...

    @property
    def at(self) -> Callable[[Path], Self]:
        """Another machine with its own home."""
        ...


@dataclass(frozen=True, slots=True)
class DemoReport:
    """Where the demo left what it made."""

    round_id: RoundId
    packs: tuple[Path, ...]
    slips: Path
    sheets: tuple[Path, ...]
    papers: tuple[Path, ...]
    archive: Path
    results_digest: str
    bureau_fingerprint: str


@dataclass(frozen=True)
class Demo:
    """The day, step by step, under one folder."""

    bureau: Machine
    out: Path
    say: Say

    def run(self) -> DemoReport:
        """Run the whole day and return where everything is; raises what any step raises."""
        view = self._prepare()
        issued, codes = self._issue(view.id)
        marks = sample_marks(view.plan)
        sheets = [
            self._expert(pack, codes[pack.path.name], marks[pack.expert.number])
            for pack in issued.packs
        ]
        self._collect(view.id, sheets)
        self._deliberate(view)
        return self._publish(view.id, issued, sheets)

    def _prepare(self) -> rounds.RoundView:
        self.say(_("Making the sample round: twelve application packages, seven experts"))
        loaded = load_round(make_sample(self.out / "sample"))
        view = rounds.create_round(
            self.bureau.open_bureau, loaded.plan, loaded.paths, self.bureau.clock()
        )
        self.say(_("Round {id} created: {title}").format(id=view.id, title=view.title))
        return view

    def _issue(self, round_id: RoundId) -> tuple[issuing.Issue, dict[str, str]]:
        self.say(_("Issuing: rules frozen and signed, one encrypted pack per expert"))
        slips = self.out / "slips" / "slips.csv"
        issued = issuing.issue(
            self.bureau.open_bureau, round_id, self.out / "packs", slips, self.bureau.clock()
        )
        facts = slips_from_csv(slips.read_text("utf-8-sig"))
        write_pdf(slips_paper(facts), slips.with_suffix(".pdf"))
        return issued, {slip.pack_file: "-".join(slip.passcode) for slip in facts.slips}

    def _expert(self, pack: packing.IssuedPack, passcode: str, marks: SampleSheet) -> Path:
        number = pack.expert.number
        laptop = self.bureau.at(self.out / "laptops" / number)
        desk = open_pack(laptop.home, pack.path, passcode, laptop.open_desk, laptop.clock())
        accept_pledge(desk, laptop.clock())
        self._score(desk, marks, laptop.clock())
        signed = sign(desk, self.out / "sheets", "", laptop.clock())
        self.say(
            _("Expert {expert} {name}: scored and signed, receipt {receipt}").format(
                expert=number, name=pack.expert.name, receipt=signed.sheet.receipt
            )
        )
        return signed.file

    def _score(self, desk: Desk, marks: SampleSheet, now: datetime) -> None:
        expert, application = RECUSED_ON_THE_DAY
        if desk.expert.number == expert:
            recuse(desk, application, ["involvement"], "", now)
        gone = {application} if desk.expert.number == expert else set()
        records = [
            MarkRecord(
                number, code, answer.mark, answer.comment, answer.reason, answer.citations, now
            )
            for number, answers in marks.items()
            if number not in gone
            for code, answer in answers.items()
        ]
        put_answers(desk, records)

    def _collect(self, round_id: RoundId, sheets: list[Path]) -> None:
        verdicts = collecting.collect(
            self.bureau.open_bureau, round_id, sheets, self.bureau.clock()
        )
        refused = [each for each in verdicts if each.verdict is not collecting.Verdict.RECEIVED]
        if refused:
            raise ReviewerError(refused[0].sentence)
        statement = closing.close_round(self.bureau.open_bureau, round_id, self.bureau.clock())
        closing_paper.write_closing_statement(
            statement, self.out / "papers" / "01-封存单.pdf", self.bureau.clock()
        )
        self.say(
            _("Collected {count} sheets, closed; log head {head}").format(
                count=len(verdicts), head=statement.log_head[:16]
            )
        )

    def _deliberate(self, view: rounds.RoundView) -> None:
        folder, now = self.out / "sample", self.bureau.clock()
        applications = Numbering(a.number for a in view.plan.applications)
        experts = Numbering(e.number for e in view.plan.experts)
        elected = load_people(folder / PEOPLE, view.plan.people, experts)
        people.record_people(self.bureau.open_bureau, view.id, elected, now)
        votes = [
            vote
            for vote in load_votes(folder / "VOTES.csv", applications, experts)
            if not isinstance(vote, CastVote)
            or (vote.expert, vote.application) != RECUSED_ON_THE_DAY
        ]
        deliberating.record_votes(self.bureau.open_bureau, view.id, votes, now)
        for text in load_opinions(folder / "opinions", applications):
            opinion = OpinionRecord(
                view.id,
                ApplicationNumber(text.application),
                text.overall,
                text.problems,
                text.advice,
                text.dissent,
            )
            deliberating.record_opinion(self.bureau.open_bureau, opinion, now)
        found = results.results_of(self.bureau.open_bureau, view.id)
        first = found.tally.ranked()[0]
        self.say(
            _("Results: first is {number} with {figure}; results digest {digest}").format(
                number=first.number, figure=first.published, digest=found.digest[:16]
            )
        )

    def _publish(
        self, round_id: RoundId, issued: issuing.Issue, sheets: list[Path]
    ) -> DemoReport:
        self.say(_("Printing the papers"))
        digest = results.results_of(self.bureau.open_bureau, round_id).digest
        papers = dossier.write_dossier(
            self.bureau.open_bureau, round_id, self.out / "papers", self.bureau.clock()
        )
        archive = self.out / "archive.zip"
        printed = dossier.Printed(digest, {path.name: path.read_bytes() for path in papers})
        sealed = sealing.seal(
            self.bureau.open_bureau, round_id, archive, self.bureau.clock(), printed
        )
        (self.out / "verify.py").write_bytes(archive_resource("verify.py").read_bytes())
        report = verify_file(archive, sealed.bureau_fingerprint.replace(" ", ""))
        if not report.ok:
            failed = "; ".join(f"{check.check}: {check.detail}" for check in report.failed)
            raise ArchiveError(_("The archive does not verify: {list}").format(list=failed))
        self.say(_("Archive sealed and verified: every printed figure derived again"))
        return DemoReport(
            round_id=round_id,
            packs=tuple(pack.path for pack in issued.packs),
            slips=issued.slips.with_suffix(".pdf"),
            sheets=tuple(sheets),
            papers=tuple(papers),
            archive=archive,
            results_digest=sealed.results_digest,
            bureau_fingerprint=sealed.bureau_fingerprint,
        )
