"""A table for paper forms that are being typed in, by two people one after the other.

Written out, never imported from ``db.tables``: what was released does not change.
"""

import sqlalchemy as sa
from alembic import op

revision = "bureau_0002"
down_revision = "bureau_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    texts = ("cells", "scan_file", "scan_sha256", "reason")
    op.create_table(
        "typing",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("round_id"),
        _text("expert"),
        sa.Column("stage", sa.Integer(), autoincrement=False, nullable=False),
        _text("by"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(_text(name) for name in texts),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_typing_round_id_round"),
        sa.PrimaryKeyConstraint("id", name="pk_typing"),
    )
    op.create_index("ix_typing_round_id", "typing", ["round_id"])


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)
