"""kpicat: the frame every page stands in. Run it with ``python -m kpicat serve``."""

from kpicat.ui import shell

shell.prepare()
page = shell.navigation()
shell.sidebar()
with shell.errors_in_words():
    page.run()
