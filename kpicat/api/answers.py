"""Answers that programs ask for again and again: by a strong ETag, packed where that is understood."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from kpicat.services.publishing import Body

KEPT = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Accept-Encoding"}
"""A client may keep an answer, and asks each time whether it still holds; what stands between keeps none."""


def answer(request: Request, name: str, body: Callable[[], Body]) -> Response:
    """What was asked for, or that it is what the client has (304).

    Args:
        name: Another one for anything else that is said; the ETag, but for how it is packed.
        body: Makes what is said; not called for a 304.
    """
    packs = _packs(request.headers.get("accept-encoding", ""))
    etag = f'"{name}-gzip"' if packs else f'"{name}"'
    headers = {**KEPT, "ETag": etag}
    if _has(request.headers.getlist("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    made = body()
    said = made.packed if packs else made.plain
    if packs:
        headers["Content-Encoding"] = "gzip"
    if request.method == "HEAD":
        headers["Content-Length"] = str(len(said))
        said = b""
    return Response(said, headers=headers, media_type="application/json")


def _packs(accepted: str) -> bool:
    """Whether ``Accept-Encoding`` names gzip, and not as unwanted."""
    for each in accepted.lower().split(","):
        coding, _semicolon, weight = each.partition(";")
        if coding.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _has(shown: list[str], etag: str) -> bool:
    """Whether ``If-None-Match`` names an ETag; a proxy that packs by itself makes it a weak one."""
    known = [one.strip().removeprefix("W/") for line in shown for one in line.split(",")]
    return etag in known or "*" in known
