"""How the program looks just now: colours, text size and language, remembered by door."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from reviewer_app.core.messages import Language
from ui.language import qt_words, speak
from ui.look import theme
from ui.look.theme import TEXT_SIZES, Mode, look
from ui.settings import Settings

START, EXPERT, SECRETARY = "start", "expert", "secretary"
_USUAL_SIZE = {START: 100, EXPERT: 125, SECRETARY: 100}


class Dressing:
    """Dresses the whole program; each door keeps a text size of its own."""

    def __init__(self, settings: Settings, language: Language) -> None:
        self._settings, self.language, self._place = settings, language, START
        self._qt_words = qt_words(language, _application())

    def enter(self, place: str) -> None:
        """Look as this door was left: START, EXPERT or SECRETARY."""
        self._place = place
        self.dress()

    def set_text_size(self, size: int) -> None:
        """Use a text size in percent for the door that is open, and remember it."""
        self._settings.set_text_size(self._place, size)
        self.dress()

    def set_usual_size(self) -> None:
        """Go back to the text size this door begins with."""
        self.set_text_size(_USUAL_SIZE[self._place])

    def step_text(self, step: int) -> None:
        """Use the next larger or smaller text size, if there is one."""
        place = TEXT_SIZES.index(look().text_size) + step
        if 0 <= place < len(TEXT_SIZES):
            self.set_text_size(TEXT_SIZES[place])

    def choose_mode(self, mode: str) -> None:
        """Use light colours, dark ones or the system's, and remember it."""
        self._settings.set_mode(Mode(mode))
        self.dress()

    def choose_language(self, language: str) -> None:
        """Speak a language from now on and remember it; pages made before keep theirs."""
        self.language = Language(language)
        self._settings.set_language(self.language)
        speak(self.language)
        if self._qt_words:
            _application().removeTranslator(self._qt_words)
        self._qt_words = qt_words(self.language, _application())

    def dress(self) -> None:
        """Bring colours and text size to what is remembered, if they differ."""
        size = self._settings.text_size(self._place, _USUAL_SIZE[self._place])
        mode = self._settings.mode()
        if (size, mode) != (look().text_size, theme.mode()):
            theme.apply(_application(), mode, size)


def _application() -> QApplication:
    application = QCoreApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("a window was made before the program")
    return application
