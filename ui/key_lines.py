"""Keys and what they do, as plain values; every page offers its own, F1 lists them."""

from dataclasses import dataclass

from reviewer_app.core.messages import _


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key, or several that do the same kind of thing (``Ctrl ↑ ↓``), and what they do."""

    keys: str
    words: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that belong together, under a heading."""

    title: str
    lines: tuple[KeyLine, ...]


@dataclass(frozen=True, slots=True)
class KeyMap:
    """What the help page shows: the name of the page it is about, its keys by groups."""

    page: str
    groups: tuple[KeyGroup, ...]


def keys_everywhere() -> KeyGroup:
    """Return the keys that work on every page."""
    return KeyGroup(
        _("Everywhere"),
        (
            KeyLine("Enter", _("Take the next step: what the filled button says")),
            KeyLine("Ctrl Enter", _("The same from a field with several lines")),
            KeyLine("Tab", _("Go to the next field or button; Shift Tab goes back")),
            KeyLine("Space", _("Press the button, or set the tick")),
            KeyLine("Esc", _("Cancel, or close what was opened last")),
            KeyLine("F1", _("This page; the same key closes it")),
            KeyLine("Ctrl + −", _("Larger or smaller text, 100 to 175 %")),
            KeyLine("Ctrl 0", _("The usual text size")),
        ),
    )


def start_keys() -> KeyMap:
    """Return the keys of the start page."""
    lines = (
        KeyLine("Ctrl O", _("Open review pack")),
        KeyLine("Ctrl M", _("Manage rounds")),
        KeyLine("↑ ↓", _("Go through what was used last")),
        KeyLine("Enter", _("Go on with the line that is marked")),
    )
    return KeyMap(_("Start page"), (KeyGroup(_("On this page"), lines),))
