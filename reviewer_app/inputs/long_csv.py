"""CSV files of any length, line by line, in one encoding, with every line's number.

For lists of up to some thousand rows with a free header there is ``tables``; this reader is for
files whose header is fixed and whose rows run into millions.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.inputs.tables import read_bounded

_MOST = 512 << 20
_MARK = b"\xef\xbb\xbf"
_THREE_BYTES = "\u0800"
"""From here on UTF-8 takes three bytes; text in another encoding seldom looks like that."""


class LongCsv:
    """The rows of a file that are not blank, each a list of cells without outer spaces.

    Reading raises InputError for a file that is neither UTF-8 nor GB 18030 text, a mixture of
    both, or no CSV.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.name
        data = read_bounded(path, _MOST)
        if b"\0" in data:
            raise InputError(
                _("{file} is not a text file in UTF-8 or GB 18030").format(file=path.name)
            )
        self._reader = csv.reader(_decoded(data, path.name), strict=True)

    def __iter__(self) -> Iterator[list[str]]:
        try:
            for cells in self._reader:
                stripped = [cell.strip() for cell in cells]
                if any(stripped):
                    yield stripped
        except csv.Error as error:
            raise InputError(
                _("{place} is not CSV ({why})").format(place=self.where(), why=error)
            ) from None

    def where(self) -> str:
        """Return the place of the row read last; lines are counted as an editor does."""
        return _("{file} line {line}").format(file=self._file, line=self._reader.line_num)


def _decoded(data: bytes, name: str) -> Iterable[str]:
    marked = data.startswith(_MARK)
    data = data.removeprefix(_MARK)
    try:
        return io.StringIO(data.decode("utf-8"), newline="")
    except UnicodeDecodeError as error:
        if marked:
            _refuse_line(name, data, error.start, _("starts as UTF-8, but is not UTF-8 here"))
    _refuse_mixture(data, name)
    try:
        return io.StringIO(data.decode("gb18030"), newline="")
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
