"""The expert's door: its pages in order, and what leads from one to the next."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal

from reviewer_app.core.errors import InputError, ReviewerError, StorageError
from reviewer_app.core.messages import _
from reviewer_app.services.desk import opened_packs
from reviewer_app.services.desk_lock import IDLE_MINUTES, IdleWatch, lock_desk
from reviewer_app.sheets.feedback import SUFFIX
from ui.expert.conflicts_page import ConflictsPage
from ui.expert.conflicts_presenter import ConflictsPresenter
from ui.expert.entry_page import EntryPage
from ui.expert.entry_pages import IdentityPage, PledgePage
from ui.expert.entry_views import accept, arrive, identity_view, pledge_view
from ui.expert.errands import choose_pack
from ui.expert.passcode_page import PasscodePage
from ui.expert.passcode_presenter import PasscodePresenter
from ui.expert.session import Session
from ui.expert.steps import COMPARE, CONFLICTS, FINISH, OPEN, SCORE
from ui.expert.wires import (
    wire_conflicts,
    wire_drafts,
)
from ui.expert.work_door import WorkDoor
from ui.idle import IdleGuard
from ui.look.theme import look
from ui.needs import Needs
from ui.settings import Settings
from ui.tasks import TaskRunner
from ui.views import Message

Opened = tuple[Session, float]
"""The sitting with its open desk, and how long opening took in seconds."""


class ExpertDoor(WorkDoor):
    """Everything an expert sees; ``left`` goes back to the start page."""

    refused = Signal(str, object)
    mode_chosen = Signal(str)
    language_chosen = Signal(str)
    locked = Signal(str, str)
    """The pack to open again, and why it was locked."""

    def __init__(self, needs: Needs, settings: Settings, tasks: TaskRunner) -> None:
        super().__init__(needs, settings, tasks)
        self.entering = PasscodePresenter(self.session)
        self.declaring = ConflictsPresenter(self.session)
        self._resuming = False
        self._guard = IdleGuard(IdleWatch(), self)
        self.passcode, self.identity, self.pledge = PasscodePage(), IdentityPage(), PledgePage()
        self.conflicts = ConflictsPage()
        self.add_pages(self.passcode, self.identity, self.pledge, self.conflicts)
        self._pages.setCurrentWidget(self.passcode)
        self.top.tabs.chosen.connect(self._on_tab)
        self._wire_entry()
        self._wire_conflicts()
        self._wire_lock()
        self.show_text_size()

    def open(self, source: Path | str, locked: str = "") -> None:
        """Ask for the passcode of a pack file, or of a pack opened before.

        Feedback of a first scoring is opened with the pack that it goes on from.
        ``locked`` says why a desk was locked; it then goes on where it stood.
        """
        self.session.source = source
        self._resuming = bool(locked)
        self.passcode.show_locked(locked)
        try:
            self._begin_with_feedback(source)
            self.entering.look_at_file()
        except (ReviewerError, OSError) as error:
            self.refused.emit(str(error), source)
            return
        self._show_entry()
        self._go(OPEN, self.passcode)
        self.passcode.begin()

    def _begin_with_feedback(self, source: Path | str) -> None:
        """Open the one pack of this computer for a feedback; raises InputError for several."""
        self.session.feedback = None
        if not isinstance(source, Path) or source.suffix != SUFFIX:
            return
        packs = opened_packs(self.session.needs.home)
        if len(packs) != 1:
            raise InputError(
                _(
                    "This is the feedback of a second scoring. Open your review pack first, "
                    "then this file on the page “Finish”."
                )
            )
        self.session.source, self.session.feedback = packs[0], source

    def hand_over(self) -> Opened:
        """Let go of the open desk, for a door in another language to take it over."""
        handed = (replace(self.session), self.entering.seconds)
        self.session.opened = None
        return handed

    def take_over(self, handed: Opened) -> None:
        """Go on at the identity page with the desk that another door handed over."""
        given, self.entering.seconds = handed
        self.session.source, self.session.opened = given.source, given.opened
        self.session.feedback = given.feedback
        self._on_opened()

    def lock(self, why: str) -> None:
        """Drop the keys and every document once no work is under way; ``locked`` says so."""
        self.session.tasks.run(
            lambda: None,
            done=lambda _n: self._lock_now(why),
            failed=lambda error: self.finishing.say(str(error)),
        )

    def _lock_now(self, why: str) -> None:
        if not self.session.opened:
            return
        self.score.settle()
        self._remember()
        self._forget()
        desk, self.session.opened = self.session.desk, None
        self.locked.emit(lock_desk(desk, self.session.needs.close_desk), why)

    def show_text_size(self) -> None:
        """Show which text size is in use."""
        super().show_text_size()
        self.identity.show_text_size(look().text_size)

    def shut(self) -> None:
        """Let everything that is being typed count, and let go of every document."""
        if self.session.opened:
            self.score.settle()
            self._remember()
        self._forget()
        if self.session.opened:
            self.session.opened.release()

    # -- building

    def _wire_entry(self) -> None:
        self.entering.changed = self._show_entry
        self.entering.opened = self._on_opened
        self.passcode.typed.connect(self.entering.typed)
        self.passcode.unlock_requested.connect(self.entering.unlock)
        self.passcode.other_file_requested.connect(self._other_file)
        self.identity.confirmed.connect(self._on_confirmed)
        self.identity.refused.connect(self.left)
        self.identity.text_size_chosen.connect(self.text_size_chosen)
        self.identity.mode_chosen.connect(self.mode_chosen)
        self.identity.language_chosen.connect(self.language_chosen)
        self.pledge.accepted.connect(self._on_accepted)
        self.pledge.refused.connect(self.left)

    def _wire_lock(self) -> None:
        self.lock_requested.connect(lambda: self.lock(_("You locked the desk.")))
        idle = _("Nobody was here for {count} minutes.").format(count=IDLE_MINUTES)
        self._guard.idle.connect(lambda: self.lock(idle))

    def _wire_conflicts(self) -> None:
        wire_conflicts(self.conflicts, self.declaring)
        self.declaring.finished = self._begin_scoring
        self.declaring.recused = self._on_recused
        self.conflicts.pledge_requested.connect(self._show_pledge)
        wire_drafts(self.drafts, self.identity, self.drafting)
        self.drafting.continued = self._on_continued

    # -- going about

    def _show_entry(self) -> None:
        self.passcode.show_passcode(self.entering.view)

    def _on_opened(self) -> None:
        document, expert = self.session.desk.pack.round.document, self.session.desk.expert
        who = _("Expert {number}").format(number=expert.number)
        self.top.show_title(document.title, document.organiser, f"{who}　{expert.name}")
        self.sitting.reload()
        view = identity_view(self.session, self.entering.seconds)
        self.identity.show_identity(view)
        self.drafting.look()
        self.drafting.changed()
        self.lock_button.show()
        self._guard.begin(self.window().windowHandle())
        self._go(OPEN, self.identity)
        self.identity.foot.primary.setFocus()
        self._remember()
        if self._resuming and pledge_view(self.session).accepted:
            self._go_on()

    def _on_confirmed(self) -> None:
        """Go on from the draft that was found, if there is one; else to the pledge."""
        if self._stored(self.identity, arrive) and not self.drafting.offers.go_on():
            self._show_pledge()

    def _on_continued(self) -> None:
        self.sitting.reload()
        self._show_pledge()
        self.drafting.changed()

    def _show_pledge(self) -> None:
        view = pledge_view(self.session)
        if view.accepted and self._pages.currentWidget() is self.identity:
            self._go_on()
            return
        self.pledge.show_pledge(view)
        self._go(CONFLICTS, self.pledge)
        self.pledge.begin()

    def _on_accepted(self) -> None:
        if self._stored(self.pledge, accept):
            self._go_on()

    def _stored(self, page: EntryPage, act: Callable[[Session], None]) -> bool:
        """Do what writes to the desk; a disk that refuses is said in the foot of the page."""
        try:
            act(self.session)
        except StorageError as error:
            page.foot.save.say(Message(str(error), "bad", "circle-x"))
            return False
        return True

    def _go_on(self) -> None:
        """Go where the expert stopped: to the conflicts, or to scoring once all is declared."""
        if self.declaring.is_done() and self.sitting.has_answers():
            self._begin_scoring()
            return
        self._show_conflicts()

    def _show_conflicts(self) -> None:
        self.declaring.begin()
        self._go(CONFLICTS, self.conflicts)
        self.declaring.changed()
        self.conflicts.begin()

    def _on_tab(self, key: str) -> None:
        acts: dict[str, Callable[[], None]] = {
            OPEN: lambda: self._go(OPEN, self.identity),
            CONFLICTS: self._show_conflicts,
            SCORE: self._show_score,
            COMPARE: self._show_compare,
            FINISH: self._show_finish,
        }
        if key in self._reached and key != self._step:
            acts[key]()
        self._show_tabs()

    def _other_file(self) -> None:
        path = choose_pack(self)
        if path:
            self.open(path)
