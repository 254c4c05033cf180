"""The sentences of the program in its languages."""

import contextlib
import gettext
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

_LOCALE = Path(__file__).resolve().parent / "locale"
_DOMAIN = "reviewer"


def catalogue(language: str) -> gettext.GNUTranslations:
    """Return the translations of ``language``, compiled from its ``.po`` file when needed.

    Compiling takes half a second: where the folder can be written, what came of it is kept.
    """
    folder = _LOCALE / language
    compiled, written = folder / "LC_MESSAGES" / "reviewer.mo", folder / "reviewer.po"
    if compiled.exists() and not _newer(written, compiled):
        return gettext.GNUTranslations(BytesIO(compiled.read_bytes()))
    data = _compile(written, language)
    partial = compiled.with_name(f".reviewer-{os.getpid()}.partial.mo")
    with contextlib.suppress(OSError):
        compiled.parent.mkdir(exist_ok=True)
        partial.write_bytes(data)
        partial.replace(compiled)
    return gettext.GNUTranslations(BytesIO(data))


@contextlib.contextmanager
def lent(language: str) -> Iterator[None]:
    """Let the standard library take its sentences (argparse's) from our catalogue meanwhile.

    It looks in gettext's global domain, in the language the environment names.
    """
    domain, wanted = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(_DOMAIN, str(_LOCALE))
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if wanted is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = wanted


def _compile(written: Path, language: str) -> bytes:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - rarely needed, slow to load
    from babel.messages.pofile import read_po  # noqa: PLC0415 - as above

    data = BytesIO()
    with written.open("rb") as stream:
        write_mo(data, read_po(stream, locale=language))
    return data.getvalue()


def _newer(written: Path, compiled: Path) -> bool:
    return written.exists() and written.stat().st_mtime >= compiled.stat().st_mtime
