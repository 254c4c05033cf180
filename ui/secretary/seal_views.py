"""What the archive page shows: points that hold or not, each with what settles it."""

from dataclasses import dataclass

from reviewer_app.core.messages import _, ngettext
from reviewer_app.services.checklist import Check
from ui.secretary.steps import COLLECT, DELIBERATE
from ui.views import FootView, Message

SCANS = "scans"


@dataclass(frozen=True, slots=True)
class SealLine:
    """One point: whether it holds, what it is, what was found."""

    ok: bool
    what: str
    detail: str
    act: str = ""
    """The step that settles it, or SCANS; empty where nothing can be done here."""


@dataclass(frozen=True, slots=True)
class SealView:
    """The whole page."""

    lines: tuple[SealLine, ...]
    title: str
    counts: str
    facts: tuple[tuple[str, str], ...]
    scans: tuple[str, ...]
    archive: str
    code: str
    working: str
    keeps: str
    lacking: tuple[SealLine, ...]
    """What would stay missing for good, while that is asked; else empty."""
    can_write: bool
    editable: bool
    notice: Message
    foot: FootView


def confirming_foot(count: int) -> FootView:
    """Return the deliberate step: the archive with ``count`` points missing for good."""
    words = ngettext(
        "Archive all the same, {count} missing", "Archive all the same, {count} missing", count
    ).format(count=count)
    left = Message(_("Archiving cannot be undone"), "warn", "triangle-alert")
    return FootView(words, left=left)


def mend_words(act: str) -> str:
    """Return what the button of an open point says."""
    return {
        SCANS: _("Attach scans"),
        DELIBERATE: _("Go to deliberating"),
        COLLECT: _("Go to collecting"),
    }[act]


def verified_line(check: Check) -> SealLine:
    """Return one line of a verification in words."""
    names = {
        "container": _("Container"),
        "round": _("Rules signed before issue"),
        "manifest": _("List of contents"),
        "bureau-key": _("Key of the bureau"),
        "metadata": _("Description"),
        "roster": _("Roster of experts"),
        "assignments": _("Assignment"),
        "sheet": _("Score sheet"),
        "sheets": _("Score sheets"),
        "log": _("Log of the round"),
        "closing": _("Closing statement"),
        "results": _("Results"),
        "received": _("Sheets as received"),
        "revisions": _("Chain of revisions"),
        "result": _("Result of an application"),
        "tally": _("Totals and ranks from the sheets"),
        "basis": _("Rules and weights behind the results"),
        "results-sheets": _("Sheets behind the results"),
        "rechecks": _("Re-checks"),
        "marks": _("Table of marks"),
        "completeness": _("Completeness"),
        "scans": _("Scans of signed papers"),
        "missing": _("Missing sheets"),
        "signature": _("Signature"),
        "structure": _("Structure"),
        "encryption": _("Encryption"),
        "codes": _("Printed codes"),
        "file": _("The file"),
    }
    return SealLine(check.ok, names.get(check.check, check.check), check.detail)
