"""Finding words in a text, whatever its lines and capitals."""

from typing import Any

_AROUND = 18
_MOST = 200
"""Hits in one page or block; who finds more looks for something else."""


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Return where ``words`` begin and end; spaces and ends of lines count for nothing."""
    plain, places = _plain(text)
    wanted, _places = _plain(words)
    found: list[tuple[int, int]] = []
    at = plain.find(wanted) if wanted else -1
    while at >= 0 and len(found) < _MOST:
        found.append((places[at], places[at + len(wanted) - 1] + 1))
        at = plain.find(wanted, at + len(wanted))
    return found


def snippet(text: str, first: int, end: int) -> dict[str, Any]:
    """Return a hit with the words around it, each in one line."""
    return {
        "before": joined(text[max(0, first - _AROUND) : first]),
        "match": joined(text[first:end]),
        "after": joined(text[end : end + _AROUND]),
    }


def joined(text: str) -> str:
    """Return a text in one line; Chinese lines are joined without a space."""
    kept = ""
    for part in text.split():
        latin = kept[-1:].isascii() and part[:1].isascii()
        kept += f" {part}" if kept and latin else part
    return kept


def _plain(text: str) -> tuple[str, list[int]]:
    """Return the text without spaces in lower case, and where each character stood."""
    kept = [(each.lower()[0], at) for at, each in enumerate(text) if not each.isspace()]
    return "".join(each for each, _at in kept), [at for _each, at in kept]
