"""What attacks share: stages of access in every state, and browsers at the doors."""

from tests.access.conftest import cheap, stages
from tests.databases import kind, new_url, postgres, server, template, url
from tests.doors.conftest import _cheap_hashes, office, people, signed_in, visitor

__all__ = [
    "_cheap_hashes", "cheap", "kind", "new_url", "office", "people", "postgres", "server", "signed_in", "stages",
    "template", "url", "visitor",
]  # fmt: skip
