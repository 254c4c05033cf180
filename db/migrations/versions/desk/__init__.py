"""Migrations of an expert's own file, oldest first."""
