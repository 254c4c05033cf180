"""Migrations of the bureau's database, oldest first."""
