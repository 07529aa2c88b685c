"""What a server writes of itself: what happened and where in the code, never what people wrote.

Messages of ours are fixed sentences with figures and ids. What others' libraries fill into theirs, and what an error
says of the value it stumbled over, may be a line of a catalogue, a name or a password: it is left out, unless the log
is "full", for whoever looks for a fault. An error is told by its kind and by where it was raised.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

FORMS = ("text", "json", "full")
"""For people, for programs (one object a line), and for people with what errors say."""
_OURS = "kpicat"
_FORMAT = "format"
_WARNINGS = "py.warnings"
_WARNED = re.compile(r".*?:\d+: \w+")  # file, line and kind; what it says comes after
_ASYNCIO = "asyncio"
_SHOWN = re.compile(r"[<(\[{'\"]")  # asyncio lays a task, and what a callback was called with, into its sentence
_HERE = Path(__file__).parent.parent
_LOG = logging.getLogger(_OURS)


def take_over(form: str) -> None:
    """Have everything that this process logs written so, to standard error.

    Streamlit and uvicorn make handlers of their own, whenever they like; so it is done where each handler asks how.
    """
    written = _json if form == "json" else partial(_text, full=form == "full")

    def written_so(_handler: logging.Handler, record: logging.LogRecord) -> str:
        return written(record)

    setattr(logging.Handler, _FORMAT, written_so)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    _LOG.setLevel(logging.INFO if form == "json" else logging.WARNING)
    logging.captureWarnings(True)
    threading.excepthook = _thread_ended
    sys.unraisablehook = lambda told: _LOG.error("an error nobody could catch", exc_info=told.exc_value)


def said(record: logging.LogRecord, *, full: bool = False) -> str:
    """The sentence of a record; of others' records without what was filled into it."""
    if full or record.name.split(".")[0] == _OURS:
        return record.getMessage()
    if record.name == _WARNINGS and (where := _WARNED.match(record.getMessage())):
        return where[0]
    sentence = str(record.msg).strip().partition("\n")[0]
    return _SHOWN.split(sentence)[0].strip() if record.name == _ASYNCIO else sentence


def _text(record: logging.LogRecord, *, full: bool = False) -> str:
    lines = [f"{_moment(record)} {record.levelname} {record.name}: {said(record, full=full)}"]
    error = _error(record)
    if error is not None and full:
        lines += "".join(traceback.format_exception(error)).splitlines()
    elif error is not None:
        for each in _chain(error):
            lines += [
                "Traceback (without what it says; the last call last):",
                *(f"  {place}" for place in _places(each)),
            ]
            lines.append(_kind(each))
    return "\n".join(lines)


def _json(record: logging.LogRecord) -> str:
    told: dict[str, object] = {
        "at": _moment(record),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": said(record),
    }
    if (error := _error(record)) is not None:
        told["errors"] = [{"kind": _kind(each), "at": list(_places(each))} for each in _chain(error)]
    return json.dumps(told, ensure_ascii=False)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _error(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what it came of, the first cause first."""
    found: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in found:
        found.append(at)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return found[::-1]


def _kind(error: BaseException) -> str:
    of = type(error)
    return of.__qualname__ if of.__module__ == "builtins" else f"{of.__module__}.{of.__qualname__}"


def _places(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__):
        file = Path(frame.filename)
        shown = file.relative_to(_HERE) if file.is_relative_to(_HERE) else file
        yield f"{shown.as_posix()}:{frame.lineno} in {frame.name}"


def _thread_ended(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
        _LOG.error("a thread ended with an error", exc_info=told.exc_value)
