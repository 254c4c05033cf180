"""``round change|remove|restore|void``: what is changed, put away and taken back."""

import argparse
from dataclasses import replace

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.core.messages import _
from reviewer_app.services import removing, rounds
from reviewer_app.services.round_basics import basics_of, with_basics

_BASICS = ("title", "kind", "organiser", "date", "place")


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the commands that change a round or put it away."""
    change = verbs.add_parser(
        "change", help=_("rename a round in preparation; its occasion, organiser, date, place")
    )
    change.add_argument("id")
    for name in _BASICS:
        change.add_argument(f"--{name}")
    change.set_defaults(run=_change)
    remove = verbs.add_parser("remove", help=_("put a round in preparation away"))
    remove.add_argument("id")
    remove.set_defaults(run=_remove)
    restore = verbs.add_parser("restore", help=_("take back a round that was put away"))
    restore.add_argument("id")
    restore.set_defaults(run=_restore)
    void = verbs.add_parser(
        "void", help=_("make an issue void; a new round in preparation takes its place")
    )
    void.add_argument("id")
    void.add_argument("--reason", required=True)
    void.set_defaults(run=_void)


def _change(options: argparse.Namespace, out: Output, context: Context) -> int:
    view = rounds.show_round(context.open_bureau, options.id)
    given = {name: value for name in _BASICS if (value := getattr(options, name)) is not None}
    plan = with_basics(view.plan, replace(basics_of(view.plan), **given))
    if plan != view.plan:
        bureau, now = context.open_bureau, context.clock()
        view = rounds.change_plan(bureau, view.id, view.plan, plan, now)
    _show(view, out)
    return 0


def _remove(options: argparse.Namespace, out: Output, context: Context) -> int:
    view = rounds.show_round(context.open_bureau, options.id)
    removing.remove_round(context.open_bureau, view.id, context.clock())
    out.line(
        _("Round {id} “{title}” is put away; “round restore {id}” takes it back").format(
            id=view.id, title=view.title
        )
    )
    out.data({"id": view.id, "removed": True})
    return 0


def _restore(options: argparse.Namespace, out: Output, context: Context) -> int:
    view = removing.restore_round(context.open_bureau, options.id, context.clock())
    _show(view, out)
    return 0


def _void(options: argparse.Namespace, out: Output, context: Context) -> int:
    old = rounds.show_round(context.open_bureau, options.id)
    lost = removing.voiding(context.open_bureau, old.id)
    view = removing.void_issue(context.open_bureau, old.id, options.reason, context.clock())
    out.line(
        _("Void: {packs} packs with their slips, {sheets} sheets received").format(
            packs=lost.packs, sheets=lost.sheets
        )
    )
    _show(view, out, {"instead_of": old.id, "packs": lost.packs, "sheets": lost.sheets})
    return 0


def _show(view: rounds.RoundView, out: Output, more: dict[str, object] | None = None) -> None:
    plan, state = view.plan, rounds.state_word(view.state)
    out.line(f"{view.id}  {state}  {plan.date}  {plan.kind}  {view.title}")
    out.data(
        {
            "id": view.id,
            "state": view.state.value,
            "title": view.title,
            "kind": plan.kind.value,
            "organiser": plan.organiser,
            "date": plan.date.isoformat(),
            "place": plan.place,
            **(more or {}),
        }
    )
