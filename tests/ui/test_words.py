import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

import resources
import ui
from reviewer_app.core.messages import Language, _
from ui.language import qt_words, speak

OWN = ("components", "expert", "look")


def ours() -> set[str]:
    """Return every sentence of the shell, the components and the expert's pages."""
    root = Path(ui.__file__).parent
    found = extract_from_dir(str(root), [("**.py", "python")], {}, keywords={"_": None})
    return {
        message
        for file, _line, message, _comments, _context in found
        if isinstance(message, str)
        and message
        and (Path(file).parts[0] in OWN or len(Path(file).parts) == 1)
        and file != "probe.py"
    }


def translations() -> dict[str, str]:
    folder = Path(resources.__file__).parent / "locale" / "zh"
    words: dict[str, str] = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale="zh"):
                if isinstance(message.id, str) and message.id and message.string:
                    words[message.id] = str(message.string)
    return words


def test_every_sentence_of_the_windows_has_its_chinese() -> None:
    assert sorted(ours() - set(translations())) == []


def test_the_language_is_switched_on_the_spot() -> None:
    speak(Language.CHINESE)
    assert _("Open review pack") == "打开评审包"
    speak(Language.ENGLISH)
    assert _("Open review pack") == "Open review pack"


def test_the_file_dialog_speaks_chinese_all_through(app: QApplication) -> None:
    words = qt_words(Language.CHINESE, app)
    assert words is not None
    dialog = QFileDialog(None, "选择", "", "清单 (*.xlsx)")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    labels = [each.text() for each in dialog.findChildren(QLabel)]
    app.removeTranslator(words)
    assert labels
    assert not any(re.search("[a-z]{2}", each) for each in labels), labels
