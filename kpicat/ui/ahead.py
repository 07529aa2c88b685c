"""The page a browser gets first: Streamlit's, which on pages with charts has what draws them come at once.

Streamlit asks for plotly, 5 MB, when the first chart has come, and then takes a third of a second to make it ready.
Here it is fetched with the page's own scripts, and made ready while the server works, when the browser only waits.
"""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from streamlit import file_util

CHARTED = ("dashboard", "compare", "load", "what_if", "checks")
"""Keys of the pages that draw charts as they open, see ``frame.PAGES``."""
_STATIC = Path(file_util.get_static_dir())
_HEAD_ENDS = "</head>"
_READY = """
    <link rel="modulepreload" crossorigin href="{address}">
    <script>
      (() => {{
        const connected = '[data-test-connection-state="CONNECTED"]';
        const looking = new MutationObserver(() => {{
          if (!document.querySelector(connected)) return;
          looking.disconnect();
          import("{address}");
        }});
        looking.observe(document, {{ subtree: true, childList: true, attributes: true }});
      }})();
    </script>
  """


def plotly() -> str:
    """What draws charts, by its address within a page; "" where this Streamlit calls it otherwise."""
    found = sorted((_STATIC / "static" / "js").glob("PlotlyChart.*.js"))
    return f"./static/js/{found[0].name}" if found else ""


def page() -> str:
    """The page with what has plotly come at once, as HTML."""
    index = (_STATIC / "index.html").read_text(encoding="utf-8")
    return index.replace(_HEAD_ENDS, _READY.format(address=plotly()) + _HEAD_ENDS) if plotly() else index


def routes() -> list[Route]:
    """The pages that draw charts, each at its own address; a browser asks anew each time, as it does for all others."""
    html = page()

    async def answer(_request: Request) -> HTMLResponse:
        return HTMLResponse(html, headers={"Cache-Control": "no-cache"})

    return [Route(f"/{name}", answer) for name in CHARTED]
