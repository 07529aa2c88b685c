"""Vote: what a member of a meeting opens on the phone; no catalogue is chosen, and none is seen."""

import streamlit as st

from kpicat.language import _
from kpicat.ui import balloting

balloting.rules(alone=True)
st.subheader(_("Vote"), anchor=False)
if seat := balloting.seat():
    balloting.meeting(seat)
else:
    balloting.door()
