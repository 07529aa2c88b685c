"""What Streamlit tells a browser of the theme is made once, and not six times for each run of each page.

The settings do not change while we serve; reading them took a sixth of the time of a hundred people's pages.
"""

from __future__ import annotations

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session


def tell_it_once() -> None:
    """Have every session of this process take what was made for the first."""
    populate = app_session._populate_theme_msg
    made: dict[str, CustomThemeConfig] = {}

    def remembered(msg: CustomThemeConfig, section: str = "theme") -> None:
        if section not in made:
            made[section] = CustomThemeConfig()
            populate(made[section], section)
        if made[section].ByteSize():  # an empty one would say that there is one
            msg.MergeFrom(made[section])

    app_session._populate_theme_msg = remembered
