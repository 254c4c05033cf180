"""The passcode page: four boxes, what happens next, and which file it is about."""

from PySide6.QtCore import Signal

from reviewer_app.core.messages import _
from ui.components.banner import Banner, Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.passcode import PasscodeBoxes
from ui.components.text import Icon, label, rule
from ui.expert.entry_page import EntryPage, numbered
from ui.expert.passcode_presenter import PasscodeView
from ui.look.scaling import row
from ui.views import FootView, Message


class PasscodePage(EntryPage):
    """Four boxes, what happens next, and which file it is about."""

    typed = Signal(str)
    unlock_requested = Signal()
    other_file_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes = PasscodeBoxes()
        self._hint = Hint()
        self._cover = Button(_("Cover the passcode"), kind="quiet", icon="eye-off")
        self._cover.setCheckable(True)
        self._file = label("", "small", "2", wrap=True)
        other = Button(_("Another file"), size="tall")
        other.clicked.connect(self.other_file_requested)
        self.foot.add_button(other)
        self.foot.asked.connect(self.unlock_requested)
        self.boxes.changed.connect(self.typed)
        self._cover.toggled.connect(lambda on: self.boxes.show_covered(covered=on))
        self._locked = Banner()
        self._locked.hide()
        self.lay_out((self._make_entry(), 600), (self._next_steps(), 420))

    def show_passcode(self, view: PasscodeView) -> None:
        """Show how the passcode stands."""
        self._hint.say(view.message.text, view.message.tone, view.message.icon)
        self.boxes.show_wrong(view.wrong)
        self.boxes.setEnabled(not view.busy)
        self._file.setText("　".join(filter(None, (view.file, view.size, view.place))))
        lost = _("Slip lost? Ask the secretary for a new pack and slip.")
        self.foot.show_foot(
            FootView(
                _("Open the review pack"),
                enabled=view.ready and not view.busy,
                left=Message(lost, "2", "circle-question-mark"),
            )
        )

    def show_locked(self, why: str) -> None:
        """Say why the desk was locked and that nothing is lost; hides it where it was not."""
        kept = _("Everything typed is saved. The passcode opens the desk where it stood.")
        self._locked.say(why, kept)
        self._locked.setVisible(bool(why))

    def begin(self) -> None:
        """Empty the boxes and give them the keyboard."""
        self.boxes.set_text("")
        self.boxes.focus_group(0)

    def _next_steps(self) -> Card:
        steps = (
            _("Enter the passcode, opens in about 3 seconds"),
            _("Confirm your name and employer"),
            _("Read the pledge, declare conflicts one by one"),
            _("Score; stop any time, a power cut loses nothing"),
        )
        lines = [
            numbered(place, words, current=place == 1)
            for place, words in enumerate(steps, start=1)
        ]
        title = label(_("What comes next"), "card-title")
        return Card(title, *lines, margins=(28, 24, 28, 24), gap=10)

    def _make_entry(self) -> Card:
        where = _("It is on the slip from the secretary, in 4 groups. Case does not matter.")
        return Card(
            self._locked,
            label(_("Enter the passcode"), "page-title"),
            label(where, "", "2", wrap=True),
            8,
            self.boxes,
            self._hint,
            row(self._cover, None),
            12,
            rule(),
            row(Icon("package", 18), self._file, None, gap=8),
            margins=(32, 26, 32, 26),
            gap=8,
        )
