"""Whether a built program is, file by file, what was built.

The list lies in the folder itself and finds damage, and whatever was changed, added or left out
by somebody who did not write the list anew. Who might have done that compares the digest of the
list with the one that was made public with the program.
"""

import hashlib
import re
import sys
from pathlib import Path

from reviewer_app.core.atomic import disk_fault
from reviewer_app.core.errors import StorageError
from reviewer_app.core.messages import _
from reviewer_app.core.names import visible

LIST = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_MOST_BYTES = 1 << 24
_NAMED = 3


def program_folder() -> Path | None:
    """Return the folder of the built program that runs; None where it runs from sources."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


def check_build(folder: Path) -> str:
    """Return one line on a program's folder whose every file is as built.

    Raises StorageError naming what was changed, is missing, or was added.
    """
    try:
        listed = _listed(folder / LIST)
        wrong = _wrong(folder, listed)
    except OSError as error:
        raise disk_fault(error, Path(error.filename or folder)) from None
    if wrong:
        more = len(wrong) - _NAMED
        raise StorageError(
            _("The program is not as it was built; get it anew: {files}").format(
                files="; ".join(wrong[:_NAMED]) + (f" … +{more}" if more > 0 else "")
            )
        )
    return _("{count} files as built; the list of them has the digest {digest}").format(
        count=len(listed), digest=_sha256(folder / LIST)
    )


def _listed(path: Path) -> dict[str, str]:
    with path.open("rb") as stream:
        text = stream.read(_MOST_BYTES).decode("utf-8", "replace")
    found = [_LINE.fullmatch(line) for line in text.splitlines()]
    if not found or None in found:
        raise StorageError(_("“{path}” is no list of a program's files").format(path=path))
    return {match[2]: match[1] for match in found if match}


def _wrong(folder: Path, listed: dict[str, str]) -> list[str]:
    """Return in words every file that is not what the list says."""
    here = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / LIST
    }
    missing = [_("{file} is missing").format(file=visible(n)) for n in listed if n not in here]
    added = [_("{file} was added").format(file=visible(n)) for n in here if n not in listed]
    changed = [
        _("{file} was changed").format(file=visible(name))
        for name, path in here.items()
        if name in listed and _sha256(path) != listed[name]
    ]
    return changed + missing + added


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
