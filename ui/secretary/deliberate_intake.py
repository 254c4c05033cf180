"""Votes from a list, opinions from a folder of texts: read and recorded in one go."""

from pathlib import Path

from reviewer_app.core.messages import ngettext
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.opinion_files import load_opinions
from reviewer_app.inputs.votes_file import load_votes
from reviewer_app.services.deliberating import record_opinion, record_votes
from reviewer_app.services.records import OpinionRecord
from ui.secretary.bureau import Bureau
from ui.views import Message


def take_votes(bureau: Bureau, path: Path) -> Message:
    """Replace the votes by those of a list and return what came of it."""
    plan = bureau.plan
    votes = load_votes(
        path,
        Numbering(each.number for each in plan.applications),
        Numbering(each.number for each in plan.experts),
    )
    counts = record_votes(bureau.open_bureau, bureau.round_id, votes, bureau.now())
    words = ngettext(
        "Votes on {count} application recorded",
        "Votes on {count} applications recorded",
        len(counts),
    )
    return Message(words.format(count=len(counts)), "ok", "circle-check")


def take_opinions(bureau: Bureau, folder: Path) -> Message:
    """Keep every opinion of a folder of text files and return what came of it."""
    numbers = Numbering(each.number for each in bureau.plan.applications)
    texts = load_opinions(folder, numbers)
    for text in texts:
        parts = (text.overall, text.problems, text.advice, text.dissent)
        number = ApplicationNumber(text.application)
        opinion = OpinionRecord(bureau.round_id, number, *parts)
        record_opinion(bureau.open_bureau, opinion, bureau.now())
    words = ngettext("{count} opinion taken in", "{count} opinions taken in", len(texts))
    return Message(words.format(count=len(texts)), "ok", "circle-check")
