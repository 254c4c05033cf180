"""The keys of the expert's pages, for the help page."""

from reviewer_app.core.messages import _
from ui.expert.steps import COMPARE, CONFLICTS, FINISH, SCORE, step_name
from ui.key_lines import KeyGroup, KeyLine, KeyMap


def key_map(step: str) -> KeyMap:
    """Return the keys of a step's page, and those of every page of the expert."""
    own = {
        CONFLICTS: (_conflicts,),
        SCORE: (_scoring, _materials),
        COMPARE: (_compare,),
        FINISH: (_finish,),
    }
    groups = [make() for make in own.get(step, ())]
    return KeyMap(step_name(step), (*groups, _always()))


def _always() -> KeyGroup:
    return KeyGroup(_("For the expert"), (KeyLine("Ctrl L", _("Lock the desk")),))


def _conflicts() -> KeyGroup:
    lines = (
        KeyLine("↑ ↓", _("The application before or after")),
        KeyLine("Space", _("Tick a ground")),
        KeyLine("F2", _("The rule of each ground")),
    )
    return KeyGroup(_("On this page"), lines)


def _scoring() -> KeyGroup:
    lines = (
        KeyLine("1 – 4", _("Choose a level, while the levels have the keyboard")),
        KeyLine("0 – 9", _("There, typed without a pause, the score itself, such as 85 or 45")),
        KeyLine("Ctrl Enter", _("The next step, from a box whose text has lines as well")),
        KeyLine("↑ ↓", _("In the score: one step more or less")),
        KeyLine("Ctrl ↑ ↓", _("The indicator before or after")),
        KeyLine("Alt ↑ ↓", _("The application before or after")),
        KeyLine("F8", _("The next gap: a missing mark or reason")),
        KeyLine("F2", _("What all levels mean")),
        KeyLine("Ctrl Z", _("Undo, Ctrl Shift Z redoes")),
        KeyLine("F3", _("Compare, and back")),
        KeyLine("F9", _("Materials or scores, where there is room for one")),
        KeyLine("Ctrl Tab", _("List, document, form in turn")),
    )
    return KeyGroup(_("Scoring"), lines)


def _materials() -> KeyGroup:
    lines = (
        KeyLine("PgUp PgDn", _("Page up or down in the document")),
        KeyLine("Ctrl F", _("Search the documents")),
        KeyLine("F6", _("Cite this page")),
        KeyLine("Shift F6", _("Quote what is selected")),
        KeyLine("Alt ←", _("Back to where you read before")),
        KeyLine("F4", _("Private notes")),
    )
    return KeyGroup(_("Materials"), lines)


def _compare() -> KeyGroup:
    lines = (
        KeyLine("← ↑ ↓ →", _("Go through the marks; typing changes one")),
        KeyLine("Tab", _("To the right; Enter goes down")),
        KeyLine("F5", _("Open the mark on the scoring page")),
        KeyLine("F8", _("The next gap: a missing mark or reason")),
        KeyLine("Ctrl Z", _("Undo, Ctrl Shift Z redoes")),
        KeyLine("F3", _("Back to scoring")),
    )
    return KeyGroup(_("On this page"), lines)


def _finish() -> KeyGroup:
    lines = (
        KeyLine("F8", _("The next gap: a missing mark or reason")),
        KeyLine("Ctrl P", _("Print the score sheet once it is signed")),
    )
    return KeyGroup(_("On this page"), lines)
