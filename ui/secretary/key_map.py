"""The keys of the secretary's pages, for the help page."""

from reviewer_app.core.messages import _
from ui.key_lines import KeyGroup, KeyLine, KeyMap
from ui.secretary.steps import COLLECT, ISSUE, RESULTS, STEPS, step_name


def key_map(step: str) -> KeyMap:
    """Return the keys of a step's page and of the secretary's door; ``step`` may be empty."""
    groups = [KeyGroup(_("In every step"), _every_step())]
    own = _OWN.get(step)
    if own:
        groups.insert(0, KeyGroup(_("On this page"), own()))
    page = step_name(step) if step in STEPS else _("Manage rounds")
    return KeyMap(page, tuple(groups))


def _every_step() -> tuple[KeyLine, ...]:
    return (
        KeyLine("Alt 1 … 7", _("Go to a step of the day")),
        KeyLine("F9", _("Show or hide the rounds")),
        KeyLine("Ctrl F", _("Find a round")),
        KeyLine("Ctrl N", _("New round")),
        KeyLine("↑ ↓", _("Go through a list")),
    )


def _issue() -> tuple[KeyLine, ...]:
    return (KeyLine("Ctrl P", _("Print the slips")),)


def _collect() -> tuple[KeyLine, ...]:
    return (KeyLine("Ctrl O", _("Choose files to collect")),)


def _results() -> tuple[KeyLine, ...]:
    return (
        KeyLine("Enter", _("Look at one application")),
        KeyLine("Alt ↑ ↓", _("The application before or after")),
        KeyLine("Esc", _("Back to the ranking")),
        KeyLine("Ctrl E", _("Export the results")),
    )


_OWN = {ISSUE: _issue, COLLECT: _collect, RESULTS: _results}
