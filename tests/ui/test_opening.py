from fractions import Fraction

import pytest
from PySide6.QtWidgets import QApplication

from reviewer_app.core.errors import PackError
from reviewer_app.core.marks import scored
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.services.desk_scoring import put_mark
from reviewer_app.sheets.passcode import new_passcode
from tests.ui.conftest import AtOnce, Pack
from tests.ui.making import Machine
from ui.expert.conflicts_presenter import ConflictsPresenter, Declared
from ui.expert.entry_views import accept, identity_view, pledge_view
from ui.expert.passcode_presenter import PasscodePresenter
from ui.expert.session import Session
from ui.settings import Settings


@pytest.fixture
def entering(machine: Machine, pack: Pack, app: QApplication) -> PasscodePresenter:
    assert app
    session = Session(machine, Settings(machine.home), AtOnce(), pack.path)
    presenter = PasscodePresenter(session)
    presenter.look_at_file()
    return presenter


def parts(pack: Pack) -> list[str]:
    return [pack.passcode[place : place + 5] for place in range(0, 20, 5)]


def test_a_passcode_is_counted_down_and_ready_when_every_group_fits(
    entering: PasscodePresenter, pack: Pack
) -> None:
    groups = parts(pack)
    entering.typed("-".join(groups)[:-1])
    assert entering.view.message.text.startswith("1 characters to go")
    assert not entering.view.ready
    entering.typed("-".join(groups))
    assert entering.view.ready
    assert entering.view.message.tone == "ok"


def test_a_slip_names_its_group_at_once(entering: PasscodePresenter, pack: Pack) -> None:
    groups = parts(pack)
    other = "2" if groups[1][0] != "2" else "3"
    entering.typed(f"{groups[0]}-{other}{groups[1][1:]}-{groups[2][:2]}")
    assert entering.view.wrong == 1
    assert "group 2" in entering.view.message.text
    assert not entering.view.ready


def test_a_passcode_of_another_pack_is_told_apart_from_a_slip(
    entering: PasscodePresenter,
) -> None:

    other = new_passcode()
    entering.typed("-".join(other[place : place + 5] for place in range(0, 20, 5)))
    entering.unlock()
    assert entering.view.message.tone == "bad"
    assert entering.view.wrong is None
    assert not entering.view.busy


def test_the_right_passcode_opens_the_desk(entering: PasscodePresenter, pack: Pack) -> None:
    opened: list[float] = []
    entering.opened = lambda: opened.append(entering.seconds)
    entering.typed("-".join(parts(pack)))
    entering.unlock()
    assert opened
    assert entering._session.desk.expert.number == "02"


def test_a_file_that_is_no_pack_is_refused_before_any_passcode(
    machine: Machine, pack: Pack, app: QApplication
) -> None:
    assert app
    broken = machine.home.parent / "broken.reviewpack"
    broken.write_bytes(pack.path.read_bytes()[:5000])
    session = Session(machine, Settings(machine.home), AtOnce(), broken)
    with pytest.raises(PackError):
        PasscodePresenter(session).look_at_file()


def test_identity_says_who_what_and_how_the_machine_stands(session: Session) -> None:
    view = identity_view(session, 2.8)
    facts = dict(view.facts)
    assert facts["Expert number"] == "02"
    assert facts["Task"] == "3 applications, 18 marks, scored independently"
    assert any("2026-11-21" in message.text for message in view.machine)
    assert session.desk.pack.round.fingerprint in view.signed_by


def test_the_pledge_is_asked_for_once(session: Session) -> None:
    assert not pledge_view(session).accepted
    accept(session)
    assert pledge_view(session).accepted
    assert len(pledge_view(session).points) == 6


@pytest.fixture
def declaring(session: Session) -> ConflictsPresenter:
    presenter = ConflictsPresenter(session)
    presenter.begin()
    return presenter


def test_applications_are_declared_one_after_the_other(declaring: ConflictsPresenter) -> None:
    assert declaring.view().card is not None
    assert declaring.view().foot.primary == "No relation to 01, next"
    declaring.next()
    view = declaring.view()
    assert [line.state for line in view.lines] == [
        Declared.FREE,
        Declared.NOT_YET,
        Declared.NOT_YET,
    ]
    assert view.card is not None
    assert view.card.number == "02"


def test_stepping_back_removes_the_application_from_the_page(
    declaring: ConflictsPresenter,
) -> None:
    declaring.tick({"office"})
    assert declaring.view().lines[0].state is Declared.OPEN
    assert "01" in declaring.view().foot.primary
    declaring.write("Adviser until 2024")
    declaring.next()
    view = declaring.view()
    assert [line.number for line in view.lines] == ["02", "03"]
    assert view.recused == 1
    assert "01" not in str([line.name for line in view.lines])


def test_the_last_stepping_back_can_be_undone_before_scoring(
    declaring: ConflictsPresenter,
) -> None:
    declaring.tick({"control"})
    declaring.next()
    declaring.take_back()
    view = declaring.view()
    assert [line.number for line in view.lines] == ["01", "02", "03"]
    assert view.recused == 0


def test_once_scoring_began_it_cannot_be_undone_and_the_page_says_so(
    declaring: ConflictsPresenter, session: Session
) -> None:
    declaring.tick({"control"})
    declaring.next()
    put_mark(session.desk, ApplicationNumber("02"), "6.1", scored(80), session.now())
    declaring.take_back()
    assert declaring.view().trouble.tone == "bad"
    assert declaring.view().recused == 1


def test_other_needs_words_and_nothing_is_stored_without(declaring: ConflictsPresenter) -> None:
    declaring.tick({"other"})
    declaring.next()
    assert declaring.view().trouble.tone == "bad"
    assert len(declaring.view().lines) == 3


def test_ticks_wait_while_another_application_is_looked_at(
    declaring: ConflictsPresenter,
) -> None:
    declaring.tick({"office"})
    declaring.write("Adviser until 2024")
    declaring.next_gap()
    card = declaring.view().card
    assert card is not None
    assert (card.number, card.ticked, card.note) == ("02", frozenset(), "")
    declaring.open("01")
    card = declaring.view().card
    assert card is not None
    assert (card.ticked, card.note) == (frozenset({"office"}), "Adviser until 2024")


def test_the_rest_is_declared_free_at_once_and_scoring_may_begin(
    declaring: ConflictsPresenter, session: Session
) -> None:
    finished: list[int] = []
    declaring.finished = lambda: finished.append(1)
    declaring.rest_free()
    assert declaring.is_done()
    assert declaring.view().foot.primary == "Start scoring"
    declaring.next()
    assert finished == [1]
    again = ConflictsPresenter(session)
    assert again.is_done()


def test_once_all_is_declared_the_next_step_is_scoring_whatever_is_looked_at(
    declaring: ConflictsPresenter,
) -> None:
    finished: list[int] = []
    declaring.finished = lambda: finished.append(1)
    declaring.rest_free()
    declaring.open("02")
    assert declaring.view().foot.primary == "Start scoring"
    declaring.next()
    assert finished == [1]


def test_weights_of_the_fixture_add_up(session: Session) -> None:
    assert session.desk.pack.round.document.scheme.full_marks == Fraction(100)
