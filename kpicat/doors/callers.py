"""Who calls, as far as a request can tell: from where, by which name of this server, from a page of whose."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from kpicat import settings

_HERE = ("localhost", "127.0.0.1", "[::1]")
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def is_on_this_machine(caller: HTTPConnection) -> bool:
    """Whether the request comes from a browser on this very machine, asking for it by a name no other has.

    A proxy on the same machine hands on what comes from elsewhere, so what was handed on does not count; and a name
    that a site of elsewhere points at this machine ("DNS rebinding") is none of its own.
    """
    if caller.client is None or any(name in caller.headers for name in _FORWARDED):
        return False
    return is_loopback(caller.client.host) and _host(caller) in _HERE


def is_loopback(address: str) -> bool:
    """Whether an address, or such a name, leads to this machine alone."""
    if address.lower() == "localhost":
        return True
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = known.ipv4_mapped if isinstance(known, ipaddress.IPv6Address) else None
    return (mapped or known).is_loopback


def is_named_rightly(caller: HTTPConnection) -> bool:
    """Whether the server was asked for by a name of its own: an address, a name without dots, its own name, or one
    that ``KPICAT_ORIGINS`` says. Any other may be a site of elsewhere that had its name point here.
    """
    name = _host(caller)
    if name.startswith("[") or name in _HERE or (name and "." not in name):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name == socket.gethostname().lower() or name in {
            _name(urlsplit(one).netloc) for one in settings.origins()
        }
    return True


def is_of_ours(caller: HTTPConnection) -> bool:
    """Whether the page that calls was served by this kpicat: a browser says truly where a page is from."""
    origin = caller.headers.get("origin")
    if origin is None:  # not a browser, or one that asks its own origin
        return caller.scope["type"] != "websocket" or caller.headers.get("sec-fetch-site") is None
    hosts = {caller.headers.get("host", ""), caller.headers.get("x-forwarded-host", "")} - {""}
    return urlsplit(origin).netloc in hosts or origin in settings.origins()


def address(caller: HTTPConnection) -> str:
    """Where the request comes from; behind a proxy that ``KPICAT_PROXIES`` names, what that says."""
    return caller.client.host if caller.client else ""


def is_secret(caller: HTTPConnection) -> bool:
    """Whether nobody on the way can read along (TLS), here or as far as the trusted proxy."""
    return caller.url.scheme in ("https", "wss")


def _host(caller: HTTPConnection) -> str:
    return _name(caller.headers.get("host", ""))


def _name(netloc: str) -> str:
    """The name of a host, lower case, without its port."""
    if netloc.startswith("["):
        return netloc.partition("]")[0].lower() + "]"
    return netloc.partition(":")[0].lower().rstrip(".")
