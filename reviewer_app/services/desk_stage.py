"""Which scoring a desk is in: the first, or a later one that the bureau's feedback opened."""

from reviewer_app.services.ports import DeskUnit
from reviewer_app.services.records import SignedRecord

FIRST_STAGE = 1


def current_stage(unit: DeskUnit) -> int:
    """Return the scoring that goes on on the desk."""
    return max((each.stage for each in unit.feedback()), default=FIRST_STAGE)


def signed_now(unit: DeskUnit) -> list[SignedRecord]:
    """Return the revisions signed in the scoring that goes on, oldest first."""
    stage = current_stage(unit)
    return [each for each in unit.signed() if each.stage == stage]
