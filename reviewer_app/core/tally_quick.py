"""The tally, by whichever of its two ways is faster for the panel; both give the same."""

from collections.abc import Mapping, Sequence

from reviewer_app.core.rules import ReviewRules
from reviewer_app.core.tally import tally
from reviewer_app.core.tally_panel import Panel
from reviewer_app.core.tally_results import Tally
from reviewer_app.core.votes import Ballots, CastVote

LARGE = 20_000
"""From so many marks on a panel is worked out as one block of numbers."""


def quick_tally(
    panel: Panel,
    rules: ReviewRules,
    votes: Sequence[CastVote | Ballots] = (),
    *,
    entitled: Mapping[str, int] | None = None,
) -> Tally:
    """Return exactly what ``tally`` returns, and raise what it raises."""
    marks = sum(sheet.count for sheet in panel.sheets)
    if marks >= LARGE and not rules.adjusts:
        from reviewer_app.core.volume_panel import fits_volume  # noqa: PLC0415 - numpy, 0.1 s
        from reviewer_app.core.volume_results import block_tally  # noqa: PLC0415

        if fits_volume(panel):
            return block_tally(panel, rules, votes, entitled)
    return tally(panel, rules, votes, entitled=entitled)
