"""What an installation may set, by the command line, the environment or a settings file: the first of these counts."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from kpicat.errors import InputError
from kpicat.language import _
from kpicat.settings.known import KNOWN, Setting
from kpicat.settings.saying import FILE, MASK, Said, masked, said, settings_file, typed, unknown_variables, usual_file

__all__ = [
    "FILE",
    "KNOWN",
    "MASK",
    "Said",
    "Setting",
    "masked",
    "said",
    "settings_file",
    "typed",
    "unknown_variables",
    "usual_file",
]

ROOT = Path(__file__).parent.parent.parent
"""The project's folder: app.py, pages and data are found from here."""


_ORIGIN = re.compile(r"(?P<own>https?://[^\s/?#@]+)(?P<path>[/?#]\S*)?")


def insist() -> None:
    """See that each setting can be understood.

    Raises:
        InputError: One cannot.
    """
    insist_on_serving()
    backup_key()
    backups()


def insist_on_serving() -> None:
    """See that each setting a server goes by can be understood, before anybody comes.

    Raises:
        InputError: One cannot.
    """
    for read in (database_url, address, session_minutes, idle_minutes, hash_cost, upload_limit, proxies, stop_seconds):
        read()
    for read_too in (log, origins, role_claim):
        read_too()
    if access() == "oidc":
        oidc()


# -- where ---------------------------------------------------------------------


def database_url() -> str:
    """``database``: where catalogues are kept; SQLite in data/var by default. ``database_password`` is laid into it."""
    url = said("database").value or f"sqlite:///{ROOT / 'data' / 'var' / 'kpicat.db'}"
    password = said("database_password").value
    try:
        if not password or url.startswith("sqlite") or (parts := urlsplit(url)).password:
            return url
    except ValueError:  # no address; who opens it says so
        return url
    user, at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}{at}{host}" if at else parts.netloc))


def address() -> tuple[str, int]:
    """``host`` and ``port``: what is listened on; port 0 takes any that is free."""
    port = said("port")
    number = _number(port.value)
    if number is None or number > 65535:
        words = _("{name} is “{said}”, which is no port; set it to a whole number up to 65535.")
        raise InputError(words.format(name=port.name, said=port.value))
    return said("host").value, number


def stop_seconds() -> int:
    """``stop_seconds``: how long a server that is stopped waits, first for requests, then for what was typed."""
    return _whole("stop_seconds", _("{name} is “{said}”; set it to a whole number of seconds."))


LOGS = ("text", "json", "full")
"""What the log is written as: :data:`kpicat.logs.FORMS`."""


def log() -> str:
    """``log``: one of :data:`LOGS`."""
    return _one_of("log", LOGS)


# -- who -----------------------------------------------------------------------

ACCESS = ("solo", "open", "accounts", "oidc")
"""How people come in: alone on this machine, naming themselves, by accounts of ours, by somebody else's."""


def access() -> str:
    """``access``: one of :data:`ACCESS`, "solo" by default.

    "solo" answers this machine alone, without sign-in. "open" lets whoever reaches the address name themselves, for a
    closed network of a meeting. "accounts" asks for name and password, "oidc" leaves that to an identity provider.

    Raises:
        InputError: It is none of these.
    """
    return _one_of("access", ACCESS)


def session_minutes() -> int:
    """``session_minutes``: after so long somebody signs in anew in any case; 12 hours by default."""
    return _whole("session_minutes", _("{name} is “{said}”; set it to a whole number of minutes."))


def idle_minutes() -> int:
    """``idle_minutes``: after so long without a gesture somebody signs in anew; 2 hours by default."""
    return _whole("idle_minutes", _("{name} is “{said}”; set it to a whole number of minutes."))


def hash_cost() -> tuple[int, int, int]:
    """``hash_cost``: what a password costs to try: passes, KiB of memory, lanes of argon2id.

    Raises:
        InputError: It is not three whole numbers with commas, or argon2id knows no such cost.
    """
    cost = said("hash_cost")
    passes, memory, lanes = [_number(part.strip()) or 0 for part in f"{cost.value},,".split(",")][:3]
    if cost.value.count(",") != 2 or not (passes and lanes and memory >= 8 * lanes):
        words = _(
            "{name} is “{said}”; set it to passes, KiB of memory (8 or more a lane) and lanes, such as 2,65536,1."
        )
        raise InputError(words.format(name=cost.name, said=cost.value))
    return passes, memory, lanes


def role_claim() -> str:
    """``oidc_roles``: the claim that names roles ("admin", "editor", "<catalogue>:chair"); none by default."""
    return said("oidc_roles").value.strip()


def origins() -> frozenset[str]:
    """``origins``: addresses of pages that may hear news, where a proxy changes the host's name.

    Such as ``https://kpi.xa-mau.gov.vn``, several with commas; the server's own address needs no entry.

    Raises:
        InputError: One of them is no such address, or has a path, below which kpicat cannot be.
    """
    told = frozenset(one.rstrip("/").lower() for one in _several("origins"))
    for one in told:
        found = _ORIGIN.fullmatch(one)
        if found is None or found["path"]:
            words = (
                _("“{one}” in {name} has a path; kpicat needs a host name, or a port, of its own: “{own}”.")
                if found
                else _("“{one}” in {name} is no address that people open; write it such as https://kpi.xa-mau.gov.vn.")
            )
            raise InputError(words.format(one=one, name=said("origins").name, own=found["own"] if found else ""))
    return told


def proxies() -> list[str]:
    """``proxies``: proxies that are believed when they say who calls them, and whether by TLS; none by default.

    Addresses or networks, several with commas: 127.0.0.1, 10.0.0.0/8.

    Raises:
        InputError: One of them is no address and no network.
    """
    told = _several("proxies")
    for one in told:
        try:
            ipaddress.ip_network(one)
        except ValueError:
            words = _("“{one}” in {name} is no address; write it such as 127.0.0.1 or 10.0.0.0/8.")
            raise InputError(words.format(one=one, name=said("proxies").name)) from None
    return told


class Oidc(NamedTuple):
    """How kpicat is known to the office's own identity provider.

    Attributes:
        metadata: Where the provider says how it is used (``…/.well-known/openid-configuration``).
        redirect: Where it sends people back; to be entered there, too.
    """

    metadata: str
    client: str
    secret: str
    redirect: str


def oidc() -> Oidc:
    """``oidc_metadata``, ``oidc_client``, and ``oidc_secret`` or the file that ``oidc_secret_file`` names.

    People come back to the one address that ``origins`` says.

    Raises:
        InputError: One of them is missing, or there are several addresses.
    """
    metadata, client, secret = (said(key).value for key in ("oidc_metadata", "oidc_client", "oidc_secret"))
    if not (metadata and client and secret) or len(origins()) != 1:
        raise InputError(
            _(
                "KPICAT_ACCESS=oidc needs KPICAT_OIDC_METADATA, KPICAT_OIDC_CLIENT, KPICAT_OIDC_SECRET and, "
                "in KPICAT_ORIGINS, the one address of this kpicat; set them and start again."
            )
        )
    return Oidc(metadata, client, secret, f"{next(iter(origins()))}/oauth2callback")


# -- files ---------------------------------------------------------------------


def upload_limit() -> int:
    """``upload_mb``: the largest file that may be brought in, in bytes.

    Raises:
        InputError: It is not a whole number of megabytes.
    """
    return _whole("upload_mb", _("{name} is “{said}”; set it to a whole number of megabytes.")) * 2**20


def backups(usual: Path = ROOT / "data" / "var" / "backups") -> Path:
    """``backups``: the folder in which ``upgrade`` and ``restore`` put the backup they make first."""
    return Path(said("backups").value or usual)


LEAST_KEY = 16
"""Characters that the words must have with which backups are encrypted: who finds one may try for ever."""


def backup_key() -> str | None:
    """``backup_key``: with what backups are encrypted; None where they are not.

    Raises:
        InputError: It is too short, or the file that should hold it cannot be read or is empty.
    """
    key = said("backup_key")
    if not key.by:
        return None
    if len(key.value) < LEAST_KEY:
        words = _("What {name} says is too short to keep a backup secret; write {n} characters or more.")
        raise InputError(words.format(name=key.name, n=LEAST_KEY))
    return key.value


# -- reading -------------------------------------------------------------------


def _whole(key: str, refusal: str) -> int:
    told = said(key)
    number = _number(told.value)
    if not number:
        raise InputError(refusal.format(name=told.name, said=told.value))
    return number


def _number(text: str) -> int | None:
    """A whole number of at most seven digits, which no setting needs more of; None of any other text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 7 else None


def _one_of(key: str, known: tuple[str, ...]) -> str:
    told = said(key)
    if told.value not in known:
        words = _("{name} is “{said}”; set it to one of: {known}.")
        raise InputError(words.format(name=told.name, said=told.value, known=", ".join(known)))
    return told.value


def _several(key: str) -> list[str]:
    return [one.strip() for one in said(key).value.split(",") if one.strip()]
