"""An expert leaves on the morning, replaced or not: a form instead of a file; no Qt."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer_app.core.atomic import write_file
from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.round import Specialism
from reviewer_app.services.handover import SlipState, mark_slips
from reviewer_app.services.records import RoundState
from reviewer_app.services.roster import Places, RosterResult, change_roster
from ui.secretary.bureau import Bureau
from ui.secretary.packs import issued_files
from ui.views import NOTHING, Act, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.secretary.packs import PackFile

FIELDS = ("number", "name", "employer", "title", "recused")
NEEDED = ("number", "name", "employer")


@dataclass(frozen=True, slots=True)
class RosterView:
    """The form: who leaves, who comes, why, and what can be done."""

    offered: bool
    expert: str
    effects: tuple[str, ...]
    values: dict[str, str]
    specialisms: tuple[str, ...]
    reason: str
    can_withdraw: bool
    can_replace: bool
    said: Message


class RosterPresenter:
    """Holds the form; asks whose row is chosen."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._values: dict[str, str] = {}
        self._reason, self._about, self._working = "", "", False
        self._said = NOTHING
        self.chosen: Callable[[], PackFile | None] = lambda: None
        self.changed: Act = lambda: None
        self.done: Act = lambda: None

    def type(self, name: str, text: str) -> None:
        """Take over one field of whoever comes, or the reason."""
        if name == "reason":
            self._reason = text
        else:
            self._values[name] = text
        self.changed()

    def withdraw(self) -> None:
        """Let the chosen expert leave without anybody in the place."""
        self._change("")

    def replace(self) -> None:
        """Let somebody else take the chosen expert's place, with a pack of the own."""
        view = self.view()
        if view.can_replace:
            self._change(view.values["number"].strip())

    def take_file(self, file: Path) -> None:
        """Change the roster by a file, as ``round roster`` does."""
        self._run(lambda: file)

    def view(self) -> RosterView:
        """Return the form as it stands."""
        pack = self.chosen()
        expert = str(pack.expert) if pack else ""
        if expert != self._about:
            self._about, self._values, self._reason = expert, {}, ""
        values = {"number": self._next_number()} | self._values
        ready = bool(self._reason.strip()) and not self._working
        filled = all(values.get(name, "").strip() for name in NEEDED)
        return RosterView(
            offered=pack is not None
            and not pack.withdrawn
            and self.bureau.state is RoundState.ISSUED,
            expert=expert,
            effects=_effects(expert),
            values=values,
            specialisms=tuple(kind.value for kind in Specialism),
            reason=self._reason,
            can_withdraw=ready,
            can_replace=ready and filled,
            said=self._said,
        )

    def _next_number(self) -> str:
        numbers = [each.number for each in self.bureau.plan.experts]
        used = [int(number) for number in numbers if number.isdigit()]
        wide = max((len(number) for number in numbers), default=2)
        return str(max(used, default=0) + 1).zfill(wide)

    def _change(self, by: str) -> None:
        if not self._reason.strip():
            return
        text = self._description(by)
        name = f"roster-{self.bureau.now():%Y%m%d-%H%M%S}.toml"
        file = self.bureau.folder() / "rosters" / name

        def written() -> Path:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_file(file, text.encode())
            return file

        self._run(written)

    def _description(self, by: str) -> str:
        """Return the change as a roster file; it is kept beside the packs."""
        leaving = {"expert": self._about, "reason": self._reason.strip()}
        if not by:
            return _table("withdraw", leaving)
        values = self.view().values
        joining: dict[str, object] = {
            name: values.get(name, "").strip() for name in FIELDS if name != "recused"
        }
        if values.get("specialism"):
            joining["specialism"] = values["specialism"]
        joining["from_bureau"] = values.get("from_bureau") == "yes"
        recused = values.get("recused", "").replace("，", "、").replace(",", "、")
        joining["recused"] = [each.strip() for each in recused.split("、") if each.strip()]
        return _table("replace", leaving | {"by": by}) + _table("expert", joining)

    def _run(self, described: "Callable[[], Path]") -> None:
        bureau, now, usual = self.bureau, self.bureau.now(), self.bureau.folder()
        round_id, open_bureau = bureau.round_id, bureau.open_bureau

        def work() -> RosterResult:
            files = issued_files(open_bureau, round_id, usual)
            slips = files.slips.parent / f"slips-{now:%Y%m%d-%H%M%S}.pdf"
            places = Places(files.folder, slips)
            made = change_roster(open_bureau, round_id, described(), places, now)
            new = [pack.pack_id for pack in made.packs]
            mark_slips(open_bureau, round_id, new, SlipState.WRITTEN, made.slips)
            return made

        self._working, self._said = True, NOTHING
        bureau.tasks.run(work, done=self._on_done, failed=self._on_failed)
        self.changed()

    def _on_done(self, made: RosterResult) -> None:
        self._working, self._values, self._reason = False, {}, ""
        self._said = Message("　".join(made.sentences), "ok", "circle-check")
        self.done()
        self.bureau.reload()

    def _on_failed(self, error: ReviewerError) -> None:
        self._working = False
        self._said = Message(str(error), "bad", "circle-x")
        self.changed()


def _effects(expert: str) -> tuple[str, ...]:
    """Return what the change does, before it is done."""
    words = _("Expert {number} hands in no more; a sheet already received no longer counts.")
    return (
        words.format(number=expert),
        _("Everybody else's packs and sheets stay as they are."),
    )


def _table(name: str, values: dict[str, object] | dict[str, str]) -> str:
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()
    ]
    return "\n".join([f"[[{name}]]", *lines, "", ""])
