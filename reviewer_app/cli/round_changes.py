"""``round change|remove|restore|void``: what is changed, put away and taken back."""

import argparse
from dataclasses import replace

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, add_reason, add_round, command
from reviewer_app.core.messages import _
from reviewer_app.services import removing, rounds
from reviewer_app.services.round_basics import basics_of, with_basics

_BASICS = ("title", "kind", "organiser", "date", "place")


def add(verbs: Verbs) -> None:
    """Register the commands that change a round or put it away."""
    words = _("rename a round in preparation; its occasion, organiser, date, place")
    change = command(verbs, "change", words, example="round change 1ead --date 2026-11-28")
    words = _("put a round in preparation away")
    remove = command(verbs, "remove", words, example="round remove 1ead")
    words = _("take back a round that was put away")
    restore = command(verbs, "restore", words, example="round restore 1ead")
    words = _("make an issue void; a new round in preparation takes its place")
    void = command(verbs, "void", words, example='round void 1ead --reason "wrong materials"')
    runs = ((change, _change), (remove, _remove), (restore, _restore), (void, _void))
    for parser, run in runs:
        add_round(parser)
        parser.set_defaults(run=run)
    for name in _BASICS:
        words = _("as “{name}” in ROUND.toml").format(name=name)
        change.add_argument(f"--{name}", metavar="TEXT", help=words)
    add_reason(void)


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
