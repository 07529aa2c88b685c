"""kpicat: the catalogue of converted products and work, built together.

The package computes and checks; ``app.py`` and ``pages/`` show. The layers and
the direction in which they may import each other are in docs/architecture.md.
"""

__version__ = "0.1.0"
