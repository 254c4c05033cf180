"""The fields of a signed map, taken one by one, each of the kind the format promises."""

from typing import NoReturn

from reviewer_app.core.errors import DocumentError
from reviewer_app.core.messages import _
from reviewer_app.sheets import cbor

DIGEST_BYTES = 32


class Payload:
    """A CBOR map with keys 0 to ``last``, all there; its type text, if it has one, is checked."""

    def __init__(self, item: cbor.Item, last: int, what: str, *, first: int = 0) -> None:
        self._what = what
        if not isinstance(item, dict) or list(item) != list(range(first, last + 1)):
            self.refuse(_("its fields are not those of the format"))
        self._fields = item

    @classmethod
    def typed(cls, data: bytes, kind: str, last: int, what: str) -> "Payload":
        """Return the fields of encoded ``data`` whose key 0 is the type text ``kind``."""
        try:
            item = cbor.decode(data)
        except DocumentError as error:
            raise DocumentError(f"{what}: {error}") from None
        if not isinstance(item, dict) or item.get(0) != kind:
            raise DocumentError(
                _("{what}: it is another kind of document, or of another version").format(
                    what=what
                )
            )
        return cls(item, last, what)

    def refuse(self, sentence: str) -> NoReturn:
        """Raise DocumentError with the document's name in front."""
        raise DocumentError(f"{self._what}: {sentence}")

    def text(self, key: int) -> str:
        """Return a text."""
        value = self._fields[key]
        return value if isinstance(value, str) else self._wrong(key)

    def filled(self, key: int) -> str:
        """Return a text that is not empty."""
        return self.text(key) or self._wrong(key)

    def bytes(self, key: int, *lengths: int) -> bytes:
        """Return a byte string of one of ``lengths`` (any length where none is given)."""
        value = self._fields[key]
        if isinstance(value, bytes) and (not lengths or len(value) in lengths):
            return value
        return self._wrong(key)

    def integer(self, key: int, low: int, high: int) -> int:
        """Return an integer from ``low`` to ``high``."""
        value = self._fields[key]
        return value if isinstance(value, int) and low <= value <= high else self._wrong(key)

    def items(self, key: int) -> list[cbor.Item]:
        """Return an array, its items not yet looked at."""
        value = self._fields[key]
        return value if isinstance(value, list) else self._wrong(key)

    def texts(self, key: int) -> tuple[str, ...]:
        """Return an array of texts."""
        return tuple(
            each if isinstance(each, str) else self._wrong(key) for each in self.items(key)
        )

    def maps(self, key: int, last: int) -> "list[Payload]":
        """Return an array of maps with the keys 1 to ``last``."""
        return [
            Payload(each, last, f"{self._what} [{key}][{position}]", first=1)
            for position, each in enumerate(self.items(key))
        ]

    def _wrong(self, key: int) -> NoReturn:
        self.refuse(_("field {key} is not what the format promises").format(key=key))
