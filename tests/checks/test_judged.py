"""Figures against lines, pairs and phrases that a person judged before any rule was tried on them.

The cases are of bodies whose catalogues no rule was made from: a propaganda board, a ward,
an inspectorate, a hospital, schools, a youth union, a tax office. A hash puts each in one of
two halves: misses of "tuning" may be read by whoever mends a rule, those of "held" may not,
so that "held" tells how the rules do with wording nobody has tuned them on. Never add a phrase
to a lexicon because a held case misses it.

``communes_*.csv`` and ``bodies_*.csv`` are parted the same way: the words communes use for one work, those of
party committees, wards, schools, hospitals, departments, fronts and police, written before the rules they were then
tried on. ``offices_*.csv`` are pairs and deadlines of ten kinds of offices; of its pairs each says in which half it is,
as those held were written later, worded as differently as two offices would. ``later_pairs.csv`` was written
when all rules were there, parted by lot; its held half was asked twice. ``unseen_*.csv`` (courts,
museums, builders, police) was unseen once; its misses have been read since, so it counts as "tuning" and its bar says
only that nothing is lost. New cases are written before rules are touched again.
"""

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest

from kpicat import checks, guidance, similar
from kpicat.model import Item, items_frame
from kpicat.similar import Work, judge
from kpicat.text.numbers import parse_number
from kpicat.text.phrases import says

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"
SOURCES = ("judged", "communes", "bodies")
EDITION = guidance.get(guidance.DEFAULT)
LABELS = {
    "catchall": "catch-all",
    "vague_task": "vague-task",
    "composite": "composite",
    "vague_product": "vague-product",
    "paper_only": "paper-only",
}
PHRASES = {
    "deadline": ({"vague-deadline": "vague", "periodic-deadline": "periodic"}, "concrete"),
    "responsible": ({"collective-responsible": "collective", "unclear-responsible": "unclear"}, "individual"),
    "unit": ({"uncountable-measure": "uncountable", "ratio-measure": "ratio"}, "countable"),
    "quality": ({"vague-quality": "vague"}, "measurable"),
}
LEAST = {"catchall": 0.9, "vague_task": 0.88, "composite": 0.8, "vague_product": 0.93, "paper_only": 0.9}
"""F1 on the held half, a little under what it is."""
PRECISE = 0.85
RIGHT = {"deadline": 0.88, "responsible": 0.9, "unit": 0.92, "quality": 0.9, "number": 0.9}
COLUMN = {"unit": "measure"}
NAMES = {"lines": ("task", "product"), "pairs": ("a_task", "b_task"), "phrases": ("kind", "text")}


def cases(kind, half, source="judged"):
    """The rows of ``<source>_<kind>.csv`` in one half, "tuning" or "held"; "unseen" is all of its own file."""
    if half == "unseen":
        yield from csv.DictReader((CASES / f"unseen_{kind}.csv").read_text("utf-8").splitlines())
        return
    for row in csv.DictReader((CASES / f"{source}_{kind}.csv").read_text("utf-8").splitlines()):
        digest = hashlib.sha256("|".join(row[name] for name in NAMES[kind]).encode()).hexdigest()
        if (row.get("half") or ("held" if int(digest[0], 16) % 2 else "tuning")) == half:
            yield row


def found(lines):
    """Id -> the checks that found something in the line."""
    said = {n: set() for n in lines}
    for finding in checks.run(items_frame(Item(n, values) for n, values in lines.items()), EDITION):
        if finding.item_id is not None:
            said[finding.item_id].add(finding.check)
    return said


def judged_lines(half, source="judged"):
    """For each label the confusion of (true, said), and the lines judged otherwise."""
    rows = list(cases("lines", half, source))
    said = found({row["id"]: {"task": row["task"], "product": row["product"]} for row in rows})
    counts, missed = {label: Counter() for label in LABELS}, []
    for row in rows:
        for label, check in LABELS.items():
            if row[label]:
                right, ours = row[label] == "1", check in said[row["id"]]
                counts[label][right, ours] += 1
                missed += [] if right == ours else [(label, "+" if ours else "-", row["task"], row["product"])]
    return counts, missed


def judged_phrases(half, source="judged"):
    """For each kind the share judged as the person did, and the phrases judged otherwise."""
    rows = list(cases("phrases", half, source))
    shares, missed = {}, []
    for kind, (of, default) in PHRASES.items():
        mine = [row for row in rows if row["kind"] == kind]
        said = found({f"p{n}": {"task": "a", COLUMN.get(kind, kind): row["text"]} for n, row in enumerate(mine)})
        ours = [next((of[check] for check in said[f"p{n}"] if check in of), default) for n in range(len(mine))]
        wrong = [(kind, row["text"], row["label"], o) for row, o in zip(mine, ours, strict=True) if row["label"] != o]
        shares[kind], missed = 1 - len(wrong) / len(mine), [*missed, *wrong]
    numbers = [row for row in rows if row["kind"] == "number"]
    wrong = [("number", row["text"], row["label"], number(row["text"])) for row in numbers if not _agrees(row)]
    return {**shares, "number": 1 - len(wrong) / len(numbers)}, [*missed, *wrong]


def number(text):
    try:
        return parse_number(text)
    except ValueError:
        return None


def _agrees(row):
    ours = number(row["text"])
    return ours is None if row["label"] == "none" else ours is not None and float(ours) == float(row["label"])


def judged_pairs(half, source="judged"):
    """The confusion of (true, said), and the pairs judged otherwise."""
    counts, missed = Counter(), []
    for row in cases("pairs", half, source):
        one, other = (Work(row[f"{s}_task"], row[f"{s}_product"], field=row[f"{s}_field"]) for s in "ab")
        judgement = judge(one, other)
        counts[row["label"], judgement.verdict.value] += 1
        if row["label"] != judgement.verdict:
            missed.append((row["label"], judgement.verdict.value, one.task, other.task, *judgement.reasons))
    return counts, missed


def figures(counts, label):
    """Precision, recall and F1 of one label in a confusion."""
    right = counts[label, label]
    precision = right / max(1, sum(n for (_true, said), n in counts.items() if said == label))
    recall = right / max(1, sum(n for (true, _said), n in counts.items() if true == label))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


@pytest.mark.parametrize("half", ["tuning", "held"])
def test_the_cases_are_many_and_of_every_kind(half):
    assert len(list(cases("lines", half))) >= 120
    assert Counter(row["label"] for row in cases("pairs", half)).most_common()[-1][1] >= 30
    assert {row["kind"] for row in cases("phrases", half)} == {*PHRASES, "number"}


@pytest.mark.parametrize(("label", "least"), LEAST.items())
def test_held_lines_are_judged_as_a_person_does(label, least):
    counts, _missed = judged_lines("held")
    precision, _recall, f1 = figures(counts[label], True)
    assert f1 >= least and precision >= PRECISE, counts[label]


@pytest.mark.parametrize("kind", [*PHRASES, "number"])
def test_held_phrases_are_judged_as_a_person_does(kind):
    shares, _missed = judged_phrases("held")
    assert shares[kind] >= RIGHT[kind]


def test_held_pairs_are_judged_as_a_person_does():
    counts, _missed = judged_pairs("held")
    same, related, different = (figures(counts, label) for label in ("same", "related", "different"))
    assert same[0] >= 0.9  # nobody is told to strike out a work that is another
    assert (same[2] + related[2] + different[2]) / 3 >= 0.74


def test_what_communes_write_is_judged_as_a_person_does():
    counts, _missed = judged_lines("held", "communes")
    least = {"catchall": 0.9, "vague_task": 0.85, "composite": 0.9, "vague_product": 0.9, "paper_only": 0.92}
    for label, bar in least.items():
        precision, _recall, f1 = figures(counts[label], True)
        assert f1 >= bar and precision >= 0.9, (label, counts[label])
    shares, missed = judged_phrases("held", "communes")
    assert min(shares.values()) >= 0.92, missed


def test_two_communes_words_for_one_work_are_often_seen_to_be_one():
    """The held half; what is missed are words that no list holds yet, what is struck out is right."""
    counts, _missed = judged_pairs("held", "communes")
    same, related, different = (figures(counts, label) for label in ("same", "related", "different"))
    assert same[0] >= 0.9 and same[1] >= 0.7, counts
    assert (same[2] + related[2] + different[2]) / 3 >= 0.74, counts


def test_what_is_called_one_work_is_one_in_the_words_of_all_bodies():
    """All held halves together: what is weighed was learnt from none of them."""
    counts = sum((judged_pairs("held", source)[0] for source in SOURCES), Counter())
    same, related, different = (figures(counts, label) for label in ("same", "related", "different"))
    assert same[0] >= 0.92 and same[1] >= 0.6, counts
    assert (same[2] + related[2] + different[2]) / 3 >= 0.74, counts


def test_what_two_offices_word_quite_otherwise_is_called_one_work_only_where_it_is():
    """Pairs with few words in common: what is found is right, a good part is not found."""
    counts, _missed = judged_pairs("held", "offices")
    same, related, different = (figures(counts, label) for label in ("same", "related", "different"))
    assert same[0] >= 0.9 and same[1] >= 0.5, counts
    assert (same[2] + related[2] + different[2]) / 3 >= 0.68, counts


def test_pairs_written_when_the_rules_were_there_are_judged_no_worse():
    """Few pairs, so these bars are low: they say what is so, not what is asked (0.8 and 0.9)."""
    counts, _missed = judged_pairs("held", "later")
    same, related, different = (figures(counts, label) for label in ("same", "related", "different"))
    assert same[0] >= 0.85 and (same[2] + related[2] + different[2]) / 3 >= 0.68, counts


def test_all_held_pairs_together():
    """Every source: what is asked is 0.8 of which 0.9 of what is called one work is right."""
    counts = sum((judged_pairs("held", source)[0] for source in (*SOURCES, "offices", "later")), Counter())
    same, related, different = (figures(counts, label) for label in ("same", "related", "different"))
    assert same[0] >= 0.92 and same[1] >= 0.63, counts
    assert (same[2] + related[2] + different[2]) / 3 >= 0.73, counts


def test_deadlines_of_all_bodies_are_judged_as_a_person_does():
    """The held halves together, as each alone has few."""
    rows = [row for source in (*SOURCES, "offices") for row in cases("phrases", "held", source)]
    mine = [row for row in rows if row["kind"] == "deadline"]
    missed = [row for row in mine if says("deadline", row["text"]) != row["label"]]
    assert len(mine) > 130 and 1 - len(missed) / len(mine) >= 0.93


def test_a_catalogue_is_not_full_of_false_repeats():
    """The sample's 149 works are each another; those that share words make some six hundred pairs."""
    rows = csv.DictReader((ROOT / "data" / "samples" / "xa_mau.csv").read_text("utf-8-sig").splitlines())
    lines = {n: Work(row["task"], row["product"], row["detail"], row["department"]) for n, row in enumerate(rows)}
    assert [pair for pair in similar.pairs(lines) if pair.judgement.verdict is similar.Verdict.SAME] == []


@pytest.mark.parametrize("half", ["tuning", "held"])
def test_schools_hospitals_fronts_and_police_are_judged_as_a_person_does(half):
    counts, _missed = judged_lines(half, "bodies")
    for label, bar in {"catchall": 0.9, "vague_task": 0.75, "composite": 0.75, "paper_only": 0.92}.items():
        assert figures(counts[label], True)[2] >= bar, (label, counts[label])
    shares, _missed = judged_phrases(half, "bodies")
    assert min(shares.values()) >= 0.84, shares


def test_wording_nobody_had_thought_of_is_seldom_judged_against_a_line():
    """What is found there is right; what is missed shows how far lexicons carry."""
    counts, _missed = judged_lines("unseen")
    for label, least in {"catchall": 0.9, "vague_task": 0.95, "composite": 0.9, "vague_product": 0.95}.items():
        precision, _recall, f1 = figures(counts[label], True)
        assert precision >= 0.9 and f1 >= least, (label, counts[label])
    assert figures(counts["paper_only"], True)[2] >= 0.95
    pairs, _missed = judged_pairs("unseen")
    assert figures(pairs, "same")[0] >= 0.9, pairs
    assert sum(figures(pairs, label)[2] for label in ("same", "related", "different")) / 3 >= 0.8, pairs
