"""No answer waits for the other side to confirm its first half."""

from __future__ import annotations

import socket

from streamlit.web.server.starlette import starlette_server

from kpicat.ui.beneath import undelayed


def test_a_connection_to_the_server_holds_nothing_back(monkeypatch):
    monkeypatch.setattr(starlette_server, "_bind_socket", starlette_server._bind_socket)  # taken back afterwards
    undelayed.answer_at_once()
    with starlette_server._bind_socket("127.0.0.1", 0, 1) as listening:
        listening.listen()
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as served:
            assert served.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
