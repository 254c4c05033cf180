"""A second scoring in an archive: walked through the log, its feedback derived again."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from reviewer_app.core.errors import ArchiveError, SheetRefusedError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber
from reviewer_app.core.safe_zip import shown
from reviewer_app.services.archive_documents import LoggedEntry
from reviewer_app.services.archive_log import CLOSED, ENTERED, RECEIVED, Evidence
from reviewer_app.services.records import SheetRecord
from reviewer_app.services.results import Results
from reviewer_app.services.seating import Seating
from reviewer_app.services.second_figures import kept_first, panel_figures, scored_again
from reviewer_app.services.stage_door import refuse_out_of_stage
from reviewer_app.services.stages import ENDED, FEEDBACK, FIRST, OPENED, second_of
from reviewer_app.sheets import archive, json_text
from reviewer_app.sheets.archive import Contents
from reviewer_app.sheets.feedback import figures_text


def second_held(evidence: Evidence, contents: Contents) -> bool:
    """Tell whether log, files or sheets speak of a second scoring."""
    told = any(line.entry.event in (OPENED, ENDED, FEEDBACK) for line in evidence.log)
    again = any(sheet.content.stage > FIRST for sheet in evidence.answers.values())
    return told or again or archive.FEEDBACK in contents.names()


def check_second(evidence: Evidence, contents: Contents, own: Results) -> tuple[str, None]:
    """Walk the log through the second scoring; raises ArchiveError at the first fault."""
    walk = _Walk(evidence, contents, own.seating)
    for place, line in enumerate(evidence.log):
        walk.take(line, evidence.log[: place + 1])
    if walk.steps != [CLOSED, OPENED, ENDED]:
        raise ArchiveError(
            _("the log does not tell of one second scoring, opened after closing and ended")
        )
    return _(
        "second scoring: feedback derived again from the first sheets; kept the first: {kept}"
    ).format(kept=", ".join(kept_first(own.seating)) or _("nobody")), None


@dataclass
class _Walk:
    """The round as it fills up, line by line."""

    evidence: Evidence
    contents: Contents
    whole: Seating
    steps: list[str] = field(default_factory=list)
    records: list[SheetRecord] = field(default_factory=list)

    def take(self, line: LoggedEntry, so_far: Sequence[LoggedEntry]) -> None:
        """Take one line of the log, and refuse what may not follow there."""
        event, details = line.entry.event, line.entry.details
        if event in (RECEIVED, ENTERED):
            self._answer(str(details.get("digest")), so_far)
        if event in (CLOSED, OPENED, ENDED):
            self.steps.append(event)
        if event == OPENED:
            self._opened(details)
        elif event == FEEDBACK:
            self._letter(ExpertNumber(str(details.get("expert"))), details.get("first"))
        elif event == ENDED:
            self._ended(details)

    def _now(self) -> Seating:
        return replace(self.whole, records=tuple(self.records))

    def _answer(self, digest: str, so_far: Sequence[LoggedEntry]) -> None:
        record = next((e for e in self.whole.records if e.digest.hex() == digest), None)
        sheet = self.evidence.answers.get(digest)
        if record is None or sheet is None:
            return
        second = second_of(each.entry for each in so_far)
        try:
            refuse_out_of_stage(replace(self._now(), second=second), sheet)
        except SheetRefusedError as error:
            raise ArchiveError(str(error)) from None
        self.records.append(record)

    def _opened(self, details: Mapping[str, str | int]) -> None:
        if self.evidence.round.document.rules.second is None and not details.get("reason"):
            raise ArchiveError(
                _("the rules foresee no second scoring, and the log has no reason for it")
            )
        self._figures(str(details.get("figures")))

    def _ended(self, details: Mapping[str, str | int]) -> None:
        now = self._now()
        kept = json_text.encode(kept_first(now)).decode()
        again = len(scored_again(now))
        if details.get("kept") != kept or details.get("received") != again:
            raise ArchiveError(
                _("the log names others as keeping the first sheet than {kept}").format(
                    kept=kept
                )
            )

    def _figures(self, digest: str) -> None:
        text = figures_text(panel_figures(replace(self._now(), most=FIRST)))
        stated = self.contents.read(archive.FEEDBACK)
        if stated != text:
            raise ArchiveError(
                _("{file} is not what follows from the first sheets").format(
                    file=archive.FEEDBACK
                )
            )
        if digest != hashlib.sha256(text).hexdigest():
            raise ArchiveError(
                _("{file} is not what the log says of it").format(file=archive.FEEDBACK)
            )

    def _letter(self, expert: ExpertNumber, first: object) -> None:
        """Hold a line on written feedback against the first sheet it goes on from."""
        known = expert in self.whole.assignment_of
        found = self._now().at_stage(expert, FIRST) if known else None
        told = OPENED in self.steps and found is not None
        if not told or found is None or found.sheet.digest.hex() != first:
            raise ArchiveError(
                _("the log tells of feedback to expert {expert} on another sheet").format(
                    expert=shown(expert)
                )
            )
