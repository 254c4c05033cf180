"""``round fees``: the sheet on which experts sign for their fee."""

import argparse
from fractions import Fraction

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, add_out, add_round, command
from reviewer_app.core.errors import InputError, NumberError
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import parse_decimal
from reviewer_app.services import fees, rounds


def add(verbs: Verbs) -> None:
    """Register the command of the fee sheet."""
    words = _("the sheet on which experts sign for their fee; amounts may stay blank")
    sheet = command(verbs, "fees", words, example="round fees 1ead --out papers --rate 800")
    add_round(sheet)
    add_out(sheet, _("a folder; papers that are there are written anew"))
    words = _("what everybody gets a day, before tax")
    sheet.add_argument("--rate", default="", metavar="YUAN", help=words)
    words = _("for how many days, such as 0.5")
    sheet.add_argument("--days", default="", metavar="N", help=words)
    sheet.set_defaults(run=_fees)


def _fees(options: argparse.Namespace, out: Output, context: Context) -> int:
    fee = fees.Fee(_amount(options.rate, "--rate"), _amount(options.days, "--days"))
    round_id = rounds.show_round(context.open_bureau, options.id).id
    paths = fees.write_fees(context.open_bureau, round_id, options.out, context.clock(), fee)
    for path in paths:
        out.line(str(path))
    out.data({"papers": [str(path) for path in paths]})
    return 0


def _amount(text: str, name: str) -> Fraction | None:
    if not text:
        return None
    try:
        value = parse_decimal(text)
    except NumberError:
        value = Fraction(-1)
    if value <= 0:
        raise InputError(
            _("{name}: “{text}” is no amount above zero").format(name=name, text=text)
        )
    return value
