"""Where a sheet can be written: sticks that are plugged in, and how each stands."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from reviewer_app.services.desk_medium import is_stick_place


@dataclass(frozen=True, slots=True)
class Drive:
    """A place outside this computer; ``free`` in bytes."""

    root: Path
    name: str
    free: int
    read_only: bool


def drives() -> list[Drive]:
    """Return the sticks that are plugged in, in the order of their letters or paths."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = Path(volume.rootPath())
        if volume.isValid() and volume.isReady() and _is_stick(volume, root):
            name = volume.displayName()
            shown = "" if name == volume.rootPath() else name
            read_only = volume.isReadOnly() or not os.access(root, os.W_OK)
            found.append(Drive(root, shown, volume.bytesAvailable(), read_only))
    return sorted(found, key=lambda drive: str(drive.root))


def _is_stick(volume: QStorageInfo, root: Path) -> bool:
    if sys.platform == "win32":
        system = Path(os.environ.get("SYSTEMDRIVE", "C:") + "\\")
        return root != system
    return not volume.isRoot() and is_stick_place(root)
