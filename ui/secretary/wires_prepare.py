"""The prepare page with its editors and their presenters, and the wires between them."""

from ui.secretary.bureau import Bureau
from ui.secretary.list_pane import ListPane
from ui.secretary.list_presenter import ListPresenter
from ui.secretary.order_card import OrderCard
from ui.secretary.order_presenter import OrderPresenter
from ui.secretary.pages import Pages
from ui.secretary.prepare_page import PreparePage
from ui.secretary.prepare_presenter import PreparePresenter
from ui.secretary.rules_pane import RulesPane
from ui.secretary.rules_presenter import RulesPresenter
from ui.secretary.scheme_presenter import SchemePresenter
from ui.secretary.scheme_view import TABLE
from ui.secretary.steps import ISSUE, PREPARE
from ui.secretary.weights_pane import WeightsPane


def wire_prepare(pages: Pages, bureau: Bureau) -> None:
    """Connect the prepare page."""
    page, presenter = PreparePage(), PreparePresenter(bureau)
    order = wire_order(page.order, bureau)

    def show() -> None:
        page.show_prepare(presenter.view())
        order.changed()

    def enter() -> None:
        order.enter()
        presenter.enter()

    presenter.changed = show
    presenter.focus_reason, presenter.focus_name = page.focus_reason, page.focus_name
    page.part_requested.connect(presenter.open_part)
    page.check_requested.connect(presenter.open_check)
    page.reason_typed.connect(presenter.type_reason)
    page.undo_requested.connect(presenter.undo)
    page.weights.typed.connect(presenter.type_weight)
    page.weights_side.named.connect(presenter.type_name)
    page.next_requested.connect(presenter.next)
    page.issue_requested.connect(lambda: bureau.go(ISSUE))
    page.basics.typed.connect(presenter.basics.type)
    page.basics.chosen.connect(presenter.basics.choose)
    page.basics.left.connect(presenter.basics.keep)
    page.basics.remove_requested.connect(presenter.basics.remove)
    _rules(page.rules, presenter.rules)
    _scheme(page.weights, presenter.scheme)
    for key, pane in page.lists.items():
        _list(pane, presenter.lists[key])
    page.ticks.toggled.connect(presenter.tick)
    page.ticks.proposed.connect(presenter.propose)
    page.ticks.everyone.connect(presenter.everyone)
    pages.add(PREPARE, page, enter)


def wire_order(card: OrderCard, bureau: Bureau) -> OrderPresenter:
    """Connect a card of the order of speaking."""
    presenter = OrderPresenter(bureau)
    presenter.changed = lambda: card.show_order(presenter.view())
    card.typed.connect(presenter.type)
    card.draw_requested.connect(presenter.draw)
    card.place_chosen.connect(presenter.write)
    return presenter


def _rules(pane: RulesPane, presenter: RulesPresenter) -> None:
    pane.typed.connect(presenter.type)
    pane.chosen.connect(presenter.choose)
    pane.left.connect(presenter.keep)
    pane.limit_typed.connect(presenter.limit)
    pane.bands.typed.connect(lambda *line: presenter.band(line[0], line[1:]))
    pane.bands.added.connect(presenter.add_band)
    pane.bands.dropped.connect(presenter.drop_band)
    pane.ties.added.connect(presenter.add_tie)
    pane.ties.dropped.connect(presenter.drop_tie)
    pane.file_chosen.connect(presenter.load)
    pane.save_chosen.connect(presenter.save)


def _list(pane: ListPane, presenter: ListPresenter) -> None:
    pane.typed.connect(presenter.type)
    pane.pasted.connect(presenter.paste)
    pane.added.connect(presenter.add)
    pane.dropped.connect(presenter.drop)
    pane.file_chosen.connect(presenter.load)


def _scheme(pane: WeightsPane, presenter: SchemePresenter) -> None:
    tools, compare, indicator = pane.tools, pane.compare, pane.indicator
    pane.opened.connect(presenter.open_indicator)
    tools.chosen.connect(presenter.choose)
    tools.copied.connect(presenter.copy)
    tools.levelled.connect(presenter.level_out)
    tools.mode_asked.connect(presenter.turn)
    tools.file_chosen.connect(presenter.load)
    tools.save_chosen.connect(presenter.save)
    tools.table_chosen.connect(presenter.propose_from)
    compare.group_chosen.connect(presenter.compare_group)
    compare.compared.connect(presenter.compare)
    compare.taken_over.connect(presenter.take_over)
    compare.left.connect(lambda: presenter.turn(TABLE))
    indicator.typed.connect(presenter.type_indicator)
    indicator.added.connect(presenter.add_indicator)
    indicator.dropped.connect(presenter.drop_indicator)
    indicator.left.connect(presenter.keep_indicator)
    indicator.closed.connect(lambda: presenter.turn(TABLE))
