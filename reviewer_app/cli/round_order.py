"""``round order``: the order of speaking, drawn by lot from a seed that the log keeps."""

import argparse
from pathlib import Path

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, add_round, command
from reviewer_app.core.messages import _
from reviewer_app.services import rounds, speaking, speaking_paper
from reviewer_app.services.speaking import Draw, Wish


def add(verbs: Verbs) -> None:
    """Register the command of the order of speaking."""
    words = _("the order of speaking: --draw it by lot, or show it")
    order = command(verbs, "order", words, example="round order 1ead --draw --out order.pdf")
    add_round(order)
    words = _("draw it; again only with a reason")
    order.add_argument("--draw", action="store_true", help=words)
    words = _("a seed somebody gives on the spot")
    order.add_argument("--seed", default="", metavar="TEXT", help=words)
    words = _("who gives the seed")
    order.add_argument("--by", default="", metavar="NAME", help=words)
    words = _("why it is drawn again")
    order.add_argument("--reason", default="", metavar="TEXT", help=words)
    words = _("write it on paper")
    order.add_argument("--out", type=Path, metavar="FILE.pdf", help=words)
    order.set_defaults(run=_order)


def _order(options: argparse.Namespace, out: Output, context: Context) -> int:
    view = rounds.show_round(context.open_bureau, options.id)
    bureau, now = context.open_bureau, context.clock()
    if options.draw:
        wish = Wish(options.seed, options.by, options.reason)
        speaking.draw_order(bureau, view.id, wish, now)
    found = speaking.draws_of(bureau, view.id)
    if options.out:
        speaking_paper.write_order(bureau, view.id, options.out, now)
    names = {str(each.number): each.name for each in view.plan.applications}
    for draw in found[-1:]:
        for place, number in enumerate(draw.order, 1):
            out.line(f"{place:>3}  {number}  {names.get(number, '')}")
        out.line(_("Seed: {seed}").format(seed=draw.seed))
        if speaking.is_stale(draw, view.plan):
            out.warn(_("The applications changed since the order was drawn; draw it again"))
    if not found:
        out.line(_("The order of speaking has not been drawn yet"))
    if options.out:
        out.line(str(options.out))
    out.data(
        {
            "round": view.id,
            "order": list(found[-1].order) if found else [],
            "draws": [_document(each, view.id) for each in found],
            "file": str(options.out) if options.out else None,
        }
    )
    return 0


def _document(draw: Draw, round_id: str) -> dict[str, object]:
    return {
        "draw": draw.number,
        "seed": draw.seed,
        "by": draw.by,
        "reason": draw.reason,
        "at": draw.at.isoformat(),
        "order": list(draw.order),
        "lots": list(draw.lots(round_id)),
    }
