"""A salt with each typing, so that its digest in the log cannot be guessed at.

What one person had typed before this has none and cannot become an entry: it is forgotten, and
the form is typed anew. Written out, never imported from ``db.tables``.
"""

import sqlalchemy as sa
from alembic import op

revision = "bureau_0003"
down_revision = "bureau_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.execute("DELETE FROM typing")
    with op.batch_alter_table("typing") as table:
        table.add_column(sa.Column("salt", sa.Text(), nullable=False))
