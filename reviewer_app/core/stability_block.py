"""Trials of the cut line on a panel that fits into one block of numbers: many times faster."""

from dataclasses import dataclass, replace
from fractions import Fraction

from reviewer_app.core.rules import ReviewRules
from reviewer_app.core.stability_weights import reweighted
from reviewer_app.core.tally_panel import Panel
from reviewer_app.core.volume import volume_tally
from reviewer_app.core.volume_panel import VolumePanel, fits_volume, volume_of


@dataclass(frozen=True)
class Block:
    """One variant of the panel; the marks are shared between all of them."""

    panel: VolumePanel

    def above(self, rules: ReviewRules) -> tuple[str, ...]:
        """Return who is above the line, by place."""
        return volume_tally(self.panel, rules).above_line()

    def without(self, expert: str) -> "Block":
        """Return the panel as if this expert had scored nothing."""
        return Block(self.panel.without(expert))

    def weighing(self, code: str, factor: Fraction) -> "Block":
        """Return the panel with one dimension weighing ``factor`` times as much."""
        scheme = reweighted(self.panel.scheme, code, factor)
        return Block(replace(self.panel, scheme=scheme))


def block_of(panel: Panel) -> Block | None:
    """Return the panel as a block, or None where its schemes need every sheet by itself."""
    return Block(volume_of(panel)) if fits_volume(panel) else None
