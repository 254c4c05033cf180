"""All applications of a round: a folder of packages, or an Excel list that names them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer_app.core.atomic import disk_fault
from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.names import short_names
from reviewer_app.inputs.application_package import Package, read_package
from reviewer_app.inputs.lists import ListedApplication, read_applications
from reviewer_app.inputs.materials import is_left_lying, natural
from reviewer_app.inputs.numbering import refuse_repeated

_OUTSIDE = {"..", "."}
_SEPARATORS = str.maketrans("\\", "/")


@dataclass(frozen=True, slots=True)
class Applications:
    """The packages in the order of the day, and what the secretary should read."""

    packages: tuple[Package, ...]
    warnings: tuple[str, ...]


def read_all_packages(source: Path, unpack_to: Path) -> Applications:
    """Return every package of a folder, or every one a list (XLSX, CSV) names.

    Short names that nobody gave are proposed by removing what all names share. Raises
    InputError naming the package, the file in it, or the cell at fault.
    """
    notes: tuple[str, ...] = ()
    if source.is_dir():
        found = _from_folder(source, unpack_to)
    else:
        listed, notes = read_applications(source)
        found = {each.where: _listed_package(source, each, unpack_to) for each in listed}
    refuse_repeated((package.application.number, where) for where, package in found.items())
    packages = sorted(found.values(), key=lambda each: natural(each.application.number))
    told = tuple(note for each in packages for note in each.notes)
    return Applications(_with_short_names(packages), (*notes, *told))


def _from_folder(folder: Path, unpack_to: Path) -> dict[str, Package]:
    try:
        entries = [each for each in folder.iterdir() if not is_left_lying(each.name)]
    except OSError as error:
        raise InputError(str(disk_fault(error, folder))) from error
    if not entries:
        raise InputError(_("{path} holds no application package").format(path=folder))
    return {
        each.name: read_package(each, unpack_to)
        for each in sorted(entries, key=lambda entry: natural(entry.name))
    }


def _listed_package(source: Path, listed: ListedApplication, unpack_to: Path) -> Package:
    """Return the package a row names; its folder lies beside the list, never elsewhere."""
    parts = listed.folder.translate(_SEPARATORS).split("/")
    if any(part in _OUTSIDE or not part or ":" in part for part in parts):
        raise InputError(
            _("{where}: “{folder}” is not a folder beside the list").format(
                where=listed.where, folder=listed.folder[:80]
            )
        )
    path = source.parent.joinpath(*parts)
    if not path.exists():
        raise InputError(
            _("{where}: there is no “{folder}” beside the list").format(
                where=listed.where, folder=listed.folder[:80]
            )
        )
    return read_package(path, unpack_to, listed.application)


def _with_short_names(packages: Sequence[Package]) -> tuple[Package, ...]:
    proposed = short_names([each.application.name for each in packages])
    return tuple(
        replace(
            each,
            application=replace(
                each.application, short_name=each.application.short_name or short
            ),
        )
        for each, short in zip(packages, proposed, strict=True)
    )
