"""Two machines that come to the same results by themselves: the code compared, and the lock.

A second machine has the sheets, but not the votes that were recorded here. So two codes can be
compared: that of the results, and that of the sheets alone. Where the signed rules ask for two
machines, no paper leaves and nothing is sealed before one of them was found the same; the log
tells which (docs/rules.md).
"""

import json
from dataclasses import dataclass
from datetime import datetime

from reviewer_app.core.errors import InputError, RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId
from reviewer_app.services import bureau_log
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import RoundState
from reviewer_app.services.results import Results, load_results
from reviewer_app.services.rounds import in_state

AGREED = "second-machine"
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class TwoMachines:
    """How the comparison stands."""

    asked: bool
    """Whether the signed rules ask for a second machine."""
    sheets: str
    """The digest that the sheets alone come to: what a machine without votes shows."""
    results: str
    """The digest of the results as they stand, votes included."""
    agreed: bool

    @property
    def locked(self) -> bool:
        """Tell whether papers have to wait."""
        return self.asked and not self.agreed

    def same(self, code: str) -> str:
        """Return the digest that a typed code is the beginning of, "" where it is of none."""
        plain = "".join(char for char in code.lower() if char.isalnum())
        known = (self.sheets, self.results)
        return next((each for each in known if plain == each[:_DIGITS]), "")


def two_machines(unit: BureauUnit, results: Results) -> TwoMachines:
    """Return how the comparison stands for these results."""
    round_id, digest = results.seating.round_id, results.digest
    sheets = digest
    if unit.votes(round_id):
        sheets = load_results(unit, round_id, sheets_alone=True).digest
    entries = (json.loads(record.line) for record in unit.log(round_id))
    agreed = {each["details"].get("results") for each in entries if each["event"] == AGREED}
    asked = results.seating.round.document.rules.aggregation.machines > 1
    return TwoMachines(asked, sheets, digest, bool(agreed & {sheets, digest}))


def compare_code(bureau: OpenBureau, round_id: RoundId, code: str, now: datetime) -> str:
    """Record that a second machine came to the same code, and return the digest it is of.

    Raises InputError where the code is another: the machines have different sheets.
    """
    with bureau() as unit:
        in_state(unit, round_id, RoundState.CLOSED)
        two = two_machines(unit, load_results(unit, round_id))
        digest = two.same(code)
        if not digest:
            raise InputError(
                _("The codes differ: compare on both machines who handed in, and which sheets")
            )
        if not two.agreed:
            bureau_log.append(unit, round_id, now, AGREED, results=digest)
            unit.commit()
    return digest


def require_second(two: TwoMachines) -> None:
    """Pass unless papers have to wait for a second machine; raises RoundStateError."""
    if two.locked:
        raise RoundStateError(
            _("The rules ask for a second machine: compare its results code first")
        )
