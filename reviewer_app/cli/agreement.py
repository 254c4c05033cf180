"""``agreement``: how far the experts of a table of marks agree."""

import argparse
from pathlib import Path

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, command
from reviewer_app.core.messages import _
from reviewer_app.inputs.marks_table import read_marks
from reviewer_app.inputs.matrices import read_weights
from reviewer_app.services.aggregation import flat_scheme, panel_of
from reviewer_app.services.agreement import (
    Agreement,
    agreement,
    agreement_data,
    totals_of_panel,
)
from reviewer_app.statistics.totals import Undefined


def add(subparsers: Verbs) -> None:
    """Register the command and its options."""
    parser = command(
        subparsers,
        "agreement",
        _("Kendall's W, ICC, Krippendorff's alpha, leniency"),
        example="agreement marks.csv",
        about=_("Tells how far the experts of a table of marks agree; advisory only."),
    )
    parser.add_argument(
        "marks",
        type=Path,
        metavar="MARKS",
        help=_("CSV or XLSX, a row a mark: application, expert, indicator, score"),
    )
    parser.add_argument("--weights", type=Path, metavar="W.csv", help=_("indicator,weight"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, out: Output, _context: Context) -> int:
    """Compute every measure on the experts' totals; sheets with gaps have none."""
    table = read_marks(options.marks)
    weights = read_weights(options.weights) if options.weights else None
    panel, gaps = panel_of(table, flat_scheme(table, weights))
    found = agreement(totals_of_panel(panel))
    out.data(agreement_data(found))
    for gap in gaps:
        out.warn(gap.sentence())
    _print(found, out)
    return 0


def _print(found: Agreement, out: Output) -> None:
    w = found.kendall_w
    if isinstance(w, Undefined):
        out.line(f"Kendall W: {w.why}")
    else:
        out.line(f"Kendall W {w.w:.3f}  chi2({w.degrees}) = {w.chi_squared:.3f}  p = {w.p:.3g}")
    for name, form in found.icc.items():
        if isinstance(form, Undefined):
            out.line(f"{name}: {form.why}")
        elif isinstance(form.interval, Undefined):
            out.line(f"{name} {form.value:.3f}  {form.interval.why}")
        else:
            low, high = form.interval
            out.line(f"{name} {form.value:.3f}  95 % [{low:.3f}, {high:.3f}]")
    for name, value in found.alpha.items():
        out.line(f"Krippendorff alpha {name}: {_shown(value)}")
    for stance in found.stances:
        out.line(
            _(
                "Expert {expert}: leniency {leniency}, agreement with the others {agreement}"
            ).format(
                expert=stance.expert,
                leniency=_shown(
                    stance.leniency
                    if isinstance(stance.leniency, Undefined)
                    else float(stance.leniency)
                ),
                agreement=_shown(stance.agreement),
            )
        )


def _shown(value: float | Undefined) -> str:
    return value.why if isinstance(value, Undefined) else f"{value:.3f}"
