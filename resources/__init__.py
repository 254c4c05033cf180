"""What comes with the program: schemes, fonts, words; one function for each thing to find.

Everything lies as plain files beside this module, in a checkout, a wheel and a frozen program
alike.
"""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def scheme_ids() -> tuple[str, ...]:
    """Return the ids of the indicator tables that come with the program, sorted."""
    return tuple(sorted(path.stem for path in (_HERE / "schemes").glob("*.toml")))


def scheme_path(scheme_id: str) -> Path:
    """Return the file of one indicator table; it exists for every id of ``scheme_ids``."""
    return _HERE / "schemes" / f"{scheme_id}.toml"


def archive_resource(name: str) -> Path:
    """Return a file that is put into every archive: ``verify.py`` or ``README.txt``."""
    return _HERE / "archive" / name


def sample_resource(name: str) -> Path:
    """Return a file that the sample round is written from, such as ``centers.toml``."""
    return _HERE / "sample" / name
