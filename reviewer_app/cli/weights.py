"""``weights``: weights proposed from comparisons or from data, for somebody to confirm."""

import argparse
from pathlib import Path

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, command
from reviewer_app.core.messages import _
from reviewer_app.services.weighting import Weighting, proposal_data, propose_weights
from reviewer_app.statistics.ahp import LIMIT


def add(subparsers: Verbs) -> None:
    """Register the command and its methods."""
    parser = command(
        subparsers,
        "weights",
        _("propose weights from a matrix"),
        example="weights ahp pairs.csv",
        about=_("Proposes weights that sum to 1, for the organiser to confirm or change."),
    )
    parser.add_argument(
        "method",
        choices=[each.value for each in Weighting],
        help=_("ahp: comparisons in pairs; entropy, critic: figures of each application"),
    )
    parser.add_argument(
        "matrix",
        type=Path,
        nargs="+",
        metavar="MATRIX.csv",
        help=_("a header row of names, then rows; for AHP one matrix an expert"),
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, out: Output, _context: Context) -> int:
    """Print the proposed weights; comparisons that contradict each other are warned of."""
    proposal = propose_weights(Weighting(options.method), options.matrix)
    out.data(proposal_data(proposal))
    for name, weight in proposal.weights:
        out.line(f"{weight:.6f}  {name}")
    found = proposal.hierarchy
    if found is not None:
        out.line(f"λmax {found.lambda_max:.6f}  CI {found.index:.6f}  CR {found.ratio:.6f}")
        several = proposal.own if len(proposal.own) > 1 else ()
        for name, each in (("", found), *several):
            if not each.consistent:
                warning = _("CR {ratio:.3f} is above {limit}: revise the comparisons").format(
                    ratio=each.ratio, limit=LIMIT
                )
                out.warn(f"{name}: {warning}" if name else warning)
    return 0
