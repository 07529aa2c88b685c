"""A tier proposed for each line, how sure that is, and why; a person decides.

    >>> suggest({"a": Line("Giải quyết tố cáo đối với đảng viên")}, {}, tiers=4)["a"].tier
    3

Before a group has decided anything its lines are read by rules that are data
(``data/lexicon/difficulty.toml``). Each tier it decides on moves the proposals for the
others at once: by how it departs from the rules, by what its lines say of work, product
and steps, by their departments, positions and groups, and by the lines most alike.
Nothing is written or kept.
"""

from kpicat.suggest.proposing import Proposer, Suggestion, suggest
from kpicat.suggest.reading import Line

__all__ = ["Line", "Proposer", "Suggestion", "suggest"]
