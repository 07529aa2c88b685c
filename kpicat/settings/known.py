"""Every setting there is: what it is called, what holds where nobody says anything, and what it is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

N_ = str  # marks words for the translators


class Setting(NamedTuple):
    """One setting.

    Attributes:
        key: What the settings file calls it; the environment calls it ``KPICAT_`` and the same in capitals.
        default: What holds where nobody says anything.
        about: What it is for, a msgid.
        secret: Whether it stands in the environment or in a file of its own only, which ``<key>_file`` names.
    """

    key: str
    default: str
    about: str
    secret: bool = False

    @property
    def variable(self) -> str:
        """What the environment calls it."""
        return variable(self.key)


def variable(key: str) -> str:
    """What the environment calls the setting ``key``."""
    return f"KPICAT_{key.upper()}"


def of_file(key: str) -> str:
    """The setting that names the file of a secret."""
    return f"{key}_file"


def _all() -> Iterator[Setting]:
    for key, default, about in _PLAIN:
        yield Setting(key, default, about)
        for secret, of_it in _SECRET.get(key, ()):
            yield Setting(secret, "", of_it, secret=True)
            yield Setting(of_file(secret), "", N_("A file that holds it, and nothing else."))


_PLAIN = (
    ("database", "", N_("Where catalogues are kept; by default the file data/var/kpicat.db.")),
    ("host", "127.0.0.1", N_("Address that is listened on; it stays so where a proxy stands on the same computer.")),
    ("port", "8501", N_("Port that is listened on.")),
    ("access", "solo", N_("How people come in: solo, open, accounts or oidc.")),
    ("origins", "", N_("Addresses that people open, such as https://kpi.xa-mau.gov.vn; needed behind a proxy.")),
    (
        "proxies",
        "",
        N_("Proxies that are believed when they say who calls, and whether by TLS: addresses or networks."),
    ),
    ("session_minutes", "720", N_("After so many minutes somebody signs in anew in any case.")),
    ("idle_minutes", "120", N_("After so many minutes without a gesture somebody signs in anew.")),
    ("hash_cost", "2,65536,1", N_("What a password costs to try: passes, KiB of memory and lanes of argon2id.")),
    ("oidc_metadata", "", N_("Where the identity provider says how it is used (…/.well-known/openid-configuration).")),
    ("oidc_client", "", N_("What kpicat is called at the identity provider.")),
    ("oidc_roles", "", N_("The claim of the identity provider that names roles; none by default.")),
    ("upload_mb", "20", N_("The largest file that may be brought in, in megabytes.")),
    ("stop_seconds", "10", N_("Seconds a server that is stopped waits for requests, then again for what was typed.")),
    (
        "log",
        "text",
        N_("What the log is written as: text, json (one object a line), or full (shows what people wrote)."),
    ),
    (
        "backups",
        "",
        N_("Folder for the backup made before upgrade (else data/var/backups) or restore (else beside its file)."),
    ),
)
_SECRET = {
    "database": [("database_password", N_("Password of a PostgreSQL whose address has none."))],
    "oidc_client": [("oidc_secret", N_("kpicat's secret at the identity provider."))],
    "backups": [("backup_key", N_("What every backup is encrypted with, 16 characters or more; without it none is."))],
}

KNOWN: Mapping[str, Setting] = {each.key: each for each in _all()}
"""Every setting, by its key, in the order of the manual."""
