"""The pages of the expert's work: scoring, comparing, two side by side, finishing."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.expert.beside_page import BesidePage
from ui.expert.beside_presenter import BesidePresenter
from ui.expert.citing import Citing
from ui.expert.compare_page import ComparePage
from ui.expert.compare_presenter import ComparePresenter
from ui.expert.draft_presenter import DraftPresenter
from ui.expert.errands import fetch, places, print_paper
from ui.expert.excel_presenter import ExcelPresenter
from ui.expert.finish_page import FinishPage
from ui.expert.finish_presenter import FinishPresenter
from ui.expert.frame import ExpertFrame
from ui.expert.key_map import key_map
from ui.expert.score_page import ScorePage
from ui.expert.score_presenter import ScorePresenter
from ui.expert.second_presenter import SecondPresenter
from ui.expert.session import Session
from ui.expert.sitting import Sitting
from ui.expert.steps import COMPARE, CONFLICTS, FINISH, OPEN, SCORE, step_tabs
from ui.expert.wires import (
    after,
    wire_compare,
    wire_excel,
    wire_finish,
    wire_score,
    wire_second,
)
from ui.key_lines import KeyMap
from ui.needs import Needs
from ui.settings import Settings
from ui.tasks import TaskRunner


class WorkDoor(ExpertFrame):
    """What an expert sees once all conflicts are declared; ``left`` leaves the desk."""

    left = Signal()

    def __init__(self, needs: Needs, settings: Settings, tasks: TaskRunner) -> None:
        super().__init__()
        self.session = Session(needs, settings, tasks)
        self.sitting = Sitting(self.session)
        self.scoring = ScorePresenter(self.sitting)
        self.comparing = ComparePresenter(self.sitting)
        self.excelling = ExcelPresenter(self.sitting)
        self.finishing = FinishPresenter(self.sitting, lambda: places(self.session))
        self.drafting = DraftPresenter(self.sitting, lambda: places(self.session))
        self.besides = BesidePresenter(self.sitting)
        self.seconding = SecondPresenter(self.sitting)
        self._step = OPEN
        self._reached: set[str] = {OPEN}
        self.score = ScorePage(partial(fetch, self.session), settings)
        self.compare, self.finish = ComparePage(), FinishPage()
        self.beside = BesidePage(partial(fetch, self.session))
        self.add_pages(self.score, self.compare, self.finish, self.beside)
        self._wire_work()
        self._wire_finish()
        self._wire_beside()
        self.scoring.changed = after(self.scoring.changed, self._watch_place)

    def key_map(self) -> KeyMap:
        """Return the keys of the page that is open."""
        return key_map(self._step)

    def _wire_work(self) -> None:
        wire_score(self.score, self.scoring)
        self.scoring.compare_wanted = self._show_compare
        self.score.compare_requested.connect(self._show_compare)
        self.citing = Citing(self.score, self.scoring)
        wire_compare(self.compare, self.comparing)
        self.comparing.finish_wanted = self._show_finish
        self.comparing.item_wanted = self._open_item
        self.compare.item_requested.connect(self._open_item)
        self.compare.back_requested.connect(self._open_item)
        wire_excel(self.compare.excel, self.excelling)
        self.excelling.taken = self._on_taken

    def _wire_finish(self) -> None:
        wire_finish(self.finish, self.finishing)
        self.finishing.score_wanted = self._show_score
        self.finishing.gap_wanted = self._show_gap
        self.finishing.look_wanted = self._look_at
        self.finishing.print_wanted = lambda: print_paper(self.finishing, self)
        self.finishing.signed = self._on_signed
        self.finish.back_requested.connect(self._show_score)
        self.finish.leave_requested.connect(self._leave)
        wire_second(self.finish.second, self.seconding, self.finishing)
        self.seconding.begun = self._on_second

    def _wire_beside(self) -> None:
        self.besides.changed = lambda: self.beside.show_beside(self.besides.view())
        self.beside.chosen.connect(self.besides.choose)
        self.beside.back_requested.connect(self._leave_beside)
        self.score.materials.tabs.beside.clicked.connect(self._show_beside)
        QShortcut(QKeySequence("Shift+F3"), self).activated.connect(self._show_beside)

    def _watch_place(self) -> None:
        """Let a draft be written whenever the expert turns to another application."""
        self.drafting.turned(self.scoring.place()[0])

    def _on_recused(self) -> None:
        """Let go at once of all that was open: nothing of what was left may stay in sight."""
        self._forget()
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
        feedback, self.session.feedback = self.session.feedback, None
        if feedback is None:
            self._show_score()
        else:
            self._show_finish()
            self.seconding.open(feedback)

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

    def _show_tabs(self) -> None:
        tabs = step_tabs(self.sitting, self._step, self._reached)
        self.top.tabs.show_tabs(tabs, self._step)
        self.top.fit()

    def _leave(self) -> None:
        self.finishing.leave()
        self.left.emit()

    def _on_taken(self) -> None:
        """Show what came from Excel: every answer on the desk is read anew."""
        self.sitting.reload()
        if self.scoring.place()[0]:
            self.scoring.begin()
        self.comparing.changed()
        self._show_tabs()

    def _on_second(self) -> None:
        """Go on in the second scoring, where the panel's figures stand beside the own marks."""
        self._on_taken()
        self.scoring.begin()
        self.drafting.write()
        self._show_compare()

    def _on_signed(self) -> None:
        self._remember()
        self.drafting.write()
        self._show_tabs()

    def _remember(self) -> None:
        if not self.session.opened:
            return
        number, _code = self.scoring.place()
        done = sum(self.sitting.status(each).complete for each in self.sitting.numbers())
        total = len(self.sitting.numbers())
        begun = self.sitting.has_answers()
        self.session.remember(number, done, total if begun else 0, signed=self.sitting.locked)

    def _forget(self) -> None:
        """Let go of every document, and of what an Excel file was about."""
        self.score.materials.forget()
        self.beside.forget()
        self.excelling.forget()
