"""What is worked out of texts is remembered, bounded, and forgotten as a whole."""

from __future__ import annotations

import re
from pathlib import Path

from kpicat import memo
from kpicat.text.normalise import fold

ROOT = Path(__file__).parents[2] / "kpicat"


def test_an_answer_is_remembered_until_everything_is_forgotten(monkeypatch):
    monkeypatch.setattr(memo, "_forgetting", [])
    asked = []

    @memo.remembered(2)
    def twice(text: str) -> str:
        asked.append(text)
        return text * 2

    assert [twice("a"), twice("a")] == ["aa", "aa"]
    assert asked == ["a"]
    memo.forget()
    assert twice("a") == "aa"
    assert asked == ["a", "a"]
    twice("b"), twice("c"), twice("a")
    assert asked == ["a", "a", "b", "c", "a"]


def test_what_is_remembered_of_texts_is_all_forgotten():
    fold("Một câu chưa ai gõ")
    memo.forget()
    assert fold.cache_info().currsize == 0
    elsewhere = [
        f"{path.relative_to(ROOT)}: {line}"
        for folder in ("text", "similar", "checks", "suggest")
        for path in (ROOT / folder).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"@(functools\.)?lru_cache", line)
    ]
    assert elsewhere == []
