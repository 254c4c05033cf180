"""The order of speaking at the secretary's desk: drawn by lot, printed, drawn again."""

from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId
from reviewer_app.services.records import RoundState
from reviewer_app.services.speaking import Draw, Wish, draw_order, draws_of, is_stale
from reviewer_app.services.speaking_paper import write_order
from ui.secretary.bureau import Bureau
from ui.views import NOTHING, Act, Message

SEED, BY, REASON = "seed", "by", "reason"


@dataclass(frozen=True, slots=True)
class OrderView:
    """The card as it stands; ``typed`` by field."""

    offered: bool
    drawn: bool
    words: tuple[str, ...]
    typed: dict[str, str]
    said: Message = NOTHING


NOT_OFFERED = OrderView(
    offered=False, drawn=False, words=(), typed={SEED: "", BY: "", REASON: ""}
)
"""The card before a round is open."""


class OrderPresenter:
    """Holds what is being typed; the draws lie in the log."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._round = RoundId("")
        self._draws: list[Draw] = []
        self._typed = {SEED: "", BY: "", REASON: ""}
        self._said = NOTHING
        self.changed: Act = lambda: None

    def enter(self) -> None:
        """Read the draws of the open round."""
        if self._round != self.bureau.round_id:
            self._round, self._draws = self.bureau.round_id, []
            self._typed, self._said = {SEED: "", BY: "", REASON: ""}, NOTHING
        bureau, round_id = self.bureau, self._round

        def done(draws: list[Draw]) -> None:
            self._draws = draws
            self.changed()

        bureau.tasks.run(
            lambda: draws_of(bureau.open_bureau, round_id), done=done, failed=self._on_failed
        )

    def type(self, field: str, text: str) -> None:
        """Take over what is being typed."""
        self._typed[field] = text

    def draw(self) -> None:
        """Draw the order; the program draws the seed where none is typed."""
        bureau, round_id, now = self.bureau, self._round, self.bureau.now()
        wish = Wish(self._typed[SEED], self._typed[BY], self._typed[REASON])

        def done(_draw: Draw) -> None:
            self._typed, self._said = {SEED: "", BY: "", REASON: ""}, NOTHING
            self.enter()

        bureau.tasks.run(
            lambda: draw_order(bureau.open_bureau, round_id, wish, now),
            done=done,
            failed=self._on_failed,
        )

    def write(self, path: Path) -> None:
        """Write the order on paper."""
        bureau, round_id, now = self.bureau, self._round, self.bureau.now()

        def done(_none: None) -> None:
            self._said = Message(_("Written: {file}").format(file=path), "ok", "circle-check")
            self.changed()

        bureau.tasks.run(
            lambda: write_order(bureau.open_bureau, round_id, path, now),
            done=done,
            failed=self._on_failed,
        )

    def view(self) -> OrderView:
        """Return the card as it stands."""
        open_round = self.bureau.state in (RoundState.PREPARING, RoundState.ISSUED)
        return OrderView(
            offered=open_round or bool(self._draws),
            drawn=bool(self._draws),
            words=tuple(self._words()),
            typed=dict(self._typed),
            said=self._said,
        )

    def _words(self) -> list[str]:
        if not self._draws:
            return [_("Not drawn yet. Type a seed the supervisor gives, or leave it empty.")]
        last = self._draws[-1]
        words = [_("Order: {numbers}").format(numbers="　".join(last.order))]
        words.append(_("Seed: {seed}").format(seed=last.seed))
        if len(self._draws) > 1:
            words.append(
                _("Drawn {count} times, all in the log").format(count=len(self._draws))
            )
        if is_stale(last, self.bureau.plan):
            words.append(_("The applications changed since the order was drawn; draw it again"))
        return words

    def _on_failed(self, error: ReviewerError) -> None:
        self._said = Message(str(error), "bad", "circle-x")
        self.changed()
