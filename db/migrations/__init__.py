"""Migrations of both databases, run by ``db.upgrade``."""
