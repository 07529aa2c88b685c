"""An answer goes out at once, all of it.

An answer is written in two pieces, its head and its body. Unless told otherwise a system keeps the second back until
the other side has confirmed the first (Nagle's algorithm), which takes its time to say so, on Linux 40 ms. asyncio
tells it otherwise for sockets that name their protocol; the one Streamlit (1.67) binds names none, and whoever asked
again over an open line, as browsers, proxies and other software do, had each answer 40 ms late.
"""

from __future__ import annotations

import logging
import socket
from typing import Any

from streamlit.web.server.starlette import starlette_server

_LOG = logging.getLogger(__name__)
_BIND = "_bind_socket"


def answer_at_once() -> None:
    """Have what is written to a connection of this server be sent; connections take that over from the one it binds."""
    bind = getattr(starlette_server, _BIND, None)
    if bind is None:
        _LOG.log(logging.ERROR, "servers are bound otherwise; their answers may be 40 ms late")
        return

    def bound(*where: Any) -> socket.socket:
        made: socket.socket = bind(*where)
        if made.family in (socket.AF_INET, socket.AF_INET6):
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    setattr(starlette_server, _BIND, bound)
