"""What the minutes page shows: the papers, what may be written, the two machines, export."""

from collections.abc import Mapping
from dataclasses import dataclass

from reviewer_app.core.messages import _, ngettext
from reviewer_app.services.second_machine import TwoMachines
from ui.views import NOTHING, FootView, Message

ALL = "all"
KINDS = ("pdf", "docx", "xlsx")
CODE_DIGITS = 16


@dataclass(frozen=True, slots=True)
class MinutesView:
    """The whole page."""

    papers: tuple[str, ...]
    by_application: bool
    """Whether there is a score form for each application besides."""
    selected: str
    fields: Mapping[str, str]
    editable: bool
    unwritten: bool
    """Whether something is written that does not stand in the minutes yet."""
    working: str
    keeps: str
    two: TwoMachines | None
    """How the two machines compare; None before the results have been read."""
    locked: bool
    agreement: Message
    notice: Message
    exported: str
    foot: FootView


def code_of(digest: str) -> str:
    """Return the results code as printed: sixteen digits in fours."""
    head = digest[:CODE_DIGITS].upper()
    return " ".join(head[place : place + 4] for place in range(0, len(head), 4))


def agreement_words(typed: str, two: TwoMachines | None) -> Message:
    """Return how the two codes compare."""
    code = "".join(char for char in typed.lower() if char.isalnum())
    if two is None:
        return NOTHING
    if two.same(code) or (two.agreed and not code):
        return Message(_("Both machines agree; the log tells it"), "ok", "circle-check")
    if not code:
        words = _("Merge the same sheets on a second machine and type its code here.")
        return Message(words, "2", "git-compare-arrows")
    if len(code) < CODE_DIGITS and any(
        each.startswith(code) for each in (two.sheets, two.results)
    ):
        return Message(_("Go on typing"), "2", "circle-dot")
    words = _("The codes differ: compare who handed in on both machines")
    return Message(words, "bad", "circle-x")


def minutes_foot(working: str, exported: str, count: int, *, locked: bool) -> FootView:
    """Return the next step."""
    if working:
        left = Message(working, "accent", "loader")
        return FootView(_("Please wait"), "", enabled=False, left=left)
    if exported:
        words = _("Exported to {folder}").format(folder=exported)
        return FootView(_("Go to the archive"), left=Message(words, "ok", "circle-check"))
    if locked:
        words = _("Export unlocks when both machines agree")
        step = _("Type the other machine's results code")
        return FootView(step, left=Message(words, "warn", "lock"))
    words = _("Every figure comes from the signed sheets")
    step = ngettext("Export the one file", "Export all {count} files", count)
    return FootView(
        step.format(count=count),
        enabled=bool(count),
        left=Message(words, "2", "info"),
    )
