"""A20: random panels against brute force, and the fast path against the exact one."""

import random

from reviewer_app.core.tally import tally
from tests.core import oracle
from tests.core.random_panels import draw_panel, draw_rules, same
from tests.faults.conftest import Trials


def test_random_panels(trials: Trials) -> None:
    """Ties, recusals, marks not applicable, abstentions, all roundings, both levels."""
    count = trials.count(10_000, 300)
    for seed in range(count):
        draw = random.Random(seed)  # noqa: S311 - the same panels every time
        panel, rules = draw_panel(draw), draw_rules(draw)
        try:
            same(panel, rules)
            oracle.check(panel, rules, tally(panel, rules))
        except AssertionError as error:
            raise AssertionError(f"panel {seed}: {error}") from error
    trials.survived("A20 random panels", count)
