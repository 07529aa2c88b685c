"""kpicat asks nothing of the internet, whoever asks it.

To a request with an ``Origin`` that it does not know, from anybody, Streamlit (1.67) first finds out the address by
which the internet knows this machine: it asks a server out there, for seconds in which nobody else is answered.
"""

from __future__ import annotations

from streamlit import net_util

_KNOWN = "_external_ip"
_NONE = "0.0.0.0"
"""No page is from there."""


def stay_offline() -> None:
    """Have this process never ask: pages are from where its own name, or ``KPICAT_ORIGINS``, says."""
    setattr(net_util, _KNOWN, _NONE)
