"""What the secretary's presenters share: needs, the round that is open, ways about; no Qt."""

import platform
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from reviewer_app.core.round import RoundId, RoundPlan
from reviewer_app.services.records import RoundState
from ui.needs import Needs
from ui.secretary.outline import OpenUnit, RoundOutline
from ui.settings import Settings
from ui.tasks import Tasks
from ui.views import Act


def _nothing() -> None:
    return None


@dataclass
class Bureau:
    """The secretary's place: ``outline`` is the round that is open, if one is."""

    needs: Needs
    settings: Settings
    tasks: Tasks
    outline: RoundOutline | None = None
    reload: Act = field(default=_nothing)
    """Reads rounds and outline anew and refreshes what is visible."""
    back: Act = field(default=_nothing)
    """Goes from a page beside the steps back to the open round."""
    go: Callable[[str], None] = field(default=lambda _step: None)
    """Opens the page of a step."""

    @property
    def open_bureau(self) -> OpenUnit:
        """Start a unit of work on the bureau's database."""
        return self.needs.open_bureau

    @property
    def round(self) -> RoundOutline:
        """Return the open round; pages that ask for it stand behind one."""
        if self.outline is None:
            raise RuntimeError("no round is open")
        return self.outline

    @property
    def round_id(self) -> RoundId:
        """Return the open round's id."""
        return self.round.view.id

    @property
    def plan(self) -> RoundPlan:
        """Return the open round's plan."""
        return self.round.view.plan

    @property
    def state(self) -> RoundState:
        """Return how far the open round has come."""
        return self.round.state

    def show_round(self) -> None:
        """Go from a page beside the steps back to the open round."""
        self.back()

    def now(self) -> datetime:
        """Return the machine's time, in UTC."""
        return self.needs.clock()

    def local_time(self) -> str:
        """Return the time of day as pages show it."""
        return f"{self.now().astimezone():%H:%M:%S}"

    @property
    def machine(self) -> str:
        """Return what tells this machine from another at the same server."""
        return f"{platform.node()}:{self.needs.home}"

    def folder(self) -> Path:
        """Return where this round's packs, slips and papers are proposed to go."""
        return self.needs.home / "rounds" / self.round_id
