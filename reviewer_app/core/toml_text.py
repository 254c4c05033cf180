"""TOML with exact numbers, and the line on which a place of it stands."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reviewer_app.core.bounded import read_bounded
from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _

_MOST_BYTES = 8 << 20
_MOST_DOTS = 300
"""In one line: a key of thousands of parts takes the reader minutes and gigabytes."""
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?")
_KEY = re.compile(r"\s*\"?([^\s=\"#]+)\"?\s*=")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STEP = re.compile(r"([a-z_]+)\[(\d+)\]")
_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


def writing_fault(error: ValueError) -> str:
    """Return what is wrong with the writing of a TOML text: the place, and what is expected."""
    found = _PLACE.fullmatch(str(error))
    if found is None:  # tomllib names a place for everything but a number too long for it
        return _("a number has thousands of digits")
    why, line, column = found.groups()
    place = (
        _("line {line}, column {column}").format(line=line, column=column)
        if line
        else _("at its end")
    )
    return f"{place}: {_expected(why)}"


def _expected(why: str) -> str:
    """Return what ``tomllib`` misses, in the words of somebody who has never heard of TOML."""
    quoted = _('text stands in straight quotation marks ("), numbers and dates do not')
    line = _("a line reads: key = value, or [heading]; a remark begins with #")
    bracket, twice = _("a bracket is missing"), _("this is there twice")
    for beginnings, words in (
        (("Invalid value", "Unterminated string", "Illegal", "Expected newline"), quoted),
        (("Invalid statement", "Expected '='", "Invalid initial character"), line),
        (("Unescaped '\\'", "Invalid hex"), _("write / instead of \\ in paths")),
        (("Unclosed", "Expected ']'"), bracket),
        (("Cannot", "Duplicate"), twice),
    ):
        if why.startswith(beginnings):
            return words
    return why


def read_toml(path: Path, error: type[InputError]) -> tuple[dict[str, Any], str]:
    """Return the table of a TOML file, decimals as their texts, and the text itself.

    UTF-8, with or without a byte order mark. Raises ``error`` naming the file and, for a
    mistake in the writing, the line and column.
    """
    try:
        text = read_bounded(path, _MOST_BYTES).decode("utf-8-sig")
        return parse_toml(text), text
    except InputError as fault:
        raise error(str(fault)) from fault
    except UnicodeDecodeError as fault:
        raise error(
            _("{file} is not UTF-8 text (byte {position}); save it as UTF-8").format(
                file=path.name, position=fault.start
            )
        ) from fault
    except ValueError as fault:
        raise error(f"{path.name}: {writing_fault(fault)}") from fault
    except RecursionError:
        raise error(_("{file}: nested too deeply").format(file=path.name)) from None


def parse_toml(text: str) -> dict[str, Any]:
    """Return the table of a TOML text, decimals as their texts.

    Raises ValueError for a mistake in the writing and for a number of thousands of digits,
    RecursionError for what is nested too deeply.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    if max(line.count(".") for line in lines) > _MOST_DOTS:
        raise RecursionError
    return tomllib.loads("\n".join(lines), parse_float=str)


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


def write_toml(data: Mapping[str, Any]) -> str:
    """Return TOML of plain data: texts, whole numbers, true and false, lists and mappings.

    Lists of mappings become ``[[tables]]``; what lies deeper in a list is written in line.
    """
    return "\n".join(_table_lines(data, ())).strip() + "\n"


def _table_lines(data: Mapping[str, Any], place: tuple[str, ...]) -> Iterator[str]:
    for key, value in data.items():
        if not _is_tables(value):
            yield f"{_key(key)} = {inline_toml(value)}"
    for key, value in data.items():
        if not _is_tables(value):
            continue
        header = (*place, _key(key))
        for entry in value:
            yield ""
            yield f"[[{'.'.join(header)}]]"
            yield from _table_lines(entry, header)


def _is_tables(value: object) -> bool:
    """Tell whether a list holds tables big enough for a heading of their own."""
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def inline_toml(value: object) -> str:
    """Return one value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Mapping):
        pairs = (f"{_key(key)} = {inline_toml(each)}" for key, each in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, Sequence):
        return f"[{', '.join(inline_toml(each) for each in value)}]"
    raise TypeError(type(value))


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    """Return a basic string: JSON's escapes are TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
