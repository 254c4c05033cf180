"""Where a result of an earlier year came from: the digest of its archive, and who signed that.

Results kept before this were sealed in their own database and have neither. Written out, never
imported from ``db.tables``.
"""

import sqlalchemy as sa
from alembic import op

revision = "bureau_0004"
down_revision = "bureau_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("history") as table:
        for name in ("archive", "bureau_key"):
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
