"""TOML with exact numbers, and the line on which a place of it stands."""

import re
import tomllib
from pathlib import Path
from typing import Any

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?")
_KEY = re.compile(r"\s*\"?([^\s=\"#]+)\"?\s*=")
_STEP = re.compile(r"([a-z_]+)\[(\d+)\]")


def read_toml(path: Path, error: type[InputError]) -> tuple[dict[str, Any], str]:
    """Return the table of a TOML file, decimals as their texts, and the text itself.

    UTF-8, with or without a byte order mark. Raises ``error`` naming the file and, for a
    mistake in the writing, the line and column.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return tomllib.loads(text.replace("\r\n", "\n"), parse_float=str), text
    except OSError as fault:
        raise error(
            _("{file} cannot be read: {reason}").format(
                file=path.name, reason=fault.strerror or fault
            )
        ) from fault
    except UnicodeDecodeError as fault:
        raise error(
            _("{file} is not UTF-8 text (byte {position}); save it as UTF-8").format(
                file=path.name, position=fault.start
            )
        ) from fault
    except tomllib.TOMLDecodeError as fault:
        raise error(f"{path.name}: {fault}") from fault


def line_of(text: str, place: str) -> int | None:
    """Return the line where ``place``, such as ``dimension[2] indicator[1]``, begins.

    A key named in “quotation marks” after the place narrows it to that key's line.
    """
    steps = [(name, int(number)) for name, number in _STEP.findall(place)]
    key = re.search(r"“([^”]+)”", place)
    best: tuple[int, int] | None = None
    for number, here, word in _walk(text):
        depth = _matching(steps, here)
        if depth is None:
            continue
        rank = depth * 2 + (1 if key and word == key[1] and depth == len(here) else 0)
        if best is None or rank > best[0]:
            best = (rank, number)
    return best[1] if best else None


def _matching(steps: list[tuple[str, int]], here: list[tuple[str, int]]) -> int | None:
    """Return how deep ``here`` lies on the way to ``steps``, or None if it is elsewhere."""
    return len(here) if here == steps[: len(here)] else None


def _walk(text: str) -> list[tuple[int, list[tuple[str, int]], str]]:
    """Return (line, array places, first key) of every header and key line of the text."""
    counts: dict[tuple[str, ...], int] = {}
    here: list[tuple[str, int]] = []
    found = []
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        quotes = line.count('"""') + line.count("'''")
        if not inside and (header := _HEADER.fullmatch(line)):
            here = _enter(counts, header[2], array=header[1] == "[[")
            found.append((number, here, ""))
        elif not inside and (key := _KEY.match(line)):
            found.append((number, here, key[1]))
        inside ^= quotes % 2 == 1
    return found


def _enter(
    counts: dict[tuple[str, ...], int], header: str, *, array: bool
) -> list[tuple[str, int]]:
    """Return the array places of a header, counting ``[[array]]`` headers as they come."""
    names = tuple(part.strip(' "') for part in header.split("."))
    if array:
        counts[names] = counts.get(names, 0) + 1
        for deeper in [name for name in counts if len(name) > len(names)]:
            if deeper[: len(names)] == names:
                del counts[deeper]
    return [
        (name, counts[names[: depth + 1]])
        for depth, name in enumerate(names)
        if names[: depth + 1] in counts
    ]
