"""Why a document cannot be shown; the window puts it into words."""

DAMAGED, LOCKED, TOO_LARGE, OTHER, SLOW = "damaged", "locked", "too-large", "other", "slow"


class UnreadableError(Exception):
    """A document cannot be shown; ``reason`` is one of the words of this module."""

    def __init__(self, reason: str, words: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.words = words
        """What a reader of the format said, if anything."""
