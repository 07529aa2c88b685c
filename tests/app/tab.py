"""A session of Streamlit as a server has it, with a script that stops where a test tells it to."""

from __future__ import annotations

import asyncio
import threading
import time
from unittest.mock import MagicMock

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner.script_cache import ScriptCache

PATIENCE = 20  # s


class Told:
    """What a script and a test tell each other; the script finds it in its session's state."""

    def __init__(self):
        self.heard, self.shown = [], []
        self._held = {}

    def hold(self, *places):
        """Have the script wait where it next comes to these."""
        for place in places:
            self._held[place] = threading.Event(), threading.Event()

    def at(self, place):
        """The script is there now."""
        self.shown.append((place, tuple(self.heard)))
        reached, go = self._held.get(place, (None, None))
        if reached is not None:
            reached.set()
            assert go.wait(PATIENCE)

    async def reached(self, place):
        """Until the script waits there."""
        assert await asyncio.to_thread(self._held[place][0].wait, PATIENCE)

    def go_on(self, place):
        """The script waits there no longer."""
        self._held.pop(place)[1].set()


class Tab:
    """A session, and as much of a browser as asks it for runs."""

    def __init__(self, script, told):
        self.session = AppSession(
            ScriptData(str(script), True), MemoryUploadedFileManager("/up"), ScriptCache(), None, {}
        )
        self.session.session_state._new_session_state["told"] = told
        self.messages = []
        self.fields = {}
        self.page = ""

    async def settled(self):
        """Until nothing runs any more, or is about to, and all it said was heard."""
        until, still = time.monotonic() + PATIENCE, 0
        while still < 5:
            assert time.monotonic() < until
            await asyncio.sleep(0.005)
            still = still + 1 if self.session._scriptrunner is None else 0
        self.messages += self.session.flush_browser_queue()
        for message in self.messages:
            if message.HasField("navigation"):
                self.page = message.navigation.page_script_hash

    def over(self):
        """Wait, with the event loop at rest, until the script has ended; what it said is still to be heard."""
        self.session._scriptrunner._script_thread.join(PATIENCE)

    def texts(self):
        """Every text that came, in its order."""
        return [m.delta.new_element.markdown.body for m in self.messages if m.delta.new_element.HasField("markdown")]

    def ask(self, *, press="", part="", page=""):
        """Ask for a run of the whole page, or of less, with what the text fields hold.

        Args:
            press: Key of the button that is pressed: the part it stands in runs.
            part: Key of a widget in the part that is to run.
            page: Another one is opened.
        """
        asked = ClientState(page_script_hash=self.hash(page) if page else self.page)
        if press:
            widget, asked.fragment_id = self.widget(press)
            asked.widget_states.widgets.append(WidgetState(id=widget, trigger_value=True))
        if part:
            asked.fragment_id = self.widget(part)[1]
        if not page:  # a browser says of the page that is left nothing more
            asked.widget_states.widgets.extend(
                WidgetState(id=self.widget(key)[0], string_value=text) for key, text in self.fields.items()
            )
        self.session.request_rerun(asked)

    def widget(self, key):
        """Ids of a widget and of the fragment it stands in."""
        drawn = [(m.delta.new_element, m.delta.fragment_id) for m in self.messages]
        return next(
            (widget.id, fragment)
            for element, fragment in reversed(drawn)
            for widget in (element.button, element.text_input)
            if widget.id.endswith(f"-{key}")
        )

    def hash(self, page):
        """What Streamlit calls a page."""
        pages = [m.navigation for m in self.messages if m.HasField("navigation")][-1].app_pages
        return next(one.page_script_hash for one in pages if one.url_pathname == page)


def in_a_session(script, told, story, monkeypatch):
    """Have ``story(tab)`` told to a session of its own, after its first run."""
    runtime = MagicMock(spec=Runtime)
    runtime.media_file_mgr = MediaFileManager(MemoryMediaFileStorage("/media"))
    runtime.dataframe_source_mgr = MagicMock()
    monkeypatch.setattr(Runtime, "_instance", runtime)
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)

    async def told_all():
        tab = Tab(script, told)
        tab.ask()
        await tab.settled()
        try:
            await story(tab)
        finally:
            tab.session.shutdown()

    asyncio.run(told_all())
