"""What browsers are told to allow: the least that the pages run with."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from typing import Any

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",  # a stricter one keeps a form from saying where it is from
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def hashed(text: str) -> str:
    """How a policy names a script or a style that stands in its page."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def policy_of_pages(index: str) -> str:
    """The policy under which Streamlit's front end runs (1.67).

    Its styles are made in the browser; components of ours come as blobs; plotly draws pictures to save from data.

    Args:
        index: Its page, whose own scripts are allowed one by one.
    """
    scripts = " ".join(hashed(found) for found in _SCRIPT.findall(index))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: {scripts}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def policy_of_a_form(style: str) -> str:
    """The policy of a page that is a form and its style, and no more."""
    return (
        f"default-src 'none'; style-src {hashed(style)}; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def added(message: Any, policy: str, *, secret: bool) -> None:
    """Put what an answer that begins does not say itself into its headers.

    Args:
        secret: Whether nobody can read along: then cookies, Streamlit's too, are never sent where somebody could.
    """
    said = {name.lower() for name, _value in message["headers"]}
    wanted = {**ALWAYS, "Content-Security-Policy": policy}
    message["headers"] = [
        *((n, v + b"; Secure" if secret and _is_open(n, v) else v) for n, v in message["headers"]),
        *((n.lower().encode(), v.encode()) for n, v in wanted.items() if n.lower().encode() not in said),
    ]


def _is_open(name: bytes, value: bytes) -> bool:
    """Whether a header sets a cookie that may be sent where others read along."""
    return name.lower() == b"set-cookie" and b"; secure" not in value.lower()
