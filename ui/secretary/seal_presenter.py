"""The archive: what is still open, scans of signed papers, one ZIP, verified at once."""

from collections.abc import Callable, Sequence
from pathlib import Path

from reviewer_app.core.errors import CancelledError, ReviewerError
from reviewer_app.core.messages import _, ngettext
from reviewer_app.services import printed
from reviewer_app.services.records import RoundState
from reviewer_app.services.sealing import Seal, attach, seal
from reviewer_app.services.verification import FileReport, verify_file
from ui.secretary.bureau import Bureau
from ui.secretary.seal_known import SealKnown, look_at
from ui.secretary.seal_views import (
    SCANS,
    SealLine,
    SealView,
    confirming_foot,
    mend_words,
    verified_line,
)
from ui.tasks import Report, Running
from ui.views import NOTHING, Act, FootView, Message

SHOWN = 400


class SealPresenter:
    """Holds what the last verification found; the archive lies where it was written."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._round = ""
        self._known: SealKnown | None = None
        self._report: FileReport | None = None
        self._sealed: Path | None = None
        self._working, self._keeps = "", ""
        self._looks, self._confirming = 0, False
        self._notice = NOTHING
        self._running: Running | None = None
        self.changed: Act = lambda: None
        self.progressed: Callable[[int, int, str], None] = lambda _d, _t, _w: None
        self.scans_wanted: Act = lambda: None
        self.place_wanted: Callable[[Path], None] = lambda _path: None

    def enter(self) -> None:
        """Look at what is still open."""
        if self._round != self.bureau.round_id:
            self._round, self._known, self._report = self.bureau.round_id, None, None
            self._sealed, self._notice = None, NOTHING
        self._looks, self._confirming = self._looks + 1, False
        bureau, outline = self.bureau, self.bureau.round
        bureau.tasks.run(
            lambda: look_at(bureau, outline),
            done=self._on_known,
            failed=self._on_unknown,
        )
        self.changed()

    def attach(self, files: Sequence[Path]) -> None:
        """Keep scans of signed papers."""
        bureau, now, round_id = self.bureau, self.bureau.now(), self.bureau.round_id

        def done(names: list[str]) -> None:
            words = ngettext("{count} scan attached", "{count} scans attached", len(names))
            words = words.format(count=len(names))
            self._notice = Message(words, "ok", "circle-check")
            bureau.reload()

        bureau.tasks.run(
            lambda: attach(bureau.open_bureau, round_id, files, now),
            done=done,
            failed=self._on_failed,
        )

    def seal(self, path: Path) -> None:
        """Write the archive and verify it as anyone else would."""
        bureau, now, round_id = self.bureau, self.bureau.now(), self.bureau.round_id

        def work(report: Report) -> tuple[Seal, FileReport]:
            made = seal(bureau.open_bureau, round_id, path, now, progress=report)
            return made, verify_file(made.path, made.bureau_fingerprint)

        self._begin(_("Writing the archive"), _("Cancelling leaves no half-written archive."))
        self._running = bureau.tasks.run_long(
            work, progress=self._on_progress, done=self._on_sealed, failed=self._on_failed
        )

    def verify(self, path: Path) -> None:
        """Verify an archive, sheet, pack or scan."""
        self._begin(_("Verifying “{name}”").format(name=path.name), "")
        self._sealed = path

        def done(report: FileReport) -> None:
            self._working, self._report = "", report
            self.changed()

        self.bureau.tasks.run(lambda: verify_file(path), done=done, failed=self._on_failed)

    def cancel(self) -> None:
        """Stop writing, or take back the wish to archive with points open."""
        if self._running and self._working:
            self._running.cancel()
        elif self._confirming:
            self._confirming = False
            self.changed()

    def next(self) -> None:
        """Take the step that the primary button names."""
        if self._working or self._looks:
            return
        lines = self._known.open_lines if self._known else ()
        first = next((line for line in lines if line.act), None)
        if self._confirming:
            self.write()
        elif self._sealed and self._report is not None:
            self.verify(self._sealed)
        elif first and self.bureau.state is RoundState.CLOSED:
            self.mend(first.act)
        elif self._known is None:
            self.enter()
        else:
            self.write()

    def mend(self, act: str) -> None:
        """Go where a point that is still open is settled."""
        if act == SCANS:
            self.scans_wanted()
        else:
            self.bureau.go(act)

    def write(self) -> None:
        """Ask where the archive goes; with points open only when that is said once more."""
        if self._known is None or self._looks or self._working:
            return
        if self._lacking and not self._confirming:
            self._confirming = True
            self.changed()
            return
        name = printed.file_name(self.bureau.plan.title) or "round"
        self.place_wanted(self.bureau.folder() / f"{name}.zip")

    def view(self) -> SealView:
        """Return the page as it stands."""
        known, outline = self._known, self.bureau.round
        lines = known.lines if known else ()
        title = _("What is ready for the archive")
        if self._report is not None:
            lines = tuple(verified_line(check) for check in self._report.checks)
            title = _("Verification of the archive")
        failed = sum(not line.ok for line in lines)
        return SealView(
            lines=tuple(sorted(lines, key=lambda line: line.ok))[:SHOWN],
            title=title,
            counts=_("{met} hold, {failed} do not").format(
                met=len(lines) - failed, failed=failed
            )
            if lines
            else "",
            facts=(
                (_("Applications"), str(len(self.bureau.plan.applications))),
                (_("Score sheets"), f"{outline.received}／{outline.expected}"),
                (_("Opinions"), f"{outline.opinions}／{len(self.bureau.plan.applications)}"),
                (_("Scans of signed papers"), str(outline.scans)),
                (_("Lines of the log"), str(known.log_lines) if known else "—"),
            ),
            scans=known.scans if known else (),
            archive=str(self._sealed or ""),
            code=known.code if known else "",
            working=self._working,
            keeps=self._keeps,
            lacking=self._lacking if self._confirming else (),
            can_write=bool(known) and not (self._looks or self._working),
            editable=self.bureau.state is RoundState.CLOSED,
            notice=self._notice,
            foot=self._foot(lines, failed),
        )

    def _foot(self, lines: tuple[SealLine, ...], failed: int) -> FootView:
        looking = _("Looking at what is there") if self._looks else ""
        if self._working or looking:
            left = Message(self._working or looking, "accent", "loader")
            return FootView(_("Please wait"), "", enabled=False, left=left)
        if self._confirming:
            return confirming_foot(len(self._lacking))
        if self._report is None and self._known is None:
            return FootView(_("Try again"))
        return self._step_foot(lines, failed)

    def _step_foot(self, lines: tuple[SealLine, ...], failed: int) -> FootView:
        """Return the next step once it is known what is there."""
        if self._report is not None:
            if failed:
                words = ngettext(
                    "{count} point does not hold", "{count} points do not hold", failed
                ).format(count=failed)
                return FootView(_("Verify again"), left=Message(words, "bad", "circle-x"))
            words = _("The archive proves itself; nobody needs this program for that")
            return FootView(_("Verify again"), left=Message(words, "ok", "circle-check"))
        sealed = self.bureau.state is RoundState.SEALED
        words = _("Write the archive again") if sealed else _("Write the archive")
        if failed:
            first = next(line for line in lines if not line.ok)
            text = ngettext(
                "{count} point open: {first}", "{count} points open: {first}", failed
            ).format(count=failed, first=first.what)
            step = mend_words(first.act) if first.act and not sealed else words
            return FootView(step, left=Message(text, "warn", "triangle-alert"))
        left = Message(_("Everything is there"), "ok", "circle-check")
        return FootView(words, left=left)

    @property
    def _lacking(self) -> tuple[SealLine, ...]:
        """Return what writing the archive now leaves out for good."""
        if self._known is None or self.bureau.state is RoundState.SEALED:
            return ()
        return self._known.open_lines

    def _begin(self, what: str, keeps: str) -> None:
        self._confirming = False
        self._working, self._keeps, self._notice = what, keeps, NOTHING
        self.changed()

    def _on_progress(self, done: int, total: int, what: str) -> None:
        self.progressed(done, total, what)

    def _on_known(self, known: SealKnown) -> None:
        self._known, self._looks = known, self._looks - 1
        self.changed()

    def _on_unknown(self, error: ReviewerError) -> None:
        self._known, self._looks = None, self._looks - 1
        self._on_failed(error)

    def _on_sealed(self, made: tuple[Seal, FileReport]) -> None:
        self._working, self._sealed, self._report = "", made[0].path, made[1]
        words = _("Archive written: {path}").format(path=made[0].path)
        self._notice = Message(words, "ok", "circle-check")
        self.bureau.reload()

    def _on_failed(self, error: ReviewerError) -> None:
        self._working = ""
        tone = "2" if isinstance(error, CancelledError) else "bad"
        self._notice = Message(str(error), tone, "info" if tone == "2" else "circle-x")
        self.changed()
