"""Editing the indicator table: which one, its weights, pairs compared, one indicator."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding, plain_text, publish
from reviewer_app.core.scheme import Scheme
from reviewer_app.services.scheme_editing import (
    free_code,
    indicator_data,
    is_own,
    own_copy,
    shared_out,
    weight_texts,
    with_indicator,
    with_new_indicator,
    with_scheme,
    without_indicator,
)
from reviewer_app.services.schemes import export_scheme, known_schemes, open_scheme
from reviewer_app.services.weight_proposals import (
    HEADINGS,
    METHOD_WORDS,
    compared,
    from_table,
    groups_of,
    members_of,
)
from reviewer_app.services.weighting import Weighting
from ui.secretary.plan_desk import PlanDesk
from ui.secretary.scheme_view import (
    COMPARE,
    INDICATOR,
    TABLE,
    CompareView,
    IndicatorView,
    LevelLine,
    SchemeView,
)
from ui.secretary.weights_view import target_words, weight_of
from ui.views import Message

if TYPE_CHECKING:
    from ui.views import Act


class SchemePresenter:
    """Holds weights as typed, pairs as compared, which indicator is open."""

    def __init__(self, desk: PlanDesk) -> None:
        self.desk = desk
        self.drafts: dict[str, str] = {}
        self._known: tuple[tuple[str, str], ...] = ()
        self._mode, self._group, self._code = TABLE, HEADINGS, ""
        self._pairs: dict[tuple[str, str], Fraction] = {}
        self._methods: list[str] = []
        self._proposed: dict[str, str] = {}
        self._typed: dict[str, Any] = {}
        self._fault = ""
        self.changed: Act = lambda: None

    def forget(self) -> None:
        """Leave what was typed: another round is open, or a change was taken back."""
        for typed in (self.drafts, self._pairs, self._methods, self._proposed):
            typed.clear()
        self._mode, self._typed, self._fault = TABLE, {}, ""

    @property
    def scheme(self) -> Scheme:
        """Return the round's indicator table."""
        return self.desk.plan.scheme

    @property
    def weight_method(self) -> str:
        """Return how the weights as typed came about, as printed; empty if by hand alone."""
        by_hand = any(self._proposed.get(code) != text for code, text in self.drafts.items())
        methods = "、".join(dict.fromkeys(self._methods))
        return f"{methods}并经人工调整" if methods and by_hand else methods

    # -- the table as a whole

    def choose(self, scheme_id: str) -> None:
        """Take another table; its weights are to be confirmed."""
        if scheme_id != self.scheme.id:
            self.desk.change(
                lambda plan: with_scheme(plan, open_scheme(scheme_id)), self.forget
            )

    def copy(self) -> None:
        """Make an own copy of the table, in which everything may be changed."""
        self.desk.change(own_copy, self.forget)

    def load(self, path: Path) -> None:
        """Take the table of an Excel workbook or a TOML file; faults name the cell."""
        self.desk.change(lambda plan: with_scheme(plan, open_scheme(str(path))), self.forget)

    def save(self, path: Path) -> None:
        """Write the table as a workbook that a clerk can edit."""
        scheme, desk = self.scheme, self.desk

        def done(_none: None) -> None:
            desk.saved = Message(str(path), "ok", "hard-drive")
            self.changed()

        desk.bureau.tasks.run(
            lambda: export_scheme(scheme, path), done=done, failed=desk.show_trouble
        )

    def level_out(self) -> None:
        """Stretch the weights as typed so that they sum to what they must."""
        shares = [(leaf.code, self._weight(leaf.code)) for leaf in self.scheme.indicators()]
        weighing = [(code, share) for code, share in shares if share > 0]
        if weighing:
            self._propose(shared_out(weighing, self.scheme.full_marks))

    def propose_from(self, path: Path, method: str) -> None:
        """Take the weights that a method makes of a table of figures, to be confirmed."""
        try:
            weights = dict(from_table(self.scheme, Weighting(method), path))
            self._propose(weights, METHOD_WORDS[Weighting(method)])
        except ReviewerError as error:
            self.desk.show_trouble(error)

    # -- pairs

    def turn(self, mode: str) -> None:
        """Open the comparison of pairs, or go back to the table."""
        groups = [code for code, _title in groups_of(self.scheme)]
        self._group = self._group if self._group in groups else next(iter(groups), HEADINGS)
        self._mode = mode
        self.changed()

    def compare_group(self, group: str) -> None:
        """Compare the headings, or the indicators under one of them."""
        self._group = group
        self.changed()

    def compare(self, one: str, other: str, degree: str) -> None:
        """Say how much more important one is than the other."""
        self._pairs[one, other] = Fraction(degree)
        self.changed()

    def take_over(self) -> None:
        """Lay the proposed weights into the table, to be looked at and confirmed."""
        found = compared(self.scheme, self._group, self._pairs)
        self._mode = TABLE
        group = dict(groups_of(self.scheme))[self._group] or "一级指标"
        pairs = f"{group}，CR {found.hierarchy.ratio:.3f}"
        self._propose(dict(found.weights), f"{METHOD_WORDS[Weighting.AHP]}（{pairs}）")

    # -- one indicator

    def open_indicator(self, code: str) -> None:
        """Show one indicator with its levels, guidance and targets."""
        self._mode, self._code, self._typed, self._fault = INDICATOR, code, {}, ""
        self.changed()

    def type_indicator(self, key: str, value: object) -> None:
        """Take over one thing of the open indicator as it is being typed."""
        self._typed[key] = value
        try:
            with_indicator(self.desk.plan, self._code, self._typed)
        except ReviewerError as error:
            self._fault = str(error).partition(") ")[2] or str(error)
        else:
            self._fault = ""
        self.changed()

    def keep_indicator(self) -> None:
        """Keep the open indicator as typed, if it fits."""
        if not self._typed or self._fault or not is_own(self.scheme):
            return
        code, typed = self._code, dict(self._typed)
        self.desk.change(lambda plan: with_indicator(plan, code, typed), self._typed.clear)

    def add_indicator(self) -> None:
        """Put one more indicator behind the open one, and open it."""
        after, code = self._code, free_code(self.scheme, self._code)
        if is_own(self.scheme):
            self.desk.change(
                lambda plan: with_new_indicator(plan, after, code),
                lambda: self.open_indicator(code),
            )

    def drop_indicator(self) -> None:
        """Take the open indicator away; taking it back is one Undo."""
        code = self._code
        if is_own(self.scheme):
            self.desk.change(
                lambda plan: without_indicator(plan, code), lambda: self.turn(TABLE)
            )

    # -- showing

    def view(self) -> SchemeView:
        """Return the part as it stands."""
        if not self._known:
            self._known = tuple((each.id, each.title) for each in known_schemes())
        scheme = self.scheme
        own = [] if scheme.id in dict(self._known) else [(scheme.id, scheme.title)]
        total = sum((self._weight(leaf.code) for leaf in scheme.indicators()), Fraction(0))
        return SchemeView(
            mode=self._mode,
            schemes=(*own, *self._known),
            scheme=scheme.id,
            own=is_own(scheme),
            fits=total == scheme.full_marks,
            compare=self._compare_view() if self._mode == COMPARE else None,
            indicator=self._indicator_view() if self._mode == INDICATOR else None,
        )

    def _compare_view(self) -> CompareView:
        scheme = self.scheme
        members = members_of(scheme, self._group)
        codes = [code for code, _title in members]
        found = compared(scheme, self._group, self._pairs)
        measures = _("λmax {lambda_max}　CI {ci}　CR {cr}").format(
            lambda_max=f"{found.hierarchy.lambda_max:.3f}",
            ci=f"{found.hierarchy.index:.3f}",
            cr=f"{found.hierarchy.ratio:.3f}",
        )
        verdict = Message(_("The comparisons agree with each other"), "ok", "circle-check")
        if not found.hierarchy.consistent:
            words = _("CR is above 0.1: some comparisons contradict each other")
            verdict = Message(words, "warn", "triangle-alert")
        return CompareView(
            groups=tuple(
                (code, title or _("All headings")) for code, title in groups_of(scheme)
            ),
            group=self._group,
            members=members,
            degrees={
                (one, other): str(self._pairs.get((one, other), Fraction(1)))
                for place, one in enumerate(codes)
                for other in codes[place + 1 :]
            },
            proposal=tuple(
                (code, publish(Fraction(weight) * 100, 1, Rounding.HALF_UP) + "%")
                for code, weight in zip(codes, found.hierarchy.weights, strict=True)
            ),
            measures=measures,
            verdict=verdict,
        )

    def _indicator_view(self) -> IndicatorView:
        scheme, own = self.scheme, is_own(self.scheme)
        data = {**indicator_data(scheme, self._code), **self._typed}
        leaf = scheme.indicator(self._code)
        editable = own and self.desk.editable
        why = "" if own else _("Word for word from the source; an own copy can be changed.")
        return IndicatorView(
            code=self._code,
            title=str(data["title"]),
            guidance=str(data.get("guidance", "")),
            maximum=str(data.get("maximum", "100")),
            step=str(data.get("step", "1")),
            levels=tuple(
                LevelLine(
                    str(each["name"]),
                    str(each["low"]),
                    str(each["high"]),
                    str(each.get("descriptor", "")),
                )
                for each in data.get("levels", ())
            ),
            targets="；".join(
                f"{scheme.target(each).quote}（{target_words(scheme.target(each))}）"
                for each in leaf.targets
            ),
            source=leaf.source,
            editable=editable,
            why=why,
            fault=self._fault,
        )

    # -- weights

    def _weight(self, code: str) -> Fraction:
        leaf = self.scheme.indicator(code)
        if code in self.drafts:
            return weight_of(self.drafts[code]) or Fraction(0)
        return leaf.full_weight

    def _propose(self, weights: dict[str, Fraction], method: str = "") -> None:
        texts = weight_texts(weights)
        if method:
            self._methods.append(method)
            self._proposed |= texts
        self.drafts |= {
            code: text
            for code, text in texts.items()
            if text != plain_text(self.scheme.indicator(code).weight) or code in self.drafts
        }
        self.changed()
