"""Which scenario is in hand, and what is done with it as a whole: begun, kept, named, shared, removed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpicat.access import Act
from kpicat.errors import InputError
from kpicat.language import _, moment
from kpicat.model.scenarios import SavedScenario
from kpicat.services import scenarios
from kpicat.ui import frame, only
from kpicat.ui.told_apart import told_apart
from kpicat.ui.trying.held import PREFIX, Held, called, link

_NEW = ""
_SAID = f"{PREFIX}_said"  # why the last gesture was refused
_WIDTH = 225  # pixels: all of the bar is one line on a laptop, so that the figures are in sight of the sliders


def bar(desk: frame.Desk, held: Held, saved: Sequence[SavedScenario]) -> None:
    """The scenario in hand with its name and note, and the buttons over it."""
    names = told_apart({_NEW: _("A new scenario"), **called(saved)})
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{PREFIX}_bar"):
        here = held.kept.id if held.kept and held.kept.id in names else _NEW
        st.selectbox(
            _("Scenario"),
            list(names),
            index=list(names).index(here),
            format_func=names.__getitem__,
            key=(chosen := held.key(f"chosen_{len(names)}")),
            on_change=lambda: held.take(next((s for s in saved if s.id == st.session_state[chosen]), None)),
            width=_WIDTH,
            # Changing to another would throw away what is not kept.
            disabled=held.changed,
            help=_("Keep what you have changed, or set it back, before you choose another one.")
            if held.changed
            else None,
        )
        held.name = st.text_input(
            _("Name"), key=held.filled("name", held.name), max_chars=120, width=_WIDTH,
            placeholder=_("what it tries"), disabled=held.adopted,
        )  # fmt: skip
        with st.popover(_("Note"), icon=":material/notes:"):
            note = held.filled("note", held.note)
            held.note = st.text_area(
                _("Why it is tried, what was said"), key=note, max_chars=2000, disabled=held.adopted
            )
        _buttons(desk, held)
    _about(desk, held)
    if why := st.session_state.pop(_SAID, None):
        st.error(frame.plain_text(why), icon=":material/error:")
    _meeting(desk, held)


def _buttons(desk: frame.Desk, held: Held) -> None:
    st.button(  # also where nothing is changed: who types a name and clicks at once would click in vain
        _("Keep the scenario"), key=f"{PREFIX}_keep", type="primary", icon=":material/save:",
        on_click=_keep, args=(desk, held),
        **only.offered(desk, Act.TRY, disabled=held.met is not None or held.gone or held.adopted),
    )  # fmt: skip
    st.button(
        _("Set back"), key=f"{PREFIX}_back", icon=":material/undo:", disabled=not held.changed,
        on_click=lambda: held.take(held.kept), help=_("Throws away what you have changed and not kept."),
    )  # fmt: skip
    if held.kept is None:
        return
    with st.popover(_("More"), icon=":material/more_horiz:"):
        st.caption(_("Whoever opens this link sees the scenario:"))
        base = str(st.context.url or "").partition("?")[0].rpartition("/")[0]
        st.code(f"{base}/{link(held)}", language=None, wrap_lines=True)
        st.button(_("Begin another one from it"), key=f"{PREFIX}_copy", on_click=_copy, args=(held,))
        st.button(
            _("Try it on the catalogue as it stands"), key=f"{PREFIX}_again", on_click=_again, args=(desk, held),
            **only.offered(
                desk, Act.TRY, disabled=held.changed,
                help=_("What others have changed since it was begun is then no longer asked about."),
            ),
        )  # fmt: skip
        st.button(
            _("Remove the scenario"), key=f"{PREFIX}_remove", icon=":material/delete:", on_click=_remove,
            args=(desk, held), **only.offered(desk, Act.TRY),
        )  # fmt: skip


def _about(desk: frame.Desk, held: Held) -> None:
    """Whose it is, on what it stands, and whether it was adopted."""
    if held.kept is None:
        st.caption(_("Nothing here changes the catalogue until a scenario is adopted."))
        return
    kept = held.kept
    words = _("Begun by {author}; last changed by {who} on {when}.").format(
        author=frame.plain_text(kept.author), who=frame.plain_text(kept.by), when=moment(frame.clock(kept.at))
    )
    st.caption(f"{words} {frame.plain_text(kept.note)}" if kept.note else words)
    if held.adopted:
        st.success(
            _(
                "This scenario was adopted; shown is what it made of the catalogue as it stood then. "
                "To take it back, undo it on the page History; to go on, begin another one from it."
            ),
            icon=":material/task_alt:",
        )


def _meeting(desk: frame.Desk, held: Held) -> None:
    """Two have changed it: both are there, and the person says which stands."""
    if held.gone:
        st.warning(
            _("Somebody has removed this scenario; to keep it, begin another one from it."),
            icon=":material/delete_history:",
        )
    if (theirs := held.met) is None:
        return
    with st.container(border=True, key=f"{PREFIX}_met"):
        st.warning(
            _("{who} changed this scenario while you did. Nothing was overwritten: say which one is to stand.").format(
                who=frame.plain_text(theirs.by)
            ),
            icon=":material/group:",
        )
        with st.container(horizontal=True):
            st.button(_("Take theirs"), key=f"{PREFIX}_theirs", on_click=lambda: held.take(theirs))
            may = only.offered(desk, Act.TRY)
            st.button(_("Keep mine over it"), key=f"{PREFIX}_mine", on_click=_over, args=(desk, held, theirs), **may)
            st.button(_("Keep mine as another scenario"), key=f"{PREFIX}_both", on_click=_copy, args=(held,))


# -- gestures ----------------------------------------------------------------


def _keep(desk: frame.Desk, held: Held) -> None:
    """Keep what is in hand; what another has written meanwhile is asked about."""
    held.name, held.note = (str(st.session_state.get(held.key(name), "")) for name in ("name", "note"))
    if not held.changed:
        st.session_state.notice = (
            _("The scenario is kept already; nothing of it has changed.")
            if held.kept
            else _("Try something first; then there is a scenario to keep.")
        )
        return
    try:
        scenarios.tried(desk.view, held.scenario)  # what cannot be tried is not kept
        if held.kept is None:
            new = scenarios.begin(
                desk.store, desk.view, held.scenario, name=held.name, note=held.note, actor=desk.actor, at=frame.now()
            )
            held.take(new)
            return
        outcome = scenarios.change(
            desk.store, held.kept, held.scenario, name=held.name, note=held.note, actor=desk.actor, at=frame.now()
        )
    except InputError as error:
        st.session_state[_SAID] = str(error)
        return
    if outcome.done:
        held.take(outcome.stands)
    else:
        held.met, held.gone = outcome.stands, outcome.stands is None


def _over(desk: frame.Desk, held: Held, theirs: SavedScenario) -> None:
    held.over(theirs)
    _keep(desk, held)


def _copy(held: Held) -> None:
    """Have the same in hand as a scenario that is not kept yet."""
    scenario, name, note = held.scenario, held.name, held.note
    held.take(None)
    held.scenario, held.note = scenario, note
    held.name = _("{name} (2)").format(name=name)


def _again(desk: frame.Desk, held: Held) -> None:
    assert held.kept is not None
    outcome = scenarios.change(
        desk.store, held.kept, held.scenario, name=held.kept.name, note=held.kept.note, actor=desk.actor,
        at=frame.now(), on=desk.view,
    )  # fmt: skip
    if outcome.stands:
        held.take(outcome.stands)


def _remove(desk: frame.Desk, held: Held) -> None:
    assert held.kept is not None
    outcome = scenarios.remove(desk.store, held.kept)
    if outcome.done:
        held.take(None)
    else:
        held.met = outcome.stands
