"""Files made when somebody asks for them, which Streamlit does in a thread without a session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Literal, NamedTuple

import streamlit as st

from kpicat import language
from kpicat.services import access
from kpicat.ui import admitted, frame

_OFFICE = "application/vnd.openxmlformats-officedocument"
_KINDS = {
    ".csv": "text/csv",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".zip": "application/zip",
}
"""Ending -> MIME type, here and not asked of the system, which on Windows says what was installed last."""


class File(NamedTuple):
    """A file that is there for the asking."""

    name: str
    make: Callable[[], bytes]


def button(
    words: str,
    file: File,
    *,
    key: str,
    type: Literal["primary", "secondary", "tertiary"] = "secondary",
    width: Literal["content", "stretch"] = "content",
) -> None:
    """A button that has a file made when it is pressed, and hands it over without a run of the page."""
    st.download_button(
        words,
        data=admitted.for_the_same(in_their_language(_noted(file))),
        file_name=file.name,
        mime=_KINDS[PurePath(file.name).suffix],
        key=key,
        icon=":material/download:",
        type=type,
        width=width,
        on_click="ignore",
    )


def _noted(file: File) -> Callable[[], bytes]:
    """What makes the file, and says in the audit log that it leaves."""
    catalogue_id = str(st.session_state.get("catalogue") or "")
    if not admitted.signs_in() or not catalogue_id:
        return file.make

    def make() -> bytes:
        access.exported(frame.office().store, frame.who(), catalogue_id, file.name, at=frame.now())
        return file.make()

    return make


def in_their_language(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """``make``, wherever it is called, in the language of the session that offers the file."""
    spoken = language.language()

    def made() -> bytes:
        frame.speak(spoken)  # the thread may have served somebody else before
        return make()

    return made
