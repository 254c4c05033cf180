"""Finishing: five checks, four acts, one receipt; a later change is a new revision."""

from collections.abc import Callable, Sequence
from pathlib import Path

from reviewer_app.core.errors import InputError, ReviewerError, StorageError
from reviewer_app.core.messages import _
from reviewer_app.services.desk_attendance import note_leaving
from reviewer_app.services.desk_place import put_seen, seen_advice
from reviewer_app.services.desk_scoring import begin_revision
from reviewer_app.services.desk_signing import SignedSheetFiles, sign
from reviewer_app.services.desk_status import DeskStatus, desk_status
from ui.expert.attendance_view import attendance_view
from ui.expert.compare_views import Statuses, same_objects
from ui.expert.finish_advice import Advice, advice_of
from ui.expert.finish_places import Place, folder_place
from ui.expert.finish_views import Check, FinishView, checks
from ui.expert.passcode_presenter import megabytes
from ui.expert.sitting import Sitting
from ui.views import NOTHING, Act, FootView, Message


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
        self._advice: tuple[Advice, ...] = ()
        self._kept: tuple[Statuses, DeskStatus, tuple[Check, ...]] | None = None
        self.changed: Act = lambda: None
        self.print_wanted: Act = lambda: None
        self.score_wanted: Act = lambda: None
        self.gap_wanted: Act = lambda: None
        self.signed: Act = lambda: None
        self.look_wanted: Callable[[str], None] = lambda _number: None

    def begin(self) -> None:
        """Look for sticks, take the one the pack came from; look at the marks as a whole."""
        self._kept = None
        self._advice = self._unseen_advice()
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
        self._others = [folder_place(folder)]
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

    def next_gap(self) -> None:
        """Go to the first gap; on a complete sheet nothing happens."""
        if not self.sitting.is_complete():
            self.gap_wanted()

    def look_at(self, number: str) -> None:
        """Go to an application that a piece of advice is about."""
        self.look_wanted(number)

    def dismiss_advice(self) -> None:
        """Take the advice as seen; it is not told again."""
        put_seen(self.sitting.desk, [each.key for each in self._advice])
        self._advice = ()
        self.changed()

    def paper(self) -> Path | None:
        """Return the written paper, to be printed or looked at."""
        return self._written.paper if self._written else None

    def next(self) -> None:
        """Take the step that the primary button names."""
        status, _checks = self._looked_at()
        if not status.complete:
            self.gap_wanted()
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

    def leave(self) -> None:
        """Record that the expert leaves now, where the round asks for it."""
        try:
            note_leaving(self.sitting.desk, self.sitting.session.now())
        except StorageError as error:
            self._trouble = Message(str(error), "bad", "circle-x")
        self.changed()

    def view(self) -> FinishView:
        """Return the page as it stands."""
        status, points = self._looked_at()
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
            checks=points,
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
            advice=() if status.locked else self._advice,
            attendance=attendance_view(self.sitting.desk),
            foot=self._foot(status, written=written is not None, asks=asks),
        )

    def _looked_at(self) -> tuple[DeskStatus, tuple[Check, ...]]:
        """Return status and checks; read anew only where a mark or the signature changed."""
        statuses = [self.sitting.status(number) for number in self.sitting.numbers()]
        if self._kept is None or not same_objects(self._kept[0], statuses):
            status = desk_status(self.sitting.desk, tuple(statuses))
            self._kept = (statuses, status, checks(self.sitting, status))
        return self._kept[1:]

    def _unseen_advice(self) -> tuple[Advice, ...]:
        if self.sitting.locked or not self.sitting.is_complete():
            return ()
        seen = seen_advice(self.sitting.desk)
        return tuple(each for each in advice_of(self.sitting) if each.key not in seen)

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
