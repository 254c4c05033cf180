"""A closed round as its papers need it: results, plan, people, opinions, what was corrected."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from reviewer_app.core.people import RoundPeople
from reviewer_app.core.round import ApplicationNumber, ExpertNumber, RoundId, RoundPlan
from reviewer_app.services.closing import ClosingStatement, closing_statement
from reviewer_app.services.corrections import Correction, corrections_of
from reviewer_app.services.ports import OpenBureau
from reviewer_app.services.records import AttachmentRecord, OpinionRecord
from reviewer_app.services.results import Results, load_results
from reviewer_app.services.rounds import plan_of
from reviewer_app.services.seating import Received, Seating
from reviewer_app.services.second_machine import TwoMachines, two_machines

Signer = tuple[str, str]
"""The word before a line to sign on, and the name under it; empty where nobody is named."""


@dataclass(frozen=True, slots=True)
class Superseded:
    """One sheet and the newer one that took its place; ``number`` counts them in the round."""

    number: int
    expert: ExpertNumber
    old: Received
    new: Received


@dataclass(frozen=True)
class ClosedRound:
    """Everything the papers of a closed round are made from."""

    results: Results
    plan: RoundPlan
    statement: ClosingStatement
    opinions: tuple[OpinionRecord, ...]
    scans: tuple[AttachmentRecord, ...]
    wishes: tuple[Correction, ...]
    """Corrections the secretary asked for."""
    two: TwoMachines
    lines: tuple[bytes, ...] = ()
    """The log, line by line."""

    @property
    def seating(self) -> Seating:
        """Return the round as its signed documents tell it."""
        return self.results.seating

    @property
    def people(self) -> RoundPeople:
        """Return who ran the day."""
        return self.plan.people

    @property
    def leader(self) -> str:
        """Return the name of the elected leader, empty where none is recorded."""
        number = ExpertNumber(self.people.leader)
        return self.seating.expert(number).name if self._knows(number) else ""

    def _knows(self, number: ExpertNumber) -> bool:
        return number in self.seating.assignment_of

    @cached_property
    def superseded(self) -> tuple[Superseded, ...]:
        """Return every sheet that a newer revision replaced, in the order they were replaced.

        A second scoring (another stage) replaces nothing.
        """
        pairs = [
            (expert, older, newer)
            for expert, received in self.seating.received.items()
            for stage in sorted({each.sheet.content.stage for each in received})
            for older, newer in pairwise(
                each for each in received if each.sheet.content.stage == stage
            )
        ]
        pairs.sort(key=lambda each: each[2].record.received)
        return tuple(Superseded(place, *each) for place, each in enumerate(pairs, 1))

    @cached_property
    def _titles(self) -> dict[str, str]:
        scheme = self.seating.round.document.scheme
        return {leaf.code: leaf.title for leaf in scheme.indicators()}

    def titled(self, code: str) -> str:
        """Return an indicator as papers name it: ``6.4 专职科研人员``."""
        return f"{code} {self._titles.get(code, '')}".strip()

    def recused(self, expert: ExpertNumber) -> frozenset[ApplicationNumber]:
        """Return what an expert stepped back from: known before issue, or declared since."""
        known = (each.recused for each in self.plan.experts if each.number == expert)
        declared = frozenset(self.seating.stepped_back.get(expert, {}))
        return next(known, frozenset()) | declared

    def kept(self, expert: str, application: str) -> str:
        """Return why an expert keeps the marks of an application, where that was asked."""
        said = [
            each.kept
            for each in self.wishes
            if (each.wish.expert, each.wish.application) == (expert, application) and each.kept
        ]
        return "；".join(said)

    def signers(self, *roles: str) -> tuple[Signer, ...]:
        """Return the lines to sign on for these roles, with the names that are known."""
        names = {
            "组长": self.leader,
            "监督员": self.people.supervisor,
            "主持人": self.people.host,
            "秘书": self.people.secretary,
            "复核": self.people.checker,
        }
        return tuple((f"{role}：", names[role]) for role in roles)


def load_closed(bureau: OpenBureau, round_id: RoundId) -> ClosedRound:
    """Return a closed round; raises RoundStateError before closing, StorageError if altered."""
    statement = closing_statement(bureau, round_id)
    with bureau() as unit:
        results = load_results(unit, round_id)
        return ClosedRound(
            results=results,
            plan=plan_of(unit.round(round_id)),
            statement=statement,
            opinions=tuple(unit.opinions(round_id)),
            scans=tuple(unit.attachments(round_id)),
            wishes=corrections_of(unit, round_id),
            two=two_machines(unit, results),
            lines=tuple(record.line for record in unit.log(round_id)),
        )
