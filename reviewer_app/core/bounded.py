"""Reads a file that anyone may have named: no device, no pipe, no more than it should be."""

import stat
from pathlib import Path

from reviewer_app.core.atomic import disk_fault
from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _


def read_bounded(path: Path, limit: int) -> bytes:
    """Return a regular file's bytes; links, devices and files beyond ``limit`` are refused."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError(_("{path} is not a file").format(path=path))
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise InputError(str(disk_fault(error, path))) from error
    if len(data) > limit:
        raise InputError(
            _("{file} is larger than {limit} MB").format(file=path.name, limit=limit >> 20)
        )
    return data
