"""The windows in one of two languages: the program's own sentences and Qt's standard ones."""

import gettext
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

import resources
from resources.words import catalogue
from reviewer_app.core.messages import Language, install

_PAGES = Path(resources.__file__).parent / "locale" / "zh" / "ui.po"


def speak(language: Language) -> None:
    """Install ``language`` for every sentence asked for from now on."""
    if language is Language.ENGLISH:
        install(gettext.NullTranslations())
        return
    words: gettext.NullTranslations = catalogue(language.value)
    if _PAGES.exists():
        words.add_fallback(_compiled(_PAGES))
    install(words)


def qt_words(language: Language, application: QCoreApplication) -> QTranslator | None:
    """Return Qt's own words in ``language``, installed; None where English needs none."""
    if language is Language.ENGLISH:
        return None
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    chinese = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    if not translator.load(chinese, "qtbase", "_", folder):
        return None
    application.installTranslator(translator)
    return translator


def _compiled(path: Path) -> gettext.GNUTranslations:
    data = BytesIO()
    with path.open("rb") as stream:
        write_mo(data, read_po(stream, locale="zh"))
    data.seek(0)
    return gettext.GNUTranslations(data)
