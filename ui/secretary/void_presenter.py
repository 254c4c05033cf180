"""Making an issue void after saying what it shuts out; a new round is prepared; no Qt."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.services.records import RoundState
from reviewer_app.services.removing import void_issue
from ui.secretary.bureau import Bureau
from ui.views import NOTHING, Act, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer_app.core.round import RoundId
    from reviewer_app.services.rounds import RoundView


@dataclass(frozen=True, slots=True)
class VoidView:
    """What stands where an issue is made void."""

    offered: bool
    asking: bool
    effects: tuple[str, ...]
    reason: str
    step: str
    said: Message


class VoidPresenter:
    """Holds whether it is asked for, and the reason being written."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._asking, self._reason, self._said = False, "", NOTHING
        self.changed: Act = lambda: None
        self.made: Callable[[RoundId, tuple[str, ...]], None] = lambda _id, _w: None

    def forget(self) -> None:
        """Leave what was typed: another round is open."""
        self._asking, self._reason, self._said = False, "", NOTHING

    def ask(self) -> None:
        """Say what making the issue void shuts out, or leave it."""
        self._asking = not self._asking
        self.changed()

    def type(self, text: str) -> None:
        """Take over why the issue is made void."""
        self._reason = text
        self.changed()

    def make_void(self) -> None:
        """Make the issue void and open the round that takes its place."""
        if not self._reason.strip():
            return
        bureau, reason, now = self.bureau, self._reason, self.bureau.now()
        round_id = bureau.round_id
        bureau.tasks.run(
            lambda: void_issue(bureau.open_bureau, round_id, reason, now),
            done=self._on_done,
            failed=self._on_failed,
        )

    def view(self) -> VoidView:
        """Return the card as it stands."""
        return VoidView(
            offered=self.bureau.state is RoundState.ISSUED,
            asking=self._asking,
            effects=self._effects() if self._asking else (),
            reason=self._reason,
            step=_("Make {count} packs void and prepare again").format(
                count=self.bureau.round.expected
            ),
            said=self._said,
        )

    def _effects(self) -> tuple[str, ...]:
        outline = self.bureau.round
        packs = _("{count} packs and their slips are void; take them back from the experts.")
        sheets = _("{count} sheets received do not go over; the experts score anew.")
        none = _("No sheet was received yet; marks typed so far do not go over.")
        return (
            packs.format(count=outline.expected),
            sheets.format(count=outline.received) if outline.received else none,
            _("Lists, weights and rules go over into a new round in preparation."),
            _("This round is put away with its log; “Removed rounds” takes it back."),
        )

    def _on_done(self, made: "RoundView") -> None:
        self.forget()
        self.made(made.id, ())

    def _on_failed(self, error: ReviewerError) -> None:
        self._said = Message(str(error), "bad", "circle-x")
        self.changed()
