"""What may be pointed at: applications, the experts who scored one, its indicators."""

from dataclasses import replace

from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber
from reviewer_app.services.corrections import Wish
from reviewer_app.services.results import Results, application_of

Choices = tuple[tuple[str, str], ...]


def application_choices(results: Results) -> Choices:
    """Return every application by number and name."""
    return tuple(
        (each.number, f"{each.number}　{application_of(results.seating, each.number).name}")
        for each in results.tally.applications
    )


def expert_choices(results: Results, wish: Wish) -> Choices:
    """Return the experts who scored the application."""
    seating = results.seating
    numbers = [sheet.expert for sheet, _m in results.panel.sheets_for(wish.application)]
    return tuple(
        (each, f"{each}　{seating.expert(ExpertNumber(each)).name}") for each in numbers
    )


def indicator_choices(results: Results, wish: Wish) -> Choices:
    """Return the application's indicators; the first choice is all of them."""
    panel = next(a for a in results.panel.applications if a.number == wish.application)
    leaves = ((leaf.code, f"{leaf.code}　{leaf.title}") for leaf in panel.scheme.indicators())
    return (("", _("All marks for this application")), *leaves)


def fitting(results: Results, wish: Wish) -> Wish:
    """Return the wish with an expert who scored the application, and an item that it has."""
    experts = [key for key, _words in expert_choices(results, wish)]
    items = [key for key, _words in indicator_choices(results, wish)]
    expert = wish.expert if wish.expert in experts else ExpertNumber(next(iter(experts), ""))
    return replace(
        wish, expert=expert, indicator=wish.indicator if wish.indicator in items else ""
    )
