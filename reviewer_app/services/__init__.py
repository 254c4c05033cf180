"""The verbs of the day, one unit of work each."""
