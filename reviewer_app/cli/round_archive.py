"""``round papers|seal|export|import``: what leaves the program, and what comes back."""

import argparse
from pathlib import Path

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, add_out, add_round, command
from reviewer_app.core.messages import _
from reviewer_app.services import dossier, rounds, sealing, transfer


def add(verbs: Verbs) -> None:
    """Register papers and archive, and what travels between machines."""
    _add_papers(verbs)
    _add_transfer(verbs)


def _add_papers(verbs: Verbs) -> None:
    """Register what writes the dossier and the archive."""
    words = _("write the dossier: PDF, DOCX, XLSX")
    papers = command(verbs, "papers", words, example="round papers 1ead --out papers")
    add_round(papers)
    add_out(papers, _("a folder; papers that are there are written anew"))
    words = _("also a file of score forms for each application")
    papers.add_argument("--by-application", action="store_true", help=words)
    words = _("only what is signed on the morning: sign-in sheet, pledges, register")
    papers.add_argument("--forms", action="store_true", help=words)
    papers.set_defaults(run=_papers)
    seal = command(
        verbs,
        "seal",
        _("write the archive"),
        example="round seal 1ead archive.zip",
        about=_("Writes the archive. One-way: votes and opinions cannot be added after it."),
    )
    add_round(seal)
    words = _("the archive, which must not exist")
    seal.add_argument("file", type=Path, metavar="FILE.zip", help=words)
    seal.set_defaults(run=_seal)


def _add_transfer(verbs: Verbs) -> None:
    """Register what travels between machines."""
    words = _("carry an issued round to a second machine")
    export = command(verbs, "export", words, example="round export 1ead day.reviewround")
    add_round(export)
    export.set_defaults(run=_export)
    words = _("take in a round exported elsewhere")
    take = command(verbs, "import", words, example="round import day.reviewround")
    take.set_defaults(run=_import)
    words = _("the exported round")
    for parser in (export, take):
        parser.add_argument("file", type=Path, metavar="FILE", help=words)


def _papers(options: argparse.Namespace, out: Output, context: Context) -> int:
    round_id, now = rounds.show_round(context.open_bureau, options.id).id, context.clock()
    if options.forms:
        paths = dossier.write_forms(context.open_bureau, round_id, options.out, now)
    else:
        paths = dossier.write_dossier(
            context.open_bureau,
            round_id,
            options.out,
            now,
            out.progress(_("papers")),
            by_application=options.by_application,
        )
    for path in paths:
        out.line(str(path))
    out.data({"papers": [str(path) for path in paths]})
    return 0


def _seal(options: argparse.Namespace, out: Output, context: Context) -> int:
    round_id = rounds.show_round(context.open_bureau, options.id).id
    votes, opinions = sealing.lacking(context.open_bureau, round_id)
    if votes or opinions:
        words = _(
            "Missing, and after sealing for good: votes on {votes} and opinions on {opinions} "
            "applications"
        )
        out.warn(words.format(votes=votes, opinions=opinions))
    sealed = sealing.seal(
        context.open_bureau,
        round_id,
        options.file,
        context.clock(),
        progress=out.progress(_("papers")),
    )
    out.line(_("Archive: {path}").format(path=sealed.path))
    out.line(_("Results digest: {digest}").format(digest=sealed.results_digest))
    out.line(_("Bureau fingerprint: {code}").format(code=sealed.bureau_fingerprint))
    out.data(
        {
            "archive": str(sealed.path),
            "digest": sealed.results_digest,
            "fingerprint": sealed.fingerprint,
            "bureau_fingerprint": sealed.bureau_fingerprint,
            "without_vote": sealed.without_vote,
            "without_opinion": sealed.without_opinion,
        }
    )
    return 0


def _export(options: argparse.Namespace, out: Output, context: Context) -> int:
    transfer.export_round(
        context.open_bureau, rounds.show_round(context.open_bureau, options.id).id, options.file
    )
    out.line(_("Exported to {path}; hand it over in person").format(path=options.file))
    out.data({"file": str(options.file)})
    return 0


def _import(options: argparse.Namespace, out: Output, context: Context) -> int:
    round_id = transfer.import_round(context.open_bureau, options.file, context.clock())
    out.line(_("Imported round {id}; collect the sheets here").format(id=round_id))
    out.data({"id": round_id})
    return 0
