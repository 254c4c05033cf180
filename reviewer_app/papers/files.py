"""Papers reach the disk whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from reviewer_app.core.errors import PaperError
from reviewer_app.core.messages import _


def write_whole(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data`` in one step; PaperError if the disk refuses.

    The bytes go to a temporary file beside it first, so that a full disk or a power cut leaves
    the old file, or none.
    """
    try:
        _replace(path, data)
    except OSError as error:
        raise PaperError(
            _("Cannot write {file}: {fault}. Free some space or choose another folder").format(
                file=path, fault=error.strerror or error
            )
        ) from error


def _replace(path: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".paper-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
