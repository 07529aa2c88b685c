"""The door for files: one, several, or a .zip of many; what comes in is held by the session."""

from __future__ import annotations

import streamlit as st

from kpicat.exchange import kinds
from kpicat.language import _
from kpicat.settings import upload_limit
from kpicat.ui import gathering, incoming
from kpicat.ui.incoming import Held

_HANDED = "uploading_handed"


def ask(label: str, key: str) -> Held | None:
    """What the person has uploaded here and has neither brought in nor put away; the session holds it.

    Any file may be chosen: what it is, its bytes say, and what cannot be read is answered in a sentence.

    Args:
        key: The first part of the uploader's key.
    """
    key = f"{key}_{incoming.dropped()}"
    uploaded = st.file_uploader(
        label,
        key=key,
        accept_multiple_files=True,
        max_upload_size=upload_limit() // 1024 // 1024,
        on_change=_emptied,
        args=(key,),
        help=_(
            "Excel, Word, PDF with text, CSV, web pages and what other office software writes; several files at "
            "once, or a .zip of them. kpicat finds the tables itself, whatever their headings are called."
        ),
    )
    handed = [file.file_id for file in uploaded]
    held = incoming.current()
    if not uploaded:
        if held is not None and held.refused:
            incoming.let_go()
        return None
    if held is None or st.session_state.get(_HANDED) != handed:
        st.session_state[_HANDED] = handed
        held = _take([(file.name, file.getvalue()) for file in uploaded])
    return held


def _take(files: list[tuple[str, bytes]]) -> Held:
    if len(files) == 1 and kinds.of(files[0][1]) is not kinds.Kind.ZIP:
        return incoming.take(*files[0])
    return gathering.take(files)


def _emptied(key: str) -> None:
    """Whoever takes the last file off the uploader wants nothing of it any more."""
    if not st.session_state.get(key):
        incoming.let_go()
