"""What a run found, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tests.load.running import Load, Measured

ACKNOWLEDGED, SEEN = 0.5, {"push": 1.0, "poll": 3.0}
"""Seconds of the 95th percentile that are asked for."""

LONG = 60
"""Seconds from which on the slope of memory says anything."""


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value that ``share`` of them do not exceed; None of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else None


def spread(values: Sequence[float]) -> dict[str, Any]:
    """Count, median, 95th percentile and greatest."""
    figures = {"p50": percentile(values, 0.5), "p95": percentile(values, 0.95), "max": max(values, default=None)}
    return {"n": len(values)} | {name: None if v is None else round(v, 3) for name, v in figures.items()}


def growth(load: Load) -> float | None:
    """MB a minute that memory grew by over the second half of the work, by least squares; None of a short run."""
    if not load.samples or load.samples[-1][0] < LONG:
        return None
    half = [(t, mb) for t, mb in load.samples if t >= load.samples[-1][0] / 2]
    t_mean, mb_mean = (sum(column) / len(half) for column in zip(*half, strict=True))
    over = sum((t - t_mean) ** 2 for t, _mb in half)
    return 60 * sum((t - t_mean) * (mb - mb_mean) for t, mb in half) / over


def figures(measured: Measured, mode: str) -> dict[str, Any]:
    """Everything, ready for JSON; seconds, MB, processors."""
    plan = measured.plan
    waits, sights = spread(measured.accounts.waits()), spread(measured.accounts.sights())
    return {
        "people": plan.people, "editors": plan.editors, "every_s": plan.every, "seconds": plan.seconds,
        "items": plan.items, "mode": mode, "lines_up": measured.pushed, "typed": len(measured.accounts.typed),
        "acknowledged_s": waits, "seen_s": sights,
        "lost": len(measured.lost), "never_acknowledged": len(measured.unanswered), "never_seen": measured.unseen,
        "screens_unlike_table": len(measured.differing), "log_against_table": measured.contradictions,
        "errors": measured.errors[:20], "connections_lost": measured.breaks, "opening_s": round(measured.arriving, 2),
        "servers": [_costs(load, plan.people, len(measured.servers)) for load in measured.servers],
        "generator": {"cores": round(measured.generator.cores, 3), "late_p95_s": round(measured.lag, 4)},
        "others_on_this_machine_cores": round(measured.elsewhere, 2),
        "runs": measured.runs, "received_mb": round(measured.received / 2**20, 1),
        "within": {
            "acknowledged": (waits["p95"] or 0) <= ACKNOWLEDGED, "seen": (sights["p95"] or 0) <= SEEN[mode],
            "sound": measured.is_sound,
        },
    }  # fmt: skip


def _costs(load: Load, people: int, servers: int) -> dict[str, Any]:
    others = max(1, round(people / servers) - 1)
    grown = growth(load)
    return {
        "cores": round(load.cores, 2),
        "mb_at_start": round(load.at_start, 1),
        "mb_with_one": round(load.with_one, 1),
        "mb_with_all": round(load.with_all, 1),
        "mb_at_end": round(load.at_end, 1),
        "mb_per_session": round((load.with_all - load.with_one) / others, 2),
        "mb_per_session_at_end": round((load.at_end - load.with_one) / others, 2),
        "mb_a_minute": None if grown is None else round(grown, 2),
        "mb_by_minute": [round(mb, 1) for _at, mb in load.samples[::60]],
    }


def words(found: dict[str, Any]) -> str:
    """The figures as a page of text."""
    acknowledged, seen, within = found["acknowledged_s"], found["seen_s"], found["within"]
    lines = [
        f"{found['people']} people, {found['editors']} of them changing a cell every {found['every_s']:g} s, "
        f"{found['seconds']:g} s, {found['items']} items, {found['mode']} ({found['lines_up']} lines up)",
        f"  acknowledged   {_spread(acknowledged)}   asked ≤ {ACKNOWLEDGED} {_sign(within['acknowledged'])}",
        f"  seen by others {_spread(seen)}   asked ≤ {SEEN[found['mode']]} {_sign(within['seen'])}",
        f"  lost {found['lost']} of {found['typed']} · never acknowledged {found['never_acknowledged']} · "
        f"never seen {found['never_seen']} · screens unlike the table {found['screens_unlike_table']} · "
        f"log and table disagree in {len(found['log_against_table'])} {_sign(within['sound'])}",
        f"  errors {len(found['errors'])} · connections lost {found['connections_lost']}",
    ]
    lines += [f"    {error}" for error in found["errors"][:5]]
    for number, costs in enumerate(found["servers"], start=1):
        grown = "" if costs["mb_a_minute"] is None else f", {costs['mb_a_minute']:+} MB/min"
        lines.append(
            f"  server {number}: {costs['cores']} processors · {costs['mb_at_start']} MB at start, "
            f"{costs['mb_with_one']} with one person, {costs['mb_with_all']} with all "
            f"({costs['mb_per_session']} each), {costs['mb_at_end']} at the end{grown}"
        )
    runs = found["runs"]
    lines.append(
        f"  runs begun → shown: page {runs['runs_begun']} → {runs['runs']}, "
        f"fragments {runs['fragment_runs_begun']} → {runs['fragment_runs']} · {found['received_mb']} MB received"
    )
    own = found["generator"]
    lines.append(
        f"  this generator: {own['cores']} processors, late by {own['late_p95_s']} s (p95) · "
        f"others on this machine: {found['others_on_this_machine_cores']}"
    )
    return "\n".join(lines)


def as_json(found: dict[str, Any]) -> str:
    """The figures for a program."""
    return json.dumps(found, ensure_ascii=False, indent=2)


def _spread(s: dict[str, Any]) -> str:
    return f"p50 {s['p50']} s, p95 {s['p95']} s, max {s['max']} s ({s['n']})"


def _sign(good: bool) -> str:
    return "✓" if good else "✗"
