"""Pages shown the news without a run of theirs, many in one go."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool

from kpicat.errors import StoreError
from kpicat.office import Pace, Painter

_LOG = logging.getLogger(__name__)


class Painting:
    """Gathers who is to be shown something while others are: a thread waits for its turn each time it begins."""

    def __init__(self) -> None:
        self._to_paint: list[tuple[Painter, str, asyncio.Future[Pace]]] = []
        self._at_work: asyncio.Task[None] | None = None

    async def shown(self, painter: Painter, standing: str) -> Pace:
        """Show a page the log up to ``standing``, where that is possible."""
        pace: asyncio.Future[Pace] = asyncio.get_running_loop().create_future()
        self._to_paint.append((painter, standing, pace))
        if self._at_work is None or self._at_work.done():
            self._at_work = asyncio.create_task(self._paint())
        return await pace

    async def _paint(self) -> None:
        while self._to_paint:
            batch, self._to_paint = self._to_paint, []
            try:
                made = await run_in_threadpool(prepared, [(painter, standing) for painter, standing, _pace in batch])
            except Exception:  # as when no thread can be had; who waits must be told
                _LOG.exception("pages could not be shown the news without a run")
                made = [Pace.RUN] * len(batch)
            for (painter, _standing, pace), one in zip(batch, made, strict=True):
                if not pace.done():  # its page may have been closed
                    pace.set_result(one if isinstance(one, Pace) else _sent(painter, one))


def prepared(asked: Sequence[tuple[Painter, str]]) -> list[Any]:
    """What each page is to be sent, or the pace at which it has to follow instead."""
    made: list[Any] = []
    for painter, standing in asked:
        try:
            made.append(painter.prepare(standing))
        except StoreError:  # who would wait for the database in vain, too, is told at once
            return made + [Pace.RUN] * (len(asked) - len(made))
        except Exception:  # one page must not keep the news from the others; its run says what is wrong
            _LOG.exception("a page could not be shown the news without a run")
            made.append(Pace.RUN)
    return made


def _sent(painter: Painter, made: Any) -> Pace:
    try:
        return Pace.SHOWN if painter.send(made) else Pace.LATER
    except Exception:  # as when Streamlit keeps its sessions otherwise
        _LOG.exception("a page could not be sent the news without a run")
        return Pace.RUN
