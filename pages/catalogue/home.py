"""My catalogues: how far each has come, and every way to start one."""

import streamlit as st

from kpicat import services
from kpicat.access import Act
from kpicat.language import _
from kpicat.ui import admitted, cards, frame, live, members, removing, shell, starting

there, off = services.on_and_off(frame.store())
chosen = frame.chosen_catalogue()
if chosen:
    desk = frame.enter()
    live.heading(desk, frame.HOME, desk.view.catalogue.name)
    cards.steps(services.steps(desk.view))
    if desk.may(Act.CONFIGURE):
        with (
            st.expander(_("About this catalogue"), icon=":material/edit_document:", key="home_about"),
            shell.errors_in_words(),
        ):
            starting.settings(desk)
    with shell.errors_in_words():
        members.expander(desk)

st.subheader(_("My catalogues"), anchor=False)
if not there:
    st.info(_("There is no catalogue yet. Start with the sample to look around, or with your own file."))
    if admitted.signs_in():
        st.caption(_("One that others have begun stands here once its chair has given you a role in it."))
cards.shelf(there, chosen)
removing.off_the_shelf(off)
removing.dialog(there)

st.subheader(_("Start a new catalogue"), anchor=False)
from_file, from_sample, empty = st.tabs([_("From a file"), _("From the sample"), _("Empty")])
with from_file, shell.errors_in_words():
    starting.from_file()
with from_sample:
    starting.from_sample()
with empty, shell.errors_in_words():
    starting.empty()
