"""One folder of migrations per database."""
