"""The first tables of an expert's own file.

Written out, never imported from ``db.tables``: what was released does not change.
"""

import sqlalchemy as sa
from alembic import op

revision = "desk_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table("setting", _text("name"), _bytes("value"), _primary("setting", "name"))
    op.create_table(
        "mark",
        _text("application"),
        _text("indicator"),
        _text("mark"),
        _text("comment"),
        _text("reason"),
        _text("citations"),
        sa.Column("updated", sa.DateTime(timezone=True)),
        _primary("mark", "application", "indicator"),
    )
    op.create_table(
        "recusal",
        _text("application"),
        _text("ground"),
        _text("note"),
        _time("at"),
        _primary("recusal", "application"),
    )
    op.create_table(
        "note", _text("application"), _text("text"), _primary("note", "application")
    )
    op.create_table(
        "signed",
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        _bytes("file"),
        _text("reason"),
        _time("at"),
        _primary("signed", "revision"),
    )


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _time(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)
