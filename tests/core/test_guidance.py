"""An edition is taken only when every number has its source and every tier its place."""

import json
import tomllib
from decimal import Decimal

import pytest

from kpicat import guidance
from kpicat.errors import GuidanceError, InputError

SOUND = """
[edition]
id = "sound"
title_vi = "Thử"
title_en = "Trial"
document = "A decision"

[standard]
points = 100
source = { place = "§1" }

[rounding]
decimals = 2
source = { place = "§2" }
"""


def tier(level, points, **other):
    values = {"key": f"t{level}", "level": level, "points": points, "label_vi": "a", "label_en": "b"} | other
    lines = [f"{key} = {json.dumps(value)}" for key, value in values.items() if value is not None]
    return "\n[[tier]]\n" + "\n".join(lines) + '\nsource = { place = "§3" }\n'


TWO_TIERS = tier(1, 100) + tier(2, 120)


def load(tmp_path, text, name="sound.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return guidance.load(path)


def test_the_three_editions_say_what_their_documents_say():
    marks = {
        edition.id: (edition.standard_points, edition.decimals, [(t.lowest, t.highest) for t in edition.tiers])
        for edition in guidance.editions().values()
    }
    cents = Decimal("0.01")
    assert marks == {
        "phu_luc_3": (100, 2, [(100, 100), (120, 120), (150, 150), (200, 200)]),
        "khung_xa": (5, 2, [(1, 10), (11, 50), (51, 100), (101, 200)]),
        "so_tay_bnv": (5, 1, [(1, 100), *((n + cents, n + 100) for n in (100, 200, 300, 400))]),
    }


def test_every_number_of_every_edition_has_its_source():
    for edition in guidance.editions().values():
        assert all(place.place for place in edition.sources.values())
        assert all(t.source.place for t in edition.tiers)


def test_no_word_means_two_tiers_of_one_edition():
    for edition in guidance.editions().values():
        words = [word.casefold() for t in edition.tiers for word in (*t.words, t.label_vi, t.label_en)]
        assert len(words) == len(set(words)), edition.id


def test_the_default_edition_is_one_of_them():
    assert guidance.get(guidance.DEFAULT).id == "phu_luc_3"


def test_an_unknown_edition_is_answered_with_those_there_are():
    with pytest.raises(InputError, match="phu_luc_3"):
        guidance.get("phu_luc_9")


@pytest.mark.parametrize("edition", guidance.editions().values(), ids=lambda e: e.id)
def test_points_fall_in_the_tier_whose_frame_holds_them(edition):
    for t in edition.tiers:
        assert edition.tier_of(t.lowest) == edition.tier_of(t.highest) == t
    assert edition.tier_of(edition.tiers[0].lowest - Decimal("0.001")) is None
    assert edition.tier_of(edition.tiers[-1].highest + Decimal("0.001")) is None


def test_a_sound_edition_is_taken(tmp_path):
    assert [t.mark for t in load(tmp_path, SOUND + TWO_TIERS).tiers] == [100, 120]


REFUSED = {
    "a standard without a source": (SOUND.replace('source = { place = "§1" }', "") + TWO_TIERS, "source is missing"),
    "a rounding whose source names no place": (
        SOUND.replace('{ place = "§2" }', '{ note = "x" }') + TWO_TIERS,
        "rounding: a number needs source",
    ),
    "a tier without a source": (SOUND + TWO_TIERS.replace('source = { place = "§3" }', "", 1), "tier 1: source"),
    "a source with an unknown key": (
        SOUND.replace('{ place = "§1" }', '{ place = "x", page = 1 }') + TWO_TIERS,
        "page",
    ),
    "an unknown table": (SOUND + TWO_TIERS + "[bonus]\npoints = 1\n", "unknown key bonus"),
    "an unknown key of a tier": (SOUND + tier(1, 100, colour="red"), "unknown key colour"),
    "a tier without its English name": (SOUND + tier(1, 100, label_en=None), "label_en is missing"),
    "no rounding": (SOUND[: SOUND.index("[rounding]")] + TWO_TIERS, "rounding is missing"),
    "decimals that are not whole": (SOUND.replace("decimals = 2", "decimals = 1.5") + TWO_TIERS, "decimals"),
    "decimals that say yes": (SOUND.replace("decimals = 2", "decimals = true") + TWO_TIERS, "decimals"),
    "too many decimals": (SOUND.replace("decimals = 2", "decimals = 7") + TWO_TIERS, "decimals"),
    "points below zero": (SOUND.replace("points = 100", "points = -100") + TWO_TIERS, "above zero"),
    "points in words": (SOUND.replace("points = 100", 'points = "a hundred"') + TWO_TIERS, "must be a number"),
    "endless points": (SOUND.replace("points = 100", "points = inf") + TWO_TIERS, "above zero"),
    "tiers out of order": (SOUND + tier(2, 100) + tier(1, 120), "in this order"),
    "a gap in the levels": (SOUND + tier(1, 100) + tier(3, 120), "in this order"),
    "a level that is not whole": (SOUND + tier(1.5, 100), "level must be"),
    "a level that says yes": (SOUND + tier(True, 100, key="t1"), "level must be"),
    "a harder tier worth less": (SOUND + tier(1, 120) + tier(2, 100), "out of order"),
    "a harder tier worth the same": (SOUND + tier(1, 100) + tier(2, 100), "out of order"),
    "frames that overlap": (
        SOUND + tier(1, None, lowest=1, highest=10) + tier(2, None, lowest=10, highest=20),
        "overlaps",
    ),
    "a frame upside down": (SOUND + tier(1, None, lowest=10, highest=1), "out of order"),
    "half a frame": (SOUND + tier(1, None, lowest=1), "highest is missing"),
    "both a mark and a frame": (SOUND + tier(1, 100, lowest=1, highest=2), "unknown key"),
    "two tiers of one name": (SOUND + tier(1, 100) + tier(2, 120, key="t1"), "same key"),
    "no tier at all": (SOUND, "tier is missing"),
    "tiers that are no list": (SOUND + TWO_TIERS[: TWO_TIERS.rindex("[[")].replace("[[tier]]", "[tier]"), "each tier"),
    "tiers that are no tables": ("tier = [1, 2]\n" + SOUND, "each tier"),
    "a key that is empty": (SOUND + tier(1, 100, key=" "), "tier 1: key must be a text"),
    "a label that is a number": (SOUND + tier(1, 100, label_vi=5), "label_vi must be a text"),
    "a title that is a number": (SOUND.replace('"Thử"', "3") + TWO_TIERS, "title_vi must be a text"),
    "words that are no list": (SOUND + tier(1, 100, words="mức 1"), "words must be a list"),
    "a word that is a number": (SOUND + tier(1, 100, words=[1]), "words must be a list"),
    "a word of two tiers": (SOUND + tier(1, 100, words=["khó"]) + tier(2, 120, words=["KHÓ"]), "“khó”"),
    "a source whose place is no text": (
        SOUND.replace('{ place = "§1" }', "{ place = 3 }") + TWO_TIERS,
        "place must be",
    ),
    "a source whose mark is no number": (
        SOUND.replace('{ place = "§1" }', '{ place = "§1", mark = "x" }') + TWO_TIERS,
        "mark in source",
    ),
    "six tiers": (SOUND + "".join(tier(n, 100 * n) for n in range(1, 7)), "6 tiers"),
    "text that is no TOML": ("[edition", "sound.toml"),
}


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_the_loader_refuses(tmp_path, text, why):
    with pytest.raises(GuidanceError, match=why):
        load(tmp_path, text)


def test_a_file_under_another_name_than_its_id_is_refused(tmp_path):
    with pytest.raises(GuidanceError, match=r"other\.toml"):
        load(tmp_path, SOUND + TWO_TIERS, "other.toml")


def test_a_file_that_is_not_text_is_refused(tmp_path):
    (tmp_path / "sound.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(GuidanceError, match=r"sound\.toml"):
        guidance.load(tmp_path / "sound.toml")


def test_a_missing_level_or_mark_is_none_not_a_crash():
    edition = guidance.get("khung_xa")
    assert edition.tier(None) is edition.tier(9) is None
    assert edition.tier(1).mark is None
    assert not edition.has_marks
    assert guidance.get("phu_luc_3").has_marks


# -- a catalogue's own marks --


def test_no_marks_of_its_own_leave_the_edition_as_it_is():
    edition = guidance.get("phu_luc_3")
    assert edition.adjusted("") is edition


def test_an_adjusted_mark_replaces_only_its_own_tier_and_says_whose_it_is():
    edition = guidance.get("phu_luc_3").adjusted('{"complex": {"points": 160.5}}')
    assert [t.mark for t in edition.tiers] == [100, 120, Decimal("160.5"), 200]
    assert edition.tier(3).source.place == "danh mục"
    assert edition.tier(2).source.place.startswith("PL3")


def test_an_adjusted_frame_moves_points_to_another_tier():
    edition = guidance.get("khung_xa").adjusted(
        '{"n2": {"lowest": 11, "highest": 60}, "n3": {"lowest": 61, "highest": 100}}'
    )
    assert edition.tier_of(Decimal(55)).level == 2


@pytest.mark.parametrize(
    "marks",
    [
        "not json",
        "[]",
        "3",
        '{"complex": 160}',
        '{"complex": {}}',
        '{"complex": {"points": "many"}}',
        '{"complex": {"points": null}}',
        '{"complex": {"points": 0}}',
        '{"complex": {"points": NaN}}',
        '{"complex": {"points": 110}}',
        '{"complex": {"points": 200}}',
        '{"complex": {"lowest": 160, "highest": 150}}',
        '{"unheard": {"points": 160}}',
    ],
)
def test_marks_that_cannot_stand_are_refused_in_one_sentence(marks):
    with pytest.raises(InputError) as refused:
        guidance.get("phu_luc_3").adjusted(marks)
    assert "\n" not in str(refused.value)


def test_the_editions_are_files_people_can_read():
    for path in guidance.FOLDER.glob("*.toml"):
        assert tomllib.loads(path.read_text(encoding="utf-8"))["edition"]["id"] == path.stem
