"""Every role, every use case, every state: who may does it, everybody else is refused before anything else is asked."""

from __future__ import annotations

import pytest

from kpicat.access import Forbidden
from kpicat.errors import InputError, Locked
from kpicat.model import Outcome
from tests.access import stage
from tests.access.stage import EVERYBODY, STATES, Stage
from tests.access.use_cases import USE_CASES

DONE, NOT_NOW, REFUSED = "done", "not now", "refused"


def became(on: Stage, letter: str, gesture) -> str:
    """What comes of a gesture of somebody; nothing of it stays."""
    with on.database.trying():
        try:
            outcome = gesture(on.as_(letter))
        except Forbidden:
            return REFUSED
        except (InputError, Locked, IndexError):
            return NOT_NOW
        return NOT_NOW if isinstance(outcome, Outcome) and outcome.batch is None else DONE


def wanted(may: str, works: str, letter: str, state: str) -> str:
    return REFUSED if letter not in may else DONE if state in works else NOT_NOW


@pytest.mark.parametrize("name", USE_CASES)
def test_each_cell_of_roles_and_states(stages, name):
    may, works, gesture = USE_CASES[name]
    cells = [(letter, state) for letter in EVERYBODY for state in STATES]
    found = {cell: became(stages[cell[1]], cell[0], gesture) for cell in cells}
    assert found == {(letter, state): wanted(may, works, letter, state) for letter, state in cells}


def test_nothing_of_a_try_stays(stages):
    before = stages["d"].view.catalogue.standing
    assert became(stages["d"], "h", USE_CASES["submit it"][2]) == DONE
    with stages["d"].database.trying():
        assert stages["d"].plain.standing("xa") == before


@pytest.mark.postgres
def test_postgres_agrees_on_the_draft(new_url):
    address = new_url("postgres")
    on = Stage(address, stage.prepare(address))
    for name in ("open it", "comment", "type a cell", "submit it", "begin a catalogue", "make somebody the approver"):
        may, works, gesture = USE_CASES[name]
        found = {letter: became(on, letter, gesture) for letter in EVERYBODY}
        assert found == {letter: wanted(may, works, letter, "d") for letter in EVERYBODY}, name
    on.close()
