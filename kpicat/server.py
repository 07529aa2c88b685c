"""The pages under ``st.App``, with what stands beside them: how things are, and the news."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TextIO

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from kpicat import __version__, api, doors, heap, logs, push, settings
from kpicat.access import Act, allowed
from kpicat.doors import SIGNED, callers, headers, provider
from kpicat.errors import InputError, StoreError
from kpicat.language import _
from kpicat.office import Office, Ticket
from kpicat.services import access
from kpicat.ui import ahead, beneath, served, shell

APP = settings.ROOT / "app.py"
_LOG = logging.getLogger(__name__)
_NOBODY = "-"  # no catalogue's id


def serve(host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM, then let requests and runs end, within a bound, and return.

    Args:
        port: 0 takes any that is free.

    Raises:
        InputError: The address is taken, is not this machine's, or others can reach it and none of them has to sign in.
        StoreError: The database cannot be opened, or must be migrated first.
    """
    _insist_on_doors(host)
    settings.insist_on_serving()
    _insist_on_free(host, port)
    logs.take_over(settings.log())  # only where there will be a server: of others' process nothing is changed
    _warn_of_strangers()
    beneath.within(settings.stop_seconds())
    os.environ["FORWARDED_ALLOW_IPS"] = ",".join(settings.proxies())  # whom uvicorn believes; by default, any of here
    heap.keep_together()
    office = served.open_office(pushes=True)
    served.serve(office)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # both end in the same way
    try:
        access.configured(office.store, at=datetime.now(UTC))
        sys.argv = [str(APP)]  # streamlit looks for its settings beside the script that was started
        application(office).run(
            config={
                "server.address": host,
                "server.port": port,
                "server.maxUploadSize": settings.upload_limit() // 2**20,
                "server.baseUrlPath": "",  # doors and news stand at "/", whatever somebody told Streamlit
            }
        )
    except KeyboardInterrupt:
        pass
    finally:
        office.close()


def application(office: Office) -> st.App:
    """The pages with ``/healthz`` and the news beside them."""
    beneath.settle()
    # A folder named pages makes Streamlit take the first run after a start for an app of its
    # older kind, which answers a bookmark with "page not found"; app.py says what pages there are.
    PagesManager.uses_pages_directory = False

    async def health(_request: Request) -> JSONResponse:
        """Whether the database answers: 200, or 503 and why not; nothing of what it holds, as anybody may ask."""
        try:
            await run_in_threadpool(office.store.heads, [_NOBODY])
        except StoreError as error:
            office.notifier.answering.failed(error)
            return JSONResponse({"status": "no database", "version": __version__, "why": str(error)}, 503)
        office.notifier.answering.answered()
        return JSONResponse({"status": "ok", "version": __version__})

    mode, door = settings.access(), _door(office)
    policy = headers.policy_of_pages(ahead.page())
    guard = Middleware(doors.Guard, mode=mode, whose=door.whose, noted=door.noted, policy=policy)
    routes = [
        Route("/healthz", health),
        *door.routes(),
        *ahead.routes(),
        *api.routes(office.store),
        *push.routes(office, partial(_may_hear, door) if mode in SIGNED else None),
    ]
    known = provider.known_to(settings.oidc(), office.store.secret("oidc")) if mode == "oidc" else None
    return st.App(
        APP, routes=routes, middleware=[guard], lifespan=_lifespan, secrets=known, on_script_error=shell.say_foreseen
    )


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    """Say where kpicat is, let go of memory as long as it serves, and see what was typed written before it ends."""
    host, port = config.get_option("server.address"), config.get_option("server.port")
    shown = f"[{host}]" if ":" in host else host
    _tell(_("kpicat is at {url} (Ctrl+C stops it).").format(url=f"http://{shown}:{port}"), sys.stdout)
    letting_go = asyncio.create_task(heap.let_go())
    yield
    letting_go.cancel()
    if left := await run_in_threadpool(beneath.let_runs_end, settings.stop_seconds()):
        _LOG.warning("stopped while %d runs of pages went on", left)
    _LOG.info("stopped")


def _door(office: Office) -> doors.Door:
    """How people come in here."""
    mode = settings.access()
    if mode == "accounts":
        return doors.Accounts(office.store)
    if mode == "oidc":
        return doors.Provider(office.store, claims=beneath.claims, away=beneath.away)
    return doors.Unlocked()


def _may_hear(door: doors.Door, caller: HTTPConnection, ticket: Ticket) -> bool:
    """Whether who calls is still the one who was given the ticket, and may still read the catalogue."""
    who = door.whose(caller, is_gesture=False)
    return who is not None and who.name == ticket.actor and allowed(who, Act.READ, ticket.catalogue_id)


def _insist_on_doors(host: str) -> None:
    """See that nobody is let in from elsewhere whom nobody meant to let in."""
    if settings.access() == "solo" and not callers.is_loopback(host):
        raise InputError(doors.elsewhere())


def _warn_of_strangers() -> None:
    if settings.access() == "open":
        _tell(
            _("WARNING: KPICAT_ACCESS=open: whoever reaches this address reads and changes everything, unnamed."),
            sys.stderr,
        )


def _tell(sentence: str, people: TextIO) -> None:
    """Say it to people, or to the programs that read the log."""
    if settings.log() == "json":
        _LOG.log(logging.INFO if people is sys.stdout else logging.WARNING, sentence)
    else:
        print(sentence, file=people, flush=True)


def _insist_on_free(host: str, port: int) -> None:
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except (OSError, OverflowError) as error:
        raise InputError(
            _(
                "Nothing can be served at {host}:{port}: it is taken or not this machine's; choose another --port."
            ).format(host=host, port=port)
        ) from error
