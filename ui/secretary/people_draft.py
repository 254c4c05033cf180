"""The people of the day as one page changes them: only what it changed is recorded."""

from collections.abc import Callable
from dataclasses import replace

from reviewer_app.core.errors import ConflictError, InputError, ReviewerError
from reviewer_app.core.people import RoundPeople, people_from_data, people_to_data
from reviewer_app.core.round import RoundId
from reviewer_app.services.people import change_people, changed_facts
from reviewer_app.services.unrecorded import keep_typed, typed_before
from ui.secretary.bureau import Bureau
from ui.views import Act

Failed = Callable[[ReviewerError], None]


class PeopleDraft:
    """What is typed is in the database at once, under ``name``, until it is recorded."""

    def __init__(self, bureau: Bureau, name: str, failed: Failed) -> None:
        self.bureau = bureau
        self._name, self._failed = name, failed
        self._round = RoundId("")
        self._draft: tuple[RoundPeople, RoundPeople] | None = None
        """The people as recorded when writing began, and as written."""
        self._outdated = False
        """Whether something else was recorded since, which has been said."""

    def enter(self) -> bool:
        """Begin with what was typed before; returns whether another round is open now."""
        if self._round == self.bureau.round_id:
            if self._outdated and self._draft:
                self._draft = self.bureau.plan.people, self.now
            self._outdated = False
            return False
        self._round = self.bureau.round_id
        self._draft = self._typed_before()
        return True

    @property
    def now(self) -> RoundPeople:
        """Return the people as recorded, with what is written here in its place."""
        recorded = self.bureau.plan.people
        return replace(recorded, **changed_facts(*self._draft)) if self._draft else recorded

    @property
    def unrecorded(self) -> bool:
        """Tell whether something is written that is not recorded."""
        return self.now != self.bureau.plan.people

    def change(self, people: RoundPeople) -> None:
        """Take over the people as written."""
        before = self._draft[0] if self._draft else self.bureau.plan.people
        self._draft = None if people == self.bureau.plan.people else (before, people)
        self._keep()

    def record(self, people: RoundPeople, done: Act) -> None:
        """Record what was changed, then read the round anew."""
        bureau, now, round_id = self.bureau, self.bureau.now(), self.bureau.round_id
        before = self._draft[0] if self._draft else bureau.plan.people

        def recorded(_nothing: None) -> None:
            self._draft = None
            self._keep()
            done()
            bureau.reload()

        def failed(error: ReviewerError) -> None:
            if isinstance(error, ConflictError):
                self._outdated = True
                bureau.reload()
            self._failed(error)

        bureau.tasks.run(
            lambda: change_people(bureau.open_bureau, round_id, (before, people), now),
            done=recorded,
            failed=failed,
        )

    def _keep(self) -> None:
        plain = [people_to_data(each) for each in self._draft] if self._draft else None
        bureau, round_id = self.bureau, self._round
        try:
            keep_typed(bureau.open_bureau, round_id, bureau.machine, {self._name: plain})
        except ReviewerError as error:
            self._failed(error)

    def _typed_before(self) -> tuple[RoundPeople, RoundPeople] | None:
        bureau = self.bureau
        try:
            kept = typed_before(bureau.open_bureau, self._round, bureau.machine)
            match kept.get(self._name):
                case [before, after]:
                    return people_from_data(before, ""), people_from_data(after, "")
        except InputError:  # kept by another version of the program
            return None
        return None
