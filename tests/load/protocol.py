"""One browser tab of Streamlit 1.67 without the browser: what its front-end sends, and what it makes of the answers.

Read from the installed sources: ``web/server/starlette/starlette_websocket.py``,
``runtime/app_session.py`` and, for the browser's side, ``static/static/js``:

* a socket at ``/_stcore/stream`` with the subprotocols "streamlit", the XSRF token and,
  when coming back, the id of the session;
* every message to the server asks for a run and carries the state of every widget;
* a full run cancels every timer of ``run_every``; a fragment sends its timer anew;
* large elements are kept by hash for two runs, and then only referred to;
* what a finished run did not draw again is gone, with the states of its widgets.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Subprotocol

from tests.load.keeping import LargeElements, Timers

RECONNECT_AFTER = 0.5
"""Seconds until a lost connection is tried again."""


@dataclass(slots=True)
class Element:
    """What stands at one place of the page.

    Attributes:
        kind: The field of ``Element.proto`` it is: "dataframe", "metric", "bidi_component", …
        body: The message in that field.
        fragment: Id of the fragment that draws it; "" outside of fragments.
        run: Id of the run that drew it last.
        content: Names the content; the same as long as nothing in it changed.
    """

    kind: str
    body: Any
    fragment: str
    run: str
    content: str

    @property
    def id(self) -> str:
        """The widget's id, which ends in the key its page gave it; "" for what is no widget."""
        return str(getattr(self.body, "id", ""))


class Session:
    """One tab. ``on_element`` and ``on_finished`` tell what has come; both run in the loop's thread.

    Attributes:
        page: Elements by their place.
        run: Id of the run that is drawing, or drew last.
        received: Bytes that came in all.
        runs_begun, runs, fragment_runs: Runs of the page that began and that ended, and runs of fragments that ended.
        breaks: How often the connection was lost, or could not be made.
        troubles: What an exception on the page or a broken script said.
    """

    def __init__(self, url: str, page: str, query: str = "", cookies: dict[str, str] | None = None) -> None:
        self.url, self._page_name, self._query = url.rstrip("/"), page, query
        self._cookies = dict(cookies or {})
        self.page: dict[tuple[int, ...], Element] = {}
        self.run, self._page_hash, self._session_id = "", "", ""
        self.received, self.breaks = 0, 0
        self.runs_begun, self.runs = 0, 0
        self.fragment_runs_begun, self.fragment_runs = 0, 0
        self.troubles: list[str] = []
        self.on_element: Callable[[Element, bool], None] = lambda _element, _changed: None
        self.on_finished: Callable[[tuple[str, ...]], None] = lambda _fragments: None
        self._states: dict[str, WidgetState] = {}
        self._triggers: set[str] = set()
        self._blocks: dict[tuple[int, ...], tuple[str, str]] = {}  # place -> fragment and run that drew it
        self._large = LargeElements()
        self._begun = False  # whether a run has begun since the last one was asked for
        self._timers = Timers(lambda fragment: self.ask(fragment, by_timer=True))
        self._closing = False
        self._socket: ClientConnection | None = None
        self._outgoing: asyncio.Queue[bytes] = asyncio.Queue()

    # -- the connection ------------------------------------------------------

    async def follow(self) -> None:
        """Connect, ask for a run, and take what comes until :meth:`close`; a lost connection is made anew."""
        while not self._closing:
            try:
                await asyncio.to_thread(self._greet)
                await self._talk()
            except (OSError, WebSocketException):
                pass
            if not self._closing:
                self.breaks += 1
                await asyncio.sleep(RECONNECT_AFTER)

    async def _talk(self) -> None:
        address = urlsplit(self.url)
        tokens = ["streamlit", self._cookies.get("_streamlit_xsrf", "PLACEHOLDER_AUTH_TOKEN")]
        tokens += [self._session_id] if self._session_id else []
        async with connect(
            f"ws://{address.netloc}{address.path}/_stcore/stream",
            subprotocols=[Subprotocol(token) for token in tokens],
            additional_headers={"Cookie": self.cookie_header(), "Origin": self.url},
            max_size=None,
            ping_interval=None,
            proxy=None,
        ) as socket:
            self._socket = socket
            self.ask()
            sender = asyncio.create_task(self._send(socket))
            try:
                async for data in socket:
                    assert isinstance(data, bytes)
                    self._take(data)
            finally:
                sender.cancel()
                self._timers.stop()
                self._outgoing = asyncio.Queue()
                self._socket = None

    def _greet(self) -> None:
        """What a browser fetches before the socket; brings the XSRF cookie."""
        for path in ("health", "host-config"):
            request = urllib.request.Request(f"{self.url}/_stcore/{path}", headers={"Cookie": self.cookie_header()})
            with urllib.request.urlopen(request, timeout=60) as answer:
                for line in answer.headers.get_all("Set-Cookie", []):
                    self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}

    def cookie_header(self) -> str:
        """The cookies of this browser, as it sends them."""
        return "; ".join(f"{name}={quote(value, safe='|%')}" for name, value in self._cookies.items())

    async def _send(self, socket: ClientConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                await socket.send(await self._outgoing.get())

    async def close(self) -> None:
        """Leave, as closing the tab does."""
        self._closing = True
        if self._socket is not None:
            await self._socket.close()

    # -- what the front-end sends --------------------------------------------

    def ask(self, fragment: str = "", *, by_timer: bool = False) -> None:
        """Ask for a run of the page, or of one fragment, with the widgets as they stand."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self._query
        asked.page_script_hash = self._page_hash
        asked.page_name = "" if self._page_hash else self._page_name
        asked.fragment_id, asked.is_auto_rerun = fragment, by_timer
        asked.widget_states.widgets.extend(self._states.values())
        asked.cached_message_hashes.extend(self._large)
        asked.context_info.timezone, asked.context_info.timezone_offset = "Asia/Ho_Chi_Minh", -420
        asked.context_info.locale, asked.context_info.url = "vi-VN", f"{self.url}/{self._page_name}?{self._query}"
        self._outgoing.put_nowait(message.SerializeToString())
        self._begun = False
        for widget in self._triggers:
            self._states.pop(widget, None)
        self._triggers.clear()

    def set_text(self, element: Element, value: str) -> None:
        """A widget whose state is text (a text field, the JSON of a data editor) was changed by the person."""
        self._states[element.id] = WidgetState(id=element.id, string_value=value)
        self.ask(element.fragment)

    def press(self, element: Element) -> None:
        """A button was clicked."""
        self._states[element.id] = WidgetState(id=element.id, trigger_value=True)
        self._triggers.add(element.id)
        self.ask(element.fragment)

    def trigger(self, element: Element, event: str, value: object) -> None:
        """The script of a component (v2) called ``setTriggerValue``."""
        widget = f"$$STREAMLIT_INTERNAL_KEY_{element.id}__events"
        payload = json.dumps([{"event": event, "value": value}])
        self._states[widget] = WidgetState(id=widget, json_trigger_value=payload)
        self._triggers.add(widget)
        self.ask(element.fragment)

    # -- what comes ----------------------------------------------------------

    def find(self, kind: str, key: str = "") -> Iterator[Element]:
        """Elements of a kind, and of a key if one is given, in the order of the page."""
        for _place, element in sorted(self.page.items()):
            if element.kind == kind and element.id.endswith(key and f"-{key}"):
                yield element

    def _take(self, data: bytes) -> None:
        self.received += len(data)
        message = ForwardMsg.FromString(data)
        match message.WhichOneof("type"):
            case "delta":
                if message.metadata.cacheable and message.hash:
                    self._large.keep(message.hash, message.delta)
                self._draw(message.delta, message)
            case "ref_hash":
                if (delta := self._large.drawn(message.ref_hash)) is not None:
                    self._draw(delta, message)
                else:
                    self.troubles.append("an element was referred to that was not kept")
            case "new_session":
                self._begin(message)
            case "script_finished":
                self._finish(message)
            case "auto_rerun":
                self._timers.start(message.auto_rerun.fragment_id, message.auto_rerun.interval)
            case "stop_auto_rerun":
                if fragments := message.stop_auto_rerun.fragment_ids:
                    self._timers.stop(*fragments)
            case "navigation":
                self._page_hash = message.navigation.page_script_hash
            case "page_info_changed":
                self._query = message.page_info_changed.query_string
            case "session_event" if message.session_event.HasField("script_compilation_exception"):
                self.troubles.append(message.session_event.script_compilation_exception.message)
            case "page_not_found":
                self.troubles.append(f"page not found: {self._page_name}")

    def _begin(self, message: ForwardMsg) -> None:
        self.run, self._begun = message.metadata.run.script_run_id, True
        if message.new_session.HasField("initialize"):
            self._session_id = message.new_session.initialize.session_id
        if message.metadata.run.fragment_ids:
            self.fragment_runs_begun += 1
        else:
            self.runs_begun += 1
            self._timers.stop()
            self._page_hash = self._page_hash or message.new_session.page_script_hash

    def _draw(self, delta: Delta, message: ForwardMsg) -> None:
        if delta.WhichOneof("type") == "add_block":
            self._blocks[tuple(message.metadata.delta_path)] = delta.fragment_id, self.run
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type") or ""
        content = message.ref_hash or message.hash
        place = tuple(message.metadata.delta_path)
        before = self.page.get(place)
        element = Element(
            kind, getattr(delta.new_element, kind) if kind else None, delta.fragment_id, self.run, content
        )
        self.page[place] = element
        if kind == "exception":
            self.troubles.append(f"{element.body.type}: {element.body.message}")
        self.on_element(element, before is None or before.content != content)

    def _finish(self, message: ForwardMsg) -> None:
        if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return
        run, fragments = message.metadata.run.script_run_id, tuple(message.metadata.run.fragment_ids)
        self.runs += not fragments
        self.fragment_runs += bool(fragments)
        drawn = {place for place, block in self._blocks.items() if block in {(each, run) for each in fragments}}

        def stays(place: tuple[int, ...], element: Element) -> bool:
            """Whether it is outside of what ran: also the elements of a fragment within a fragment go with that."""
            within = any(place[:n] in drawn for n in range(len(place)))
            return bool(fragments) and element.fragment not in fragments and not within

        self.page = {
            place: element for place, element in self.page.items() if element.run == run or stays(place, element)
        }
        here = {element.id for element in self.page.values()}
        self._states = {w: s for w, s in self._states.items() if w in here or w in self._triggers}
        if self._begun:
            self._large.run_ended(fragments)
        self.on_finished(fragments)


def now() -> float:
    """Seconds of the generator's one clock."""
    return time.perf_counter()
