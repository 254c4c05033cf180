"""``round form|enter|resolve``: the coded paper form, typed in by two people."""

import argparse
from dataclasses import asdict
from pathlib import Path

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.round_collect import expert_of
from reviewer_app.cli.usage import Verbs, add_expert, add_round, command
from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.inputs.entry_file import Settled, read_settled, read_typed, typed_text
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.services import paper_entry, paper_form, rounds
from reviewer_app.services.paper_entry import EntryProgress, Form, Paper, Step
from reviewer_app.sheets.entry_cells import place_words


def add(verbs: Verbs) -> None:
    """Register the commands of the paper form."""
    words = _("print an expert's coded paper form")
    form = command(verbs, "form", words, example="round form 1ead 05 --out form-05.pdf")
    words = _("type in a hand-signed paper form; two persons, each on their own")
    enter = command(
        verbs,
        "enter",
        words,
        example='round enter 1ead 05 a.csv --by Fang --scan form-05.png --reason "no laptop"',
    )
    words = _("show and settle what two typists read differently")
    resolve = command(
        verbs,
        "resolve",
        words,
        example='round resolve 1ead 05 --cell 02/1.2=75 --by Wen --reason "as on the paper"',
    )
    for parser, run in ((form, _print), (enter, _enter), (resolve, _resolve)):
        _add_form(parser)
        parser.set_defaults(run=run)
    words = _("where the form is written")
    form.add_argument("--out", type=Path, required=True, metavar="FILE.pdf", help=words)
    _add_typing(enter)
    _add_settling(resolve)


def _add_form(parser: argparse.ArgumentParser) -> None:
    add_round(parser)
    add_expert(parser)
    words = _("1: the first scoring, 2: the second")
    parser.add_argument(
        "--stage", type=int, default=1, choices=range(1, 10), metavar="N", help=words
    )


def _add_typing(enter: argparse.ArgumentParser) -> None:
    words = _("CSV or XLSX with the columns application, indicator, score (对象编号 指标 分值)")
    enter.add_argument("file", type=Path, metavar="FILE.csv", help=words)
    enter.add_argument("--by", required=True, metavar="NAME", help=_("who typed it"))
    words = _("the scan of the signed form (first typist)")
    enter.add_argument("--scan", type=Path, metavar="FILE", help=words)
    words = _("why there is a paper form (first typist)")
    enter.add_argument("--reason", default="", metavar="TEXT", help=words)


def _add_settling(resolve: argparse.ArgumentParser) -> None:
    words = _("the settled cells as a list, instead of --cell")
    resolve.add_argument("file", type=Path, nargs="?", metavar="FILE.csv", help=words)
    resolve.add_argument("--by", default="", metavar="NAME", help=_("who settles it"))
    words = _("a cell and the value that holds; as often as needed")
    resolve.add_argument(
        "--cell",
        action="append",
        default=[],
        metavar="APPLICATION/INDICATOR=VALUE",
        help=words,
    )
    words = _("why these values hold")
    resolve.add_argument("--reason", default="", metavar="TEXT", help=words)
    resolve.add_argument(
        "--start-over", action="store_true", help=_("drop both typings, with a reason")
    )


def _form(options: argparse.Namespace, context: Context) -> Form:
    round_id = rounds.show_round(context.open_bureau, options.id).id
    return Form(round_id, expert_of(options, context), options.stage)


def _applications(form: Form, context: Context) -> Numbering:
    blank = paper_form.blank_form(context.open_bureau, form)
    return Numbering(number for number, _name in blank.applications)


def _print(options: argparse.Namespace, out: Output, context: Context) -> int:
    form = _form(options, context)
    blank = paper_form.write_form(context.open_bureau, form, options.out, context.clock())
    out.line(
        _("Form of expert {expert} {name}: {path}").format(
            expert=form.expert, name=blank.name, path=options.out
        )
    )
    out.data(
        {
            "expert": form.expert,
            "stage": form.stage,
            "file": str(options.out),
            "code": blank.code,
            "boxes": sum(len(row.boxes) for row in blank.rows),
        }
    )
    return 0


def _enter(options: argparse.Namespace, out: Output, context: Context) -> int:
    form = _form(options, context)
    typed = read_typed(options.file, _applications(form, context))
    if bool(options.scan) != bool(options.reason):
        raise InputError(_("--scan and --reason belong together"))
    paper = Paper(options.scan, options.reason) if options.scan else None
    progress = paper_entry.type_in(
        context.open_bureau, form, options.by, typed, context.clock(), paper
    )
    _tell(progress, out)
    return 0


def _resolve(options: argparse.Namespace, out: Output, context: Context) -> int:
    form, bureau = _form(options, context), context.open_bureau
    if options.start_over:
        progress = paper_entry.begin_again(
            bureau, form, options.by, options.reason, context.clock()
        )
    elif options.file or options.cell:
        settled = _settled(options, _applications(form, context))
        progress = paper_entry.settle(bureau, form, options.by, settled, context.clock())
    else:
        progress = paper_entry.progress_of(bureau, form)
    _tell(progress, out)
    return 0


def _settled(
    options: argparse.Namespace, applications: Numbering
) -> dict[tuple[str, str], Settled]:
    found = read_settled(options.file, applications) if options.file else {}
    for text in options.cell:
        place, equals, value = text.partition("=")
        number, slash, indicator = place.partition("/")
        if not (equals and slash and indicator):
            raise InputError(
                _("“{text}” is no cell; write it as 03/6.2=84, or 03/6.2= for none").format(
                    text=text[:60]
                )
            )
        application = applications.find(number, "--cell")
        found[application, indicator] = Settled(typed_text(indicator, value), options.reason)
    if options.cell and not options.reason.strip():
        raise InputError(_("Say why these values hold: --reason TEXT"))
    return found


def _tell(progress: EntryProgress, out: Output) -> None:
    expert = progress.form.expert
    out.line(
        {
            Step.NOTHING: _("Expert {expert}: nothing typed in"),
            Step.TYPED_ONCE: _(
                "Expert {expert}: typed once; now another person types it, without seeing this"
            ),
            Step.DIFFERENT: _("Expert {expert}: read differently in {count} cell(s)"),
            Step.ENTERED: _(
                "Expert {expert}: entered from paper, unsigned; revision {revision}, "
                "receipt {receipt}"
            ),
        }[progress.step].format(
            expert=expert,
            count=len(progress.differences),
            revision=progress.revision,
            receipt=progress.receipt,
        )
    )
    for each in progress.differences:
        place = place_words(each.application, each.indicator)
        out.line(f"  {place}: {each.first or '—'} | {each.second or '—'}")
    out.data(_data(progress))


def _data(progress: EntryProgress) -> dict[str, object]:
    return {
        "expert": progress.form.expert,
        "stage": progress.form.stage,
        "step": progress.step.value,
        "typed": [{"by": each.by, "at": each.at.isoformat()} for each in progress.typed],
        "differences": [asdict(each) for each in progress.differences],
        "revision": progress.revision,
        "receipt": progress.receipt,
    }
