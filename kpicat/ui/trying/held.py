"""The scenario a session has in hand: as it was taken, and what its person has changed of it since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from kpicat.language import _
from kpicat.model.scenarios import SavedScenario
from kpicat.scenario import Scenario, decode
from kpicat.ui import frame

PREFIX = "what_if"
_LINK = "s"
_KEY = f"{PREFIX}_held"


@dataclass
class Held:
    """What a person tries.

    Attributes:
        catalogue: Id of the catalogue it is tried on.
        kept: The scenario as it was taken; None for one that is not kept yet.
        met: What another has made of it while this person changed it, too; None where nobody has.
        gone: Whether another has removed it.
        turn: Part of the fields' keys: they are filled anew when it moves.
    """

    catalogue: str
    kept: SavedScenario | None = None
    scenario: Scenario = field(default_factory=Scenario)
    name: str = ""
    note: str = ""
    met: SavedScenario | None = None
    gone: bool = False
    turn: int = 0

    def take(self, kept: SavedScenario | None) -> None:
        """Have this scenario in hand as it is kept, or an empty one."""
        self.kept, self.met, self.gone = kept, None, False
        self.scenario = decode(kept.body) if kept else Scenario()
        self.name, self.note = (kept.name, kept.note) if kept else ("", "")
        self.turn += 1
        if kept:
            st.query_params[_LINK] = kept.id
        else:
            st.query_params.pop(_LINK, None)

    def set(self, scenario: Scenario, *, refill: bool = False) -> None:
        """Try something else.

        Args:
            refill: Whether the fields show it only when they are filled anew.
        """
        self.scenario = scenario
        self.turn += refill

    @property
    def changed(self) -> bool:
        """Whether there is something that is not kept."""
        if self.kept is None:
            return not self.scenario.says_nothing
        mine = (self.scenario.encode(), self.name.strip(), self.note.strip())
        return mine != (decode(self.kept.body).encode(), self.kept.name, self.kept.note)

    @property
    def adopted(self) -> bool:
        """Whether what is shown is what was adopted."""
        return self.kept is not None and self.kept.adopted is not None

    def key(self, name: str) -> str:
        """The key of a field."""
        return f"{PREFIX}_{name}_{self.turn}"

    def filled(self, name: str, value: object) -> str:
        """The key of a field that shows ``value`` until its person changes it: fields not on screen are forgotten."""
        st.session_state.setdefault(self.key(name), value)
        return self.key(name)

    def follow(self, stands: SavedScenario | None) -> None:
        """Know how the scenario in hand stands: another's change is taken over where this person has made none."""
        if self.kept is None:
            return
        self.gone = stands is None
        if stands is None or stands.version == self.kept.version:
            self.met = None
        elif self.changed:
            self.met = stands
        else:
            adopted = stands.adopted is not None and self.kept.adopted is None
            say = _("{who} has adopted this scenario.") if adopted else _("{who} has just changed this scenario.")
            self.take(stands)
            st.toast(say.format(who=frame.plain_text(stands.by)), icon=":material/group:")

    def over(self, theirs: SavedScenario) -> None:
        """Have what was changed here stand on what another has made of it: keeping it now lays it over theirs."""
        self.kept, self.met = theirs, None


def current(desk: frame.Desk, saved: Sequence[SavedScenario]) -> Held:
    """What this session has in hand: what the link asks for, else what it had before, else an empty scenario."""
    held: Held | None = st.session_state.get(_KEY)
    by_id: Mapping[str, SavedScenario] = {each.id: each for each in saved}
    if held is None or held.catalogue != desk.view.catalogue.id:
        held = st.session_state[_KEY] = Held(desk.view.catalogue.id)
    asked = st.query_params.get(_LINK)
    if asked and asked != (held.kept.id if held.kept else None):
        if asked in by_id:
            held.take(by_id[asked])
        else:
            st.query_params.pop(_LINK, None)
            st.warning(_("The scenario asked for is not here any more; it was removed, or the link is not whole."))
    if held.kept is not None:
        held.follow(by_id.get(held.kept.id))
        if not held.gone:
            st.query_params[_LINK] = held.kept.id
    return held


def called(saved: Sequence[SavedScenario]) -> dict[str, str]:
    """Id -> what people call it; of equal names whose it is, too."""
    times = Counter(each.name for each in saved)
    return {each.id: each.name if times[each.name] == 1 else f"{each.name} · {each.author}" for each in saved}


def link(held: Held) -> str:
    """What leads others to the scenario in hand, behind this kpicat's address."""
    assert held.kept is not None
    return f"what_if?c={held.catalogue}&{_LINK}={held.kept.id}"
