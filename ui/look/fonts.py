"""The typefaces: Noto Sans SC from its package, a monospaced face for codes.

A machine's own Noto Sans CJK SC (the same design with a real bold) is preferred; the package
has only the regular weight, which Qt then emboldens.
"""

from enum import Enum
from functools import cache

import pylopdf_fonts_zh_cn as package
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC")
_MONO = (
    "Noto Sans Mono CJK SC",
    "Sarasa Mono SC",
    "Cascadia Mono",
    "Consolas",
    "DejaVu Sans Mono",
)
_SERIF = ("Noto Serif SC",)


class Role(Enum):
    """What a text is; the value is its pixels at 100 %, whether bold, whether monospaced."""

    PAGE_TITLE = (20, True, False)
    CARD_TITLE = (17, True, False)
    BASE = (15, False, False)
    STRONG = (15, True, False)
    CELL = (14, False, False)
    CELL_STRONG = (14, True, False)
    SMALL = (13, False, False)
    SMALL_STRONG = (13, True, False)
    SMALLEST = (12, False, False)
    RING = (11, True, False)
    TOTAL = (26, True, False)
    RECEIPT = (34, True, False)
    SCORE = (22, True, False)
    CODE = (14, False, True)
    PASSCODE = (20, False, True)


@cache
def load() -> None:
    """Register the packaged typeface with Qt, once for the program."""
    QFontDatabase.addApplicationFontFromData(package.sans_path().read_bytes())


@cache
def sans_families() -> tuple[str, ...]:
    """Return the faces for words, best first, of those this machine has."""
    load()
    known = set(QFontDatabase.families())
    found = tuple(name for name in _SANS if name in known and "Bold" in _styles(name))
    return (*found, "Noto Sans SC")


@cache
def mono_families() -> tuple[str, ...]:
    """Return the faces for codes and fingerprints, best first, ending in one that exists."""
    known = set(QFontDatabase.families())
    return (*(name for name in _MONO if name in known), *sans_families())


@cache
def serif_family() -> str:
    """Return the serif face of the program's mark, loaded at first use."""
    known = set(QFontDatabase.families())
    for name in ("Noto Serif CJK SC", "Source Han Serif SC"):
        if name in known:
            return name
    QFontDatabase.addApplicationFontFromData(package.serif_path().read_bytes())
    return _SERIF[0]


@cache
def font(role: Role, scale: float) -> QFont:
    """Return the font of ``role`` at ``scale`` (1.0 is 100 %), digits all of one width.

    It is shared: copy it before changing anything.
    """
    pixels, bold, mono = role.value
    families = mono_families() if mono else sans_families()
    result = QFont(list(families))
    result.setPixelSize(max(1, round(pixels * scale)))
    result.setBold(bold)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


@cache
def metrics(role: Role, scale: float) -> QFontMetrics:
    """Return the measures of a role's font."""
    return QFontMetrics(font(role, scale))


def _styles(family: str) -> set[str]:
    return set(QFontDatabase.styles(family))
