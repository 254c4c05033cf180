"""A new pack for the same expert, after saying what it shuts out; no Qt."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber
from reviewer_app.services.handover import SlipState, mark_slips
from reviewer_app.services.records import RoundState
from reviewer_app.services.reissuing import Reissue, reissue_pack
from ui.secretary.bureau import Bureau
from ui.views import NOTHING, Act, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.secretary.packs import IssuedFiles, PackFile


@dataclass(frozen=True, slots=True)
class ReissueView:
    """What stands in the card of a new pack."""

    offered: bool
    expert: str
    effects: tuple[str, ...]
    reason: str
    ready: bool
    said: Message


class ReissuePresenter:
    """Holds the reason being written; asks whose pack is chosen."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._reason, self._said, self._about = "", NOTHING, ""
        self.chosen: Callable[[], tuple[PackFile | None, IssuedFiles | None]]
        self.chosen = lambda: (None, None)
        self.changed: Act = lambda: None
        self.done: Act = lambda: None

    def type(self, text: str) -> None:
        """Take over why a new pack is needed."""
        self._reason = text
        self.changed()

    def write(self) -> None:
        """Write the new pack and its slip; the old pack is shut out from then on."""
        pack, files = self.chosen()
        if not pack or not files or not self._reason.strip():
            return
        bureau, reason, now = self.bureau, self._reason, self.bureau.now()
        slips = files.slips.parent / f"slip-{pack.expert}-{now:%Y%m%d-%H%M%S}.pdf"
        round_id, expert = bureau.round_id, ExpertNumber(pack.expert)

        def work() -> Reissue:
            places, open_bureau = (files.folder, slips), bureau.open_bureau
            made = reissue_pack(open_bureau, round_id, expert, reason, places, now)
            new = [made.pack.pack_id]
            mark_slips(open_bureau, round_id, new, SlipState.WRITTEN, slips)
            return made

        bureau.tasks.run(
            work,
            done=self._on_done,
            failed=self._on_failed,
        )

    def view(self) -> ReissueView:
        """Return the card as it stands."""
        pack, _files = self.chosen()
        expert = str(pack.expert) if pack else ""
        if expert != self._about:
            self._about, self._reason, self._said = expert, "", NOTHING
        offered = pack is not None and not pack.withdrawn
        issued = self.bureau.state is RoundState.ISSUED
        return ReissueView(
            offered=offered and issued,
            expert=expert,
            effects=self._effects(expert) if offered and issued else (),
            reason=self._reason,
            ready=bool(self._reason.strip()),
            said=self._said,
        )

    def _effects(self, expert: str) -> tuple[str, ...]:
        """Return what a new pack shuts out, before it is written."""
        standing = self.bureau.round.standing
        seats = standing.seats if standing else ()
        received = any(seat.expert == expert and seat.receipt for seat in seats)
        words = _("Expert {number}: the old pack and its passcode are shut out.")
        sheet = (
            _("The sheet already received counts until one from the new pack comes.")
            if received
            else _("A sheet made from the old pack is refused from then on.")
        )
        return (
            words.format(number=expert),
            _("Marks typed into the old pack do not go over; a new slip is printed."),
            sheet,
        )

    def _on_done(self, made: Reissue) -> None:
        self._reason = ""
        words = _("New pack {pack} and slip {slip} are written and read back")
        text = words.format(pack=made.pack.path.name, slip=made.slips.name)
        self._said = Message(text, "ok", "circle-check")
        self.done()
        self.bureau.reload()

    def _on_failed(self, error: ReviewerError) -> None:
        self._said = Message(str(error), "bad", "circle-x")
        self.changed()
