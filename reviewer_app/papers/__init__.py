"""The documents that are printed: one model, three writers."""
