"""The windows in one of two languages: the program's own sentences and Qt's standard ones."""

import gettext

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from resources.words import catalogue
from reviewer_app.core.messages import Language, install


def speak(language: Language) -> None:
    """Install ``language`` for every sentence asked for from now on."""
    if language is Language.ENGLISH:
        install(gettext.NullTranslations())
        return
    install(catalogue(language.value))


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
