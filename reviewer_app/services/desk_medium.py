"""Whether the medium that drafts go to is still the one that was chosen.

A stick that was pulled out often leaves its empty folder behind, on the computer's own disk. A
draft written there would be named safe and lie on the very computer it is to outlive.
"""

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.atomic import disk_fault
from reviewer_app.services.desk import Desk

_STICKS = {"/media": 2, "/run/media": 2, "/mnt": 1, "/Volumes": 1}
"""Where systems mount sticks, and at most how many folders below; deeper ones are no sticks."""


@dataclass(frozen=True, slots=True)
class Medium:
    """A folder for drafts, and whether it lies outside the disk on which the desk is."""

    folder: Path
    outside: bool


def is_stick_place(root: Path) -> bool:
    """Tell whether Linux or macOS would mount a stick at ``root``."""
    return any(
        root.is_relative_to(place) and 1 <= len(root.relative_to(place).parts) <= deep
        for place, deep in _STICKS.items()
    )


def medium_of(desk: Desk, folder: Path) -> Medium:
    """Return a folder as a medium, by its place where the medium is not in."""
    there, here = _device(folder), _device(desk.folder)
    if there is None:
        return Medium(folder, any(map(is_stick_place, (folder, *folder.parents))))
    return Medium(folder, there != here)


def require_medium(desk: Desk, medium: Medium) -> None:
    """Pass where the medium is in; raises StorageError that says it is not."""
    found = _device(medium.folder)
    if found is None or (medium.outside and found == _device(desk.folder)):
        raise disk_fault(OSError(errno.ENOENT, os.strerror(errno.ENOENT)), medium.folder)


def _device(folder: Path) -> int | None:
    """Return the device a folder lies on, None where there is no such folder."""
    try:
        return folder.stat().st_dev if folder.is_dir() else None
    except OSError:
        return None
