"""How a correction stands, in a chip, and the one step that comes next."""

from dataclasses import dataclass

from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, ExpertNumber
from reviewer_app.services.corrections import Correction, CorrectionState, Wish
from ui.secretary.correction_views import place_of
from ui.views import FootView, Message

NOBODY = Wish(ExpertNumber(""), ApplicationNumber(""), "", "")


@dataclass
class Typed:
    """What is being written on the pane; nothing of it is lost while the pane is open."""

    wish: Wish = NOBODY
    trial: str = ""
    keeping: bool = False
    keep_reason: str = ""


def correction_chip(state: CorrectionState | None, wish: Wish) -> Message:
    """Return the state in a few words."""
    if state is None:
        return Message(_("not opened yet"), "", "circle-dashed")
    waiting = _("waiting for expert {expert}").format(expert=wish.expert)
    return {
        CorrectionState.OPEN: Message(waiting, "accent", "circle-dot"),
        CorrectionState.ANSWERED: Message(_("corrected"), "ok", "circle-check"),
        CorrectionState.KEPT: Message(_("kept, with a reason"), "ok", "circle-check"),
    }[state]


def correction_foot(
    opened: Correction | None,
    state: CorrectionState | None,
    typed: Typed,
    working: str,
    *,
    printed: bool,
) -> FootView:
    """Return the next step."""
    if working:
        left = Message(working, "accent", "loader")
        return FootView(_("Please wait"), "", enabled=False, left=left)
    if opened is None:
        return _opening(typed)
    if state is not CorrectionState.OPEN:
        left = Message(_("This correction is settled"), "ok", "circle-check")
        wanted = state is CorrectionState.ANSWERED and not printed
        step = _("Print the correction slip") if wanted else _("Back to the ranking")
        return FootView(step, left=left)
    if typed.keeping:
        lacking = not typed.keep_reason.strip()
        left = Message(_("The expert signs this reason on the slip"), "2", "info")
        step = _("Keep the mark, with this reason")
        return FootView(step, "Ctrl Enter", enabled=not lacking, left=left)
    words = _("Waiting for revision {number} of expert {expert}").format(
        number=opened.revision + 1, expert=opened.wish.expert
    )
    step = _("Put in the new sheet of expert {expert}").format(expert=opened.wish.expert)
    return FootView(step, "Ctrl O", left=Message(words, "accent", "circle-dot"))


def _opening(typed: Typed) -> FootView:
    lacking = not typed.wish.ground.strip()
    words = _("Write on what ground") if lacking else place_of(typed.wish)
    left = Message(words, "warn" if lacking else "2", "circle-dashed")
    return FootView(_("Open the correction"), "Ctrl Enter", enabled=not lacking, left=left)
