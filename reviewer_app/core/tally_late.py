"""Parts of a result that are worked out when first looked at: few pages show them all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Generic, TypeVar, overload

from reviewer_app.core.tally_results import Points, SheetFigure

T = TypeVar("T")


class Once(Generic[T]):
    """Works something out when it is first called, and keeps it."""

    __slots__ = ("_kept", "_work")

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._kept: list[T] = []

    def __call__(self) -> T:
        """Return what was worked out."""
        if not self._kept:
            self._kept.append(self._work())
        return self._kept[0]


class LatePoints(Mapping[str, Fraction | None]):
    """Points by code."""

    __slots__ = ("_points",)

    def __init__(self, points: Callable[[], Points]) -> None:
        self._points = points

    def __getitem__(self, code: str) -> Fraction | None:
        return self._points()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._points())

    def __len__(self) -> int:
        return len(self._points())


class LateFigures(Sequence[SheetFigure]):
    """The figures of one application's sheets; how many there are is known at once."""

    __slots__ = ("_count", "_figures")

    def __init__(self, count: int, figures: Callable[[], tuple[SheetFigure, ...]]) -> None:
        self._count, self._figures = count, figures

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> SheetFigure: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[SheetFigure, ...]: ...
    def __getitem__(self, place: int | slice) -> SheetFigure | tuple[SheetFigure, ...]:
        return self._figures()[place]

    def __iter__(self) -> Iterator[SheetFigure]:
        return iter(self._figures())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._figures() == tuple(other)

    __hash__ = None  # type: ignore[assignment]
