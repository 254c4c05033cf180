"""``round issue|roster|reissue``: what writes packs and slips."""

import argparse
from pathlib import Path

from reviewer_app.cli import next_step
from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.round_checks import check_name
from reviewer_app.cli.round_collect import expert_of
from reviewer_app.cli.usage import (
    Verbs,
    add_expert,
    add_out,
    add_reason,
    add_round,
    add_slips,
    command,
)
from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.services import issuing, packing, reissuing, roster, rounds
from reviewer_app.services.records import RoundState


def add(verbs: Verbs) -> None:
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
        out.warn(f"✗ {check.sentence}{check_name(check)}")
    if unmet:
        raise InputError(next_step.after_planning(view))


def _roster(options: argparse.Namespace, out: Output, context: Context) -> int:
    result = roster.change_roster(
        context.open_bureau,
        rounds.show_round(context.open_bureau, options.id).id,
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
        rounds.show_round(context.open_bureau, options.id).id,
        expert_of(options, context),
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
