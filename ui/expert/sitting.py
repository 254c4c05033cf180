"""All answers of one expert, in memory and on the disk alike; scoring and comparing share it.

A mark is stored first and shown afterwards. What the disk refuses is not shown as stored; it
waits and is tried again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from reviewer_app.core.marks import MISSING, Mark
from reviewer_app.core.recheck import low_marks
from reviewer_app.core.round import Application, ApplicationNumber
from reviewer_app.core.scheme import Indicator, Scheme
from reviewer_app.services.desk_place import (
    Draft,
    kept_draft,
    kept_flags,
    put_draft,
    put_flags,
    put_place,
)
from reviewer_app.services.desk_scoring import (
    Remarks,
    is_locked,
    put_answer,
    put_mark,
    put_note,
    put_remarks,
    with_remarks,
)
from reviewer_app.services.desk_second import SecondLook, second_look
from reviewer_app.services.desk_status import (
    ApplicationStatus,
    answers_of,
    application_status,
)
from reviewer_app.services.records import MarkRecord
from ui.expert.history import Answer, Change, History, Kind
from ui.expert.session import Session
from ui.expert.storing import Storing


class Sitting(Storing):
    """The answers of the open desk."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.applications: list[Application] = []
        self.locked = False
        self.recused = 0
        self.flags: set[str] = set()
        self._answers: dict[str, dict[str, MarkRecord]] = {}
        self._status: dict[str, ApplicationStatus] = {}
        self._draft: Draft | None = None
        self.look: SecondLook | None = None
        self._history = History()

    def reload(self) -> None:
        """Read everything from the desk."""
        with self.desk.unit() as unit:
            self.applications = self.desk.remaining(unit)
            self._answers = {k: dict(v) for k, v in answers_of(unit).items()}
            self.locked = is_locked(unit)
            self.recused = len(unit.recusals())
            self.look = second_look(self.desk, unit)
        self.flags = set(kept_flags(self.desk))
        self._draft = kept_draft(self.desk)
        self._status = {}
        self._history.keep(() if self.locked else self.numbers())

    # -- reading

    def numbers(self) -> list[str]:
        """Return the applications to score in order."""
        return [each.number for each in self.applications]

    def status(self, number: str) -> ApplicationStatus:
        """Return how far one application is."""
        if number not in self._status:
            application = self.desk.assigned[ApplicationNumber(number)]
            self._status[number] = application_status(
                self.desk, application, self.answers(number), self.look
            )
        return self._status[number]

    def answers(self, number: str) -> dict[str, MarkRecord]:
        """Return the stored answers of one application by indicator."""
        return self._answers.get(number, {})

    def record(self, number: str, code: str) -> MarkRecord:
        """Return one stored answer, a missing one where there is none."""
        empty = MarkRecord(ApplicationNumber(number), code, MISSING)
        return self.answers(number).get(code, empty)

    def draft(self, number: str, code: str) -> Draft | None:
        """Return what is being typed over an answer, if anything is."""
        draft = self._draft
        return (
            draft if draft and (draft.application, draft.indicator) == (number, code) else None
        )

    def last_draft(self) -> Draft | None:
        """Return what was being typed last, if it is no mark yet."""
        return self._draft

    def scheme(self, number: str) -> Scheme:
        """Return the scheme that holds for an application."""
        return self.desk.schemes[ApplicationNumber(number)]

    def codes(self, number: str) -> list[str]:
        """Return the indicators this expert marks for an application, in printed order."""
        if ApplicationNumber(number) not in self.desk.assigned:
            return []
        return [leaf.code for leaf in self.desk.asked(ApplicationNumber(number))]

    def leaf(self, number: str, code: str) -> Indicator:
        """Return one indicator as it holds for an application."""
        return self.scheme(number).indicator(code)

    def is_low(self, number: str, code: str) -> bool:
        """Tell whether the rules ask for a reason for this mark."""
        marks = {code: self.record(number, code).mark}
        return code in low_marks(self.scheme(number), marks, self.desk.rules.recheck)

    def must_say_why(self, number: str, code: str) -> bool:
        """Tell whether a mark changed in the second scoring and the rules ask for a reason."""
        if self.look is None or not self.look.reasons:
            return False
        marks = {code: self.record(number, code).mark}
        return code in self.look.changed(ApplicationNumber(number), marks)

    def low_share(self) -> Fraction | None:
        """Return the share of the maximum under which a mark needs a reason."""
        return self.desk.rules.recheck.low_mark_reason

    def unfinished(self, number: str) -> list[str]:
        """Return what keeps an application from being complete, in printed order."""
        status = self.status(number)
        left = {*status.missing, *status.reasons_missing}
        return [code for code in self.codes(number) if code in left]

    def has_answers(self) -> bool:
        """Tell whether scoring has begun."""
        return any(self._answers.values())

    def is_complete(self) -> bool:
        """Tell whether nothing is missing anywhere."""
        return all(self.status(number).complete for number in self.numbers())

    def next_incomplete(self, after: str) -> str:
        """Return the next application with a gap, from ``after`` on and round again."""
        numbers = self.numbers()
        start = numbers.index(after) + 1 if after in numbers else 0
        ordered = numbers[start:] + numbers[:start]
        return next((each for each in ordered if not self.status(each).complete), "")

    # -- writing

    @contextmanager
    def step(self, number: str, code: str, kind: Kind) -> Iterator[None]:
        """Make what is done inside one step that can be taken back."""
        before = self._answer(number, code)
        yield
        self._history.record(Change(number, code, kind, before, self._answer(number, code)))

    def put(self, number: str, code: str, mark: Mark) -> None:
        """Store a mark; raises MarkError."""
        if mark == self.record(number, code).mark:
            return

        def write(now: datetime) -> None:
            put_mark(self.desk, ApplicationNumber(number), code, mark, now)
            self._keep(replace(self.record(number, code), mark=mark, updated=now))

        self._store(write)

    def put_remarks(self, number: str, code: str, remarks: Remarks) -> None:
        """Store what is written beside a mark; raises InputError."""
        if self.locked:
            return

        def write(now: datetime) -> None:
            put_remarks(self.desk, ApplicationNumber(number), code, remarks, now)
            self._keep(with_remarks(self.record(number, code), remarks, now))

        self._store(write)

    def put_note(self, number: str, text: str) -> None:
        """Store the private note on an application; raises InputError."""
        self._store(lambda _now: put_note(self.desk, ApplicationNumber(number), text))

    def note(self, number: str) -> str:
        """Return the private note on an application."""
        with self.desk.unit() as unit:
            return unit.note(ApplicationNumber(number))

    def count_notes(self) -> int:
        """Return on how many applications there is a private note."""
        with self.desk.unit() as unit:
            notes = unit.notes()
        return sum(bool(notes.get(each.number, "").strip()) for each in self.applications)

    def put_draft(self, draft: Draft) -> None:
        """Store what is being typed."""
        self._draft = draft
        self._store(lambda _now: put_draft(self.desk, draft), say=False)

    def drop_draft(self, number: str, code: str) -> None:
        """Forget what is being typed over an answer."""
        if self.draft(number, code):
            self._draft = None
            self._store(lambda _now: put_draft(self.desk, None), say=False)

    def toggle_flag(self, number: str) -> None:
        """Flag an application for oneself, or take the flag away."""
        self.flags ^= {number}
        self._store(lambda _now: put_flags(self.desk, self.flags), say=False)

    def keep_place(self, number: str, code: str) -> None:
        """Remember which indicator of which application is open."""
        self._store(lambda _now: put_place(self.desk, number, code), say=False)

    def pause(self) -> None:
        """Let what is typed next be a step of its own."""
        self._history.pause()

    def unite(self) -> None:
        """Count the level just chosen and the number typed after it as one step."""
        self._history.unite()

    def undo(self) -> Change | None:
        """Take the last step back; return it turned round, None where there is none."""
        change = self._history.last() if self.can_undo() else None
        if change is None or not self._restore(change.number, change.code, change.before):
            return None
        self._history.back()
        return change.backwards()

    def redo(self) -> Change | None:
        """Do the step taken back last again, and return it."""
        change = self._history.next() if self._may_go_back() else None
        if change is None or not self._restore(change.number, change.code, change.after):
            return None
        self._history.forth()
        return change

    def can_undo(self) -> bool:
        """Tell whether there is a step to take back."""
        return self._history.last() is not None and self._may_go_back()

    def _may_go_back(self) -> bool:
        return not self.locked and not self._waiting

    def _answer(self, number: str, code: str) -> Answer:
        record = self.record(number, code)
        remarks = Remarks(record.comment, record.reason, record.citations)
        return Answer(record.mark, remarks, self.draft(number, code))

    def _restore(self, number: str, code: str, answer: Answer) -> bool:
        """Store an answer as it stood; one that the disk refuses is not tried again."""

        def write(now: datetime) -> None:
            record = with_remarks(self.record(number, code), answer.remarks, now)
            record = replace(record, mark=answer.mark)
            put_answer(self.desk, record)
            self._keep(record)
            put_draft(self.desk, answer.draft)
            self._draft = answer.draft

        return self._store(write, again=False)

    def _keep(self, record: MarkRecord) -> None:
        self._answers.setdefault(record.application, {})[record.indicator] = record
        self._status.pop(record.application, None)
