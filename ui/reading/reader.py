"""Answers the window's questions about documents; lives in the reading process."""

from pathlib import PurePath
from typing import Any, Protocol

from reviewer_app.core.errors import ReviewerError
from ui.reading.frames import Head
from ui.reading.pdf_pages import PdfPages
from ui.reading.unreadable import DAMAGED, OTHER, UnreadableError

_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
_MOST_BYTES = 96 << 20
"""What open documents may take together; the one used longest ago goes first."""


class Readable(Protocol):
    """One open document."""

    def described(self) -> dict[str, Any]:
        """Return what it consists of."""
        ...

    def picture(self, page: int, width: int) -> tuple[dict[str, Any], bytes]:
        """Return a page as a picture."""
        ...

    def find(self, words: str, page: int) -> list[dict[str, Any]]:
        """Return where words stand on a page."""
        ...

    def chosen(self, page: int, start: list[float], end: list[float]) -> dict[str, Any]:
        """Return the words between two places of a page."""
        ...

    def close(self) -> None:
        """Let go of the bytes."""
        ...


class Reader:
    """Holds open documents by name and answers one question at a time."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[Readable, int]] = {}

    def answer(self, head: Head, payload: bytes) -> tuple[Head, bytes]:
        """Return the answer; a document that cannot be shown gives ``error``, never a fault."""
        try:
            return self._answer(head, payload)
        except UnreadableError as error:
            return {"error": error.reason, "words": error.words}, b""

    def _answer(self, head: Head, payload: bytes) -> tuple[Head, bytes]:
        name = str(head["document"])
        match head["ask"]:
            case "open":
                return self._opened(name, str(head["file"]), payload), b""
            case "close":
                self._close(name)
                return {}, b""
        if name not in self._open:
            return {"error": "gone"}, b""
        document, size = self._open.pop(name)
        self._open[name] = document, size  # used last
        match head["ask"]:
            case "picture":
                return document.picture(head["page"], head["width"])
            case "find":
                return {"hits": _found(document, head)}, b""
            case "chosen":
                return document.chosen(head["page"], head["start"], head["end"]), b""
        raise ValueError(head["ask"])

    def _opened(self, name: str, file: str, data: bytes) -> Head:
        self._close(name)
        suffix = PurePath(file).suffix.casefold()
        if suffix in {".docx", ".xlsx"}:
            return {"kind": "text", "blocks": _blocks(data, file)}
        document = _document(data, suffix)
        described = document.described()
        while self._open and sum(size for _d, size in self._open.values()) > _MOST_BYTES:
            self._close(next(iter(self._open)))
        self._open[name] = document, len(data)
        return described

    def _close(self, name: str) -> None:
        if name in self._open:
            self._open.pop(name)[0].close()


def _document(data: bytes, suffix: str) -> Readable:
    if suffix == ".pdf":
        return PdfPages(data)
    if suffix in _PICTURES:
        from ui.reading.picture_pages import PicturePages  # noqa: PLC0415 - few have pictures

        return PicturePages(data)
    raise UnreadableError(OTHER)


def _found(document: Readable, head: Head) -> list[dict[str, Any]]:
    pages = range(head["page"], head["page"] + head["count"])
    return [hit for page in pages for hit in document.find(head["words"], page)]


def _blocks(data: bytes, file: str) -> list[list[Any]]:
    from reviewer_app.inputs.readable import read_blocks  # noqa: PLC0415 - loads lxml

    try:
        return [each.as_data() for each in read_blocks(data, file)]
    except ReviewerError as error:
        raise UnreadableError(DAMAGED, str(error)) from None
