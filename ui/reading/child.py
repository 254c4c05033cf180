"""``python -m ui.reading.child``: the reading process; its questions come on standard input.

It ends when its input ends, so nothing is left of it when the window is gone, however that
went. It opens no file and writes none: documents come in by the pipe.
"""

import os
import sys

from PySide6.QtCore import QCoreApplication

from ui.reading import limits
from ui.reading.frames import framed, read_frame
from ui.reading.reader import Reader


def main() -> int:
    """Answer until there are no more questions."""
    limits.begin()
    application = QCoreApplication(sys.argv[:1])
    reader = Reader()
    with os.fdopen(0, "rb") as questions, os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # whatever a library prints must not get between the answers
        while (asked := read_frame(questions)) is not None:
            limits.new_turn()
            head, payload = reader.answer(*asked)
            answers.write(framed(head, payload))
            answers.flush()
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
