"""Test vectors: small text files that any implementation of docs/formats.md can run."""
