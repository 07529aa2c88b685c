"""Pages with charts have what draws them come at once: it is there, it may run, and no other page fetches 5 MB."""

from __future__ import annotations

import re
from pathlib import Path

from streamlit import file_util

from kpicat.doors import headers
from kpicat.ui import ahead, frame

STATIC = Path(file_util.get_static_dir())
INDEX = (STATIC / "index.html").read_text(encoding="utf-8")


def test_what_draws_charts_is_there_under_the_name_by_which_the_front_end_asks_for_it():
    assert (STATIC / ahead.plotly()).is_file()
    (main,) = re.findall(r'type="module" crossorigin src="([^"]+)"', INDEX)
    assert f"import(`./{Path(ahead.plotly()).name}`)" in (STATIC / main).read_text(encoding="utf-8")


def test_the_page_is_streamlits_with_one_script_more_that_the_policy_allows():
    page = ahead.page()
    (more,) = re.findall(r"<script>(?:(?!</script>).)*import\(.*?</script>", page, re.DOTALL)
    link = f'<link rel="modulepreload" crossorigin href="{ahead.plotly()}">'
    assert page.replace(more, "").replace(link, "").split() == INDEX.split()
    policy, scripts = headers.policy_of_pages(page), re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 2 and all(headers.hashed(script) in policy for script in scripts)


def test_only_pages_that_draw_charts_as_they_open_have_it():
    pages = {route.path.removeprefix("/") for route in ahead.routes()}
    assert pages == {*ahead.CHARTED} <= {*frame.PAGES}
    assert frame.HOME not in pages and "vote" not in pages  # a phone that only votes
