"""The text of a file that people made: UTF-8, marked or not, or GB 18030.

A file in two encodings, pasted together, would be garbled without anybody noticing: it is
refused with the line.
"""

from typing import NoReturn

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _

_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_THREE_BYTES = "\u0800"
"""From here on UTF-8 takes three bytes; text in another encoding seldom looks like that."""


def decoded(data: bytes, name: str) -> str:
    """Return the text of a file; raises InputError naming the line that is none."""
    if data.startswith(_WIDE_MARKS):
        raise InputError(
            _("{file} is UTF-16 text; save it as UTF-8 or as XLSX").format(file=name)
        )
    marked = data.startswith(_MARK)
    data = data.removeprefix(_MARK)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if marked:
            _refuse_line(name, data, error.start, _("starts as UTF-8, but is not UTF-8 here"))
    _refuse_mixture(data, name)
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        _refuse_line(name, data, error.start, _("is neither UTF-8 nor GB 18030 text"))


def _refuse_mixture(data: bytes, name: str) -> None:
    """Refuse a file whose lines are partly UTF-8 and partly not: some would be garbled."""
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    utf8 = sum(_is_utf8(line) for line in lines)
    if not utf8 or utf8 == len(lines):
        return
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.isascii() and not _is_utf8(line):
            raise InputError(
                _("{file} line {line}: UTF-8 and another encoding are mixed").format(
                    file=name, line=number
                )
            )


def _is_utf8(line: bytes) -> bool:
    try:
        return max(line.decode("utf-8")) >= _THREE_BYTES
    except UnicodeDecodeError:
        return False


def _refuse_line(name: str, data: bytes, offset: int, sentence: str) -> NoReturn:
    number = data.count(b"\n", 0, offset) + 1
    place = _("{file} line {line}").format(file=name, line=number)
    raise InputError(f"{place}: {sentence}")
