"""The files that travel: packs, score sheets, paper codes, archives, keys (docs/formats.md)."""
