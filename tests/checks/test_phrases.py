"""The lexicons: every rule decides its own examples, and phrases nobody wrote a rule for are told apart."""

import tomllib
from pathlib import Path

import pytest

from kpicat.text import phrases

KINDS = (
    "deadline",
    "responsible",
    "measure",
    "quality",
    "task",
    "product",
    "work",
    "pinned",
    "vague_product",
    "regular",
    "difficulty",
    "submitted",
    "parties",
)
PHRASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "phrases.toml").read_text("utf-8"))
EACH_RULE = [(kind, n) for kind in KINDS for n in range(len(phrases.lexicon(kind).rules))]
EACH_PHRASE = [(kind, label, text) for kind, of in PHRASES.items() for label, texts in of.items() for text in texts]


@pytest.mark.parametrize(("kind", "n"), EACH_RULE)
def test_a_rule_has_a_reason_and_decides_its_own_examples(kind, n):
    lexicon = phrases.lexicon(kind)
    rule = lexicon.rules[n]
    assert rule.why.endswith(".") and rule.examples
    for example in rule.examples:
        assert lexicon.rule_for(example) is rule, example


@pytest.mark.parametrize(("kind", "label", "text"), EACH_PHRASE)
def test_a_phrase_says(kind, label, text):
    assert phrases.says(kind, text) == label


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_phrase_says_nothing(kind):
    assert phrases.says(kind, "") == phrases.says(kind, " \n") == ""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text", ["a " * 50_000, "phòng " * 20_000, "1/" * 50_000, "Nguyễn Văn " * 20_000, "(" * 50_000]
)
def test_a_phrase_of_any_length_is_read_at_once(kind, text):
    # Not a timing: a pattern that backtracks without end would hang here.
    assert phrases.says(kind, text)
