"""What goes between the window and the reading process: a JSON head and a block of bytes."""

import json
import struct
from typing import Any, BinaryIO

Head = dict[str, Any]
_SIZES = struct.Struct(">II")


def framed_head(head: Head, payload_size: int) -> bytes:
    """Return the beginning of a message; ``payload_size`` bytes have to follow."""
    text = json.dumps(head).encode()
    return _SIZES.pack(len(text), payload_size) + text


def framed(head: Head, payload: bytes = b"") -> bytes:
    """Return one message."""
    return framed_head(head, len(payload)) + payload


def read_frame(stream: BinaryIO) -> tuple[Head, bytes] | None:
    """Return the next message of a stream, None where it ends."""
    sizes = stream.read(_SIZES.size)
    if len(sizes) < _SIZES.size:
        return None
    text_size, payload_size = _SIZES.unpack(sizes)
    text = stream.read(text_size)
    payload = stream.read(payload_size)
    if len(text) < text_size or len(payload) < payload_size:
        return None
    head: Head = json.loads(text)
    return head, payload


class Gathering:
    """Puts messages together from pieces as they arrive."""

    def __init__(self) -> None:
        self._data = bytearray()

    def add(self, piece: bytes) -> list[tuple[Head, bytes]]:
        """Return the messages that a piece completes."""
        self._data += piece
        found = []
        while len(self._data) >= _SIZES.size:
            text_size, payload_size = _SIZES.unpack_from(self._data)
            end = _SIZES.size + text_size + payload_size
            if len(self._data) < end:
                break
            middle = _SIZES.size + text_size
            found.append(
                (json.loads(self._data[_SIZES.size : middle]), bytes(self._data[middle:end]))
            )
            del self._data[:end]
        return found
