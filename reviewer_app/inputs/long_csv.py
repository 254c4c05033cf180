"""CSV files of any length, line by line, in one encoding, with every line's number.

For lists of up to some thousand rows with a free header there is ``tables``; this reader is for
files whose header is fixed and whose rows run into millions.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from reviewer_app.core.bounded import read_bounded
from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.inputs.encodings import decoded

_MOST = 512 << 20


class LongCsv:
    """The rows of a file that are not blank, each a list of cells without outer spaces.

    Reading raises InputError for a file that is neither UTF-8 nor GB 18030 text, a mixture of
    both, or no CSV.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.name
        text = decoded(read_bounded(path, _MOST), path.name)
        if "\0" in text:
            raise InputError(
                _("{file} is not a text file in UTF-8 or GB 18030").format(file=path.name)
            )
        self._reader = csv.reader(io.StringIO(text, newline=""), strict=True)

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
