"""``round history``: a unit's results over the years, and archives of years before."""

import argparse
from pathlib import Path

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, command
from reviewer_app.cli.verify import add_bureau_key
from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _, ngettext
from reviewer_app.services import history
from reviewer_app.services.history_import import TakenIn, take_in_archive
from reviewer_app.services.records import HistoryRecord


def add(verbs: Verbs) -> None:
    """Register the command."""
    words = _("a unit's results over the years")
    past = command(
        verbs,
        "history",
        words,
        example="round history 括苍海洋装备有限公司 --import 2025.zip",
        about=_(
            "Shows a unit's results over the years, and takes in those of sealed archives."
        ),
    )
    words = _("the unit's name as in the applications")
    past.add_argument("unit", metavar="UNIT", nargs="?", default="", help=words)
    words = _("verify a sealed archive and keep its results, once")
    past.add_argument(
        "--import",
        dest="archives",
        type=Path,
        action="append",
        metavar="ARCHIVE.zip",
        help=words,
    )
    add_bureau_key(past)
    past.set_defaults(run=_history)


def _history(options: argparse.Namespace, out: Output, context: Context) -> int:
    archives: list[Path] = options.archives or []
    if not options.unit and not archives:
        raise InputError(_("Name a unit, or an archive to take in with --import"))
    document: dict[str, object] = {}
    if archives:
        taken = [_take_in(path, options.bureau_key or "", out, context) for path in archives]
        document["imported"] = taken
    if options.unit:
        document |= _tell(history.history_of(context.open_bureau, options.unit), out)
    out.data(document)
    return 0


def _take_in(path: Path, bureau_key: str, out: Output, context: Context) -> dict[str, object]:
    found = take_in_archive(context.open_bureau, path, bureau_key)
    out.line(taken_in_words(found))
    if found.new and not bureau_key:
        words = _("Signed with the key {key}; compare it with the minutes of that year")
        out.line("  " + words.format(key=found.bureau_key))
    return {
        "file": str(path),
        "id": found.round_id,
        "round": found.title,
        "date": found.date.isoformat(),
        "results": found.results,
        "new": found.new,
        "archive": found.archive,
        "bureau_fingerprint": found.bureau_key,
    }


def taken_in_words(found: TakenIn) -> str:
    """Return what came of an archive, in one line."""
    if not found.new:
        words = _("“{title}” was known already; nothing was changed")
        return words.format(title=found.title)
    words = ngettext(
        "“{title}” of {date}: {count} result taken in",
        "“{title}” of {date}: {count} results taken in",
        found.results,
    )
    return words.format(title=found.title, date=found.date.isoformat(), count=found.results)


def _tell(found: history.UnitHistory, out: Output) -> dict[str, object]:
    for record in found.results:
        place = record.rank if record.rank is not None else "—"
        source = f"  {history.source_of(record)}" if record.archive else ""
        out.line(
            f"{record.date}  {record.kind}  {record.published}  {place}  {record.band}  "
            f"{record.round_title}{source}"
        )
    if not found.results:
        out.line(_("No published result of this unit is kept here"))
    for proposal in found.proposals:
        out.line(f"{proposal.proposal}: {proposal.quote} ({proposal.source})")
        out.line("  " + _("Rests on: {rounds}").format(rounds="；".join(proposal.evidence)))
    return {
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
        "archive": record.archive or None,
        "bureau_fingerprint": record.bureau_key or None,
    }
