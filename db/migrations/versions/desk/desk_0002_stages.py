"""Signed sheets say which scoring they are of; a table for the feedback that opens a later one.

Written out, never imported from ``db.tables``: what was released does not change.
"""

import sqlalchemy as sa
from alembic import op

revision = "desk_0002"
down_revision = "desk_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; every sheet signed so far is of the first scoring."""
    op.rename_table("signed", "signed_before")
    op.create_table(
        "signed",
        _number("stage"),
        _number("revision"),
        _bytes("file"),
        sa.Column("reason", sa.Text(), nullable=False),
        _time("at"),
        sa.PrimaryKeyConstraint("stage", "revision", name="pk_signed"),
    )
    op.execute(
        "INSERT INTO signed (stage, revision, file, reason, at) "
        "SELECT 1, revision, file, reason, at FROM signed_before"
    )
    op.drop_table("signed_before")
    op.create_table(
        "feedback",
        _number("stage"),
        _bytes("file"),
        _time("at"),
        sa.PrimaryKeyConstraint("stage", name="pk_feedback"),
    )


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _time(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)
