"""Elements of a page that can show others' edits by themselves, kept as they were sent.

Why, and how they are sent again: :mod:`kpicat.ui.repainting`.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from kpicat.office import Pace
from kpicat.services.view import View

Renew = Callable[[Element, View], None]
"""Puts what a view shows into an element that was sent for an older one."""


@dataclass
class _Element:
    message: ForwardMsg
    renew: Renew
    own: bool


@dataclass
class Followed:
    """What of one page can follow edits.

    Attributes:
        keeps_pace: Whether these elements are all that the way to a view, at a moment, asks for; if so,
            what the page knows of itself goes along. None on a page of which nothing follows.
        standing: Where the log stands on the page, as text.
        put_off: Whether a page that looks by itself left what it found to the next look.
    """

    keeps_pace: Callable[[View, datetime], Pace] | None = None
    standing: str = ""
    put_off: bool = False
    _elements: dict[str, _Element] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def element(self, name: str, renew: Renew, *, own: bool = False) -> Iterator[None]:
        """Keep the one element that is drawn within the block.

        Args:
            own: It changes only with what this person does.
        """
        with _sent() as messages:
            yield
        for message in messages:
            if message.delta.WhichOneof("type") == "new_element":
                kept = ForwardMsg()
                kept.CopyFrom(message)
                kept.metadata.cacheable = False  # a browser forgets what it keeps only as runs go by
                with self._guard:
                    self._elements[name] = _Element(kept, renew, own)

    def renewed(self, view: View, *, own: bool = False, but: str = "") -> list[ForwardMsg]:
        """The elements as ``view`` has them, to be sent: the last on the page first.

        So the listener, which says to which seq the screen shows the log, says it when the rows are there.

        Args:
            own: Whether this person has done something; from a run of theirs only.
            but: The name of one that is left out.
        """
        messages = []
        with self._guard:
            for name, element in self._elements.items():
                if name != but and (own or not element.own):
                    # What is set in a message takes memory until the message goes: never in the one that stays.
                    message = ForwardMsg()
                    message.CopyFrom(element.message)
                    element.renew(message.delta.new_element, view)
                    message.hash = uuid.uuid4().hex  # another name for another content
                    messages.append(message)
        return messages[::-1]


@contextmanager
def _sent() -> Iterator[list[ForwardMsg]]:
    """What this session's run sends to its browser within the block."""
    messages: list[ForwardMsg] = []
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        yield messages
        return
    send = context.enqueue

    def keep(message: ForwardMsg) -> None:
        send(message)
        messages.append(message)

    vars(context)["enqueue"] = keep
    try:
        yield messages
    finally:
        del vars(context)["enqueue"]


def send(messages: Iterable[ForwardMsg]) -> None:
    """Send this session's browser elements that stand outside of what runs."""
    if context := get_script_run_ctx(suppress_warning=True):
        for message in messages:
            context.enqueue(message)
