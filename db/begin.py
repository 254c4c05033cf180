"""How a transaction begins, as execution options of a connection; files only.

A server locks rows (``FOR UPDATE``) and ignores these.
"""

WRITING = {"begin": "BEGIN IMMEDIATE"}
"""Take the write lock at once, so that writers take turns from their first statement."""
OUTSIDE = {"begin": ""}
"""Begin nothing: VACUUM and checkpoints refuse to run inside a transaction."""
