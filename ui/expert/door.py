"""The expert's door: its pages in order, and what leads from one to the next."""

from collections.abc import Callable  # noqa: TC003 - beside what PySide reads at run time
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.services.desk_lock import IDLE_MINUTES, IdleWatch, lock_desk
from ui.expert.beside_page import BesidePage
from ui.expert.beside_presenter import BesidePresenter
from ui.expert.citing import Citing
from ui.expert.compare_page import ComparePage
from ui.expert.compare_presenter import ComparePresenter
from ui.expert.conflicts_page import ConflictsPage
from ui.expert.conflicts_presenter import ConflictsPresenter
from ui.expert.draft_presenter import DraftPresenter
from ui.expert.entry_pages import IdentityPage, PledgePage
from ui.expert.entry_views import accept, identity_view, pledge_view
from ui.expert.errands import choose_pack, fetch, places, print_paper
from ui.expert.finish_page import FinishPage
from ui.expert.finish_presenter import FinishPresenter
from ui.expert.frame import ExpertFrame
from ui.expert.key_map import key_map
from ui.expert.passcode_page import PasscodePage
from ui.expert.passcode_presenter import PasscodePresenter
from ui.expert.score_page import ScorePage
from ui.expert.score_presenter import ScorePresenter
from ui.expert.session import Session
from ui.expert.sitting import Sitting
from ui.expert.steps import COMPARE, CONFLICTS, FINISH, OPEN, SCORE, step_tabs
from ui.expert.wires import (
    after,
    wire_compare,
    wire_conflicts,
    wire_drafts,
    wire_finish,
    wire_score,
)
from ui.idle import IdleGuard
from ui.key_lines import KeyMap
from ui.look.theme import look
from ui.needs import Needs
from ui.settings import Settings
from ui.tasks import TaskRunner


class ExpertDoor(ExpertFrame):
    """Everything an expert sees; ``left`` goes back to the start page."""

    left = Signal()
    refused = Signal(str, object)
    locked = Signal(str, str)
    """The pack to open again, and why it was locked."""

    def __init__(self, needs: Needs, settings: Settings, tasks: TaskRunner) -> None:
        super().__init__()
        self.session = Session(needs, settings, tasks)
        self.sitting = Sitting(self.session)
        self.entering = PasscodePresenter(self.session)
        self.declaring = ConflictsPresenter(self.session)
        self.scoring = ScorePresenter(self.sitting)
        self.comparing = ComparePresenter(self.sitting)
        self.finishing = FinishPresenter(self.sitting, lambda: places(self.session))
        self.drafting = DraftPresenter(self.sitting, lambda: places(self.session))
        self.besides = BesidePresenter(self.sitting)
        self._step = OPEN
        self._reached: set[str] = {OPEN}
        self._resuming = False
        self._guard = IdleGuard(IdleWatch(), self)
        self._build(settings)
        self._wire_entry()
        self._wire_work()
        self._wire_drafts()
        self._wire_beside()
        self._wire_lock()
        self.show_text_size()

    def open(self, source: Path | str, locked: str = "") -> None:
        """Ask for the passcode of a pack file, or of a pack opened before.

        ``locked`` says why a desk was locked; it then goes on where it stood.
        """
        self.session.source = source
        self._resuming = bool(locked)
        self.passcode.show_locked(locked)
        try:
            self.entering.look_at_file()
        except (ReviewerError, OSError) as error:
            self.refused.emit(str(error), source)
            return
        self._show_entry()
        self._go(OPEN, self.passcode)
        self.passcode.begin()

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
        self.score.materials.forget()
        self.beside.forget()
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
        self.score.materials.forget()
        self.beside.forget()
        if self.session.opened:
            self.session.opened.release()

    def key_map(self) -> KeyMap:
        """Return the keys of the page that is open."""
        return key_map(self._step)

    # -- building

    def _build(self, settings: Settings) -> None:
        self.passcode, self.identity, self.pledge = PasscodePage(), IdentityPage(), PledgePage()
        self.conflicts = ConflictsPage()
        self.score = ScorePage(partial(fetch, self.session), settings)
        self.compare, self.finish = ComparePage(), FinishPage()
        self.beside = BesidePage(partial(fetch, self.session))
        self.add_pages(self.passcode, self.identity, self.pledge, self.conflicts)
        self.add_pages(self.score, self.compare, self.finish, self.beside)
        self.top.tabs.chosen.connect(self._on_tab)

    def _wire_entry(self) -> None:
        self.entering.changed = self._show_entry
        self.entering.opened = self._on_opened
        self.passcode.typed.connect(self.entering.typed)
        self.passcode.unlock_requested.connect(self.entering.unlock)
        self.passcode.other_file_requested.connect(self._other_file)
        self.identity.confirmed.connect(self._on_confirmed)
        self.identity.refused.connect(self.left)
        self.identity.text_size_chosen.connect(self.text_size_chosen)
        self.pledge.accepted.connect(self._on_accepted)
        self.pledge.refused.connect(self.left)

    def _wire_work(self) -> None:
        wire_conflicts(self.conflicts, self.declaring)
        self.declaring.finished = self._begin_scoring
        self.declaring.recused = self._on_recused
        self.conflicts.pledge_requested.connect(self._show_pledge)
        wire_score(self.score, self.scoring)
        self.scoring.compare_wanted = self._show_compare
        self.score.compare_requested.connect(self._show_compare)
        self.citing = Citing(self.score, self.scoring)
        wire_compare(self.compare, self.comparing)
        self.comparing.finish_wanted = self._show_finish
        self.comparing.item_wanted = self._open_item
        self.compare.item_requested.connect(self._open_item)
        self.compare.back_requested.connect(self._open_item)
        wire_finish(self.finish, self.finishing)
        self.finishing.score_wanted = self._show_score
        self.finishing.gap_wanted = self._show_gap
        self.finishing.look_wanted = self._look_at
        self.finishing.print_wanted = lambda: print_paper(self.finishing, self)
        self.finishing.signed = self._on_signed
        self.finish.back_requested.connect(self._show_score)
        self.finish.leave_requested.connect(self.left)

    def _wire_lock(self) -> None:
        self.lock_requested.connect(lambda: self.lock(_("You locked the desk.")))
        idle = _("Nobody was here for {count} minutes.").format(count=IDLE_MINUTES)
        self._guard.idle.connect(lambda: self.lock(idle))

    def _wire_beside(self) -> None:
        self.besides.changed = lambda: self.beside.show_beside(self.besides.view())
        self.beside.chosen.connect(self.besides.choose)
        self.beside.back_requested.connect(self._leave_beside)
        self.score.materials.tabs.beside.clicked.connect(self._show_beside)
        QShortcut(QKeySequence("Shift+F3"), self).activated.connect(self._show_beside)

    def _wire_drafts(self) -> None:
        wire_drafts(self.drafts, self.identity, self.drafting)
        self.drafting.continued = self._on_continued
        self.scoring.changed = after(self.scoring.changed, self._watch_place)

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
        if not self.drafting.go_on():
            self._show_pledge()

    def _on_continued(self) -> None:
        self.sitting.reload()
        self._show_pledge()
        self.drafting.changed()

    def _watch_place(self) -> None:
        """Let a draft be written whenever the expert turns to another application."""
        self.drafting.turned(self.scoring.place()[0])

    def _show_pledge(self) -> None:
        view = pledge_view(self.session)
        if view.accepted and self._pages.currentWidget() is self.identity:
            self._go_on()
            return
        self.pledge.show_pledge(view)
        self._go(CONFLICTS, self.pledge)
        self.pledge.begin()

    def _on_accepted(self) -> None:
        accept(self.session)
        self._go_on()

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

    def _on_recused(self) -> None:
        """Let go at once of all that was open: nothing of what was left may stay in sight."""
        self.score.materials.forget()
        self.beside.forget()
        self.sitting.reload()
        if SCORE in self._reached and self.sitting.applications:
            self.scoring.begin()
        self.drafting.write()

    def _begin_scoring(self) -> None:
        self.sitting.reload()
        if not self.sitting.applications:
            self._show_finish()
            return
        self.scoring.begin()
        self._reached |= {CONFLICTS, SCORE, COMPARE, FINISH}
        self._show_score()

    def _show_score(self) -> None:
        if not self.scoring.place()[0]:
            self.scoring.begin()
        self._go(SCORE, self.score)
        self.scoring.changed()
        self.score.list.reveal()
        self.score.focus_levels()

    def _show_gap(self) -> None:
        self._show_score()
        self.scoring.open_application(self.sitting.next_incomplete(""))

    def _look_at(self, number: str) -> None:
        self.scoring.open_application(number)
        self._show_compare()

    def _show_compare(self) -> None:
        self.score.settle()
        self.drafting.turned(COMPARE)
        self.comparing.begin(*self.scoring.place())
        self._go(COMPARE, self.compare)
        self.comparing.changed()
        self.compare.begin()

    def _show_beside(self) -> None:
        """Put the open application beside another, from the scores or from comparing."""
        places_ = {SCORE: self.scoring.place, COMPARE: self.comparing.place}
        if self._step in places_ and self.besides.begin(*places_[self._step]()):
            self._pages.setCurrentWidget(self.beside)
            self.beside.begin()

    def _leave_beside(self) -> None:
        self.beside.forget()
        self._pages.setCurrentWidget(self.compare if self._step == COMPARE else self.score)

    def _open_item(self) -> None:
        number, code = self.comparing.place()
        self._go(SCORE, self.score)
        self.scoring.open_at(number, code)
        self.scoring.changed()
        self.score.list.reveal()

    def _show_finish(self) -> None:
        self.score.settle()
        self._reached.add(FINISH)
        self.drafting.turned(FINISH)
        self._go(FINISH, self.finish)
        self.finishing.begin()
        self.finish.begin()

    def _go(self, step: str, page: QWidget) -> None:
        self._step = step
        self._reached.add(step)
        self._pages.setCurrentWidget(page)
        self._show_tabs()

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

    def _show_tabs(self) -> None:
        tabs = step_tabs(self.sitting, self._step, self._reached)
        self.top.tabs.show_tabs(tabs, self._step)
        self.top.fit()

    def _on_signed(self) -> None:
        self._remember()
        self.drafting.write()
        self._show_tabs()

    def _other_file(self) -> None:
        path = choose_pack(self)
        if path:
            self.open(path)

    def _remember(self) -> None:
        if not self.session.opened:
            return
        number, _code = self.scoring.place()
        done = sum(self.sitting.status(each).complete for each in self.sitting.numbers())
        total = len(self.sitting.numbers())
        begun = self.sitting.has_answers()
        self.session.remember(number, done, total if begun else 0, signed=self.sitting.locked)
