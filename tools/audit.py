#!/usr/bin/env python3
"""Whether a package that is installed here has a known fault, asked of a list of advisories in one request.

Exit status 1 where one has. Where nobody answers in time it says so, and the status is 0: a computer without the
internet is no fault. ``KPICAT_ADVISORIES`` names another place that speaks as osv.dev does.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.metadata import distributions
from urllib.request import Request, urlopen

ADVISORIES = "https://api.osv.dev/v1/querybatch"
SECONDS = 4.0
LET_STAND: Mapping[str, str] = {}
"""Advisory -> why it does not concern kpicat, and until when that was looked at."""


def installed() -> Mapping[str, str]:
    """Name -> version of what is installed beside this Python."""
    return {each.name.lower().replace("_", "-"): each.version for each in distributions()}


def known_faults(packages: Mapping[str, str], address: str, seconds: float) -> Mapping[str, Sequence[str]] | None:
    """Package -> ids of its advisories, of those that have any; None where nobody answered in time."""
    answer: list[Mapping[str, Sequence[str]]] = []

    def ask() -> None:
        with suppress(OSError, ValueError, LookupError, TypeError):  # nobody, or somebody else, answered
            answer.append(_asked(packages, address, seconds))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)  # of everything: a name that is looked up, or an answer that trickles, knows no bound
    return answer[0] if answer else None


def _asked(packages: Mapping[str, str], address: str, seconds: float) -> Mapping[str, Sequence[str]]:
    queries = [
        {"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in packages.items()
    ]
    asked = Request(address, json.dumps({"queries": queries}).encode(), {"Content-Type": "application/json"})
    with urlopen(asked, timeout=seconds) as told:
        found = [[fault["id"] for fault in each.get("vulns", ())] for each in json.load(told)["results"]]
    return {name: faults for name, faults in zip(packages, found, strict=True) if faults}


def main() -> int:
    """Ask, say, and return the exit status."""
    packages = installed()
    found = known_faults(packages, os.environ.get("KPICAT_ADVISORIES") or ADVISORIES, SECONDS)
    if found is None:
        print(f"Advisories were not reached: nothing is known of the {len(packages)} packages installed.")
        return 0
    faults = [(name, fault) for name, ids in found.items() for fault in ids if fault not in LET_STAND]
    for name, fault in faults:
        print(f"{name} {packages[name]}: {fault}")
    print(f"{len(packages)} packages, {len(faults)} known faults.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
