"""Before any material: who sits here, and the pledge."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer_app.core.messages import Language, _
from ui.appearance import colour_choice, language_choice
from ui.components.banner import Banner, Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.check import TickBox
from ui.components.flow import Flow
from ui.components.segments import Segments
from ui.components.text import code, label, rule
from ui.expert.draft_offers import Offer
from ui.expert.entry_page import EntryPage
from ui.expert.entry_views import IdentityView, PledgeView
from ui.look.scaling import column, empty, fix, row
from ui.look.theme import TEXT_SIZES, Mode
from ui.views import FootView, Message


class IdentityPage(EntryPage):
    """Who the pack is for, how this computer stands, how large the text should be."""

    confirmed = Signal()
    refused = Signal()
    text_size_chosen = Signal(int)
    draft_declined = Signal()
    draft_chosen = Signal(object)
    mode_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._offer = Offer()
        self._view: IdentityView | None = None
        self._draft = Banner()
        self._draft.hide()
        self._choose = Button(
            _("Go on from a draft on a stick …"), kind="link", icon="usb", size="compact"
        )
        self._choose.clicked.connect(self._on_choose)
        self._opened = Hint(tone="ok", icon="circle-check")
        self._facts = column(gap=0)
        self._checks = column(gap=8)
        self._looks = Flow()
        sizes = [(str(size), f"{size}%") for size in TEXT_SIZES]
        self._sizes = Segments(_("Text size"), sizes)
        self._sizes.chosen.connect(lambda text: self.text_size_chosen.emit(int(text)))
        refuse = Button(_("It is not me"), size="tall")
        refuse.clicked.connect(self.refused)
        self.foot.add_button(refuse)
        self.foot.asked.connect(self.confirmed)
        self.lay_out((self._make_who(), 600), (self._make_machine(), 420))

    def _make_who(self) -> Card:
        holder = QWidget()
        holder.setLayout(self._facts)
        return Card(
            self._opened,
            label(_("Are you this expert?"), "page-title"),
            holder,
            self._draft,
            row(self._choose, None),
            Hint(_("Not you? Do not go on; give computer and slip back to the secretary.")),
            margins=(32, 24, 32, 24),
            gap=8,
        )

    def _make_machine(self) -> Card:
        checks = QWidget()
        checks.setLayout(self._checks)
        looks = QWidget()
        looks.setLayout(self._looks)
        return Card(
            label(_("This computer"), "card-title"),
            checks,
            rule(),
            label(_("Text size"), "small", "2"),
            row(self._sizes, None),
            label(_("This line is as large as the text when scoring."), "", "2", wrap=True),
            looks,
            margins=(28, 24, 28, 24),
            gap=10,
        )

    def show_identity(self, view: IdentityView) -> None:
        """Show whose pack it is."""
        self._opened.say(view.opened, "ok", "circle-check")
        empty(self._facts)
        for name, value in view.facts:
            self._facts.addWidget(fact_line(name, value))
        empty(self._checks)
        for message in view.machine:
            self._checks.addWidget(Hint(message.text, message.tone, message.icon, plain=True))
        self._view = view
        self._show_foot()

    def show_offer(self, offer: Offer) -> None:
        """Show the draft that was found beside the pack, or that one can be chosen."""
        self._offer = offer
        message = offer.message
        self._draft.setVisible(bool(message.text))
        self._draft.say(message.text, offer.then, tone=message.tone if message.text else "")
        self._draft.clear_buttons()
        if offer.takes:
            leave = Button(_("Start without it"), kind="quiet", size="compact")
            leave.clicked.connect(self.draft_declined)
            self._draft.add_button(leave)
        self._choose.setVisible(offer.fresh and not offer.takes)
        self._show_foot()

    def _show_foot(self) -> None:
        words = _("That is me, show the pledge")
        if self._offer.takes:
            words = _("That is me, go on from the draft")
        signed = self._view.signed_by if self._view else ""
        self.foot.show_foot(FootView(words, left=Message(signed, "2", "shield-check")))

    def _on_choose(self) -> None:
        kinds = _("Drafts (*.reviewdraft);;All files (*)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Go on from a draft"), "", kinds)
        if name:
            self.draft_chosen.emit(Path(name))

    def show_appearance(self, mode: Mode, language: Language) -> None:
        """Offer colours and language here too, the ones in use chosen."""
        colours, tongues = colour_choice(mode), language_choice(language)
        colours.chosen.connect(self.mode_chosen)
        tongues.chosen.connect(self.language_chosen)
        empty(self._looks)
        for each in (colours, tongues):
            self._looks.addWidget(each)

    def show_text_size(self, size: int) -> None:
        """Show which text size is in use."""
        self._sizes.choose(str(size))


class PledgePage(EntryPage):
    """The pledge in full; it is accepted by a tick and the button."""

    accepted = Signal()
    refused = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = label("", "page-title", wrap=True)
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._lead = label("", "", "2", wrap=True)
        self._points = column(gap=17)
        self._tick = TickBox(_("I have read it and will keep it."))
        self._tick.toggled.connect(self._on_tick)
        self._who = label("", "", "2")
        points = QWidget()
        points.setLayout(self._points)
        refuse = Button(_("Do not accept, leave"), size="tall")
        refuse.clicked.connect(self.refused)
        self.foot.add_button(refuse)
        self.foot.asked.connect(self.accepted)
        last = row(gap=12)
        last.addWidget(self._tick, 1)
        last.addWidget(self._who)
        card = Card(
            self._title,
            self._lead,
            points,
            rule(),
            last,
            margins=(40, 24, 40, 22),
            gap=12,
        )
        self.lay_out((card, 840), top=40)

    def show_pledge(self, view: PledgeView) -> None:
        """Show the pledge, and whether it was accepted already."""
        self._title.setText(view.title)
        self._lead.setText(view.lead)
        empty(self._points)
        for place, words in enumerate(view.points, start=1):
            number = label(str(place), "large", "2")
            fix(number, width=26)
            line = row(gap=10)
            line.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(words, "large", wrap=True), 1)
            holder = QWidget()
            holder.setLayout(line)
            self._points.addWidget(holder)
        self._who.setText(view.who)
        self._tick.setChecked(view.accepted)
        self._on_tick(on=view.accepted)

    def begin(self) -> None:
        """Give the tick box the keyboard."""
        self._tick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_tick(self, on: bool) -> None:  # noqa: FBT001 - a Qt slot
        words = (
            _("The pledge will be printed for you to sign by hand")
            if on
            else _("Tick the box to go on")
        )
        self.foot.show_foot(
            FootView(
                _("Accept, declare conflicts"),
                enabled=on,
                left=Message(words, "2", "printer" if on else "info"),
            )
        )


def fact_line(name: str, value: str) -> QWidget:
    """Return a name and its value with a hairline below."""
    title = label(name, "", "2", wrap=True)
    fix(title, width=104)
    words = code(value) if name.startswith("#") else label(value, "", wrap=True)
    line = row(margins=(0, 7, 0, 7), gap=12)
    line.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(words, 1)
    holder = QWidget()
    holder.setLayout(column(line, rule()))
    return holder
