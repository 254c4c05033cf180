"""SQLAlchemy and SQLCipher: tables, stores, unit of work, migrations."""
