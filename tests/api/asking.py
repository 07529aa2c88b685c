"""The addresses that tests ask, and what a refusal looks like."""

from __future__ import annotations

XA = "/api/v1/catalogues/xa/approved?on=2026-12-01"
LIST = "/api/v1/catalogues"
FEED = "/api/v1/approvals"
OPEN = "/api/v1/openapi.json"


def problem(answer, status, type):
    """The sentence of a refusal, which is what it should be."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert (answer.status_code, told["status"], told["type"]) == (status, status, f"urn:kpicat:{type}"), told
    return told["detail"]
