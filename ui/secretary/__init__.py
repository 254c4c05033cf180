"""The secretary's door: rounds and their seven steps."""
