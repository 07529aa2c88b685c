"""The command line: read, convert and check files; look after an installation.

What scripts rely on, in docs/command-line.md, is the options, the shapes of
:mod:`kpicat.commands.records` and the exit status: 0 done, 1 the catalogue has
findings at error level (or the database contradictions), 2 what was asked cannot be done (one sentence says why).
"""

from __future__ import annotations

import io
import os
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence

from kpicat import language, settings
from kpicat.commands.arguments import parser
from kpicat.errors import KpicatError

INTERRUPTED = 130  # what shells expect of a command stopped with Ctrl+C …
NOT_READ_OUT = 141  # … and of one whose answer nobody wanted to the end


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say (those of the process where None) and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with language.usually(spoken_in(os.environ)):
        return _done(parser().parse_args(arguments))


def _done(asked: Namespace) -> int:
    """Do what was asked; the exit status, with one sentence where it cannot be done."""
    try:
        with settings.typed(_settings(asked)):
            status: int = asked.command(asked)
        sys.stdout.flush()
        return status
    except KpicatError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, such as head, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_READ_OUT
    except KeyboardInterrupt:
        return INTERRUPTED


def _settings(asked: Namespace) -> dict[str, str]:
    """What was typed that the environment or the settings file could have said, too."""
    typed = {key: value for key, value in vars(asked).items() if key in (*settings.KNOWN, "settings")}
    return {key: str(value) for key, value in typed.items() if value is not None}


def spoken_in(environment: Mapping[str, str]) -> str:
    """The language of the locale, where kpicat speaks it; else Vietnamese."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return next((code for code in language.LANGUAGES if locale.startswith(code)), language.DEFAULT)
