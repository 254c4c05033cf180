"""Results of a closed round: the exact tally, results.json and its digest, the statistics.

``results.json`` (docs/results.md) holds what decides and nothing that depends on the machine,
on time or on comments that may still be pending, so that two machines write the same bytes.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from reviewer_app.core.adjust import for_application
from reviewer_app.core.marks import MarkState
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.recheck import Flag, recheck
from reviewer_app.core.round import Application, ApplicationNumber, ExpertNumber, RoundId
from reviewer_app.core.rules_data import rules_to_data
from reviewer_app.core.rules_words import rules_in_words
from reviewer_app.core.scheme_data import scheme_to_data
from reviewer_app.core.tally import Panel, PanelApplication, PanelSheet, Tally, tally
from reviewer_app.core.tally_results import ApplicationResult, SheetFigure
from reviewer_app.core.votes import count_votes
from reviewer_app.services.closing import require_closing
from reviewer_app.services.deliberating import entitled, sheet_votes, votes_of
from reviewer_app.services.kept import refuse_altered
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import ClosingRecord
from reviewer_app.services.seating import Seating, load_seating
from reviewer_app.sheets import json_text

FORMAT = "reviewer-app/results/1"


@dataclass(frozen=True)
class Results:
    """Everything a results page or paper needs; ``text`` are the bytes of results.json."""

    seating: Seating
    closing: ClosingRecord
    panel: Panel
    tally: Tally
    flags: tuple[Flag, ...]
    text: bytes

    @property
    def digest(self) -> str:
        """Return the results digest, equal on every machine that merged the same sheets."""
        return hashlib.sha256(self.text).hexdigest()

    @property
    def rule_sentences(self) -> list[str]:
        """Return the rules in words, as printed under every table."""
        return rules_in_words(self.seating.round.document.rules)


def results_of(bureau: OpenBureau, round_id: RoundId) -> Results:
    """Return the results of a closed round; raises RoundStateError before closing."""
    with bureau() as unit:
        return load_results(unit, round_id)


def load_results(unit: BureauUnit, round_id: RoundId) -> Results:
    """Return the results within a unit of work that is already open.

    Raises StorageError where the database was changed outside the program.
    """
    closing = require_closing(unit, round_id)
    seating = load_seating(unit, round_id)
    refuse_altered(unit, round_id, closing)
    panel = panel_of(seating)
    votes = votes_of(unit, seating)
    numbers = seating.round.document.applications
    may_vote: dict[str, int] = {number: len(entitled(seating, number)) for number in numbers}
    found = tally(panel, seating.round.document.rules, votes, entitled=may_vote)
    flags = tuple(recheck(panel, found))
    document = results_document(seating, closing, found, flags)
    return Results(seating, closing, panel, found, flags, json_text.encode(document))


def panel_of(seating: Seating) -> Panel:
    """Return what is tallied: the sheets that count, each application under its own scheme."""
    scheme = seating.round.document.scheme
    applications = []
    for number in seating.round.document.applications:
        application = seating.applications.get(number)
        if application is None:
            applications.append(PanelApplication(number, scheme))
            continue
        applications.append(
            PanelApplication(
                number,
                for_application(scheme, application.changes),
                application.facts,
                application.category,
            )
        )
    sheets = tuple(
        PanelSheet(
            expert,
            {str(number): marks for number, marks in sheet.content.marks.items()},
            _role(seating, expert),
        )
        for expert, sheet in seating.counted.items()
    )
    return Panel(tuple(applications), sheets)


def application_of(seating: Seating, number: str) -> Application:
    """Return an application as signed; one that nobody was given has only its number."""
    key = ApplicationNumber(number)
    return seating.applications.get(key) or Application(key, number, number, "")


def results_document(
    seating: Seating,
    closing: ClosingRecord,
    found: Tally,
    flags: tuple[Flag, ...],
) -> dict[str, Any]:
    """Return results.json as data (docs/results.md)."""
    document = seating.round.document
    return {
        "format": FORMAT,
        "round": seating.round.digest.hex(),
        "roster": seating.rosters[-1].digest.hex(),
        "scheme": _digest(scheme_to_data(document.scheme)),
        "rules": _digest(rules_to_data(document.rules)),
        "sheets": _sheets(seating),
        "missing": _missing(seating, closing),
        "applications": [_application(seating, each) for each in found.applications],
        "rechecks": _rechecks(found, flags, seating),
    }


def _role(seating: Seating, expert: ExpertNumber) -> str:
    specialism = seating.expert(expert).specialism
    return specialism.value if specialism else ""


def _digest(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(json_text.encode(data)).hexdigest()


def _sheets(seating: Seating) -> list[dict[str, Any]]:
    return [
        {
            "expert": expert,
            "stage": sheet.content.stage,
            "revision": sheet.content.revision,
            "digest": sheet.digest.hex(),
            "receipt": sheet.receipt,
        }
        for expert, sheet in sorted(seating.counted.items())
    ]


def _missing(seating: Seating, closing: ClosingRecord) -> list[dict[str, str]]:
    return [
        {"expert": seat.expert, "reason": seat.withdrawn or closing.reason}
        for seat in sorted(seating.seats, key=lambda seat: seat.expert)
        if seat.expert not in seating.counted
    ]


def _application(seating: Seating, result: ApplicationResult) -> dict[str, Any]:
    return {
        "application": result.number,
        "sheets": len(result.sheets),
        "totals": [_total(figure) for figure in sorted(result.sheets, key=lambda f: f.expert)],
        "not_scored": _not_scored(seating, result),
        "exact": _exact(result.exact),
        "published": result.published,
        "rank": result.rank,
        "tie_break": result.tie_break,
        "band": result.band,
        "passes": result.passes,
        "recommended": result.recommended,
        "trimmed": result.trimmed,
        "conclusion": result.conclusion or "",
        "by_dimension": {code: _exact(value) for code, value in result.by_dimension.items()},
        "by_indicator": {code: _exact(value) for code, value in result.by_indicator.items()},
        "vote": _vote(seating, result),
    }


def _total(figure: SheetFigure) -> dict[str, str]:
    return {
        "expert": figure.expert,
        "exact": str(figure.total),
        "counted": str(figure.counted),
        "dropped": figure.dropped,
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _not_scored(seating: Seating, result: ApplicationResult) -> list[dict[str, str]]:
    scored = {figure.expert for figure in result.sheets}
    found = []
    for expert, sheet in sorted(seating.counted.items()):
        if expert in scored:
            continue
        if result.number in sheet.content.recusals:
            why = "recused"
        elif result.number in seating.assigned(expert):
            why = "nothing-scorable"
        else:
            why = "not-assigned"
        found.append({"expert": expert, "why": why})
    return found


def _vote(seating: Seating, result: ApplicationResult) -> dict[str, Any] | None:
    vote = result.vote
    if vote is None:
        return None
    signed = [each for each in sheet_votes(seating) if each.application == result.number]
    same = bool(signed) and vote == count_votes(
        signed, vote.entitled, seating.round.document.rules.decision
    )
    return {
        "approve": vote.approve,
        "reject": vote.reject,
        "abstain": vote.abstain,
        "entitled": vote.entitled,
        "needed": vote.needed,
        "quorate": vote.quorate,
        "passed": vote.passed,
        "unanimous": vote.unanimous,
        "reservations": [
            {"expert": expert, "text": text} for expert, text in sorted(vote.reservations)
        ],
        "source": "sheets" if same else "recorded",
    }


def _rechecks(found: Tally, flags: tuple[Flag, ...], seating: Seating) -> list[dict[str, str]]:
    order = {result.number: place for place, result in enumerate(found.applications)}
    codes = [leaf.code for leaf in seating.round.document.scheme.indicators()]
    rows = [
        {
            "kind": flag.kind.value,
            "application": flag.application,
            "expert": flag.expert,
            "indicator": flag.indicator,
            "figure": _exact(flag.figure) or "",
            "limit": _exact(flag.limit) or "",
        }
        for flag in flags
    ]
    return sorted(
        rows,
        key=lambda row: (
            row["kind"],
            order[row["application"]],
            row["expert"],
            codes.index(row["indicator"]) if row["indicator"] in codes else -1,
        ),
    )


def marks_csv(results: Results) -> bytes:
    """Return every counted mark as MARKS.csv (cli.md), in the order of experts and scheme."""
    words = {MarkState.NOT_APPLICABLE: "NA", MarkState.ABSTAINED: "AB", MarkState.MISSING: ""}
    lines = ["application,expert,indicator,score"]
    for application in results.panel.applications:
        for sheet, marks in results.panel.sheets_for(application.number):
            for leaf in application.scheme.indicators():
                mark = marks.get(leaf.code)
                if mark is None:
                    continue
                text = words.get(mark.state) if mark.value is None else plain_text(mark.value)
                lines.append(f"{application.number},{sheet.expert},{leaf.code},{text}")
    return ("\r\n".join(lines) + "\r\n").encode()
