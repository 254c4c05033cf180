"""The results that the minutes of an archive carry as an attached file (docs/archive.md).

Whoever opens the minutes alone finds ``results.json`` in them: it has to be the archive's own.
The PDF is not interpreted: it is looked through for the one form our writer gives such a file.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator

from reviewer_app.core.errors import ArchiveError
from reviewer_app.core.messages import _
from reviewer_app.core.safe_zip import shown
from reviewer_app.services.archive_documents import under
from reviewer_app.services.archive_log import Evidence
from reviewer_app.services.archive_results import SEALED
from reviewer_app.sheets import archive
from reviewer_app.sheets.archive import Contents

_MARK, _END = b"/Type /EmbeddedFile", b"startxref"
_HEAD = re.compile(rb" /Length (\d{1,9}) /Filter /FlateDecode >>\nstream\n")
_MOST_HEAD = 200


def check_attached(evidence: Evidence, contents: Contents) -> tuple[str, None]:
    """Hold what papers carry against results.json; raises ArchiveError where it is another.

    Minutes that the log names have to be there, with the file in them. A log older than that
    names none.
    """
    results, carriers = contents.read(archive.RESULTS), set()
    for name in under(contents, archive.PAPERS):
        paper = contents.read(name)
        if not paper.startswith(b"%PDF") or _MARK not in paper:
            continue
        if list(_attached(paper, len(results) + 1)) != [results]:
            raise ArchiveError(
                _("{file}: the file attached to it is not results.json").format(
                    file=shown(name)
                )
            )
        carriers.add(hashlib.sha256(paper).hexdigest())
    if not minutes_named(evidence) <= carriers:
        raise ArchiveError(_("the minutes that the log names are not here with results.json"))
    return _("papers that carry results.json: {count}").format(count=len(carriers)), None


def minutes_named(evidence: Evidence) -> set[str]:
    """Return the hash of the minutes as the last sealing names it, nothing before it did."""
    sealed = [line.entry.details for line in evidence.log if line.entry.event == SEALED]
    return {str(each["minutes"]) for each in sealed[-1:] if "minutes" in each}


def _attached(paper: bytes, most: int) -> Iterator[bytes]:
    """Yield what is attached; what was added to the file later makes it count for nothing."""
    for found in re.finditer(re.escape(_MARK), paper):
        head = _HEAD.match(paper, found.end(), found.end() + _MOST_HEAD)
        if head is None or paper.count(_END) != 1:
            yield b""
            continue
        stream = zlib.decompressobj()
        try:
            data = stream.decompress(paper[head.end() : head.end() + int(head[1])], most)
        except zlib.error:
            data = b""
        yield data if stream.eof else b""
