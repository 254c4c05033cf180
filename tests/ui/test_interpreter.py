import subprocess
import sys

import ui

_PROGRAM = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import ui
from PySide6.QtCore import QCoreApplication, QEvent, QObject
application = QCoreApplication([])

class Watch(QObject):
    def eventFilter(self, watched, event):
        return event.type() is QEvent.Type.User

thing, watch = QObject(), Watch()
thing.installEventFilter(watch)
for _each in range(60_000):
    thing.setObjectName("x")
    QCoreApplication.sendEvent(thing, QEvent(QEvent.Type.User))
print("alive")
"""


def test_thousands_of_calls_that_return_constants_leave_the_interpreter_alive() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "alive"
    assert done.returncode == 0, done.stderr


def test_keeping_them_alive_twice_changes_nothing_more() -> None:
    before = sys.getrefcount(None)
    ui.keep_constants_alive()
    assert abs(sys.getrefcount(None) - before) < 100
