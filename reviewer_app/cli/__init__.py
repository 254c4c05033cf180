"""The commands of docs/cli.md."""
