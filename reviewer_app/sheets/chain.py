"""Which sheet of an expert counts: by revision, never by clock, each chained to the last."""

from collections.abc import Sequence
from enum import StrEnum

from reviewer_app.core.errors import Refusal, SheetRefusedError
from reviewer_app.core.messages import _
from reviewer_app.sheets.paper_entry import NO_KEY, CountedSheet
from reviewer_app.sheets.signed_sheet import MAX_STAGE


class Step(StrEnum):
    """What a new sheet does to those already accepted."""

    FIRST = "first"
    SUPERSEDES = "supersedes"
    DUPLICATE = "duplicate"


def check_key(sheet: CountedSheet, pinned: bytes | None) -> None:
    """Pass if the sheet is signed with the key accepted last; raises SheetRefusedError.

    An entry from paper has no key and is pinned as such: what is signed and what is typed in
    never replace each other unless the secretary says so.
    """
    if pinned is None or sheet.public_key == pinned:
        return
    if pinned == NO_KEY:
        why = _("a typed-in paper form counts; the secretary has accepted no other sheet")
    elif sheet.public_key == NO_KEY:
        why = _("a signed sheet counts; the secretary has not accepted the paper form")
    else:
        why = _("signed with a second key, which the secretary has not accepted")
    _refuse(sheet, Refusal.SECOND_KEY, why)


def next_step(accepted: Sequence[CountedSheet], sheet: CountedSheet) -> Step:
    """Return what ``sheet`` does to the accepted sheets of the same expert.

    Only sheets of the same stage and key form a chain: a second key, once the secretary has
    accepted it, starts anew and supersedes. Raises SheetRefusedError for an older revision, a
    fork, or a revision whose predecessor is not there.
    """
    if any(each.digest == sheet.digest for each in accepted):
        return Step.DUPLICATE
    stage = [each for each in accepted if each.content.stage == sheet.content.stage]
    chain = [each for each in stage if each.public_key == sheet.public_key]
    if not chain:
        return Step.SUPERSEDES if stage else Step.FIRST
    _check_link(max(chain, key=_revision), sheet)
    return Step.SUPERSEDES


def counting(accepted: Sequence[CountedSheet], most: int = MAX_STAGE) -> CountedSheet | None:
    """Return the sheet that counts of an expert's sheets in the order they were accepted.

    Of those of the scorings up to ``most`` and under the key accepted last: the latest
    stage's highest revision (docs/results.md).
    """
    within = [each for each in accepted if each.content.stage <= most]
    last_key = within[-1].public_key if within else None
    mine = [each for each in within if each.public_key == last_key]
    return max(mine, key=lambda each: (each.content.stage, _revision(each)), default=None)


def _revision(sheet: CountedSheet) -> int:
    return sheet.content.revision


def _check_link(latest: CountedSheet, sheet: CountedSheet) -> None:
    have, new = latest.content.revision, sheet.content.revision
    if new < have:
        _refuse(
            sheet,
            Refusal.OLDER_REVISION,
            _("revision {new}, but revision {have} (receipt {receipt}) is already here").format(
                new=new, have=have, receipt=latest.receipt
            ),
        )
    if new > have + 1:
        _refuse(
            sheet,
            Refusal.GAP,
            _("revision {new} follows revision {missing}, which has not arrived").format(
                new=new, missing=new - 1
            ),
        )
    if new == have or sheet.content.previous != latest.digest:
        _refuse(
            sheet,
            Refusal.FORK,
            _("revision {new} contradicts revision {have} (receipt {receipt})").format(
                new=new, have=have, receipt=latest.receipt
            ),
        )


def _refuse(sheet: CountedSheet, refusal: Refusal, sentence: str) -> None:
    expert = sheet.assignment.document.expert.number
    raise SheetRefusedError(
        refusal,
        _("Expert {expert}, receipt {receipt}: {why}").format(
            expert=expert, receipt=sheet.receipt, why=sentence
        ),
    )
