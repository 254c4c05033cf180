"""Finishing: five checks, four acts, one receipt; a later change is a new revision."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.errors import InputError, ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.services.desk_scoring import begin_revision
from reviewer_app.services.desk_signing import SignedSheetFiles, sign
from reviewer_app.services.desk_status import DeskStatus, desk_status
from ui.expert.passcode_presenter import megabytes
from ui.expert.sitting import Sitting
from ui.views import NOTHING, Act, FootView, Message, State, state


@dataclass(frozen=True, slots=True)
class Place:
    """Where the sheet may go: a stick or a folder."""

    root: Path
    title: str
    detail: str
    state: State
    usable: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One point before signing."""

    met: bool
    sentence: str
    detail: str


@dataclass(frozen=True, slots=True)
class FinishView:
    """The whole page."""

    checks: tuple[Check, ...]
    places: tuple[Place, ...]
    chosen: str
    agreed: bool
    statement: str
    fingerprint: str
    acts: tuple[tuple[str, bool], ...]
    revision: int
    signed: bool
    receipt: str
    file: str
    paper: Path | None
    asks_reason: bool
    reason: str
    busy: bool
    trouble: Message
    foot: FootView


class FinishPresenter:
    """Holds where to write and what was ticked; the signature lies on the desk."""

    def __init__(self, sitting: Sitting, find: Callable[[], Sequence[Place]]) -> None:
        self.sitting, self._find = sitting, find
        self._places: list[Place] = []
        self._others: list[Place] = []
        self._chosen: Path | None = None
        self._agreed = self._busy = False
        self._reason = ""
        self._written: SignedSheetFiles | None = None
        self._trouble = NOTHING
        self.changed: Act = lambda: None
        self.print_wanted: Act = lambda: None
        self.score_wanted: Act = lambda: None
        self.signed: Act = lambda: None

    def begin(self) -> None:
        """Look for sticks, and take the one the pack came from."""
        self.look_for_places()

    def look_for_places(self) -> None:
        """Look for sticks again."""
        self._places = [*self._find(), *self._others]
        roots = [place.root for place in self._places if place.usable]
        if self._chosen not in roots:
            self._chosen = roots[0] if roots else None
        self.changed()

    def add_place(self, folder: Path) -> None:
        """Take a folder that the expert chose."""
        place = Place(folder, str(folder), _("a folder you chose"), _writable(), usable=True)
        self._others = [place]
        self._chosen = folder
        self.look_for_places()

    def choose(self, root: str) -> None:
        """Take one of the places."""
        self._chosen = Path(root)
        self.changed()

    def agree(self, *, agreed: bool) -> None:
        """Take over whether the statement is ticked."""
        self._agreed = agreed
        self.changed()

    def give_reason(self, text: str) -> None:
        """Take over why a signed sheet is changed."""
        self._reason = text
        self.changed()

    def paper(self) -> Path | None:
        """Return the written paper, to be printed or looked at."""
        return self._written.paper if self._written else None

    def next(self) -> None:
        """Take the step that the primary button names."""
        status = desk_status(self.sitting.desk)
        if not status.complete:
            self.score_wanted()
        elif self._written is not None and status.locked:
            self.print_wanted()
        else:
            self.sign()

    def sign(self) -> None:
        """Sign, write, read back, make the paper; in the background."""
        if self._busy or self._chosen is None:
            return
        self._busy, self._trouble = True, NOTHING
        self.changed()
        desk, out, reason, now = (
            self.sitting.desk,
            self._chosen,
            self._reason,
            self.sitting.session.now(),
        )
        self.sitting.session.tasks.run(
            lambda: sign(desk, out, reason, now), done=self._on_signed, failed=self._on_failed
        )

    def begin_revision(self) -> None:
        """Unlock the signed desk for its next revision and go to the scores."""
        begin_revision(self.sitting.desk)
        self._written, self._agreed, self._reason = None, False, ""
        self.sitting.reload()
        self.changed()
        self.score_wanted()

    def say(self, trouble: str) -> None:
        """Show what hindered printing."""
        self._trouble = Message(trouble, "bad", "circle-x")
        self.changed()

    def view(self) -> FinishView:
        """Return the page as it stands."""
        status = desk_status(self.sitting.desk)
        written = self._written if status.locked else None
        asks = status.revision > 0 and not status.locked
        statement = _(
            "I scored independently, and these scores are mine. I know that signing locks the "
            "sheet and that a change needs a new revision with a reason."
        )
        file = ""
        if written:
            size = megabytes(written.file.stat().st_size) if written.file.exists() else ""
            file = f"{written.file.name}　{size}"
        return FinishView(
            checks=self._checks(status),
            places=tuple(self._places),
            chosen=str(self._chosen or ""),
            agreed=self._agreed or status.locked,
            statement=statement,
            fingerprint=status.key_fingerprint,
            acts=self._acts(status, written=written is not None),
            revision=status.revision,
            signed=status.locked,
            receipt=status.receipt or "" if status.locked else "",
            file=file,
            paper=self.paper() if written else None,
            asks_reason=asks,
            reason=self._reason,
            busy=self._busy,
            trouble=self._trouble,
            foot=self._foot(status, written=written is not None, asks=asks),
        )

    def _on_signed(self, files: SignedSheetFiles) -> None:
        self._busy, self._written = False, files
        self.sitting.reload()
        self.signed()
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self._busy = False
        self.sitting.reload()
        words = (
            _("Give the reason for the new revision.") if isinstance(error, InputError) else ""
        )
        kept = _(" The signed sheet is kept here.") if self.sitting.locked else ""
        self._trouble = Message(f"{error}{kept} {words}".strip(), "bad", "circle-x")
        self.changed()

    def _checks(self, status: DeskStatus) -> tuple[Check, ...]:
        each = status.applications
        missing = sum(len(a.missing) for a in each)
        lacking = sum(len(a.reasons_missing) for a in each)
        given = sum(a.scored for a in each)
        skipped = sum(a.not_applicable for a in each)
        abstained = sum(a.abstained for a in each)
        total = given + skipped + abstained + missing
        counts = _(
            "scored {given}, not applicable {skipped}, abstained {abstained}, missing {missing}"
        )
        low = sum(
            self.sitting.is_low(number, code)
            for number in self.sitting.numbers()
            for code in self.sitting.codes(number)
        )
        notes = sum(
            bool(self.sitting.note(number).strip()) for number in self.sitting.numbers()
        )
        reasons = (
            _("{count} low marks, all with reasons").format(count=low)
            if not lacking
            else _("{count} reasons missing").format(count=lacking)
        )
        gone = _("stepped back from {count}").format(count=status.recused)
        return (
            Check(
                not missing,
                _("All {count} answers are there").format(count=total),
                counts.format(
                    given=given, skipped=skipped, abstained=abstained, missing=missing
                ),
            ),
            Check(not lacking, _("Reasons for low marks are written"), reasons),
            Check(
                met=True,
                sentence=_("Every score is in range and on step"),
                detail=self._scale(),
            ),
            Check(
                met=True,
                sentence=_("Conflicts are declared"),
                detail=gone if status.recused else _("none"),
            ),
            Check(
                met=True,
                sentence=_("Private notes are not in the sheet"),
                detail=_("{count} notes, kept on this machine").format(count=notes),
            ),
        )

    def _scale(self) -> str:
        leaves = self.sitting.desk.pack.round.document.scheme.indicators()
        scales = {(leaf.minimum, leaf.maximum, leaf.step) for leaf in leaves}
        if len(scales) != 1:
            return _("each indicator by its own scale")
        low, high, step = (plain_text(value) for value in scales.pop())
        return _("{low}–{high}, step {step}").format(low=low, high=high, step=step)

    def _acts(self, status: DeskStatus, *, written: bool) -> tuple[tuple[str, bool], ...]:
        place = str(self._chosen) if self._chosen else _("the stick")
        return (
            (_("Sign; the sheet is locked"), status.locked),
            (_("Write to {place} and read back byte by byte").format(place=place), written),
            (_("Show the receipt code"), status.locked),
            (_("Make the paper to sign by hand"), written),
        )

    def _foot(self, status: DeskStatus, *, written: bool, asks: bool) -> FootView:
        if not status.complete:
            words = _("The sheet is not complete yet")
            return FootView(
                _("Go to the first gap"), left=Message(words, "warn", "triangle-alert")
            )
        if status.locked and written:
            words = _("Signed, written to {place}, read back identical")
            return FootView(
                _("Print the sheet, sign, hand in"),
                "Ctrl P",
                left=Message(words.format(place=self._chosen), "ok", "circle-check"),
            )
        where = self._chosen or _("the stick")
        action = (
            _("Write again to {place}") if status.locked else _("Sign and write to {place}")
        )
        left = self._hindrance(status, asks=asks)
        return FootView(
            action.format(place=where),
            "Ctrl Enter",
            enabled=left.tone == "ok" and not self._busy,
            left=Message(_("Working …"), "accent", "loader") if self._busy else left,
        )

    def _hindrance(self, status: DeskStatus, *, asks: bool) -> Message:
        """Say what still keeps from signing, or that nothing does."""
        if self._chosen is None:
            return Message(_("Plug in a stick or choose a place"), "warn", "triangle-alert")
        if not self._agreed and not status.locked:
            return Message(_("Tick the statement to sign"), "2", "info")
        if asks and not self._reason.strip():
            words = _("Write why the signed sheet is changed")
            return Message(words, "warn", "triangle-alert")
        return Message(_("All checks met, ready to sign"), "ok", "circle-check")


def _writable() -> State:
    return state("done", _("can be written"))


def place_of(
    root: Path, name: str, free: int, *, read_only: bool, source: Path | None
) -> Place:
    """Return a stick as the page lists it; ``source`` is the pack's file, if it is known."""
    title = f"{root}　{name or _('no label')}"
    if read_only:
        detail = _("Read-only. Open its write protection or take another stick.")
        return Place(root, title, detail, state("locked", _("read-only")), usable=False)
    parts = [_("{size} free").format(size=_size(free))]
    if source and source.is_relative_to(root):
        parts.append(_("the stick of this round"))
    return Place(root, title, "，".join(parts), _writable(), usable=True)


def _size(free: int) -> str:
    return f"{free / 1e9:.1f} GB" if free >= 10**9 else megabytes(free)
