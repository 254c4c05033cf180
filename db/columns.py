"""Column types that carry the program's own values: marks, times in UTC, enumerations."""

import json
from datetime import UTC, datetime
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import DateTime, Dialect, Enum, Text
from sqlalchemy.types import TypeDecorator

from reviewer_app.core.marks import Mark, MarkState, scored


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC; a time without a zone is a bug."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with its zone."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Answer(TypeDecorator[Mark]):
    """A mark as one text: the exact number (``17/2``), or the reason why there is none."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mark | None, dialect: Dialect) -> str | None:
        """Return the text of a mark."""
        del dialect
        if value is None:
            return None
        return value.state.value if value.value is None else str(value.value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mark | None:
        """Return the mark of a text."""
        del dialect
        if value is None:
            return None
        if value[0].isdigit() or value[0] == "-":
            return scored(Fraction(value))
        return Mark(MarkState(value))


class Texts(TypeDecorator[tuple[str, ...]]):
    """A few short texts in order, as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """Return the list as JSON."""
        del dialect
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(
        self, value: str | None, dialect: Dialect
    ) -> tuple[str, ...] | None:
        """Return the texts of a JSON list."""
        del dialect
        return None if value is None else tuple(json.loads(value))


def choice(kind: type[StrEnum]) -> Enum:
    """Return a column type that holds one of ``kind`` by its value, as plain text."""
    return Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=False,
        length=32,
    )
