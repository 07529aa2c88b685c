"""What an identity provider said of a browser, as Streamlit's sign-in keeps it: asked where no session runs yet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME


def claims(cookies: Mapping[str, str]) -> Mapping[str, Any]:
    """The provider's claims; nothing where it said nothing, or not for this address, or somebody changed it."""

    def one(name: str) -> bytes | None:
        kept = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, kept.encode("latin-1")) if kept else None

    try:
        said = json.loads(get_cookie_with_chunks(one, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return {}
    if (
        not isinstance(said, dict)
        or not said.get("is_logged_in")
        or said.get("origin") != get_origin_from_redirect_uri()
    ):
        return {}
    return said


def away() -> str:
    """The address that leads to the provider, good for some minutes."""
    return generate_login_redirect_url("default")
