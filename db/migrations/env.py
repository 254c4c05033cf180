"""Runs migrations on the connection that ``db.upgrade`` hands over, inside its transaction.

Batch mode, because SQLite changes a table by making it anew.
"""

from alembic import context

from db.tables import BureauTable, DeskTable

_TABLES = {"bureau": BureauTable.metadata, "desk": DeskTable.metadata}

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=_TABLES[context.config.attributes["family"]],
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
