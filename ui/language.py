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


_LACKING = {
    ("QFileDialog", "&Look in:"): "查找范围：",
    ("QFileDialog", "Files of &type:"): "文件类型：",
    ("QAbstractFileIconProvider", "Folder"): "文件夹",
    ("QAbstractFileIconProvider", "Drive"): "磁盘",
    ("QShortcut", "Control"): "Ctrl",
}
"""What the file dialog says and Qt's own Chinese catalogue does not have."""


class QtWords(QTranslator):
    """Qt's Chinese words, with those of the file dialog that its catalogue lacks."""

    def translate(
        self, context: str, text: str, remark: str | None = None, count: int = -1
    ) -> str:
        """Return the word in Chinese, nothing where it is not known."""
        found = super().translate(context, text, remark, count)
        return found or _LACKING.get((context, text), "")


def qt_words(language: Language, application: QCoreApplication) -> QTranslator | None:
    """Return Qt's own words in ``language``, installed; None where English needs none."""
    if language is Language.ENGLISH:
        return None
    translator = QtWords(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    chinese = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    if not translator.load(chinese, "qtbase", "_", folder):
        return None
    application.installTranslator(translator)
    return translator
