"""The choices of colours and language, the same on the start page and on the expert's first."""

from reviewer_app.core.messages import Language, _
from ui.components.segments import Segments
from ui.look.theme import Mode


def colour_choice(mode: Mode) -> Segments:
    """Return the choice of colours, with the one in use chosen."""
    names = [
        (Mode.LIGHT, _("Light")),
        (Mode.SYSTEM, _("As the system")),
        (Mode.DARK, _("Dark")),
    ]
    made = Segments(_("Colours"), names)
    made.choose(mode)
    return made


def language_choice(language: Language) -> Segments:
    """Return the choice of languages, each in its own words, with the one in use chosen."""
    made = Segments(_("Language"), [(Language.CHINESE, "中文"), (Language.ENGLISH, "EN")])
    made.choose(language)
    return made
