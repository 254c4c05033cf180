"""Signed maps: the signature first, then the fields one by one, each of the kind promised."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, Self

from reviewer_app.core.errors import DocumentError
from reviewer_app.core.messages import _
from reviewer_app.sheets import cbor, cose, json_text
from reviewer_app.sheets.keys import PUBLIC_BYTES

DIGEST_BYTES = 32


@contextmanager
def about(what: str) -> Iterator[None]:
    """Put the document's name in front of what is found wrong inside."""
    try:
        yield
    except DocumentError as error:
        raise type(error)(f"{what}: {error}") from None


class Payload:
    """A CBOR map that has exactly the keys ``first`` to ``last``."""

    def __init__(self, item: cbor.Item, last: int, *, first: int = 0) -> None:
        if not isinstance(item, dict) or list(item) != list(range(first, last + 1)):
            self.refuse(_("its fields are not those of the format"))
        self._fields = item

    @classmethod
    def typed(cls, data: bytes, kind: str, last: int) -> Self:
        """Return the fields of encoded ``data`` whose key 0 is the type text ``kind``."""
        item = cbor.decode(data)
        if not isinstance(item, dict) or item.get(0) != kind:
            raise DocumentError(_("it is another kind of document, or of another version"))
        return cls(item, last)

    @classmethod
    def signed_by(cls, message: bytes, public: bytes, kind: str, last: int) -> Self:
        """Return the fields of a signed message once ``public`` is known to have signed it."""
        return cls.typed(cose.verify(message, public), kind, last)

    @classmethod
    def signed_by_own_key(cls, message: bytes, key_field: int, kind: str, last: int) -> Self:
        """Return the fields of a message signed by the key that stands in ``key_field``."""
        fields = cls.typed(cose.unverified_payload(message), kind, last)
        cose.verify(message, fields.bytes(key_field, PUBLIC_BYTES))
        return fields

    def refuse(self, sentence: str) -> NoReturn:
        """Raise DocumentError."""
        raise DocumentError(sentence)

    def text(self, key: int) -> str:
        """Return a text."""
        value = self._fields[key]
        return value if isinstance(value, str) else self._wrong(key)

    def filled(self, key: int) -> str:
        """Return a text that is not empty."""
        return self.text(key) or self._wrong(key)

    def json(self, key: int) -> Any:  # noqa: ANN401 - any JSON value
        """Return the value of a JSON text."""
        return json_text.decode(self.text(key).encode())

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

    def maps(self, key: int, last: int) -> list[Self]:
        """Return an array of maps with the keys 1 to ``last``."""
        return [type(self)(each, last, first=1) for each in self.items(key)]

    def _wrong(self, key: int) -> NoReturn:
        self.refuse(_("field {key} is not what the format promises").format(key=key))
