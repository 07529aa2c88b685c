"""A written workbook holds live formulas with their values, only text from people, and comes back whole."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from kpicat import convert, guidance, language
from kpicat.errors import InputError
from kpicat.exchange import outgoing, read, write
from kpicat.exchange.forms.decision import Decision
from kpicat.exchange.workbook.book import READABLE
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import FIELDS, Catalogue, Comment, Finding, Item, Kind, Level, Reading, Ruling, Source, items_frame
from kpicat.model import Decision as Ruled
from kpicat.palette import TIERS

PL3, FRAMES = guidance.get("phu_luc_3"), guidance.get("khung_xa")
SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "xa_mau.csv"
FINDINGS = [
    Finding("missing-deadline", Level.ERROR, "0", "deadline", "Chưa có thời hạn.", "PL3 lưu ý (3)"),
    Finding("paper-share", Level.INFO, None, "", "Quá nhiều văn bản.", "PL3 lưu ý"),
]
WORDS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyỳýỷỹỵ ,/()=+-@'\"", min_size=1, max_size=60).map(
    lambda text: f"Việc {' '.join(text.split())}".strip()
)
ROWS = st.fixed_dictionaries(
    {"task": WORDS, "product": WORDS},
    optional={
        **dict.fromkeys(("code", "department", "detail", "measure", "deadline", "responsible", "note"), WORDS),
        "quantity": st.decimals(min_value=0, max_value=99_999, places=2),
        "tier": st.integers(1, 4),
        "points": st.sampled_from([Decimal(n) for n in ("0", "90", "100", "120", "137.5", "150", "200", "500")]),
        "standard_unit": st.booleans(),
    },
)


def reading(*rows, **about):
    return Reading(
        Catalogue("c", **({"name": "Danh mục"} | about)), items_frame(Item(str(n), r) for n, r in enumerate(rows))
    )


def sheets(content, **how):
    return openpyxl.load_workbook(io.BytesIO(content), **how)


def lines(sheet, header=5):
    """The rows under the header, as heading -> value."""
    rows = list(sheet.iter_rows(min_row=header, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def heading(name):
    return field_label(name)


@given(st.lists(ROWS, min_size=1, max_size=12), st.sampled_from([PL3, FRAMES]), st.sampled_from(["vi", "en"]))
@settings(max_examples=60)
def test_what_is_written_is_read_back_without_loss(rows, edition, reader):
    said = Comment("c", "0", "c", f"Ý kiến về {rows[0]['task']}", "Lan", datetime(2026, 11, 22, tzinfo=UTC))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "_current", lambda: reader)
        written = replace(reading(*rows), comments=(said,))
        want = outgoing.shown(written.items, convert.converted(written.items, edition))
        back = read(write(written, edition, ".xlsx", findings=FINDINGS), "x.xlsx", edition).items
    for name in FIELDS:
        assert [item[name] for item in back] == want[name], name


def test_the_sample_comes_back_whole_with_nothing_to_look_at():
    first = read(SAMPLE.read_bytes(), SAMPLE.name, PL3)
    again = read(write(Reading(Catalogue("c", "Mẫu"), items_frame(first.items)), PL3, ".xlsx"), "x.xlsx", PL3)
    assert len(again.items) == len(first.items) >= 120
    assert again.report.remarks == []
    for before, after in zip(first.items, again.items, strict=True):
        assert {n: v for n, v in after.values.items() if n not in ("points", "coefficient")} == {
            n: v for n, v in before.values.items() if n not in ("points", "coefficient")
        }
    table = [convert.converted(items_frame(found.items), PL3).reset_index(drop=True) for found in (first, again)]
    assert table[0].equals(table[1])


def test_points_coefficient_and_converted_quantity_are_live_and_carry_their_values():
    content = write(reading({"task": "Một", "tier": 3, "quantity": Decimal("2.5")}), PL3, ".xlsx")
    (live, *_), (stored, *_) = (
        lines(sheets(content).worksheets[0]),
        lines(sheets(content, data_only=True).worksheets[0]),
    )
    assert live[heading("points")].startswith("=IFERROR(VLOOKUP(")
    assert "ROUND(" in live[heading("coefficient")]
    assert live[heading("converted_quantity")].startswith("=IF(") and "ROUND(" in live[heading("converted_quantity")]
    assert [stored[heading(n)] for n in ("tier", "points", "coefficient", "converted_quantity")] == [3, 150, 1.5, 3.75]


@pytest.mark.parametrize(
    ("row", "edition", "live"),
    [
        ({"tier": 2}, PL3, True),
        ({"tier": 2, "points": Decimal(120)}, PL3, True),
        ({"tier": 2, "points": Decimal(130)}, PL3, False),  # somebody's own points are kept as typed
        ({"points": Decimal(130)}, PL3, False),
        ({}, PL3, True),  # waiting for a tier
        ({"tier": 2, "points": Decimal(30)}, FRAMES, False),  # a frame gives no points
        ({"tier": 2}, FRAMES, False),
    ],
)
def test_points_follow_the_tier_unless_somebody_gave_others(row, edition, live):
    line = lines(sheets(write(reading({"task": "Một"} | row), edition, ".xlsx")).worksheets[0])[0]
    assert str(line[heading("points")]).startswith("=") == live


def test_a_coefficient_stated_without_points_is_kept():
    content = write(reading({"task": "Một", "coefficient": Decimal("1.7")}), PL3, ".xlsx")
    assert lines(sheets(content, data_only=True).worksheets[0])[0][heading("coefficient")] == 1.7


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 912", "-2", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.vn", "{=1}", "007"]
)
def test_what_people_typed_never_becomes_a_formula_a_link_or_a_number(text):
    rows = {name: text for name, field in FIELDS.items() if field.kind is Kind.TEXT}
    finding = Finding("c", Level.WARNING, "0", "task", text, text, text)
    book = sheets(write(reading(rows, name=text, body=text), PL3, ".xlsx", findings=[finding]))
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert len(found) >= len(rows)
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in found)


def test_the_last_row_sums_what_the_rows_hold():
    rows = [{"task": "Một", "tier": 2, "quantity": Decimal("0.1")}] * 30
    content = write(reading(*rows), PL3, ".xlsx")
    last = list(sheets(content, data_only=True).worksheets[0].iter_rows(values_only=True))[-1]
    assert 3.6 in last  # 30 × 0.12, where binary sums give 3.600…03
    assert any("SUBTOTAL(109," in str(value) for value in list(sheets(content).worksheets[0].values)[-1])


def test_the_tier_sheet_counts_and_adds_up_every_tier_and_the_rest():
    rows = [
        {"task": "a", "tier": 1, "quantity": Decimal(3)},
        {"task": "b", "tier": 4, "quantity": Decimal(2)},
        {"task": "c"},
    ]
    content = write(reading(*rows), PL3, ".xlsx")
    stored = list(sheets(content, data_only=True).worksheets[1].iter_rows(min_row=4, max_row=9, values_only=True))
    assert [row[2] for row in stored] == [1, 0, 0, 1, 1, 3]
    assert [row[4] for row in stored] == [3, 0, 0, 4, 0, 7]
    live = list(sheets(content).worksheets[1].iter_rows(min_row=4, max_row=9, values_only=True))
    assert all(str(cell).startswith("=") for row in live for cell in row[2:])


def test_two_charts_show_the_tiers_in_their_colours():
    charts = sheets(write(reading({"task": "a", "tier": 1}), PL3, ".xlsx")).worksheets[1]._charts
    assert len(charts) == 2
    for chart in charts:
        fills = [point.spPr.solidFill.srgbClr for point in chart.series[0].dPt]
        colours = ["#" + getattr(fill, "val", fill) for fill in fills]
        assert colours[:4] == [TIERS[level] for level in (1, 2, 3, 4)]


def test_the_scale_sheet_gives_each_number_its_source():
    for edition in guidance.editions().values():
        cells = [c for row in sheets(write(reading({"task": "a"}), edition, ".xlsx")).worksheets[2].values for c in row]
        for tier in edition.tiers:
            assert tier.label in cells and any(tier.source.place in str(cell) for cell in cells)


def test_adjusted_marks_are_the_ones_that_formulas_look_up():
    own = PL3.adjusted('{"complex": {"points": 160}}')
    content = write(reading({"task": "a", "tier": 3, "quantity": Decimal(1)}), own, ".xlsx")
    assert lines(sheets(content, data_only=True).worksheets[0])[0][heading("converted_quantity")] == 1.6
    assert 160 in [c for row in sheets(content).worksheets[2].values for c in row]


def test_the_sheet_is_ready_for_the_meeting_and_the_printer():
    sheet = sheets(write(reading({"task": "a", "standard_unit": True}), PL3, ".xlsx")).worksheets[0]
    assert sheet.freeze_panes == "A6" and sheet.print_title_rows == "$5:$5"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToHeight == 0 and sheet.auto_filter.ref
    lists = {validation.formula1 for validation in sheet.data_validations.dataValidation}
    assert lists == {'"1,2,3,4"', '"x"'}


def test_with_every_column_filled_the_print_can_still_be_read():
    text = "Xây dựng kế hoạch kiểm tra, giám sát chuyên đề của Ban Thường vụ năm 2026"
    every = {name: text for name, field in FIELDS.items() if field.kind is Kind.TEXT}
    for rows in ([every], [every | {"task": "a" * 300, "note": ""}]):
        sheet = sheets(write(reading(*rows), PL3, ".xlsx")).worksheets[0]
        widths = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, sheet.max_column + 1)]
        assert sum(widths) <= READABLE + len(widths)  # each a little wider in the file than what it holds
        assert min(widths) >= len("Điểm")


def test_columns_nobody_filled_are_left_out_but_those_of_the_conversion_never():
    words = next(
        iter(sheets(write(reading(), PL3, ".xlsx")).worksheets[0].iter_rows(min_row=5, max_row=5, values_only=True))
    )
    always = ("task", "product", "quantity", "tier", "points", "coefficient", "converted_quantity", "standard_unit")
    assert list(words[1:]) == [heading(name) for name in always]
    zero = sheets(write(reading({"task": "a", "quantity": Decimal(0)}), PL3, ".xlsx"), data_only=True).worksheets[0]
    assert lines(zero)[0][heading("quantity")] == 0


def test_the_standard_unit_has_a_sheet_that_follows_the_catalogues():
    rows = [{"task": "Một"}, {"code": "VP.02", "task": "Hai", "tier": 1, "standard_unit": True}]
    content = write(reading(*rows), PL3, ".xlsx")
    stored = list(sheets(content, data_only=True)[_("Standard unit")].values)
    assert [row[1] for row in stored[2:7]] == ["2", "VP.02 – Hai", "", 100, 1]
    live = list(sheets(content)[_("Standard unit")].values)
    assert all(str(row[1]).startswith("=INDEX(") for row in live[5:7])
    assert len(read(content, "x.xlsx", PL3).items) == 2


def test_the_decision_has_a_sheet_and_what_is_not_known_of_it_a_blank():
    known = Decision(number="12-QĐ/ĐU", day=date(2026, 2, 5), recipients=("Một,", "=Hai"))
    content = write(reading({"task": "a"}, body="Đảng ủy xã"), PL3, ".xlsx", decision=known)
    sheet = sheets(content)[_("Decision")]
    told = [row[1] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert told == ["", "Đảng ủy xã", "12-QĐ/ĐU", "05/02/2026", "", "", "", "", "Một,\n=Hai"]
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
    assert len(read(content, "x.xlsx", PL3).items) == 1


def test_findings_stand_on_a_sheet_that_is_not_taken_for_a_catalogue():
    content = write(reading({"task": "Một", "product": "Báo cáo"}), PL3, ".xlsx", findings=FINDINGS)
    assert [row[4] for row in sheets(content)[_("Findings")].iter_rows(min_row=4, values_only=True)] == [
        finding.message for finding in FINDINGS
    ]
    assert len(read(content, "x.xlsx", PL3).items) == 1


def test_decisions_stand_beside_the_findings_in_the_catalogues_order():
    at = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
    said = reading({"code": "VP.01", "task": "Một", "product": "Báo cáo"}, {"task": "Hai"})
    first, second, whole = (
        Finding("vague-task", Level.WARNING, item, "task", f"“{item}”; =hãy sửa.", "PL3 lưu ý (1)")
        for item in ("0", "1", None)
    )
    waived = (second, Ruled("1", "k", "vague-task", Ruling.WAIVED, "=Đã thống nhất", "Lan", at))
    apart = (None, Ruled("0", "k2", "near-duplicate", Ruling.DIFFERENT, "", "Hoa", at, other="1"))
    content = write(said, PL3, ".xlsx", findings=[first, whole], ruled=[waived, apart])
    sheet = sheets(content)[_("Findings")]
    assert [[row[0], row[4], *row[7:]] for row in sheet.iter_rows(min_row=4, values_only=True)] == [
        [1, first.message, "", "", "", ""],
        [1, "Giống công việc của dòng thứ 2.", "hai việc khác nhau", "", "Hoa", "22/11/2026 14:30"],
        [2, second.message, "giữ nguyên", "=Đã thống nhất", "Lan", "22/11/2026 14:30"],
        [None, whole.message, "", "", "", ""],
    ]
    assert sheet.auto_filter.ref == "A3:K7"
    assert "f" not in {cell.data_type for row in sheet for cell in row}
    back = read(content, "x.xlsx", PL3)
    assert [item["task"] for item in back.items] == ["Một", "Hai"]
    assert _("Findings") in [left.sheet for left in back.report.left_out if left.row is None]


def test_comments_stand_on_a_sheet_thread_by_thread_with_who_when_and_how_it_ended():
    said = reading({"code": "VP.01", "task": "Một", "product": "Báo cáo"}, {"task": "Hai"})
    at = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)

    def comment(id, item, text, by, minutes, **more):
        return Comment(id, item, more.pop("thread", id), text, by, at + timedelta(minutes=minutes), **more)

    comments = (
        comment("a", "1", "=Của dòng hai", "Lan", 0),
        comment("b", "0", "Lấy ở đâu?", "Lan", 1, resolved_by="Hoa", resolved_at=at),
        comment("c", "0", "Một ý khác", "Hoa", 2),
        comment("d", "0", "Theo sổ", "Minh", 3, thread="b"),
    )
    content = write(replace(said, comments=comments), PL3, ".xlsx")
    sheet = sheets(content).worksheets[-1]
    assert sheet.title == _("Comments")
    assert list(sheet.iter_rows(min_row=4, values_only=True)) == [
        (1, "VP.01 – Một", "Lan", "23/11/2026 03:31", "Lấy ở đâu?", "", "Hoa, 23/11/2026 03:30"),
        (1, "VP.01 – Một", "Minh", "23/11/2026 03:33", "Theo sổ", "Lan", ""),
        (1, "VP.01 – Một", "Hoa", "23/11/2026 03:32", "Một ý khác", "", ""),
        (2, "Hai", "Lan", "23/11/2026 03:30", "=Của dòng hai", "", ""),
    ]
    assert {cell.data_type for row in sheet.iter_rows(min_row=4, min_col=2) for cell in row} <= {"s", "n"}
    back = read(content, "x.xlsx", PL3)
    assert [item["task"] for item in back.items] == ["Một", "Hai"]
    assert [left.sheet for left in back.report.left_out if left.row is None][-1] == _("Comments")
    assert all(left.reason for left in back.report.left_out)


def test_a_catalogue_nobody_commented_on_has_no_sheet_of_comments():
    assert _("Comments") not in sheets(write(reading({"task": "Một"}), PL3, ".xlsx")).sheetnames


def test_a_text_no_cell_can_hold_is_refused_with_its_row_and_the_way_out():
    with pytest.raises(InputError, match=r"2.*\.csv"):
        write(reading({"task": "ngắn"}, {"task": "ă" * 32_768}), PL3, ".xlsx")
    write(reading({"task": "ă" * 32_767}), PL3, ".xlsx")


def test_both_readers_of_workbooks_open_it_without_complaint():
    content = write(reading({"task": "Một", "tier": 1}, {"task": "Chưa xếp"}), PL3, ".xlsx", findings=FINDINGS)
    assert len(sheets(content).sheetnames) == 6
    assert len(python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()) == 8


def test_an_empty_result_of_a_formula_is_not_taken_for_one_never_computed():
    back = read(write(reading({"task": "Chưa xếp mức", "product": "Báo cáo"}), PL3, ".xlsx"), "x.xlsx", PL3)
    assert back.report.remarks == []


def test_the_words_on_the_sheet_mark_no_standard_unit_that_nobody_chose():
    back = read(write(reading({"task": "Việc", "tier": 1}), PL3, ".xlsx"), "x.xlsx", PL3)
    assert not back.items[0]["standard_unit"]


def test_progress_reaches_the_end():
    told = []
    write(reading(*[{"task": "a"}] * 1001), PL3, ".xlsx", progress=lambda share, doing: told.append((share, doing)))
    assert [share for share, _ in told] == sorted(share for share, _ in told) and told[-1][0] == 1
    assert all(doing for _, doing in told)


SOURCES = [Source("phong-kinh-te.xlsx", "DM", 7), Source("van phong/dm.docx", "Table 2", 3), Source()]


def test_where_each_line_came_from_is_written_and_comes_back():
    items = [Item(str(n), {"task": f"Việc {n}", "product": "Sổ"}, source) for n, source in enumerate(SOURCES)]
    content = write(Reading(Catalogue("c", "Danh mục"), items_frame(items)), PL3, ".xlsx")
    found = read(content, "tong-hop.xlsx", PL3)
    assert [found.origin(item) for item in found.items] == [*SOURCES[:2], found.items[2].source]
    assert found.items[0].source.file == "tong-hop.xlsx"
    assert not found.report.remarks


def test_a_catalogue_that_came_from_no_file_has_no_column_of_files():
    content = write(reading({"task": "Việc", "product": "Sổ"}), PL3, ".xlsx")
    headings = next(sheets(content).worksheets[0].iter_rows(min_row=5, max_row=5, values_only=True))
    assert field_label("source_file") not in headings
