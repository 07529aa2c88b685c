"""The command line: ``python -m kpicat --help``."""

import sys

from kpicat.commands import main

if __name__ == "__main__":
    sys.exit(main())
