"""What a verification looked at, line by line: the check, whether it held, what was found."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from reviewer_app.core.errors import ReviewerError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a verification."""

    check: str
    """A stable key, such as ``manifest`` or ``sheet``."""
    ok: bool
    detail: str


@dataclass
class Checklist:
    """Collects checks; one that fails does not stop those that do not need it."""

    checks: list[Check] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def run(self, check: str, work: Callable[[], tuple[str, T]]) -> T | None:
        """Return what ``work`` found, or None after noting why the check failed.

        ``work`` returns the line for people and its finding, or raises ReviewerError.
        """
        try:
            detail, found = work()
        except ReviewerError as error:
            self.fail(check, " ".join(str(error).split()))
            return None
        self.checks.append(Check(check, ok=True, detail=detail))
        return found

    def fail(self, check: str, detail: str) -> None:
        """Note that a check failed."""
        self.checks.append(Check(check, ok=False, detail=detail))

    @property
    def ok(self) -> bool:
        """Tell whether something was checked and nothing failed."""
        return bool(self.checks) and all(each.ok for each in self.checks)
