"""The wires between the expert's pages and their presenters: a wish in, a view out."""

from pathlib import Path

from ui.expert.compare_page import ComparePage
from ui.expert.compare_presenter import ComparePresenter
from ui.expert.compare_views import Order
from ui.expert.conflicts_page import ConflictsPage
from ui.expert.conflicts_presenter import ConflictsPresenter
from ui.expert.draft_line import DraftLine
from ui.expert.draft_presenter import DraftPresenter
from ui.expert.entry_pages import IdentityPage
from ui.expert.excel_card import ExcelCard
from ui.expert.excel_presenter import ExcelPresenter
from ui.expert.finish_page import FinishPage
from ui.expert.finish_presenter import FinishPresenter
from ui.expert.score_page import ScorePage
from ui.expert.score_presenter import ScorePresenter
from ui.expert.second_card import SecondCard
from ui.expert.second_presenter import SecondPresenter
from ui.views import Act


def after(first: Act, then: Act) -> Act:
    """Return what does both in turn."""

    def both() -> None:
        first()
        then()

    return both


def wire_conflicts(page: ConflictsPage, presenter: ConflictsPresenter) -> None:
    """Connect the conflicts page."""
    presenter.changed = lambda: page.show_conflicts(presenter.view())
    page.opened.connect(presenter.open)
    page.ticked.connect(presenter.tick)
    page.noted.connect(presenter.write)
    page.clear_requested.connect(presenter.clear)
    page.rest_free_requested.connect(presenter.rest_free)
    page.next_requested.connect(presenter.next)
    page.take_back_requested.connect(presenter.take_back)
    page.gap_requested.connect(presenter.next_gap)


def wire_score(page: ScorePage, presenter: ScorePresenter) -> None:
    """Connect the scoring page and its form."""
    presenter.changed = lambda: page.show_score(presenter.view())
    presenter.leaving = page.settle
    presenter.later = page.later
    presenter.focus_levels = page.focus_levels
    presenter.focus_score = page.focus_score
    presenter.focus_reason = page.focus_reason
    page.application_requested.connect(presenter.open_application)
    page.application_stepped.connect(presenter.step_application)
    page.indicator_requested.connect(presenter.open_indicator)
    page.indicator_stepped.connect(presenter.step_indicator)
    page.group_requested.connect(presenter.open_group)
    page.note_typed.connect(presenter.write_note)
    page.flag_requested.connect(presenter.toggle_flag)
    page.cited.connect(presenter.cite)
    page.undo_requested.connect(presenter.undo)
    page.redo_requested.connect(presenter.redo)
    page.gap_requested.connect(presenter.next_gap)
    page.next_requested.connect(presenter.next)
    page.retry_requested.connect(presenter.retry)
    form = page.form
    presenter.retype = form.field.retype
    form.level_chosen.connect(presenter.choose_level)
    form.level_pressed.connect(presenter.press_level)
    form.score_typed.connect(presenter.type_score)
    form.score_settled.connect(presenter.settle_score)
    form.score_stepped.connect(presenter.step_score)
    form.other_chosen.connect(presenter.choose_other)
    form.reason_typed.connect(presenter.write_reason)
    form.comment_typed.connect(presenter.write_comment)
    form.citation_removed.connect(presenter.remove_citation)


def wire_compare(page: ComparePage, presenter: ComparePresenter) -> None:
    """Connect the compare page."""
    presenter.changed = lambda: page.show_compare(presenter.view())
    page.moved.connect(presenter.move)
    page.edited.connect(presenter.edit)
    page.gap_opened.connect(presenter.open_gap)
    page.gap_requested.connect(presenter.next_gap)
    page.order_chosen.connect(lambda order: presenter.order_by(Order(order)))
    page.transposed.connect(lambda on: presenter.transpose(transposed=on))
    page.undo_requested.connect(presenter.undo)
    page.redo_requested.connect(presenter.redo)
    page.next_requested.connect(presenter.next)


def wire_excel(card: ExcelCard, presenter: ExcelPresenter) -> None:
    """Connect the Excel path of the compare page."""
    presenter.changed = lambda: card.show_excel(presenter.view())
    card.write_requested.connect(presenter.write)
    card.read_requested.connect(presenter.look_at)
    card.acted.connect(presenter.act)


def wire_finish(page: FinishPage, presenter: FinishPresenter) -> None:
    """Connect the finish page."""
    presenter.changed = lambda: page.show_finish(presenter.view())
    page.place_chosen.connect(presenter.choose)
    page.place_added.connect(presenter.add_place)
    page.search_requested.connect(presenter.look_for_places)
    page.agreed.connect(lambda on: presenter.agree(agreed=on))
    page.reason_typed.connect(presenter.give_reason)
    page.next_requested.connect(presenter.next)
    page.revision_requested.connect(presenter.begin_revision)
    page.look_requested.connect(presenter.look_at)
    page.advice_dismissed.connect(presenter.dismiss_advice)
    page.leaving_recorded.connect(presenter.leave)
    page.gap_requested.connect(presenter.next_gap)


def wire_second(
    card: SecondCard, presenter: SecondPresenter, finishing: FinishPresenter
) -> None:
    """Connect the card of the second scoring; it follows what the finish page shows."""
    presenter.changed = lambda: card.show_second(presenter.view())
    finishing.changed = after(finishing.changed, presenter.changed)
    card.chosen.connect(presenter.open)


def wire_drafts(line: DraftLine, page: IdentityPage, presenter: DraftPresenter) -> None:
    """Connect the draft's button and line, and the draft that the identity page offers."""

    def show() -> None:
        line.show_draft(presenter.view())
        page.show_offer(presenter.offers.offer())

    def decline() -> None:
        presenter.offers.decline()
        show()

    def look_at(file: Path) -> None:
        presenter.offers.look_at(file)
        show()

    presenter.changed = presenter.offers.changed = show
    line.chosen.connect(presenter.choose)
    line.write_requested.connect(presenter.write)
    line.declined.connect(presenter.decline_offer)
    page.draft_declined.connect(decline)
    page.draft_chosen.connect(look_at)
