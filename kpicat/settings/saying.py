"""What is said of a setting, and by whom: the command line before the environment before the settings file.

The settings file is read once; who changes it starts kpicat again.
"""

from __future__ import annotations

import difflib
import os
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from kpicat.errors import InputError
from kpicat.language import _, why
from kpicat.settings.known import KNOWN, of_file, variable

FILE = "KPICAT_SETTINGS"
"""Names the settings file; set to nothing there is none."""
MASK = "***"
_PASSWORD = re.compile(r"(://[^:/@]*:).*(?=@)|(password=)[^&]*")
_typed: dict[str, str] = {}


class Said(NamedTuple):
    """What holds for a setting.

    Attributes:
        value: As text; several with commas.
        by: Who says so: an option, a variable, a file's path; "" for nobody.
        name: What it is called there.
    """

    value: str
    by: str
    name: str


@contextmanager
def typed(options: Mapping[str, str]) -> Iterator[None]:
    """Within it, what was typed on the command line comes before all else: keys of settings, or "settings", a file."""
    _typed.update(options)
    try:
        yield
    finally:
        _typed.clear()


def said(key: str) -> Said:
    """What holds for a setting; of a secret, what its file holds.

    Raises:
        InputError: The settings file, or the one with the secret, cannot be taken.
    """
    named = _said(key)
    if KNOWN[key].secret:
        of = _said(of_file(key))
        if of.value and _nearness(of) < _nearness(named):
            return of._replace(value=_secret(of))
    return named


def masked(value: str) -> str:
    """A value as it may be shown: without the password that an address holds."""
    return _PASSWORD.sub(lambda found: (found[1] or found[2]) + MASK, value)


def settings_file() -> Path | None:
    """The settings file in use; None where there is none."""
    name = _typed.get("settings") or os.environ.get(FILE)
    if name is not None:
        return Path(name) if name else None
    usual = usual_file()
    try:
        usual.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        pass  # it may be there, and not for this account: who went on without it would work on something else
    return usual


def usual_file() -> Path:
    """Where the settings file is looked for when nobody says where."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "kpicat" / "kpicat.toml"
    return Path("/etc/kpicat/kpicat.toml")


def unknown_variables() -> list[str]:
    """Variables of the environment that are called like settings and are none."""
    ours = {FILE, *(each.variable for each in KNOWN.values())}
    return sorted(name for name in os.environ if name.startswith("KPICAT_") and name not in ours)


def _said(key: str) -> Said:
    if key in _typed:
        option = "--" + key.replace("_", "-")
        return Said(_typed[key], option, option)
    if value := os.environ.get(variable(key), ""):
        return Said(value, variable(key), variable(key))
    file = settings_file()
    if file is not None and (value := _held(file).get(key, "")):
        return Said(value, str(file), f"{key} ({file})")
    return Said(KNOWN[key].default, "", variable(key))


def _nearness(of: Said) -> int:
    """0 for the command line, more for whoever is heard later."""
    return 3 if not of.by else 0 if of.by.startswith("--") else 1 if of.by.startswith("KPICAT_") else 2


def _secret(named: Said) -> str:
    try:
        return Path(named.value).read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        words = _("The file {file} that {name} names cannot be read: {why}.")
        raise InputError(words.format(file=named.value, name=named.name, why=_reason(error))) from error


# -- the file ----------------------------------------------------------------


@cache
def _held(file: Path) -> Mapping[str, str]:
    """What a settings file says, each as text.

    Raises:
        InputError: It cannot be read, is no TOML, or says something that is no setting, or no value of one.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")  # Windows' editor marks UTF-8 at its beginning
    except (OSError, UnicodeDecodeError) as error:
        words = _("The settings file {file} cannot be read: {why}.")
        raise InputError(words.format(file=file, why=_reason(error))) from error
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        words = _("{file}, line {line}: it is no TOML; write a line for each setting, such as access = 'accounts'.")
        raise InputError(words.format(file=file, line=line[1] if line else text.count("\n") + 1)) from error
    return {key: _text(file, _line(text, key), key, value) for key, value in told.items()}


def _text(file: Path, line: int, key: str, value: object) -> str:
    """A value as text; refused with its line where it is none, or belongs elsewhere."""
    where = {"file": file, "line": line, "key": key}
    if key not in KNOWN:
        like = difflib.get_close_matches(key, KNOWN, 1)
        if like:
            words = _("{file}, line {line}: there is no setting “{key}”; “{like}” is one.")
            raise InputError(words.format(**where, like=like[0]))
        words = _(
            "{file}, line {line}: there is no setting “{key}”; “python -m kpicat settings” shows those there are."
        )
        raise InputError(words.format(**where))
    if KNOWN[key].secret:
        words = _("{file}, line {line}: “{key}” is secret; put it into a file of its own that “{key}_file” says.")
        raise InputError(words.format(**where))
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = ",".join(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        words = _("{file}, line {line}: “{key}” is to be a text in quotes, a whole number, or texts in brackets.")
        raise InputError(words.format(**where))
    if key == "database" and _password(value):
        words = _(
            "{file}, line {line}: the address holds a password; put that into a file for “database_password_file”."
        )
        raise InputError(words.format(**where))
    return value


def _reason(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, FileNotFoundError):
        return _("there is no such file")
    return why(error) if isinstance(error, OSError) else _("it is not text in UTF-8")


def _password(address: str) -> str | None:
    try:
        return urlsplit(address).password or dict(parse_qsl(urlsplit(address).query)).get("password")
    except ValueError:
        return None


def _line(text: str, key: str) -> int:
    """The line on which a key of the file stands."""
    found = re.search(rf"""^[ \t]*\[*[ \t]*["']?{re.escape(key)}["']?[ \t]*[=.\]]""", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
