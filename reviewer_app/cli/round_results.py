"""``round results|vote|attach|papers|seal|digest|export|import|history``: after closing."""

import argparse
import json
from pathlib import Path

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, add_out, add_round, command
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, RoundId
from reviewer_app.core.tally_results import ApplicationResult
from reviewer_app.core.votes import VoteCount
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.opinion_files import load_opinions
from reviewer_app.inputs.votes_file import load_votes
from reviewer_app.services import (
    deliberating,
    dossier,
    findings,
    history,
    results,
    rounds,
    sealing,
    second_machine,
    transfer,
)
from reviewer_app.services.records import HistoryRecord, OpinionRecord


def add(verbs: Verbs) -> None:
    """Register the commands that follow closing."""
    words = _("totals, ranking, statistics, re-checks")
    shown = command(verbs, "results", words, example="round results 1ead")
    words = _("the results digest, to compare two machines")
    digest = command(verbs, "digest", words, example="round digest 1ead")
    words = _("record votes and opinions")
    vote = command(
        verbs, "vote", words, example="round vote 1ead VOTES.csv --opinions opinions"
    )
    words = _("keep scans of hand-signed papers")
    attach = command(verbs, "attach", words, example="round attach 1ead scans/minutes.pdf")
    runs = ((shown, _results), (digest, _digest), (vote, _vote), (attach, _attach))
    for parser, run in runs:
        add_round(parser)
        parser.set_defaults(run=run)
    words = _("the code that a second machine shows; that it is the same is recorded")
    digest.add_argument("--same-as", metavar="CODE", default="", help=words)
    words = _("a row a vote, or a row a count of paper ballots (docs/guide.md)")
    vote.add_argument("file", type=Path, metavar="VOTES.csv", help=words)
    words = _("one text per application")
    vote.add_argument("--opinions", type=Path, metavar="DIR", help=words)
    words = _("PDF, PNG, JPEG or TIFF")
    attach.add_argument("files", nargs="+", type=Path, metavar="FILE", help=words)
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
    """Register what travels between machines and years."""
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
    words = _("a unit's results over the years")
    past = command(verbs, "history", words, example="round history 括苍海洋装备有限公司")
    words = _("the unit's name as in the applications")
    past.add_argument("unit", metavar="UNIT", help=words)
    past.set_defaults(run=_history)


def _round_id(options: argparse.Namespace, context: Context) -> RoundId:
    return rounds.show_round(context.open_bureau, options.id).id


def _results(options: argparse.Namespace, out: Output, context: Context) -> int:
    found = results.results_of(context.open_bureau, _round_id(options, context))
    for result in found.tally.ranked():
        out.line(_result_line(found, result))
    for sentence in found.rule_sentences:
        out.line(sentence)
    for flag in found.flags:
        out.line(findings.flag_sentence(flag))
    for line in findings.in_words(found):
        out.line(line)
    out.line(_("Results digest: {digest}").format(digest=found.digest))
    out.data(
        {
            "digest": found.digest,
            "results": json.loads(found.text),
            "statistics": findings.statistics_data(found),
        }
    )
    return 0


def _result_line(found: results.Results, result: ApplicationResult) -> str:
    application = results.application_of(found.seating, result.number)
    place = str(result.rank) if result.rank is not None else "—"
    figure = result.published or "—"
    return f"{place:>3}  {result.number}  {figure:>7}  {result.band or ''}  {application.name}"


def _digest(options: argparse.Namespace, out: Output, context: Context) -> int:
    round_id = _round_id(options, context)
    if options.same_as:
        bureau, now = context.open_bureau, context.clock()
        second_machine.compare_code(bureau, round_id, options.same_as, now)
        out.line(_("Both machines agree; the log tells it"))
    with context.open_bureau() as unit:
        two = second_machine.two_machines(unit, results.load_results(unit, round_id))
    out.line(two.results)
    if two.sheets != two.results:
        out.line(_("Without the votes recorded here: {digest}").format(digest=two.sheets))
    out.data({"digest": two.results, "sheets_digest": two.sheets, "agreed": two.agreed})
    return 0


def _vote(options: argparse.Namespace, out: Output, context: Context) -> int:
    view, now = rounds.show_round(context.open_bureau, options.id), context.clock()
    applications = Numbering(a.number for a in view.plan.applications)
    experts = Numbering(e.number for e in view.plan.experts)
    votes = load_votes(options.file, applications, experts)
    opinions = load_opinions(options.opinions, applications) if options.opinions else ()
    counts = deliberating.record_votes(context.open_bureau, view.id, votes, now)
    for text in opinions:
        deliberating.record_opinion(
            context.open_bureau,
            OpinionRecord(
                view.id,
                ApplicationNumber(text.application),
                text.overall,
                text.problems,
                text.advice,
                text.dissent,
            ),
            now,
        )
    for number, count in counts.items():
        out.line(_vote_line(number, count))
    out.data(
        {
            "applications": {number: _count(count) for number, count in counts.items()},
            "opinions": [text.application for text in opinions],
        }
    )
    return 0


def _vote_line(number: str, count: VoteCount) -> str:
    verdict = _("passed") if count.passed else _("not passed")
    return _(
        "{number}: {approve} for, {reject} against, {abstain} abstained: {verdict}"
    ).format(
        number=number,
        approve=count.approve,
        reject=count.reject,
        abstain=count.abstain,
        verdict=verdict,
    )


def _count(count: VoteCount) -> dict[str, object]:
    return {
        "approve": count.approve,
        "reject": count.reject,
        "abstain": count.abstain,
        "needed": count.needed,
        "passed": count.passed,
        "unanimous": count.unanimous,
    }


def _attach(options: argparse.Namespace, out: Output, context: Context) -> int:
    names = sealing.attach(
        context.open_bureau, _round_id(options, context), options.files, context.clock()
    )
    for name in names:
        out.line(_("Attached: {name}").format(name=name))
    out.data({"attached": names})
    return 0


def _papers(options: argparse.Namespace, out: Output, context: Context) -> int:
    round_id, now = _round_id(options, context), context.clock()
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
    sealed = sealing.seal(
        context.open_bureau,
        _round_id(options, context),
        options.file,
        context.clock(),
        progress=out.progress(_("papers")),
    )
    out.line(_("Archive: {path}").format(path=sealed.path))
    out.line(_("Results digest: {digest}").format(digest=sealed.results_digest))
    out.line(_("Bureau fingerprint: {code}").format(code=sealed.bureau_fingerprint))
    if sealed.without_vote or sealed.without_opinion:
        words = _(
            "Sealed for good without votes on {votes} and opinions on {opinions} applications"
        )
        out.warn(words.format(votes=sealed.without_vote, opinions=sealed.without_opinion))
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
    transfer.export_round(context.open_bureau, _round_id(options, context), options.file)
    out.line(_("Exported to {path}; hand it over in person").format(path=options.file))
    out.data({"file": str(options.file)})
    return 0


def _import(options: argparse.Namespace, out: Output, context: Context) -> int:
    round_id = transfer.import_round(context.open_bureau, options.file, context.clock())
    out.line(_("Imported round {id}; collect the sheets here").format(id=round_id))
    out.data({"id": round_id})
    return 0


def _history(options: argparse.Namespace, out: Output, context: Context) -> int:
    found = history.history_of(context.open_bureau, options.unit)
    for record in found.results:
        place = record.rank if record.rank is not None else "—"
        out.line(
            f"{record.date}  {record.kind}  {record.published}  {place}  {record.band}  "
            f"{record.round_title}"
        )
    if not found.results:
        out.line(_("No published result of this unit is kept here"))
    for proposal in found.proposals:
        out.line(f"{proposal.proposal}: {proposal.quote} ({proposal.source})")
    out.data(
        {
            "unit": found.unit,
            "results": [_published(record) for record in found.results],
            "proposals": [
                {
                    "proposal": proposal.proposal,
                    "quote": proposal.quote,
                    "source": proposal.source,
                    "evidence": list(proposal.evidence),
                }
                for proposal in found.proposals
            ],
        }
    )
    return 0


def _published(record: HistoryRecord) -> dict[str, object]:
    return {
        "date": record.date,
        "kind": record.kind,
        "round": record.round_title,
        "application": record.application,
        "name": record.name,
        "scheme": record.scheme,
        "published": record.published,
        "rank": record.rank,
        "band": record.band,
    }
