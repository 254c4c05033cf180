"""What stands beside the rounds: the log of a round."""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from ui.secretary.bureau import Bureau
from ui.views import NOTHING, Act, Cell, FootView, Message, TableRow

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class LogView:
    """The log of the open round, newest first."""

    rows: tuple[TableRow, ...]
    foot: FootView


class LogPresenter:
    """Reads the append-only log of the open round."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._rows: tuple[TableRow, ...] = ()
        self._trouble = NOTHING
        self.changed: Act = lambda: None

    def enter(self) -> None:
        """Read the log."""
        self._trouble = NOTHING
        if not self.bureau.outline:
            self.changed()
            return
        open_bureau, round_id = self.bureau.open_bureau, self.bureau.round_id

        def work() -> tuple[TableRow, ...]:
            with open_bureau() as unit:
                records = unit.log(round_id)
            return tuple(_row(record.sequence, record.line) for record in reversed(records))

        self.bureau.tasks.run(work, done=self._on_read, failed=self._on_failed)

    def view(self) -> LogView:
        """Return the page as it stands."""
        words = _("Each line carries the hash of the one before; none can be changed.")
        said = Message(words, "2", "info") if self._trouble == NOTHING else self._trouble
        foot = FootView(_("Back to the round"), "Esc", left=said)
        return LogView(self._rows, foot)

    def _on_read(self, rows: tuple[TableRow, ...]) -> None:
        self._rows = rows
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self._trouble = Message(str(error), "bad", "circle-x")
        self.changed()


def event_name(event: str) -> str:
    """Return what happened, in words."""
    return {
        "round-created": _("Round created"),
        "plan-changed": _("Plan changed"),
        "check-set-aside": _("Check set aside"),
        "round-issued": _("Frozen and signed"),
        "pack-issued": _("Pack issued"),
        "roster-changed": _("Roster changed"),
        "sheet-received": _("Sheet received"),
        "sheet-refused": _("Sheet refused"),
        "key-accepted": _("New key accepted"),
        "round-closed": _("Collection closed"),
        "votes-recorded": _("Votes recorded"),
        "opinion-recorded": _("Opinion recorded"),
        "scan-attached": _("Scan attached"),
        "correction-opened": _("Correction opened"),
        "correction-kept": _("Mark kept"),
        "people-recorded": _("People of the day"),
        "paper-entered": _("Entered from paper"),
        "paper-typed": _("Typed from paper"),
        "typing-dropped": _("Typing begun anew"),
        "round-sealed": _("Archive written"),
        "round-imported": _("Round taken over"),
        "round-imported-again": _("Round taken over again"),
        "pack-reissued": _("New pack issued"),
        "round-removed": _("Round put away"),
        "round-restored": _("Round taken back"),
        "round-voided": _("Issue made void"),
        "second-opened": _("Second scoring opened"),
        "second-closed": _("Second scoring ended"),
        "order-drawn": _("Order of speaking drawn"),
        "feedback-issued": _("Feedback issued"),
        "second-machine": _("Second machine agreed"),
    }.get(event, event)


def _row(sequence: int, line: bytes) -> TableRow:
    entry = json.loads(line)
    details = entry.get("details") or {}
    words = "　".join(_detail(key, value) for key, value in details.items() if value != "")
    at = datetime.fromisoformat(str(entry["at"])).astimezone()
    return TableRow(
        str(sequence),
        (
            Cell(str(sequence), tone="text_2", sort=sequence),
            Cell(f"{at:%Y-%m-%d %H:%M:%S}", tone="text_2"),
            Cell(event_name(str(entry.get("event", "")))),
            Cell(words, tone="text_2"),
        ),
    )


def _detail_names() -> dict[str, str]:
    """Return what a detail is about, by its key in the log."""
    return {
        "application": _("application"),
        "expert": _("expert"),
        "applications": _("Applications"),
        "experts": _("Experts"),
        "file": _("file name"),
        "reason": _("reason"),
        "receipt": _("Receipt"),
        "revision": _("Revision"),
        "packs": _("Review packs"),
        "votes": _("Votes"),
        "assignment": _("Assignment"),
        "by": _("by whom"),
        "cells": _("Boxes"),
        "check": _("Check"),
        "expected": _("expected"),
        "indicator": _("indicator"),
        "instead_of": _("instead of"),
        "late": _("reason for coming late"),
        "minutes": _("Minutes"),
        "note": _("note"),
        "number": _("number"),
        "overrides": _("checks set aside"),
        "pack": _("Review pack"),
        "people": _("People of the day"),
        "received": _("received"),
        "refusal": _("kind of refusal"),
        "results": _("Results code"),
        "roster": _("Roster"),
        "round": _("Round"),
        **dict.fromkeys(("digest", "sha256"), _("fingerprint")),
        "sheet": _("Score sheet"),
        "stage": _("stage"),
        "successor": _("takes its place"),
        "title": _("name of the round"),
        "turn": _("typing"),
        "version": _("Version"),
    }


def _detail(key: str, value: object) -> str:
    """Return one detail: its subject in words, a digest as the code that papers print."""
    text = str(value)
    if _DIGEST.fullmatch(text):
        head = text[:16].upper()
        text = " ".join(head[place : place + 4] for place in range(0, 16, 4))
    return f"{_detail_names().get(key, key)} {text}"
