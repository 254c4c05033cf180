"""An application package (申报材料包): what its application.toml says of its files.

A folder without a description is taken when an Excel list names it; files that the description
does not mention are taken too, behind the others, and reported.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer_app.core.errors import InputError
from reviewer_app.core.fields import Fields
from reviewer_app.core.messages import _
from reviewer_app.core.round import (
    Application,
    ApplicationNumber,
    Change,
    Fact,
    Material,
    MaterialKind,
)
from reviewer_app.inputs.materials import guess_kind, natural
from reviewer_app.inputs.numbering import checked_number
from reviewer_app.inputs.package_files import DESCRIPTION, FoundFile, FoundPackage, look_into
from reviewer_app.inputs.toml_file import clean, clean_filled, parse_fields

_KINDS = {kind.value: kind for kind in MaterialKind}
_KIND_ORDER = tuple(MaterialKind)
_FROM_LISTS = ("name", "short_name", "unit", "recommender", "category")


@dataclass(frozen=True, slots=True)
class Package:
    """One application with where its materials lie, and what the secretary should know."""

    application: Application
    paths: Mapping[str, Path]
    notes: tuple[str, ...] = ()


def read_package(path: Path, unpack_to: Path, listed: Application | None = None) -> Package:
    """Return the application of a folder or ZIP; ``listed`` is what an Excel list says of it.

    A ZIP's materials are put into ``unpack_to``. Raises InputError naming file and key.
    """
    found = look_into(path, unpack_to)
    if found.description is None:
        if listed is None:
            raise InputError(
                _("{where} has no {file}, and no list names it").format(
                    where=found.where, file=DESCRIPTION
                )
            )
        described, materials = listed, list[Material]()
    else:
        where = f"{found.where}/{DESCRIPTION}"
        described, materials = _described(parse_fields(found.description, where), found)
        if listed is not None:
            described = _agreed(described, listed, where)
    extra = _unmentioned(found, materials)
    notes = tuple(
        _("{where}/{file} is not described; it is taken as “{title}”").format(
            where=found.where, file=each.file, title=each.title
        )
        for each in extra
        if materials
    )
    application = replace(described, materials=(*materials, *extra))
    return Package(application, {each.name: each.path for each in found.files}, notes)


def _described(top: Fields, found: FoundPackage) -> tuple[Application, list[Material]]:
    head = top.table("application")
    application = Application(
        number=ApplicationNumber(
            checked_number(head.filled("number"), f"{head.where} “number”")
        ),
        name=clean_filled(head, "name"),
        short_name=clean(head, "short_name", ""),
        unit=clean_filled(head, "unit"),
        recommender=clean(head, "recommender", ""),
        category=clean(head, "class", ""),
    )
    head.done()
    materials = list(_materials(top, {each.name: each for each in found.files}))
    facts = tuple(_fact(each) for each in top.tables("fact", optional=True))
    changes = tuple(_change(each) for each in top.tables("change", optional=True))
    top.done()
    return replace(application, facts=facts, changes=changes), materials


def _materials(top: Fields, files: Mapping[str, FoundFile]) -> Iterator[Material]:
    seen: set[str] = set()
    for each in top.tables("material", optional=True):
        name = clean_filled(each, "file")
        file = files.get(name)
        if file is None:
            each.refuse(_("there is no file “{file}” in the package").format(file=name[:80]))
        if name in seen:
            each.refuse(_("the file “{file}” is described twice").format(file=name))
        seen.add(name)
        title = clean(each, "title", "") or _stem(name)
        kind = each.choice("kind", _KINDS) if each.has("kind") else guess_kind(name)
        each.done()
        yield Material(name, title, kind, file.size, file.sha256)


def _unmentioned(found: FoundPackage, described: list[Material]) -> list[Material]:
    """Return the files nobody described, plans first, then as a person would count them."""
    known = {each.file for each in described}
    rest = [
        Material(each.name, _stem(each.name), guess_kind(each.name), each.size, each.sha256)
        for each in found.files
        if each.name not in known
    ]
    return sorted(rest, key=lambda each: (_KIND_ORDER.index(each.kind), natural(each.file)))


def _fact(each: Fields) -> Fact:
    target, indicator = each.text_or_none("target"), each.text_or_none("indicator")
    if (target is None) == (indicator is None):
        each.refuse(_("a fact names either a “target” or an “indicator”"))
    fact = Fact(
        value=each.exact("value"),
        unit=clean(each, "unit", ""),
        target=target,
        indicator=indicator,
        note=clean(each, "note", "", lines=True),
        source=clean(each, "source", ""),
    )
    each.done()
    return fact


def _change(each: Fields) -> Change:
    if not any(each.has(key) for key in ("target", "weight", "applicable")):
        each.refuse(_("a change states a “target”, a “weight” or “applicable”"))
    change = Change(
        indicator=clean_filled(each, "indicator"),
        reason=clean_filled(each, "reason", lines=True),
        target=clean_filled(each, "target") if each.has("target") else None,
        weight=each.exact_or_none("weight"),
        applicable=each.flag("applicable", default=True),
    )
    if change.weight is not None and change.weight < 0:
        each.refuse(_("a weight cannot be negative"))
    each.done()
    return change


def _agreed(described: Application, listed: Application, where: str) -> Application:
    """Return the description completed from the list; where both speak they must agree."""
    filled: dict[str, str] = {}
    for name in _FROM_LISTS:
        here, there = getattr(described, name), getattr(listed, name)
        if here and there and here != there:
            raise InputError(
                _("{where} says “{here}”, the list says “{there}”").format(
                    where=where, here=here[:60], there=there[:60]
                )
            )
        filled[name] = here or there
    if described.number.lstrip("0") != listed.number.lstrip("0"):
        raise InputError(
            _("{where} says number {here}, the list says {there}").format(
                where=where, here=described.number, there=listed.number
            )
        )
    return replace(
        described,
        name=filled["name"],
        short_name=filled["short_name"],
        unit=filled["unit"],
        recommender=filled["recommender"],
        category=filled["category"],
    )


def _stem(name: str) -> str:
    return Path(name).stem
