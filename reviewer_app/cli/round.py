"""``reviewer-app round``: the secretary's commands, in the order of the day."""

import argparse
from pathlib import Path

from reviewer_app.cli import (
    next_step,
    round_archive,
    round_changes,
    round_collect,
    round_entry,
    round_fees,
    round_history,
    round_order,
    round_packs,
    round_people,
    round_results,
    round_second,
)
from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.round_checks import show_checks
from reviewer_app.cli.usage import (
    Verbs,
    add_round,
    command,
    commands,
)
from reviewer_app.core.messages import _
from reviewer_app.inputs.round_file import load_round
from reviewer_app.services import removing, rounds


def add(subparsers: Verbs) -> None:
    """Register ``round`` with everything under it."""
    words = _("prepare, issue, collect, close, publish")
    parser = command(subparsers, "round", words, example="round list")
    parser.set_defaults(advise=next_step.after_refusal)
    verbs = commands(parser, "VERB")
    words = _("create a round from a ROUND.toml")
    new = command(verbs, "new", words, example="round new ROUND.toml")
    words = _("says what the round is (docs/guide.md); paths are relative to it")
    new.add_argument("file", type=Path, metavar="ROUND.toml", help=words)
    new.set_defaults(run=_new)
    words = _("every round, newest first")
    listed = command(verbs, "list", words, example="round list")
    listed.add_argument(
        "--removed", action="store_true", help=_("those that were put away instead")
    )
    listed.set_defaults(run=_list)
    words = _("a round's plan and its checks")
    show = command(verbs, "show", words, example="round show 1ead")
    add_round(show)
    show.set_defaults(run=_show)
    round_packs.add(verbs)
    round_changes.add(verbs)
    round_people.add(verbs)
    round_collect.add(verbs)
    round_entry.add(verbs)
    round_order.add(verbs)
    round_fees.add(verbs)
    round_second.add(verbs)
    round_results.add(verbs)
    round_archive.add(verbs)
    round_history.add(verbs)


def _new(options: argparse.Namespace, out: Output, context: Context) -> int:
    loaded = load_round(options.file)
    for warning in loaded.warnings:
        out.warn(warning)
    view = rounds.create_round(context.open_bureau, loaded.plan, loaded.paths, context.clock())
    out.line(
        _("Round {id}: {title}, {applications} applications, {experts} experts").format(
            id=view.id,
            title=view.title,
            applications=len(view.plan.applications),
            experts=len(view.plan.experts),
        )
    )
    show_checks(view, out)
    out.line(next_step.after_planning(view))
    out.data(_document(view))
    return 0


def _list(options: argparse.Namespace, out: Output, context: Context) -> int:
    wanted = removing.removed_rounds if options.removed else rounds.list_rounds
    views = wanted(context.open_bureau)
    for view in views:
        out.line(f"{view.id}  {rounds.state_word(view.state)}  {view.plan.date}  {view.title}")
    if not views and options.removed:
        out.line(_("No round was put away"))
    elif not views:
        out.line(_("No rounds yet; “round new ROUND.toml” creates one"))
    out.data({"rounds": [_summary(view) for view in views]})
    return 0


def _show(options: argparse.Namespace, out: Output, context: Context) -> int:
    view = rounds.show_round(context.open_bureau, options.id)
    plan = view.plan
    out.line(f"{view.title}  [{rounds.state_word(view.state)}]")
    out.line(f"{plan.kind}  {plan.organiser}  {plan.date}  {plan.place}  {plan.scheme.id}")
    for application in plan.applications:
        out.line(f"  {application.number}  {application.name}  {application.unit}")
    for expert in plan.experts:
        numbers = " ".join(plan.assignment.get(expert.number, ()))
        out.line(f"  {expert.number}  {expert.name}  {expert.employer}: {numbers}")
    show_checks(view, out)
    out.line(next_step.after_planning(view))
    out.data(_document(view))
    return 0


def _summary(view: rounds.RoundView) -> dict[str, object]:
    return {
        "id": view.id,
        "title": view.title,
        "state": view.state.value,
        "kind": view.plan.kind.value,
        "date": view.plan.date.isoformat(),
        "applications": len(view.plan.applications),
        "experts": len(view.plan.experts),
    }


def _document(view: rounds.RoundView) -> dict[str, object]:
    plan = view.plan
    return {
        **_summary(view),
        "organiser": plan.organiser,
        "place": plan.place,
        "scheme": plan.scheme.id,
        "applications": [
            {"number": a.number, "name": a.name, "short_name": a.short_name, "unit": a.unit}
            for a in plan.applications
        ],
        "experts": [
            {"number": e.number, "name": e.name, "employer": e.employer} for e in plan.experts
        ],
        "assignment": {expert: list(numbers) for expert, numbers in plan.assignment.items()},
        "checks": [
            {
                "id": check.id,
                "ok": check.ok,
                "blocks": check.blocks,
                "overridable": check.overridable,
                "sentence": check.sentence,
                "reason": check.reason,
            }
            for check in view.checks
        ],
    }
