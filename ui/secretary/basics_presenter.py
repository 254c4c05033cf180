"""The round's own facts while they are edited, and putting the round away; no Qt."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.round import RoundKind, RoundPlan
from reviewer_app.services.removing import remove_round
from reviewer_app.services.round_basics import Basics, basics_faults, basics_of, with_basics
from ui.secretary.plan_desk import PlanDesk

if TYPE_CHECKING:
    from ui.views import Act


@dataclass(frozen=True, slots=True)
class BasicsView:
    """Title, occasion, organiser, date and place as typed, and what cannot be taken."""

    values: Mapping[str, str]
    faults: Mapping[str, str]
    kinds: tuple[str, ...]
    editable: bool


class BasicsPresenter:
    """Holds what is typed until it is left; the facts themselves lie in the plan."""

    def __init__(self, desk: PlanDesk) -> None:
        self.desk = desk
        self._typed: Basics | None = None
        self.changed: Act = lambda: None

    def forget(self) -> None:
        """Leave what was typed: another round is open, or a change was taken back."""
        self._typed = None

    @property
    def faulty(self) -> bool:
        """Tell whether something typed cannot be taken yet."""
        return self._typed is not None and bool(basics_faults(self._typed))

    @property
    def typing(self) -> bool:
        """Tell whether something is typed that is not kept yet."""
        return self._typed is not None

    def type(self, name: str, text: str) -> None:
        """Take over one field as it is being typed."""
        self._typed = replace(self._basics, **{name: text})
        self.changed()

    def choose(self, name: str, value: str) -> None:
        """Take over a choice and keep it."""
        self.type(name, value)
        self.keep()

    def keep(self) -> None:
        """Keep what is typed, when none of it has a fault."""
        typed = self._typed
        if typed is None or self.faulty or not self.desk.editable:
            return

        def change(plan: RoundPlan) -> RoundPlan:
            return with_basics(plan, typed)

        self.desk.change(change, self.forget)

    def remove(self) -> None:
        """Put the round away; the rail offers to take it back."""
        bureau, round_id = self.desk.bureau, self.desk.bureau.round_id
        now = bureau.now()

        def done(_none: None) -> None:
            self.forget()
            bureau.reload()

        def failed(error: ReviewerError) -> None:
            self.desk.show_trouble(error)

        bureau.tasks.run(
            lambda: remove_round(bureau.open_bureau, round_id, now), done=done, failed=failed
        )

    def view(self) -> BasicsView:
        """Return the part as it stands."""
        return BasicsView(
            values=asdict(self._basics),
            faults=basics_faults(self._basics),
            kinds=tuple(kind.value for kind in RoundKind),
            editable=self.desk.editable,
        )

    @property
    def _basics(self) -> Basics:
        return self._typed or basics_of(self.desk.plan)
