"""Results of a closed round: the exact tally, results.json and its digest, the statistics.

``results.json`` (docs/results.md) holds what decides and nothing that depends on the machine,
on time or on comments that may still be pending, so that two machines write the same bytes.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from reviewer_app.core.marks import MarkState
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.recheck import Flag, recheck
from reviewer_app.core.round import Application, ApplicationNumber, RoundId
from reviewer_app.core.rules_words import footing_in_words, rules_in_words, weights_in_words
from reviewer_app.core.tally import Panel, Tally
from reviewer_app.core.tally_quick import quick_tally
from reviewer_app.core.votes import Ballots, CastVote
from reviewer_app.services.closing import require_closing
from reviewer_app.services.deliberating import entitled, sheet_votes, votes_of
from reviewer_app.services.kept import refuse_altered
from reviewer_app.services.panel import panel_of
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import ClosingRecord
from reviewer_app.services.results_document import results_document
from reviewer_app.services.seating import Seating, load_seating
from reviewer_app.sheets import json_text


@dataclass(frozen=True, eq=False)
class Results:
    """Everything a results page or paper needs; ``text`` are the bytes of results.json.

    The same signed bytes and votes give the same object as long as it is kept.
    """

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
        """Return the rules in words and what they came to, as printed under every table."""
        document = self.seating.round.document
        weights = weights_in_words(document.scheme, document.weights_confirmed_by)
        rules = rules_in_words(document.rules, document.scheme)
        said = [*rules, *footing_in_words(self.tally)]
        return [*said, weights] if weights else said


def results_of(bureau: OpenBureau, round_id: RoundId) -> Results:
    """Return the results of a closed round; raises RoundStateError before closing."""
    with bureau() as unit:
        return load_results(unit, round_id)


def load_results(unit: BureauUnit, round_id: RoundId, *, sheets_alone: bool = False) -> Results:
    """Return the results within a unit of work that is already open.

    ``sheets_alone`` leaves the votes out that were recorded on this machine.

    Raises StorageError where the database was changed outside the program.
    """
    closing = require_closing(unit, round_id)
    seating = load_seating(unit, round_id)
    refuse_altered(unit, round_id, closing)
    votes = sheet_votes(seating) if sheets_alone else votes_of(unit, seating)
    return _worked_out(seating, closing, votes)


@lru_cache(maxsize=4)
def _worked_out(
    seating: Seating, closing: ClosingRecord, votes: tuple[CastVote | Ballots, ...]
) -> Results:
    """Return the results of what is signed and voted: nothing else goes into them."""
    panel = panel_of(seating)
    numbers = seating.round.document.applications
    may_vote: dict[str, int] = {number: len(entitled(seating, number)) for number in numbers}
    found = quick_tally(panel, seating.round.document.rules, votes, entitled=may_vote)
    flags = tuple(recheck(panel, found))
    document = results_document(seating, found, flags)
    return Results(seating, closing, panel, found, flags, json_text.encode(document))


def application_of(seating: Seating, number: str) -> Application:
    """Return an application as signed; one that nobody was given has only its number."""
    key = ApplicationNumber(number)
    return seating.applications.get(key) or Application(key, number, number, "")


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
