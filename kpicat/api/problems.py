"""What goes wrong, as programs read it (RFC 9457), with one sentence for whoever looks after them.

The sentences are in the language of the catalogues; programs go by ``type``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

from kpicat import language

MEDIA = "application/problem+json"


class Problem(Exception):
    """A request that gets no content.

    Attributes:
        type: Its name for programs, as ``docs/openapi.json`` lists them.
        detail: The sentence.
    """

    def __init__(self, status: int, type: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.type, self.detail, self.headers = status, type, detail, headers or {}

    def response(self) -> Response:
        """The answer; nobody on the way keeps it."""
        told = {
            "type": f"urn:kpicat:{self.type}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        headers = {"Cache-Control": "no-store", "Content-Language": language.language(), **self.headers}
        return Response(json.dumps(told, ensure_ascii=False).encode(), self.status, headers, MEDIA)
