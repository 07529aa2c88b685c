"""Every test here that asks for ``url`` or ``store`` runs on SQLite and on a real PostgreSQL."""

from tests.databases import kind, new_url, postgres, server, template, url

__all__ = ["kind", "new_url", "postgres", "server", "template", "url"]
