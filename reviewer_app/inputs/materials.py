"""Which files are taken as materials of an application, and what each is.

A file is taken for what its first bytes say, under a name that every system can write. What
operating systems and office programs leave lying about is passed over.
"""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pikepdf

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text, visible
from reviewer_app.core.round import MaterialKind

HEAD_BYTES = 1024
"""How much of a file ``check_head`` wants to see."""

_ZIP_HEAD = (b"PK\x03\x04",)
_HEADS: Mapping[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".tif": (b"II*\x00", b"MM\x00*"),
    ".tiff": (b"II*\x00", b"MM\x00*"),
    ".bmp": (b"BM",),
    ".docx": _ZIP_HEAD,
    ".xlsx": _ZIP_HEAD,
}
_LEFT_LYING = re.compile(
    r"\.ds_store|\._.*|thumbs\.db|desktop\.ini|~\$.*|__macosx", re.IGNORECASE
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE | re.ASCII)
_KIND_WORDS: tuple[tuple[MaterialKind, tuple[str, ...]], ...] = (
    (MaterialKind.RESPONSIBILITY, ("责任书", "任务书", "responsibility")),
    (MaterialKind.PLAN, ("建设方案", "实施方案", "方案", "plan")),
    (MaterialKind.PRESENTATION, ("汇报", "答辩", "演示", "presentation")),
    (MaterialKind.EVIDENCE, ("附件", "证明", "证书", "协议", "合同", "evidence")),
)


def guess_kind(name: str) -> MaterialKind:
    """Return what a document is, going by the words in its name; evidence in doubt."""
    plain = name.casefold()
    for kind, words in _KIND_WORDS:
        if any(word in plain for word in words):
            return kind
    return MaterialKind.EVIDENCE


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that puts 附件2 before 附件10."""
    return tuple(
        (0, int(part), "") if part.isdigit() and part.isascii() else (1, 0, part)
        for part in re.split(r"(\d+)", name, flags=re.ASCII)
        if part
    )


def is_left_lying(name: str) -> bool:
    """Tell whether a file is a trace of an operating system or of an open document."""
    return bool(_LEFT_LYING.fullmatch(name))


def checked_name(name: str, where: str) -> str:
    """Return the name in one form; refuse what some system could not write."""
    place = f"{where}/{visible(name)}"
    check_text(name, place)
    plain = unicodedata.normalize("NFC", name)
    if any(each in '\\/:*?"<>|' for each in plain) or plain != plain.strip(" ."):
        raise InputError(
            _("{place}: this file name cannot be written on every system").format(place=place)
        )
    if _RESERVED.fullmatch(plain):
        raise InputError(_("{place}: Windows reserves this file name").format(place=place))
    if Path(plain).suffix.casefold() not in _HEADS:
        raise InputError(
            _("{place}: only {kinds} files are taken").format(
                place=place, kinds=", ".join(each[1:].upper() for each in _HEADS)
            )
        )
    return plain


def check_head(head: bytes, name: str, place: str) -> None:
    """Refuse a file whose first bytes are not those of the kind it is named after."""
    suffix = Path(name).suffix.casefold()
    matches = (
        b"%PDF-" in head
        if suffix == ".pdf"
        else any(head.startswith(each) for each in _HEADS[suffix])
    )
    if not matches:
        raise InputError(
            _("{place} is named {kind} but is something else").format(
                place=place, kind=suffix[1:].upper()
            )
        )


def check_pdf(path: Path, place: str) -> None:
    """Refuse a PDF that nobody on the panel could open."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as document:
            pages = len(document.pages)
    except pikepdf.PasswordError:
        raise InputError(
            _("{place} needs a password; put in a PDF without one").format(place=place)
        ) from None
    except pikepdf.PdfError as error:
        raise InputError(
            _("{place} is damaged and cannot be opened as a PDF").format(place=place)
        ) from error
    if not pages:
        raise InputError(_("{place} has no page").format(place=place))
