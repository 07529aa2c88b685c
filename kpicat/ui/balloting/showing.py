"""What a ballot looks like: the door, the item in words, who has voted, how the votes lie."""

from __future__ import annotations

import html
from collections.abc import Collection, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

import segno
import streamlit as st

from kpicat.ballot import Tally
from kpicat.guidance import Guidance
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number, percent
from kpicat.model.ballots import Ballot, Question, Voter
from kpicat.palette import in_css, tier_colour

_HERE_ONLY = ("localhost", "127.0.0.1", "::1")


def door(code: str) -> None:
    """The code, large, and the link to the page where it is typed, as text and to be photographed."""
    address = urlsplit(str(st.context.url or ""))
    base = st.get_option("server.baseUrlPath").strip("/")
    page = f"{address.scheme}://{address.netloc}{'/' if base else ''}{base}/vote"
    picture = segno.make(f"{page}?m={code}", error="m").svg_data_uri(scale=6, border=3, light="#fff")
    st.html(
        f'<div class="ballot-door"><img src="{html.escape(picture)}" alt="{html.escape(_("QR code of the link"))}">'
        f'<div><div class="ballot-link">{html.escape(page)}</div><div class="ballot-code">{code}</div></div></div>'
    )
    if address.hostname in _HERE_ONLY:
        st.caption(_("Phones cannot reach this address; open kpicat by the name it has in your network."))


def item(words: Mapping[str, str]) -> None:
    """The item in words."""
    about = [
        f"{field_label(name)}: {words[name]}"
        for name in ("detail", "product", "measure", "frequency")
        if words.get(name)
    ]
    about += [words[name] for name in ("position", "department") if words.get(name)]
    head = " · ".join(filter(None, (words.get("code"), words.get("task") or words.get("detail"))))
    st.html(
        f'<div class="ballot-item">{html.escape(head)}</div>'
        f'<div class="ballot-about">{html.escape(" · ".join(about))}</div>'
    )


def turnout(people: Sequence[Voter], voted: Collection[str]) -> str:
    """How many of those present have voted, in words."""
    there = sum(voter.id in voted for voter in people)
    return ngettext("{votes} of {n} has voted", "{votes} of {n} have voted", len(people)).format(
        votes=number(there), n=number(len(people))
    )


def people(present: Sequence[Voter], voted: Collection[str]) -> None:
    """Who is in, and who of them has voted."""
    names = "".join(
        f'<span class="{"voted" if voter.id in voted else ""}">'
        f"{'✓ ' if voter.id in voted else ''}{html.escape(voter.name)}</span>"
        for voter in present
    )
    st.html(f'<div class="ballot-people">{names}</div>')


def result(tally: Tally, ballots: Sequence[Ballot], guidance: Guidance) -> None:
    """How a revealed round lies, large; who voted what; why those who stand out did."""
    if not tally.votes:
        st.info(_("Nobody voted in this round."))
        return
    st.html(f'<div class="ballot-tally">{"".join(_bars(tally, ballots, guidance))}</div>')
    st.markdown(
        _("Middle: **tier {median}** · {share} agree · spread {spread} · {votes} votes").format(
            median=tally.median, share=percent(tally.agreement), spread=number(tally.spread), votes=number(tally.votes)
        )
    )
    if reasons := "".join(_said(ballot) for ballot in tally.extremes if ballot.reason):
        st.html(f'<div class="ballot-reasons">{reasons}</div>')


def _said(ballot: Ballot) -> str:
    said = _("{name} (tier {tier}): {reason}").format(name=ballot.name, tier=ballot.tier, reason=ballot.reason)
    colour = in_css(tier_colour(ballot.tier))
    return f'<div class="ballot-said" style="border-color:{colour}">{html.escape(said)}</div>'


def _bars(tally: Tally, ballots: Sequence[Ballot], guidance: Guidance) -> Iterator[str]:
    most = max(tally.counts.values())
    for level, n in tally.counts.items():
        names = ", ".join(ballot.name for ballot in ballots if ballot.tier == level)
        median = " median" if level == tally.median else ""
        bar = f"width:{70 * n / most:.1f}%;background:{in_css(tier_colour(level))}"
        yield (
            f'<div class="ballot-row{median}"><span>{html.escape(mark(guidance, level))}</span>'
            f'<span class="ballot-bar"><i style="{bar}"></i>'
            f"<b>{number(n)}</b></span><small>{html.escape(names)}</small></div>"
        )


def mark(guidance: Guidance, level: int) -> str:
    """A tier in the guidance's words, with its points."""
    tier = guidance.tier(level)
    if tier is None:
        return number(level)
    return f"{level} · {tier.label} · {_('{points} points').format(points=tier.range)}"


def called(question: Question) -> str:
    """What people call a question, as plain text."""
    name = " · ".join(filter(None, (question.words.get("code"), question.words.get("task"))))
    return name if len(name) <= 80 else f"{name[:79]}…"
