"""The command that comes next: said after a step of the day, and after one tried too early."""

import argparse
from collections.abc import Mapping
from contextlib import suppress

from reviewer_app.cli.context import Context
from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId
from reviewer_app.services import rounds
from reviewer_app.services.records import RoundState
from reviewer_app.services.rounds import RoundView

_COLLECT = "round collect {id} FILE|DIR"
_CLOSE = "round close {id} --statement statement.pdf"
_NEXT: Mapping[RoundState, tuple[str, ...]] = {
    RoundState.PREPARING: ("round issue {id} --out packs --slips slips.pdf",),
    RoundState.ISSUED: (_COLLECT, _CLOSE),
    RoundState.CLOSED: (
        "round results {id}",
        "round vote {id} VOTES.csv --opinions opinions",
        "round papers {id} --out papers",
        "round seal {id} archive.zip",
    ),
    RoundState.SEALED: ("round papers {id} --out papers",),
    RoundState.REMOVED: ("round restore {id}",),
}


def after(round_id: RoundId, state: RoundState) -> str:
    """Return the sentence with the commands that follow in a state of the round."""
    return _said(_NEXT[state], round_id)


def after_collecting(round_id: RoundId, *, complete: bool) -> str:
    """Return the sentence for a round under collection: all sheets are in, or some are not."""
    return _said((_CLOSE,) if complete else (_COLLECT,), round_id)


def after_planning(view: RoundView) -> str:
    """Return the sentence after a look at a round; unmet checks keep it from being issued."""
    if view.state is not RoundState.PREPARING or not any(each.blocks for each in view.checks):
        return after(view.id, view.state)
    return _(
        "It cannot be issued yet. Mend what ✗ says in ROUND.toml or its lists; what bears a "
        "name in brackets can also be set aside with [[override]]. Then “round new” again, and "
        "“round remove {id}” puts this one away."
    ).format(id=view.id)


def after_refusal(options: argparse.Namespace, context: Context) -> str:
    """Return the sentence for a step that the state of the round refused; empty if unknown."""
    with suppress(ReviewerError):
        if "id" in options:
            view = rounds.show_round(context.open_bureau, options.id)
            return after(view.id, view.state)
    return ""


def _said(commands: tuple[str, ...], round_id: RoundId) -> str:
    listed = "  →  ".join(each.format(id=round_id) for each in commands)
    return _("Next: {commands}").format(commands=listed)
