"""The sentences of the program in its languages."""

import gettext
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

_LOCALE = Path(__file__).resolve().parent / "locale"


def catalogue(language: str) -> gettext.GNUTranslations:
    """Return the translations of ``language``, compiled from its ``.po`` file when needed."""
    folder = _LOCALE / language
    compiled, written = folder / "reviewer.mo", folder / "reviewer.po"
    if compiled.exists() and not _newer(written, compiled):
        return gettext.GNUTranslations(BytesIO(compiled.read_bytes()))
    data = BytesIO()
    with written.open("rb") as stream:
        write_mo(data, read_po(stream, locale=language))
    data.seek(0)
    return gettext.GNUTranslations(data)


def _newer(written: Path, compiled: Path) -> bool:
    return written.exists() and written.stat().st_mtime > compiled.stat().st_mtime
