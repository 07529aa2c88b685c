"""Findings become remarks as a person would write them: by unit, once for many lines, with what to do."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kpicat import checks, guidance
from kpicat.exchange.forms import remarks
from kpicat.exchange.forms.remarks import ALIKE
from kpicat.language import speaking
from kpicat.model import Decision, Finding, Item, Level, Ruling, items_frame

PL3 = guidance.get("phu_luc_3")
AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


def lines(*rows):
    return items_frame(
        Item(f"i{n}", {"code": f"VP.{n + 1:02}", "task": f"Việc {n + 1}", **row}) for n, row in enumerate(rows)
    )


def said(items, only, **more):
    return remarks.parts(items, checks.run(items, PL3, only=only), **more)


def test_what_is_said_of_many_lines_of_a_unit_is_said_once_with_the_lines():
    late = {"department": "Văn phòng"}
    rows = [late, late, late, late | {"deadline": "Ngày 5"}, late, late | {"deadline": "Ngày 5"}, late]
    (part,) = said(lines(*rows), ["missing-deadline"])
    (one,) = part.remarks
    assert (part.unit, part.lines, one.code, one.lines) == ("Văn phòng", 7, "", 5)
    assert one.task == "5/7 dòng: VP.01–VP.03, VP.05, VP.07"
    assert one.said == "Chưa có thời hạn hoàn thành."
    assert one.proposal == "Ghi ngày, hoặc số ngày kể từ một mốc xác định."


def test_what_is_said_of_all_lines_of_a_unit_lists_none():
    (part,) = said(lines(*[{}] * ALIKE), ["missing-deadline"])
    assert [one.task for one in part.remarks] == [f"{ALIKE}/{ALIKE} dòng"]


def test_few_lines_have_a_remark_each_that_does_not_repeat_their_name():
    (part,) = said(lines(*[{}] * (ALIKE - 1)), ["missing-deadline"])
    first = part.remarks[0]
    assert (first.code, first.task, first.said) == (
        "VP.01", "Việc 1", "Chưa có thời hạn hoàn thành.",
    )  # fmt: skip
    assert len(part.remarks) == ALIKE - 1


def test_other_words_of_one_check_are_not_said_at_once():
    rows = [{"deadline": text} for text in ("Kịp thời", "Sớm", "Thường xuyên", "Theo quy định", "Theo kế hoạch")]
    (part,) = said(lines(*rows), ["vague-deadline"])
    assert [one.said.split("”")[0] for one in part.remarks] == [f"“{row['deadline']}" for row in rows]


def test_a_workbook_has_each_remark_on_a_row_of_its_own():
    (part,) = said(lines(*[{}] * ALIKE), ["missing-deadline"], alike=None)
    assert [one.code for one in part.remarks] == [f"VP.{n:02}" for n in range(1, ALIKE + 1)]


def test_units_stand_in_the_catalogues_order_after_what_is_said_of_all_of_it():
    rows = [
        {"department": " Văn  phòng"},
        {"department": "Ban"},
        {},
        {"department": "Văn phòng", "deadline": "Kịp thời"},
    ]
    parts = said(lines(*rows), ["missing-deadline", "vague-deadline", "no-standard-unit"])
    assert [(part.unit, part.lines, len(part.remarks)) for part in parts] == [
        (None, 0, 1), ("Văn phòng", 2, 2), ("Ban", 1, 1), ("", 1, 1),
    ]  # fmt: skip


def test_what_is_only_for_information_is_no_remark():
    items = lines({"product": "Báo cáo"})
    assert checks.run(items, PL3, only=["paper-only"])
    assert said(items, ["paper-only"]) == []


def test_a_split_that_is_proposed_stands_beneath_the_proposal():
    (part,) = said(
        lines({"task": "Tổ chức hội nghị sơ kết", "product": "Kế hoạch; giấy mời; tài liệu; hồ sơ"}), ["composite"]
    )
    first, *others = part.remarks[0].proposal.split("\n")
    assert first == "Tách mỗi việc thành một dòng."
    assert len(others) == 4 and all(line.startswith("– Tổ chức hội nghị sơ kết: ") for line in others)


def test_lines_without_a_code_or_with_anothers_are_told_apart():
    (part,) = said(lines({"code": ""}, {"code": "A"}, {"code": "A"}), ["missing-deadline"])
    assert [one.code for one in part.remarks] == ["dòng thứ 1", "A (dòng thứ 2)", "A (dòng thứ 3)"]


@pytest.mark.parametrize("spoken", ["vi", "en"])
@pytest.mark.parametrize("check_id", checks.ids())
def test_every_message_is_parted_into_what_is_so_and_what_to_do(check_id, spoken, small_catalogue):
    with speaking(spoken):
        for case in checks.get(check_id).FAIL:
            items = small_catalogue(case)
            findings = [replace(f, level=Level.ERROR) for f in checks.run(items, PL3, only=[check_id])]
            for one in (one for part in remarks.parts(items, findings) for one in part.remarks):
                proposal = one.proposal.split("\n")[0]
                assert one.said.endswith(".") and proposal.endswith("."), one
                assert one.said.count("“") == one.said.count("”"), one
                assert not proposal.lower().startswith(("hãy", "đề nghị"))
                assert one.said[0] == one.said[0].upper() and proposal[0] == proposal[0].upper()


def test_a_message_without_a_second_half_is_kept_whole():
    finding = Finding("x", Level.ERROR, "i0", "task", "“a; b” sai vì “c; d”.", "PL3 §1b")
    (part,) = remarks.parts(lines({}), [finding])
    assert (part.remarks[0].said, part.remarks[0].proposal) == ("“a; b” sai vì “c; d”.", "")


def test_what_was_decided_says_about_which_line_how_why_by_whom_and_when():
    items = lines({"department": "Văn phòng", "deadline": "Kịp thời"}, {})
    (finding,) = checks.run(items, PL3, only=["vague-deadline"])
    waived = Decision("i0", "k", "vague-deadline", Ruling.WAIVED, "Việc cấp bách.", "Lan", AT)
    pair = Decision("i0", "k2", "near-duplicate", Ruling.RELATED, "", "Hoa", AT, other="i1")
    whole = Decision("", "no-standard-unit", "no-standard-unit", Ruling.WAIVED, "Chọn sau.", "Hoa", AT)
    (missing,) = checks.run(items, PL3, only=["no-standard-unit"])
    one, two, three = remarks.settled(items, [(finding, waived), (None, pair), (missing, whole)])
    assert (one.unit, one.code, one.ruling, one.reason, one.by, one.at) == (
        "Văn phòng", "VP.01", "giữ nguyên", "Việc cấp bách.", "Lan", AT,
    )  # fmt: skip
    assert one.said == "“Kịp thời” không cho biết khi nào là trễ hạn."
    assert (two.said, two.ruling) == ("Có liên quan với VP.02.", "hai việc khác nhau")
    assert (three.unit, three.code, three.task) == (None, "", "Toàn bộ danh mục")
