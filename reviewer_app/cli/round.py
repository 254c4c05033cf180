"""``reviewer-app round``: the secretary's commands, in the order of the day."""

import argparse
from pathlib import Path

from reviewer_app.cli import (
    next_step,
    round_changes,
    round_collect,
    round_entry,
    round_fees,
    round_order,
    round_people,
    round_results,
    round_second,
)
from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import (
    Verbs,
    add_expert,
    add_out,
    add_reason,
    add_round,
    add_slips,
    command,
    commands,
)
from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.panel_checks import PanelCheck
from reviewer_app.core.round import RoundId
from reviewer_app.inputs.round_file import load_round
from reviewer_app.services import issuing, packing, reissuing, removing, roster, rounds
from reviewer_app.services.records import RoundState


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
    _add_packs(verbs)
    round_changes.add(verbs)
    round_people.add(verbs)
    round_collect.add(verbs)
    round_entry.add(verbs)
    round_order.add(verbs)
    round_fees.add(verbs)
    round_second.add(verbs)
    round_results.add(verbs)


def _add_packs(verbs: Verbs) -> None:
    """Register the commands that write packs."""
    words = _("freeze the rules and write one pack per expert")
    issue = command(
        verbs, "issue", words, example="round issue 1ead --out packs --slips slips.pdf"
    )
    words = _("replace or withdraw an expert, with a reason")
    change = command(
        verbs,
        "roster",
        words,
        example="round roster 1ead ROSTER.toml --out packs --slips slip-04.pdf",
    )
    words = _("a new pack for the same expert: the slip or the stick was lost")
    again = command(
        verbs,
        "reissue",
        words,
        example='round reissue 1ead 03 --reason "slip lost" --out packs --slips slip-03.pdf',
    )
    for parser in (issue, change, again):
        add_round(parser)
    words = _("who replaces whom and why (docs/guide.md)")
    change.add_argument("file", type=Path, metavar="ROSTER.toml", help=words)
    add_expert(again)
    add_reason(again)
    for parser in (issue, again):
        add_out(parser, _("where packs are written"))
        add_slips(parser)
    add_out(change, _("where a new pack is written"), required=False)
    add_slips(change, required=False)
    issue.set_defaults(run=_issue)
    change.set_defaults(run=_roster)
    again.set_defaults(run=_reissue)


def round_id_of(options: argparse.Namespace, context: Context) -> RoundId:
    """Return the id of the round named on the command line; raises NotFoundError."""
    return rounds.show_round(context.open_bureau, options.id).id


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
    _show_checks(view, out)
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
    _show_checks(view, out)
    out.line(next_step.after_planning(view))
    out.data(_document(view))
    return 0


def _issue(options: argparse.Namespace, out: Output, context: Context) -> int:
    view = rounds.show_round(context.open_bureau, options.id)
    if view.state is RoundState.PREPARING:
        _refuse_unmet(view, out)
    result = issuing.issue(
        context.open_bureau,
        view.id,
        options.out,
        options.slips,
        context.clock(),
        out.progress(_("packs")),
    )
    _show_packs(result.packs, out)
    out.line(_("Slips: {path}").format(path=result.slips))
    out.line(_("Round fingerprint: {code}").format(code=result.fingerprint))
    out.line(_("Bureau fingerprint: {code}").format(code=result.bureau_fingerprint))
    out.line(next_step.after(view.id, RoundState.ISSUED))
    out.data(
        {
            "packs": _packs(result.packs),
            "slips": str(result.slips),
            "fingerprint": result.fingerprint,
            "bureau_fingerprint": result.bureau_fingerprint,
        }
    )
    return 0


def _refuse_unmet(view: rounds.RoundView, out: Output) -> None:
    """Name every check that is not met, each on a line, and what can be done about them."""
    unmet = [check for check in view.checks if check.blocks]
    for check in unmet:
        out.warn(f"✗ {check.sentence}{_check_name(check)}")
    if unmet:
        raise InputError(next_step.after_planning(view))


def _roster(options: argparse.Namespace, out: Output, context: Context) -> int:
    result = roster.change_roster(
        context.open_bureau,
        round_id_of(options, context),
        options.file,
        roster.Places(options.out, options.slips),
        context.clock(),
    )
    for sentence in result.sentences:
        out.line(sentence)
    _show_packs(result.packs, out)
    if result.slips is not None:
        out.line(_("Slip: {path}").format(path=result.slips))
    out.data(
        {
            "version": result.version,
            "packs": _packs(result.packs),
            "slips": str(result.slips) if result.slips else None,
            "changes": list(result.sentences),
        }
    )
    return 0


def _reissue(options: argparse.Namespace, out: Output, context: Context) -> int:
    result = reissuing.reissue_pack(
        context.open_bureau,
        round_id_of(options, context),
        round_collect.expert_of(options, context),
        options.reason,
        (options.out, options.slips),
        context.clock(),
    )
    _show_packs((result.pack,), out)
    out.line(_("Slip: {path}").format(path=result.slips))
    if result.counting:
        out.line(
            _("Until a sheet from the new pack comes, receipt {receipt} counts").format(
                receipt=result.counting
            )
        )
    out.data(
        {
            "packs": _packs((result.pack,)),
            "slips": str(result.slips),
            "counting": result.counting,
        }
    )
    return 0


def _show_packs(packs: tuple[packing.IssuedPack, ...], out: Output) -> None:
    for pack in packs:
        out.line(
            _("Expert {expert} {name}: {path} ({size} bytes)").format(
                expert=pack.expert.number, name=pack.expert.name, path=pack.path, size=pack.size
            )
        )


def _packs(packs: tuple[packing.IssuedPack, ...]) -> list[dict[str, str | int]]:
    return [
        {
            "expert": pack.expert.number,
            "pack_id": pack.pack_id,
            "file": str(pack.path),
            "size": pack.size,
        }
        for pack in packs
    ]


def _show_checks(view: rounds.RoundView, out: Output) -> None:
    for check in view.checks:
        sign = "✓" if check.ok else "✗" if check.blocks else "!"
        reason = f" ({check.reason})" if check.reason else ""
        out.line(f"  {sign} {check.sentence}{reason}{_check_name(check)}")


def _check_name(check: PanelCheck) -> str:
    """Return the name of a check that is not met, as [[override]] wants it."""
    if check.ok:
        return ""
    words = "  [{name}]" if check.overridable else _("  [{name}: must be met]")
    return words.format(name=check.id)


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
