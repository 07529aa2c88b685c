"""kpicat: the frame every page stands in. Run it with ``python -m kpicat serve``."""

from kpicat.ui import shell

with shell.errors_in_words():
    shell.prepare()
    page = shell.navigation()
    shell.sidebar()
    shell.run(page)
