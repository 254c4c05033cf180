"""The drawings of the Lucide set (ISC, parts MIT), read from their package as text."""

from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from zipfile import ZipFile


@cache
def icon_svg(name: str) -> str:
    """Return the SVG of the icon called ``name``, stroked in ``currentColor``.

    Raises KeyError for a name that the set does not have: a bug, not a fault of the world.
    """
    return _packed().read(f"{name}.svg").decode()


@cache
def _packed() -> ZipFile:
    """Return the set, its list of some thousand names read once."""
    with as_file(files("justmyresource_lucide") / "icons.zip") as path:
        return ZipFile(BytesIO(path.read_bytes()))
