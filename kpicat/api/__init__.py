"""JSON for other software, beside the pages: what was approved, read-only, by a token.

``docs/openapi.json`` describes it, ``docs/api.md`` says how to use it. Plain Starlette over
``kpicat.services.publishing``; no cookie is read, so no browser can be led to ask here in somebody's name.
"""

from kpicat.api.routes import routes

__all__ = ["routes"]
