"""The results page with its presenters: ranking and detail, what-if, corrections."""

from ui.secretary.bureau import Bureau
from ui.secretary.correction_presenter import CorrectionPresenter
from ui.secretary.pages import Pages
from ui.secretary.paper_window import show_paper
from ui.secretary.results_page import ResultsPage
from ui.secretary.results_presenter import ResultsPresenter
from ui.secretary.results_trial import TrialPresenter
from ui.secretary.steps import RESULTS


def wire_results(pages: Pages, bureau: Bureau) -> None:
    """Connect the results page and what stands in the ranking's place."""
    page, results = ResultsPage(), ResultsPresenter(bureau)
    trial = TrialPresenter(bureau, lambda: results.known().results)
    correction = CorrectionPresenter(
        bureau, lambda: (results.known().results, results.known().corrections)
    )

    def show() -> None:
        if results.ready:
            _show(page, results, trial, correction)
        else:
            page.show_waiting(results.waiting())

    def forward() -> None:
        opened = correction if correction.is_open else trial if trial.is_open else results
        opened.next()

    def back() -> None:
        for each in (correction, trial):
            if each.is_open:
                each.close()
                return
        results.close_detail()

    def forget() -> None:
        trial.is_open = correction.is_open = False

    for each in (results, trial, correction):
        each.changed = show
    results.round_left = forget
    results.print_wanted = lambda path: show_paper(path, page)
    results.wish_made, results.correction_wanted = correction.begin, correction.show
    page.next_requested.connect(forward)
    page.back_requested.connect(back)
    page.room_changed.connect(pages.make_room)
    _wire_ranking(page, results, trial, correction)
    _wire_trial(page, trial)
    _wire_correction(page, correction)
    pages.add(RESULTS, page, results.enter)


def _show(
    page: ResultsPage,
    results: ResultsPresenter,
    trial: TrialPresenter,
    correction: CorrectionPresenter,
) -> None:
    if correction.is_open:
        asked = correction.view()
        page.correction.show_correction(asked)
        page.turn(page.correction, asked.foot, correction.working)
    elif trial.is_open:
        tried = trial.view()
        page.trial.show_trial(tried)
        page.turn(page.trial, tried.foot)
    elif results.in_detail:
        detail = results.detail()
        page.detail.show_detail(detail)
        page.turn(page.detail, detail.foot)
    else:
        page.show_results(results.view())


def _wire_ranking(
    page: ResultsPage,
    results: ResultsPresenter,
    trial: TrialPresenter,
    correction: CorrectionPresenter,
) -> None:
    page.selected.connect(results.select)
    page.detail_requested.connect(results.open_detail)
    page.stepped.connect(results.step_detail)
    page.export_requested.connect(results.export)
    page.application_export_requested.connect(results.export_application)
    page.detail.slip_requested.connect(results.print_slip)
    page.trial_requested.connect(trial.open)
    page.side.correction_requested.connect(correction.show)
    page.detail.correction_requested.connect(lambda: results.correct(None))


def _wire_trial(page: ResultsPage, trial: TrialPresenter) -> None:
    page.trial.method_chosen.connect(trial.choose_method)
    page.trial.expert_chosen.connect(trial.leave_out)
    page.trial.weighed.connect(trial.weigh)
    page.trial.reset_requested.connect(trial.reset)


def _wire_correction(page: ResultsPage, correction: CorrectionPresenter) -> None:
    pane = page.correction
    correction.print_wanted = lambda path: show_paper(path, page)
    correction.sheet_wanted, correction.keep_wanted = pane.choose_sheet, pane.focus_keep
    pane.chosen.connect(correction.choose)
    pane.typed.connect(correction.type)
    pane.tried.connect(correction.try_mark)
    pane.sheets_given.connect(correction.take)
    pane.keep.clicked.connect(correction.ask_keep)
