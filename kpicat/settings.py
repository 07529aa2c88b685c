"""What an installation may set, each from one environment variable."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path
from typing import NamedTuple

from kpicat.errors import InputError
from kpicat.language import _, why

ROOT = Path(__file__).parent.parent
"""The project's folder: app.py, pages and data are found from here."""


def database_url() -> str:
    """``KPICAT_DATABASE``: where catalogues are kept; SQLite in data/var by default."""
    return os.environ.get("KPICAT_DATABASE") or f"sqlite:///{ROOT / 'data' / 'var' / 'kpicat.db'}"


ACCESS = ("solo", "open", "accounts", "oidc")
"""How people come in: alone on this machine, naming themselves, by accounts of ours, by somebody else's."""


def access() -> str:
    """``KPICAT_ACCESS``: one of :data:`ACCESS`, "solo" by default.

    "solo" answers this machine alone, without sign-in. "open" lets whoever reaches the address name themselves, for a
    closed network of a meeting. "accounts" asks for name and password, "oidc" leaves that to an identity provider.

    Raises:
        InputError: It is none of these.
    """
    said = os.environ.get("KPICAT_ACCESS") or ACCESS[0]
    if said not in ACCESS:
        words = _("KPICAT_ACCESS is “{said}”; set it to one of: {known}.")
        raise InputError(words.format(said=said, known=", ".join(ACCESS)))
    return said


def session_minutes() -> int:
    """``KPICAT_SESSION_MINUTES``: after so long somebody signs in anew in any case; 12 hours by default."""
    return _whole("KPICAT_SESSION_MINUTES", 12 * 60)


def idle_minutes() -> int:
    """``KPICAT_IDLE_MINUTES``: after so long without a gesture somebody signs in anew; 2 hours by default."""
    return _whole("KPICAT_IDLE_MINUTES", 2 * 60)


def hash_cost() -> tuple[int, int, int]:
    """``KPICAT_HASH_COST``: what a password costs to try: passes, KiB of memory, lanes of argon2id.

    Raises:
        InputError: It is not three whole numbers with commas.
    """
    said = os.environ.get("KPICAT_HASH_COST") or "2,65536,1"
    parts = said.split(",")
    if len(parts) != 3 or not all(part.strip().isdecimal() and int(part) for part in parts):
        words = _("KPICAT_HASH_COST is “{said}”; set it to three whole numbers with commas, such as 2,65536,1.")
        raise InputError(words.format(said=said))
    passes, memory, lanes = map(int, parts)
    return passes, memory, lanes


def role_claim() -> str:
    """``KPICAT_OIDC_ROLES``: the claim that names roles ("admin", "editor", "<catalogue>:chair"); none by default."""
    return os.environ.get("KPICAT_OIDC_ROLES", "").strip()


def _whole(name: str, default: int) -> int:
    said = os.environ.get(name) or str(default)
    if not said.isdecimal() or not int(said):
        words = _("{name} is “{said}”; set it to a whole number of minutes.")
        raise InputError(words.format(name=name, said=said))
    return int(said)


def upload_limit() -> int:
    """``KPICAT_UPLOAD_MB``: the largest file that may be brought in, in bytes.

    Raises:
        InputError: It is not a whole number of megabytes.
    """
    said = os.environ.get("KPICAT_UPLOAD_MB") or "20"
    if not said.isdecimal() or not int(said):
        raise InputError(_("KPICAT_UPLOAD_MB is “{said}”; set it to a whole number of megabytes.").format(said=said))
    return int(said) * 1024 * 1024


def origins() -> frozenset[str]:
    """``KPICAT_ORIGINS``: addresses of pages that may hear news, where a proxy changes the host's name.

    Such as ``https://kpi.xa-mau.gov.vn``, several with commas; the server's own address needs no entry.
    """
    return frozenset(filter(None, (one.strip().rstrip("/") for one in os.environ.get("KPICAT_ORIGINS", "").split(","))))


def proxies() -> list[str]:
    """``KPICAT_PROXIES``: proxies that are believed when they say who calls them, and whether by TLS; none by default.

    Addresses or networks, several with commas: 127.0.0.1, 10.0.0.0/8.

    Raises:
        InputError: One of them is no address and no network.
    """
    said = [one.strip() for one in os.environ.get("KPICAT_PROXIES", "").split(",") if one.strip()]
    for one in said:
        try:
            ipaddress.ip_network(one)
        except ValueError:
            words = _("“{one}” in KPICAT_PROXIES is no address; write it such as 127.0.0.1 or 10.0.0.0/8.")
            raise InputError(words.format(one=one)) from None
    return said


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
    """``KPICAT_OIDC_METADATA``, ``_CLIENT``, and ``_SECRET`` or the file that ``_SECRET_FILE`` names.

    People come back to the one address that ``KPICAT_ORIGINS`` says.

    Raises:
        InputError: One of them is missing, or there are several addresses.
    """
    metadata, client = os.environ.get("KPICAT_OIDC_METADATA", ""), os.environ.get("KPICAT_OIDC_CLIENT", "")
    secret, file = os.environ.get("KPICAT_OIDC_SECRET", ""), os.environ.get("KPICAT_OIDC_SECRET_FILE", "")
    if not secret and file:
        try:
            secret = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            words = _("The file {file} that KPICAT_OIDC_SECRET_FILE names cannot be read: {why}.")
            raise InputError(words.format(file=file, why=why(error))) from error
    if not (metadata and client and secret) or len(origins()) != 1:
        raise InputError(
            _(
                "KPICAT_ACCESS=oidc needs KPICAT_OIDC_METADATA, KPICAT_OIDC_CLIENT, KPICAT_OIDC_SECRET and, "
                "in KPICAT_ORIGINS, the one address of this kpicat; set them and start again."
            )
        )
    return Oidc(metadata, client, secret, f"{next(iter(origins()))}/oauth2callback")
