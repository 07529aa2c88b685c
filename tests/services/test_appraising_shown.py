"""What people are shown of findings: shares, what comes first, what each unit is asked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpicat.model import Catalogue, Item, Level, Reading, items_frame
from kpicat.services import View, appraising
from tests.services.test_appraising_fixing import LINE, view_of


def test_of_nothing_nothing_is_said():
    view = View(Reading(Catalogue("xb", "Xã"), items_frame([])))
    kept = appraising.compliance(view)
    assert {(share.kept, share.of, share.share) for share in kept.by_principle.values()} == {(0, 0, 0)}
    assert (kept.whole.of, kept.by_unit, list(kept.by_principle)) == (0, {}, list(appraising.PRINCIPLES))
    assert not appraising.first_to_fix(view) and not appraising.questions(view) and not appraising.pairs(view)
    assert appraising.letter(view, "") == "" and not appraising.fixes(view, view.open_findings).writes


def test_blank_rows_are_no_lines():
    items = [Item("a", dict(LINE)), Item("blank", {})]
    kept = appraising.compliance(View(Reading(Catalogue("xb", "Xã"), items_frame(items))))
    assert kept.whole == appraising.Share(1, 1) and kept.by_principle["clear-task"].of == 1


def test_shares_of_units_add_up_to_that_of_the_catalogue():
    lines = [
        {"department": f"Phòng {n % 7}", "task": f"Thẩm định hồ sơ số {n}", "deadline": "Sớm" if n % 3 else "30/6"}
        for n in range(1_000)
    ]
    view = view_of(*lines)
    kept = appraising.compliance(view)
    for key, share in kept.by_principle.items():
        if key != "standard-unit":
            units = [unit.by_principle[key] for unit in kept.by_unit.values()]
            assert (sum(u.kept for u in units), sum(u.of for u in units)) == (share.kept, share.of)
    late = kept.by_principle["clear-time"]
    assert (late.kept, late.of, round(late.share, 3)) == (334, 1_000, 0.334)
    assert kept.whole.kept == len(view.items) - len(view.findings_by_item())
    assert list(kept.by_unit) == [f"Phòng {n}" for n in range(7)]


def test_what_conversion_rests_on_comes_first_then_what_is_found_most(in_english):
    late = [{"task": f"Thẩm định hồ sơ số {n}", "deadline": "Sớm"} for n in range(5)]
    untiered = {"tier": None, "points": None, "task": "Ghi biên bản họp"}
    view = view_of(*late, untiered, {"task": "Lưu trữ hồ sơ", "duty": "", "product": "Báo cáo"})
    advice = appraising.first_to_fix(view)
    assert [a.check for a in advice] == ["missing-tier", "no-standard-unit", "vague-deadline", "missing-duty"]
    assert [a.lines for a in advice] == [1, 0, 5, 1]
    assert advice[0].words == "Choose the tier: 1 line." and advice[1].words == "Choose the standard unit."
    assert advice[2].words.endswith("as time of completion: 5 lines.") and len(advice[2].findings) == 5
    assert all(f.level is not Level.INFO for a in advice for f in a.findings)
    assert appraising.first_to_fix(view, most=1) == advice[:1]


def test_each_unit_is_asked_about_its_own_lines(in_english):
    view = view_of(
        {"department": "Văn phòng", "code": "VP.01", "deadline": "Sớm", "measure": ""},
        {"department": "Ban Tổ chức", "task": "Ghi biên bản họp", "coefficient": Decimal(3)},
        {"department": "", "task": "Lưu trữ hồ sơ", "duty": ""},
        {"department": "Văn phòng", "task": "Chuyển công văn"},
    )
    asked = appraising.questions(view)
    assert list(asked) == ["Văn phòng", "Ban Tổ chức", ""]
    (question,) = asked["Văn phòng"]
    assert (question.item_id, question.line) == ("0", "1 · VP.01 · Tiếp công dân định kỳ")
    assert question.asks == (
        "“Sớm” does not tell when the work is late; please write a date, or a number of days from a known event.",
        "Write the unit of measure; proposed: buổi.",
    )
    assert asked["Ban Tổ chức"][0].asks == ("Take the coefficient that follows from the points; proposed: 1.",)
    letter = appraising.letter(view, "Văn phòng")
    assert letter.splitlines()[0] == "Catalogue “Xã” – Văn phòng" and "  - “Sớm” does not tell" in letter
    assert "VP.01" in letter and "biên bản" not in letter


def test_what_every_line_of_a_letter_is_asked_is_said_once(in_english):
    view = view_of(
        {"code": "VP.01", "deadline": ""},
        {"code": "VP.02", "task": "Chuyển công văn", "deadline": "", "measure": ""},
        {"code": "VP.03", "task": "Ghi biên bản họp"},
    )
    letter = appraising.letter(view, "Văn phòng").splitlines()
    (first, second) = appraising.questions(view)["Văn phòng"]
    assert first.asks[0] in second.asks and letter.count(f"  - {first.asks[0]}") == 1
    assert letter.index("For each of these lines:") < letter.index("Line 1 · VP.01 · Tiếp công dân định kỳ")
    assert sum("unit of measure" in line for line in letter) == 1 and not any("VP.03" in line for line in letter)


def test_who_is_asked_about_two_lines_is_told_which(in_english):
    view = view_of({"code": "VP.01"}, {"code": "VP.02"})
    (question,) = appraising.questions(view)["Văn phòng"]
    assert question.item_id == "1" and "VP.01" in question.asks[0]


def test_pairs_come_with_the_reason():
    view = view_of({"task": "Phát hành văn bản đi của Đảng ủy"}, {"task": "Thực hiện phát hành VB đi của Đảng uỷ"}, {})
    (pair,) = appraising.pairs(view)
    assert (pair.one, pair.other, pair.check, pair.is_open) == ("0", "1", "near-duplicate", True) and pair.reasons[0]


def of_another_scale(n):
    """Lines as under the commune frames, where the standard is 5 points."""
    return [
        {"task": f"Thẩm định hồ sơ số {i}", "tier": 3, "points": Decimal(60 + i % 30), "coefficient": Decimal(12)}
        for i in range(n)
    ]


def test_points_of_another_scale_are_one_piece_of_advice_no_proposal_and_no_question(in_english):
    view = view_of(*of_another_scale(30), {"task": "Ghi biên bản họp", "deadline": "Sớm"})
    assert appraising.other_scale(view).id == "khung_xa"
    first, *rest = appraising.first_to_fix(view)
    assert first.check == "off-scale-points" and "settings" in first.words and first.lines == 30
    assert [advice.check for advice in rest] == ["no-standard-unit", "vague-deadline"]
    planned = appraising.fixes(view, view.open_findings)
    assert not planned.writes and "settings" in planned.remarks[0]
    assert not appraising.fixable(view, view.open_findings)
    assert [q.item_id for q in appraising.questions(view)["Văn phòng"]] == ["30"]


@pytest.mark.parametrize("lines", [of_another_scale(9), [*of_another_scale(14), *({} for _n in range(15))], [{}] * 20])
def test_few_lines_or_a_minority_off_the_scale_are_wrong_lines(lines):
    view = view_of(*lines)
    assert appraising.other_scale(view) is None
