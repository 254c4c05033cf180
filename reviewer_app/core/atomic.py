"""Writes files so that their final name holds all of the old bytes or all of the new."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from reviewer_app.core.errors import StorageError
from reviewer_app.core.messages import _


def write_file(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``, durable when this returns; raises StorageError.

    The file can be read by its owner alone where the system knows such rights.
    """
    with replacing(path) as stream:
        stream.write(data)


def create_file(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` unless somebody was faster; raises FileExistsError then.

    As durable and as private as ``write_file``; other faults become StorageError.
    """
    with creating(path) as stream:
        stream.write(data)


def private_folder(folder: Path) -> Path:
    """Return ``folder``, made if need be with its parents, for this user's eyes alone."""
    return _folder(folder, 0o700)


def make_folder(folder: Path) -> Path:
    """Return ``folder``, made if need be with its parents; raises StorageError."""
    return _folder(folder, 0o777)


def _folder(folder: Path, mode: int) -> Path:
    """Make a folder so that its name is durable too: a file in it is no safer than that."""
    try:
        if not folder.is_dir():
            if folder.parent != folder:  # the root of a drive that is gone is its own parent
                _folder(folder.parent, mode)
            folder.mkdir(mode=mode, exist_ok=True)
            sync_folder(folder.parent)
    except FileExistsError:
        raise disk_fault(NotADirectoryError(errno.ENOTDIR, ""), folder) from None
    except OSError as error:
        raise disk_fault(error, folder) from None
    return folder


def replacing(path: Path) -> contextlib.AbstractContextManager[BinaryIO]:
    """Yield a stream whose content takes the place of ``path`` when the block ends well.

    Otherwise ``path`` stays as it was and nothing is left beside it. Faults of the disk become
    StorageError.
    """
    return _written_beside(path, Path.replace)


def creating(path: Path) -> contextlib.AbstractContextManager[BinaryIO]:
    """Yield a stream whose content becomes ``path`` when the block ends well.

    A name that is taken by then is left alone: FileExistsError. Otherwise as ``replacing``.
    """
    return _written_beside(path, _claim)


def disk_fault(error: OSError, path: Path) -> StorageError:
    """Return the one line that explains why ``path`` could not be read or written."""
    sentences = {
        errno.ENOSPC: _("There is no room left for “{path}”; free some space, then repeat"),
        errno.EDQUOT: _("There is no room left for “{path}”; free some space, then repeat"),
        errno.EROFS: _("“{path}” lies on a write-protected medium; choose another place"),
        errno.EACCES: _("Access to “{path}” is denied; choose another place"),
        errno.EPERM: _("Access to “{path}” is denied; choose another place"),
        errno.ENOENT: _("“{path}” does not exist; check the name and whether the medium is in"),
        errno.ENAMETOOLONG: _("The name is too long; choose a shorter one: “{path}”"),
        errno.EEXIST: _("“{path}” is there already; choose another place"),
        errno.ENOTDIR: _("“{path}” is a file, not a folder; choose another place"),
        errno.EISDIR: _("“{path}” is a folder; name a file"),
        errno.EIO: _("The medium of “{path}” does not answer; was it pulled out?"),
    }
    sentence = sentences.get(error.errno or 0) or _("Cannot use “{path}”: {reason}")
    return StorageError(sentence.format(path=path, reason=error.strerror or error))


@contextlib.contextmanager
def _written_beside(path: Path, settle: Callable[[Path, Path], object]) -> Iterator[BinaryIO]:
    """Yield a stream to a file in the same folder, which ``settle`` then gives its name."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".partial", dir=path.parent)
    except OSError as error:
        raise disk_fault(error, path) from None
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        settle(partial, path)
        sync_folder(path.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise disk_fault(error, path) from None
    finally:
        with contextlib.suppress(OSError):  # the medium may be gone: say why, not this
            partial.unlink()


def _claim(whole: Path, path: Path) -> None:
    """Give ``whole`` the name ``path`` unless it is taken; raises FileExistsError."""
    if os.name == "nt":
        whole.rename(path)  # refuses a taken name by itself
        return
    try:
        os.link(whole, path)
    except PermissionError:  # a stick formatted for Windows knows no links
        if path.exists():
            raise FileExistsError(path) from None
        whole.rename(path)


def sync_folder(folder: Path) -> None:
    """Make new names in a folder durable; Windows does so by itself and offers no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
