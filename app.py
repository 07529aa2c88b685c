"""kpicat: the frame every page stands in. Run it with ``python -m kpicat serve``."""

from kpicat.ui import frame

frame.prepare()
page = frame.navigation()
frame.sidebar()
with frame.errors_in_words():
    page.run()
