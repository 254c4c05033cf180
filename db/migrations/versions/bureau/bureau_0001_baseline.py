"""The bureau's first tables.

Written out, never imported from ``db.tables``: what was released does not change.
"""

import sqlalchemy as sa
from alembic import op

revision = "bureau_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table("setting", _text("name"), _bytes("value"), _primary("setting", "name"))
    _create_round()
    _create_issued()
    _create_collected()
    _create_deliberated()
    _create_history()
    for table in ("seat", "sheet", "refusal", "attachment"):
        op.create_index(f"ix_{table}_round_id", table, ["round_id"])


def _create_round() -> None:
    op.create_table(
        "round",
        _text("id"),
        _text("title"),
        sa.Column("state", sa.String(32), nullable=False),
        _time("created"),
        _text("plan"),
        sa.Column("document", sa.LargeBinary()),
        _primary("round", "id"),
    )
    op.create_table(
        "material",
        *_of_round("material", "application", "file"),
        _text("path"),
        _text("sha256"),
        _number("size"),
    )


def _create_issued() -> None:
    op.create_table(
        "seat",
        *_arriving_in_round("seat", unique=("pack_id",)),
        _text("expert"),
        _text("pack_id"),
        _bytes("assignment"),
        _bytes("enrolment"),
        sa.Column("pinned_key", sa.LargeBinary()),
        _text("withdrawn"),
    )
    op.create_table("roster", *_of_round("roster", numbers=("version",)), _bytes("document"))


def _create_collected() -> None:
    op.create_table(
        "sheet",
        *_arriving_in_round("sheet", unique=("round_id", "digest")),
        _text("expert"),
        _number("stage"),
        _number("revision"),
        _bytes("digest"),
        _bytes("sheet"),
        sa.Column("comments", sa.LargeBinary()),
        sa.Column("source", sa.String(32), nullable=False),
        _time("received"),
        _text("late_reason"),
    )
    op.create_table(
        "refusal",
        *_arriving_in_round("refusal"),
        _text("name"),
        _text("sha256"),
        _bytes("data"),
        _text("refusal"),
        _text("sentence"),
        _time("at"),
    )
    op.create_table("log", *_of_round("log", numbers=("sequence",)), _bytes("line"))
    op.create_table(
        "closing", *_of_round("closing"), _time("at"), _text("reason"), _text("log_head")
    )


def _create_deliberated() -> None:
    op.create_table(
        "vote",
        *_of_round("vote", "application", "expert"),
        _number("approve"),
        _number("reject"),
        _number("abstain"),
        _text("reservation"),
    )
    op.create_table(
        "opinion",
        *_of_round("opinion", "application"),
        _text("overall"),
        _text("problems"),
        _text("advice"),
        _text("dissent"),
    )
    op.create_table(
        "attachment",
        *_arriving_in_round("attachment", unique=("round_id", "name")),
        _text("name"),
        _bytes("data"),
        _time("added"),
    )


def _create_history() -> None:
    op.create_table(
        "history",
        _text("unit"),
        _text("round_id"),
        _text("application"),
        *(_text(name) for name in ("round_title", "kind", "date", "name", "scheme")),
        _text("published"),
        sa.Column("rank", sa.Integer()),
        _text("band"),
        _primary("history", "unit", "round_id", "application"),
    )


def _of_round(
    table: str, *keys: str, numbers: tuple[str, ...] = ()
) -> list[sa.schema.SchemaItem]:
    """Return the key columns of a table that hangs on a round, with their constraints."""
    return [
        _text("round_id"),
        *(_text(name) for name in keys),
        *(_number(name) for name in numbers),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=f"fk_{table}_round_id_round"),
        _primary(table, "round_id", *keys, *numbers),
    ]


def _arriving_in_round(table: str, unique: tuple[str, ...] = ()) -> list[sa.schema.SchemaItem]:
    """Return the first columns of a table whose rows are kept in the order of arrival."""
    items: list[sa.schema.SchemaItem] = [
        sa.Column("id", sa.Integer(), nullable=False),
        _text("round_id"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=f"fk_{table}_round_id_round"),
        _primary(table, "id"),
    ]
    if unique:
        items.append(sa.UniqueConstraint(*unique, name=f"uq_{table}_{unique[0]}"))
    return items


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _time(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)
