"""Faults of the world or of the user, each explained in one line.

Everything raised on purpose derives from ReviewerError; anything else is a bug, not caught.

* ReviewerError
  * InputError              a file a person made: what, where, what is expected
    * NumberError           a text is not the exact decimal it should be
    * SchemeError           an indicator table contradicts itself
    * RulesError            review rules contradict themselves
    * FaultsError           a file has several faults, each named with its place
  * MarkError               a mark outside its indicator's scale
  * RoundStateError         the step is not possible in this state of the round
  * ConflictError           somebody else recorded something else meanwhile
  * NotFoundError           no such round, pack, expert, application
  * PackError               a review pack is damaged, foreign or hostile
    * PasscodeError         the passcode is mistyped, or belongs to another pack
  * DraftError              a draft is damaged, of another pack, or older than the desk
  * SheetRefusedError       a score sheet failed a check before anything in it was believed
  * DocumentError           a signed document is not in the one form its format allows
    * SignatureError        its signature or its key is not valid
  * CodeError               printed codes are incomplete or mixed
  * ArchiveError            an archive or ZIP is damaged or hostile
  * KeyStoreError           a key cannot be reached
  * StorageError            the disk or database is full, locked, read-only or corrupt
  * PaperError              a paper cannot be made (no font, no printer)
  * CancelledError          the user stopped a long task
"""

from enum import StrEnum

from reviewer_app.core.messages import _


class ReviewerError(Exception):
    """A problem to explain to the user in one line, never a traceback."""


class InputError(ReviewerError):
    """A file a person made cannot be taken as it is."""


class NumberError(InputError):
    """A text is not the exact decimal it should be."""


class SchemeError(InputError):
    """An indicator table contradicts itself or cannot be read."""


class RulesError(InputError):
    """Review rules contradict themselves or cannot be read."""


class FaultsError(InputError):
    """A file has faults; ``faults`` names each with its place, the sentence the first."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        more = _("{first} (and {count} more)").format(first=faults[0], count=len(faults) - 1)
        super().__init__(more if len(faults) > 1 else faults[0])
        self.faults = faults


class MarkError(ReviewerError):
    """A mark lies outside its indicator's scale."""


class RoundStateError(ReviewerError):
    """The step is not possible in this state of the round."""


class ConflictError(ReviewerError):
    """Somebody else recorded something else meanwhile; nothing was replaced."""


class NotFoundError(ReviewerError):
    """There is no such round, pack, expert or application."""


class PackError(ReviewerError):
    """A review pack is damaged, foreign or hostile."""


class PasscodeError(PackError):
    """The passcode is mistyped (its group is named) or belongs to another pack."""


class DraftError(ReviewerError):
    """A draft is damaged, of another pack or expert, or older than what it would replace."""


class Refusal(StrEnum):
    """Why a score sheet was refused; the values double as verdicts of the test vectors."""

    MALFORMED = "malformed"
    BAD_SIGNATURE = "bad-signature"
    OTHER_ROUND = "other-round"
    OTHER_ASSIGNMENT = "other-assignment"
    NOT_ENROLLED = "not-enrolled"
    SECOND_KEY = "second-key"
    OLDER_REVISION = "older-revision"
    FORK = "fork"
    GAP = "missing-predecessor"
    INCOMPLETE = "incomplete"
    OUT_OF_RANGE = "out-of-range"
    RECUSED = "recused-application"
    COMMENTS_MISSING = "comments-missing"
    COMMENTS_ALTERED = "comments-altered"
    CLOSED = "after-closing"
    WITHDRAWN = "expert-withdrawn"
    STAGE = "no-second-scoring"


class SheetRefusedError(ReviewerError):
    """A score sheet failed a check; nothing in it is believed."""

    def __init__(self, refusal: Refusal, sentence: str) -> None:
        super().__init__(sentence)
        self.refusal = refusal


class DocumentError(ReviewerError):
    """A signed document is not in the one form that docs/formats.md allows."""


class SignatureError(DocumentError):
    """A signature or the key it was made with is not valid."""


class CodeError(ReviewerError):
    """Printed codes are incomplete, mixed or unreadable."""


class ArchiveError(ReviewerError):
    """An archive or ZIP is damaged or hostile."""


class KeyStoreError(ReviewerError):
    """A key cannot be reached."""


class StorageError(ReviewerError):
    """The disk or the database is full, locked, read-only or corrupt."""


class PaperError(ReviewerError):
    """A paper cannot be made."""


class CancelledError(ReviewerError):
    """The user stopped a long task; finished parts stay."""
