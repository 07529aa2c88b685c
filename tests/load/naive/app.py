"""What a beginner writes: one shared CSV, a data editor, a Save button. It is here to be compared with."""

import os

import pandas as pd
import streamlit as st

FILE = os.environ["NAIVE_FILE"]

st.title("Danh mục")
if os.environ["NAIVE_READS"] == "once" and "table" in st.session_state:
    table = st.session_state.table
else:
    table = st.session_state.table = pd.read_csv(FILE, dtype="str", keep_default_na=False)
edited = st.data_editor(table, key="editor", width="stretch")
if st.button("Save", key="save"):
    edited.to_csv(FILE, index=False)
    st.success("Saved")
