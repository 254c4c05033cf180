"""``aggregate``: a table of marks becomes totals and places under stated rules."""

import argparse
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from resources import scheme_ids, scheme_path
from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, command
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding
from reviewer_app.core.rules import AggregationLevel, Method, Normalise, RankBasis, ReviewRules
from reviewer_app.core.rules_data import load_rules, rules_from_data, rules_to_data
from reviewer_app.core.rules_words import footing_in_words, rules_in_words
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.scheme_data import load_scheme
from reviewer_app.inputs.marks_table import MarksTable, read_marks
from reviewer_app.inputs.matrices import read_weights
from reviewer_app.services.aggregation import (
    Aggregate,
    aggregate,
    aggregate_data,
    flat_scheme,
    weighted_scheme,
)

_MOST_DIGITS = 6


def add(subparsers: Verbs) -> None:
    """Register the command and its options."""
    parser = command(
        subparsers,
        "aggregate",
        _("totals and places from a table of marks"),
        example="aggregate marks.csv --method trimmed --digits 2",
        about=_("Turns a table of marks into totals and places; no round is needed."),
    )
    parser.add_argument(
        "marks",
        type=Path,
        metavar="MARKS",
        help=_("CSV or XLSX, a row a mark: application, expert, indicator, score"),
    )
    _add_rules(parser)
    parser.add_argument("--weights", type=Path, metavar="W.csv", help=_("indicator,weight"))
    parser.add_argument("--missing", choices=["exclude"], help=_("leave out sheets with gaps"))
    parser.set_defaults(run=run)


def _add_rules(parser: argparse.ArgumentParser) -> None:
    """Let the command take rules: from a file, or one by one."""
    parser.add_argument(
        "--rules", type=Path, metavar="RULES.toml", help=_("rules from a file (docs/rules.md)")
    )
    scale = parser.add_mutually_exclusive_group()
    scale.add_argument("--scheme", metavar="ID|FILE", help=_("scales, headings and weights"))
    scale.add_argument("--sum", action="store_true", help=_("do not divide by the weights"))
    for name, kinds, words in (
        ("--method", Method, _("how the experts' figures are combined")),
        ("--level", AggregationLevel, _("combine totals, or each indicator's marks")),
        ("--normalise", Normalise, _("put the experts on one yardstick first")),
        ("--rounding", Rounding, _("how the published figure is rounded")),
        ("--rank-basis", RankBasis, _("rank by the exact figure or the published one")),
    ):
        parser.add_argument(name, choices=[each.value for each in kinds], help=words)
    for name in ("--drop-high", "--drop-low"):
        parser.add_argument(name, type=_count, metavar="N", help=_("counts with trimmed only"))
    parser.add_argument(
        "--minimum-sheets",
        type=_count,
        metavar="N",
        help=_("with fewer sheets nothing is dropped"),
    )
    parser.add_argument(
        "--digits", type=_digits, metavar="N", help=_("decimals of the published figure")
    )


def run(options: argparse.Namespace, out: Output, _context: Context) -> int:
    """Tally the table and print places, figures and the rules that made them."""
    rules = chosen_rules(options)
    table = read_marks(options.marks)
    weights = read_weights(options.weights) if options.weights else None
    result = aggregate(
        table,
        rules,
        _scheme(options, table, weights),
        checked=options.scheme is not None,
        exclude_missing=options.missing == "exclude",
    )
    out.data(aggregate_data(result))
    _warn(result, out)
    _print(result, out)
    return 0


def chosen_rules(options: argparse.Namespace) -> ReviewRules:
    """Return the rules of the file, or the defaults, as the command line changes them.

    Where more sheets are to be dropped than may be trimmed at all, that number follows.
    """
    data = rules_to_data(load_rules(options.rules) if options.rules else ReviewRules())
    for table, key, value in (
        ("aggregation", "method", options.method),
        ("aggregation", "level", options.level),
        ("aggregation", "drop_high", options.drop_high),
        ("aggregation", "drop_low", options.drop_low),
        ("aggregation", "minimum_sheets", options.minimum_sheets),
        ("aggregation", "normalise", options.normalise),
        ("rounding", "mode", options.rounding),
        ("rounding", "result_digits", options.digits),
        ("ranking", "basis", options.rank_basis),
    ):
        if value is not None:
            data[table][key] = value
    aggregation = data["aggregation"]
    if options.minimum_sheets is None:
        dropped = aggregation["drop_high"] + aggregation["drop_low"]
        aggregation["minimum_sheets"] = max(aggregation["minimum_sheets"], dropped + 1)
    return rules_from_data(data, _("command line"))


def _scheme(
    options: argparse.Namespace, table: MarksTable, weights: Mapping[str, Fraction] | None
) -> Scheme:
    if options.scheme is None:
        return flat_scheme(table, weights, plain_sum=options.sum)
    known = options.scheme in scheme_ids()
    path = scheme_path(options.scheme) if known else Path(options.scheme)
    return weighted_scheme(load_scheme(path), weights)


def _warn(result: Aggregate, out: Output) -> None:
    for gap in result.excluded:
        out.warn(gap.sentence())
    aggregation = result.rules.aggregation
    drops = aggregation.drop_high + aggregation.drop_low
    if aggregation.method is not Method.TRIMMED or not drops:
        return
    for line in result.lines:
        if line.sheets and not line.result.trimmed:
            out.warn(
                _("Not trimmed: application {application} has {count} sheets").format(
                    application=line.result.number, count=line.sheets
                )
            )
        elif line.result.untrimmed:
            out.warn(
                _("Not trimmed: application {application}, indicators {codes}").format(
                    application=line.result.number, codes=", ".join(line.result.untrimmed)
                )
            )


def _print(result: Aggregate, out: Output) -> None:
    for line in result.lines:
        out.line(
            _("{rank:>4}  {total:>10}  {application}  ({count} sheets)").format(
                rank=line.result.rank or "—",
                total=line.result.published or "—",
                application=line.result.number,
                count=line.sheets,
            )
        )
    said = () if result.footing is None else footing_in_words(result.footing)
    for sentence in (*rules_in_words(result.rules), *said):
        out.line(sentence)


def _count(text: str) -> int:
    return _within(text, 0, 9999)


def _digits(text: str) -> int:
    return _within(text, 0, _MOST_DIGITS)


def _within(text: str, least: int, most: int) -> int:
    if text.isascii() and text.isdecimal() and least <= int(text) <= most:
        return int(text)
    raise argparse.ArgumentTypeError(
        _("expected a whole number from {least} to {most}").format(least=least, most=most)
    )
