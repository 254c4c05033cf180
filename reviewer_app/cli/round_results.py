"""``round results|vote|attach|papers|seal|digest|export|import|history``: after closing."""

import argparse
import json
from pathlib import Path

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, add_round, command
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, RoundId
from reviewer_app.core.tally_results import ApplicationResult
from reviewer_app.core.votes import VoteCount
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.opinion_files import load_opinions
from reviewer_app.inputs.votes_file import load_votes
from reviewer_app.services import (
    deliberating,
    findings,
    results,
    rounds,
    sealing,
    second_machine,
)
from reviewer_app.services.records import OpinionRecord


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
