"""A new round from folders and Excel lists: what it is called, what it judges, who judges."""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer_app.core.atomic import write_file
from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId, RoundKind
from reviewer_app.core.scheme import Scheme
from reviewer_app.inputs.list_kinds import list_kind
from reviewer_app.inputs.list_workbooks import LIST_NAMES, blank_list
from reviewer_app.inputs.round_problems import load_or_report
from reviewer_app.services.rounds import create_round
from reviewer_app.services.schemes import known_schemes
from ui.secretary.bureau import Bureau
from ui.views import NOTHING, Act, FootView, Message

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = ("title", "organiser", "date", "place")
PATHS = ("applications", "experts", "facts", "assignment", "rules")
NEEDED = ("title", "organiser", "date", "scheme", "applications", "experts")

_LISTS = {".xlsx", ".csv"}
_FIELDS = {
    "申报清单": "applications",
    "专家名册": "experts",
    "申报数据": "facts",
    "任务分配": "assignment",
}


@dataclass(frozen=True, slots=True)
class NewView:
    """The whole form."""

    values: dict[str, str]
    kinds: tuple[str, ...]
    schemes: tuple[tuple[str, str], ...]
    lacking: str
    working: bool
    trouble: Message
    files: dict[str, Path]
    """The files of the form by name, so that one with a fault can be opened."""
    notice: Message
    foot: FootView


@dataclass
class _Form:
    values: dict[str, str] = field(default_factory=dict)
    schemes: tuple[Scheme, ...] = ()


class NewPresenter:
    """Holds the form; nothing is kept before everything has been read and checked."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._form = _Form()
        self._working = False
        self._trouble, self._notice = NOTHING, NOTHING
        self.changed: Act = lambda: None
        self.lacking_wanted: Callable[[str], None] = lambda _name: None
        self.made: Callable[[RoundId, tuple[str, ...]], None] = lambda _id, _w: None

    def enter(self) -> None:
        """Show the form, with what is known already."""
        values = self._form.values
        values.setdefault("date", f"{self.bureau.now().astimezone():%Y-%m-%d}")
        values.setdefault("kind", RoundKind.PLAN.value)
        if not self._form.schemes:
            self.bureau.tasks.run(
                known_schemes,
                done=self._on_schemes,
                failed=self._on_failed,
            )
        self.changed()

    def type(self, name: str, text: str) -> None:
        """Take over one field."""
        self._form.values[name] = text
        if name == "kind" and self._form.schemes:
            self._form.values["scheme"] = self._ordered()[0].id
        self.changed()

    def drop(self, paths: list[Path]) -> None:
        """Take folders and lists where they belong, by what their heads say."""
        for path in paths:
            self._form.values |= fields_for(path)
        self.changed()

    def write_lists(self, folder: Path) -> None:
        """Write the blank lists to be filled in Excel."""

        def work() -> int:
            for name in LIST_NAMES:
                write_file(folder / f"{name}.xlsx", blank_list(name))
            return len(LIST_NAMES)

        def done(count: int) -> None:
            words = _("{count} blank lists written to {folder}")
            text = words.format(count=count, folder=folder)
            self._notice = Message(text, "ok", "circle-check")
            self.changed()

        self.bureau.tasks.run(work, done=done, failed=self._on_failed)

    def next(self) -> None:
        """Create the round, or go to what is missing."""
        lacking = self._lacking()
        if lacking:
            self.lacking_wanted(lacking)
        elif not self._working:
            self.create()

    def create(self) -> None:
        """Read everything, check it, keep the round."""
        needs, text = self.bureau.needs, self._description()
        folder = needs.home / "new-rounds" / f"{self.bureau.now():%Y%m%d-%H%M%S}"

        def work() -> tuple[RoundId, tuple[str, ...]]:
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / "ROUND.toml"
            write_file(file, text.encode())
            loaded = load_or_report(file)
            view = create_round(needs.open_bureau, loaded.plan, loaded.paths, needs.clock())
            return view.id, loaded.warnings

        self._working, self._trouble, self._notice = True, NOTHING, NOTHING
        self.changed()
        self.bureau.tasks.run(work, done=self._on_made, failed=self._on_failed)

    def view(self) -> NewView:
        """Return the form as it stands."""
        return NewView(
            values=dict(self._form.values),
            kinds=tuple(kind.value for kind in RoundKind),
            schemes=tuple((each.id, each.title) for each in self._ordered()),
            lacking=self._lacking(),
            working=self._working,
            trouble=self._trouble,
            files=self._files(),
            notice=self._notice,
            foot=self._foot(),
        )

    def _files(self) -> dict[str, Path]:
        given = (Path(self._form.values.get(name, "").strip()) for name in PATHS)
        return {path.name: path for path in given if path.name and path.is_file()}

    def _foot(self) -> FootView:
        if self._working:
            left = Message(_("Reading folders and lists"), "accent", "loader")
            return FootView(_("Please wait"), "", enabled=False, left=left)
        lacking = self._lacking()
        if lacking:
            name = field_name(lacking)
            words = _("“{name}” is missing").format(name=name)
            step = _("Fill in “{name}”").format(name=name)
            return FootView(step, left=Message(words, "warn", "circle-dashed"))
        words = _("Every list is read and checked before anything is kept")
        return FootView(_("Create the round"), left=Message(words, "2", "info"))

    def _ordered(self) -> list[Scheme]:
        """Return the indicator tables, those meant for the chosen occasion first."""
        kind = self._form.values.get("kind", "")
        return sorted(
            self._form.schemes,
            key=lambda each: (kind not in each.kinds, not each.id.startswith("zj"), each.id),
        )

    def _lacking(self) -> str:
        values = self._form.values
        for name in NEEDED:
            if not values.get(name, "").strip():
                return name
        return "" if _is_date(values["date"]) else "date"

    def _description(self) -> str:
        values = self._form.values
        lines = ["[round]"]
        for name in ("title", "kind", "organiser", "place", "scheme", *PATHS):
            text = values.get(name, "").strip()
            if text:
                lines.append(f"{name} = {json.dumps(text, ensure_ascii=False)}")
        lines.append(f"date = {values['date'].strip()}")
        return "\n".join([*lines, ""])

    def _on_schemes(self, schemes: tuple[Scheme, ...]) -> None:
        self._form.schemes = schemes
        if schemes:
            self._form.values.setdefault("scheme", self._ordered()[0].id)
        self.changed()

    def _on_made(self, made: tuple[RoundId, tuple[str, ...]]) -> None:
        self._working = False
        self._form.values.clear()
        self.made(*made)

    def _on_failed(self, error: ReviewerError) -> None:
        self._working = False
        self._trouble = Message(str(error), "bad", "circle-x")
        self.changed()


def fields_for(path: Path) -> dict[str, str]:
    """Return the fields that a dropped folder or list fills.

    A folder in which lists lie fills theirs; any other is one of application packages.
    """
    if path.is_dir():
        lists = [each for each in sorted(path.iterdir()) if each.suffix.lower() in _LISTS]
        found = {key: text for each in lists for key, text in fields_for(each).items()}
        return found if "applications" in found else {"applications": str(path), **found}
    if path.suffix.lower() == ".toml":
        return {"rules": str(path)}
    field = _FIELDS.get(list_kind(path), "")
    return {field: str(path)} if field else {}


def field_name(name: str) -> str:
    """Return what a field of the form is called."""
    return {
        "title": _("Title of the round"),
        "kind": _("Occasion"),
        "organiser": _("Organiser"),
        "date": _("Date"),
        "place": _("Place"),
        "scheme": _("Indicator table"),
        "applications": _("Applications"),
        "experts": _("List of experts"),
        "facts": _("Claimed figures"),
        "assignment": _("Assignment"),
        "rules": _("Review rules"),
    }[name]


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return False
    return True
