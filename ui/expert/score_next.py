"""What comes next on the scoring page: what the primary button says and does."""

from ui.expert.score_state import Open, Step
from ui.expert.sitting import Sitting


def next_step(sitting: Sitting, now: Open) -> Step:
    """Return the step after the open indicator as it stands."""
    if sitting.locked:
        return Step("compare")
    return _step_here(sitting, now) or _step_onward(sitting, now.number, now.code)


def _step_here(sitting: Sitting, now: Open) -> Step | None:
    """Return what the open indicator still needs at once."""
    number, code = now.number, now.code
    draft = sitting.draft(number, code)
    if now.error:
        return Step("fix", number, code)
    if draft and draft.level is not None:
        return Step("number", number, code)
    if code in sitting.status(number).reasons_missing:
        return Step("reason", number, code)
    return None


def _step_onward(sitting: Sitting, number: str, code: str) -> Step:
    """Return the next gap: below, above, here, in another application, or none."""
    codes, left = sitting.codes(number), sitting.unfinished(number)
    start = codes.index(code) + 1
    onward = [each for each in codes[start:] + codes[: start - 1] if each in left]
    if onward:
        return Step("item", number, onward[0])
    if code in left:
        return Step("here", number, code)
    following = sitting.next_incomplete(number)
    return Step("application", following) if following else Step("compare")
