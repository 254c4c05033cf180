"""The pages after the results with their presenters: deliberation, papers, archive."""

from ui.secretary.bureau import Bureau
from ui.secretary.deliberate_page import DeliberatePage
from ui.secretary.deliberate_people import PeoplePresenter
from ui.secretary.deliberate_presenter import DeliberatePresenter
from ui.secretary.minutes_page import MinutesPage
from ui.secretary.minutes_presenter import MinutesPresenter
from ui.secretary.pages import Pages
from ui.secretary.seal_page import SealPage
from ui.secretary.seal_presenter import SealPresenter
from ui.secretary.second_presenter import SecondPresenter
from ui.secretary.steps import DELIBERATE, MINUTES, SEAL


def wire_deliberate(pages: Pages, bureau: Bureau) -> None:
    """Connect the deliberate page."""
    page, presenter = DeliberatePage(), DeliberatePresenter(bureau)
    people, second = _wire_people(page, bureau), _wire_second(page, bureau)

    def show() -> None:
        if presenter.ready:
            page.show_deliberate(presenter.view())

    def sample() -> None:
        folder = presenter.sample_folder()
        if folder:
            presenter.take_votes(folder / "VOTES.csv")
            presenter.take_opinions(folder / "opinions")

    presenter.changed, presenter.part_wanted = show, page.focus_part
    page.opened.connect(presenter.open)
    page.typed.connect(presenter.type)
    page.settled.connect(lambda mine: presenter.settle(mine=mine))
    page.votes_chosen.connect(presenter.take_votes)
    page.opinions_chosen.connect(presenter.take_opinions)
    page.sample_requested.connect(sample)
    page.next_requested.connect(presenter.next)
    page.votes.voted.connect(presenter.vote)
    page.votes.counted.connect(presenter.count)
    page.votes.paper_wanted.connect(lambda wanted: presenter.by_paper(wanted=wanted))
    page.votes.record_requested.connect(presenter.record)

    def enter() -> None:
        people.enter()
        second.enter()
        presenter.enter()

    pages.add(DELIBERATE, page, enter, leave=presenter.keep)


def _wire_people(page: DeliberatePage, bureau: Bureau) -> PeoplePresenter:
    """Connect the election of the leader and the register of interference."""
    pane, presenter = page.people, PeoplePresenter(bureau)
    presenter.changed = lambda: pane.show_people(presenter.view())
    pane.leader_chosen.connect(presenter.choose_leader)
    pane.how_typed.connect(presenter.type_how)
    pane.votes_typed.connect(presenter.type_votes)
    pane.none_changed.connect(lambda none: presenter.none_met(none=none))
    pane.added.connect(presenter.add)
    pane.dropped.connect(presenter.drop)
    pane.record_requested.connect(presenter.record)
    return presenter


def _wire_second(page: DeliberatePage, bureau: Bureau) -> SecondPresenter:
    """Connect the second scoring."""
    pane, presenter = page.second, SecondPresenter(bureau)
    presenter.changed = lambda: pane.show_second(presenter.view())
    pane.reason_typed.connect(presenter.type)
    pane.open_requested.connect(presenter.open)
    pane.folder_chosen.connect(presenter.hand_out)
    pane.files_chosen.connect(presenter.take_in)
    pane.end_requested.connect(presenter.end)
    return presenter


def wire_minutes(pages: Pages, bureau: Bureau) -> None:
    """Connect the page of minutes and papers."""
    page, presenter = MinutesPage(), MinutesPresenter(bureau)
    presenter.changed = lambda: page.show_minutes(presenter.view())
    presenter.paper_chosen = page.show_paper
    presenter.progressed = page.progress.show_progress
    presenter.folder_wanted, presenter.code_wanted = page.choose_folder, page.side.focus_other
    page.selected.connect(presenter.select)
    page.folder_chosen.connect(presenter.export)
    page.printed.connect(presenter.say)
    page.side.typed.connect(presenter.type)
    page.side.write_requested.connect(presenter.write_in)
    page.side.other_typed.connect(presenter.type_other)
    page.side.forms_changed.connect(lambda wanted: presenter.with_forms(wanted=wanted))
    page.side.carry_chosen.connect(presenter.carry)
    page.remake_requested.connect(presenter.make)
    page.cancel_requested.connect(presenter.cancel)
    page.next_requested.connect(presenter.next)
    pages.add(MINUTES, page, presenter.enter, shut=page.forget)


def wire_seal(pages: Pages, bureau: Bureau) -> None:
    """Connect the archive page."""
    page, presenter = SealPage(), SealPresenter(bureau)
    presenter.changed = lambda: page.show_seal(presenter.view())
    presenter.progressed = page.progress.show_progress
    presenter.place_wanted, presenter.scans_wanted = page.ask_place, page.choose_scans
    page.mend_requested.connect(presenter.mend)
    page.write_requested.connect(presenter.write)
    page.scans_given.connect(presenter.attach)
    page.place_chosen.connect(presenter.seal)
    page.verify_chosen.connect(presenter.verify)
    page.cancel_requested.connect(presenter.cancel)
    page.next_requested.connect(presenter.next)
    pages.add(SEAL, page, presenter.enter)
