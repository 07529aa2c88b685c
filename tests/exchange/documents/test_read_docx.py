"""Catalogues in Word: whatever the tables look like, every line comes in or is accounted for."""

import io
import zipfile

import docx
import pytest

from kpicat import guidance
from kpicat.errors import InputError, NeedsPointing
from kpicat.exchange import Pointed, read

HEAD = ["STT", "Nhiệm vụ", "Sản phẩm", "Điểm"]
LINES = [["1", "Tiếp công dân", "Sổ", "100"], ["2", "Họp giao ban", "Biên bản", "120"]]
MORE = [["3", "Thẩm định văn bản", "Công văn", "150"], ["4", "Tập huấn nghiệp vụ", "Báo cáo", "200"]]
WORKS = ["Tiếp công dân", "Họp giao ban", "Thẩm định văn bản", "Tập huấn nghiệp vụ"]


def cell(text="", properties="", paragraph=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{paragraph}{run(text)}</w:p></w:tc>"


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def row(*cells, properties=""):
    inner = "".join(c if c.startswith("<w:") else cell(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows, grid=(600, 3000, 3000, 900)):
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in grid)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def paragraph(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def catalogue(*rows):
    return table(row(*HEAD), *rows)


# -- tables ------------------------------------------------------------------------


def test_the_lines_of_a_table_come_in_with_the_place_they_stand_at(word, taken):
    found = taken(word("DANH MỤC SẢN PHẨM/CÔNG VIỆC", [HEAD, *LINES]))
    assert [(i["task"], i["product"], i["points"]) for i in found.items] == [
        ("Tiếp công dân", "Sổ", 100),
        ("Họp giao ban", "Biên bản", 120),
    ]
    assert [(i.source.sheet, i.source.row) for i in found.items] == [("Table 1", 2), ("Table 1", 3)]
    assert not found.report.left_out
    assert not found.report.remarks


def test_a_table_that_is_no_catalogue_is_left_out_and_named(word, taken):
    found = taken(word([["ĐẢNG BỘ TỈNH A", "ĐẢNG CỘNG SẢN VIỆT NAM"]], "", [HEAD, *LINES], "", [["Nơi nhận:", "T/M"]]))
    assert {i.source.sheet for i in found.items} == {"Table 2"}
    assert [left.sheet for left in found.report.left_out] == ["Table 1", "Table 3"]


def test_merged_cells_speak_for_the_rows_they_cover(taken):
    document = docx.Document()
    made = document.add_table(4, 4)
    for cells, texts in zip(
        made.rows, [["Phòng, ban", *HEAD[1:]], *[["", *line[1:]] for line in [*LINES, MORE[0]]]], strict=True
    ):
        for one, text in zip(cells.cells, texts, strict=True):
            one.text = text
    made.cell(1, 0).merge(made.cell(2, 0)).text = "Văn phòng"
    made.cell(3, 0).text = "Ban Tổ chức"
    content = io.BytesIO()
    document.save(content)
    assert [i["department"] for i in taken(content.getvalue()).items] == ["Văn phòng", "Văn phòng", "Ban Tổ chức"]


def test_a_row_merged_across_heads_the_lines_under_it(raw, taken):
    wide = row(cell("I. CÔNG TÁC ĐẢNG", '<w:gridSpan w:val="4"/>'))
    found = taken(raw(catalogue(wide, *(row(*line) for line in LINES))))
    assert [i["group"] for i in found.items] == ["CÔNG TÁC ĐẢNG"] * 2
    assert [left.row for left in found.report.left_out] == [2]


def test_cells_merged_sideways_the_old_way_are_one(raw, taken):
    head = row("STT", "Nhiệm vụ", "Sản phẩm", "Điểm")
    wide = row(cell("I. CÔNG TÁC ĐẢNG", '<w:hMerge w:val="restart"/>'), *[cell("", "<w:hMerge/>")] * 3)
    assert [i["group"] for i in taken(raw(table(head, wide, row(*LINES[0])))).items] == ["CÔNG TÁC ĐẢNG"]


def test_edges_that_were_dragged_a_little_make_no_further_columns(raw, taken):
    """Each row has its own grid positions, as Word stores a table whose edges somebody moved."""
    grid = (600, 100, 2900, 80, 2920, 900)
    spans = '<w:gridSpan w:val="2"/>'
    straight = [row(cell(a, spans), cell(b, spans), cell(c), cell(d)) for a, b, c, d in [HEAD, *LINES]]
    dragged = [row(cell(a), cell(b, spans), cell(c, spans), cell(d)) for a, b, c, d in MORE]
    found = taken(raw(table(*straight, *dragged, grid=grid)))
    assert [(i["task"], i["product"], int(i["points"])) for i in found.items] == [
        (b, c, int(d)) for _a, b, c, d in [*LINES, *MORE]
    ]


def test_a_row_that_begins_further_right_keeps_its_columns(raw, taken):
    late = row("Họp giao ban", "Biên bản", "120", properties='<w:gridBefore w:val="1"/>')
    assert [(i["task"], i["points"]) for i in taken(raw(catalogue(row(*LINES[0]), late))).items] == [
        ("Tiếp công dân", 100),
        ("Họp giao ban", 120),
    ]


def test_a_header_of_two_rows_is_read_as_one(raw, taken):
    down, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    upper = row(cell("STT", down), cell("Nhiệm vụ", down), cell("Đánh giá", '<w:gridSpan w:val="2"/>'))
    lower = row(cell("", goes_on), cell("", goes_on), "Sản phẩm", "Điểm")
    found = taken(raw(table(upper, lower, *(row(*line) for line in LINES))))
    assert [(i["product"], i["points"]) for i in found.items] == [("Sổ", 100), ("Biên bản", 120)]


# -- tables that belong together ----------------------------------------------------


def test_a_table_split_over_pages_is_one_with_its_headers_counted(word, taken):
    found = taken(word([HEAD, *LINES], "", [HEAD, *MORE]))
    assert [i["task"] for i in found.items] == WORKS
    assert [(i.source.sheet, i.source.row) for i in found.items] == [("Tables 1–2", n) for n in (2, 3, 5, 6)]
    assert [(left.sheet, left.row) for left in found.report.left_out] == [("Tables 1–2", 4)]


def test_a_table_without_a_header_goes_on_with_the_one_before_it(word, taken):
    found = taken(word([HEAD, *LINES], "(tiếp theo)", MORE))
    assert [i["task"] for i in found.items] == WORKS
    assert not found.report.left_out


def test_a_table_of_other_columns_is_no_part_of_the_one_before_it(word, taken):
    found = taken(word([HEAD, *LINES], "", [["Nơi nhận", "Chủ tịch"]]))
    assert len(found.items) == 2
    assert [left.sheet for left in found.report.left_out] == ["Table 2"]


def test_a_further_table_with_headings_of_its_own_stays_one(word, taken):
    other = [["STT", "Đơn vị", "Số người", "Ghi chú"], ["1", "Văn phòng", "5", ""]]
    found = taken(word([HEAD, *LINES], "", other))
    assert len(found.items) == 2
    assert [left.sheet for left in found.report.left_out] == ["Table 2"]


def test_headings_between_tables_name_department_and_group(word, taken):
    found = taken(
        word("I. VĂN PHÒNG ĐẢNG ỦY", "1. Công tác tham mưu", [HEAD, LINES[0]], "2. Công tác hành chính",
             [HEAD, LINES[1]], "II. BAN TỔ CHỨC", [HEAD, *MORE])
    )  # fmt: skip
    assert [(i["department"], i["group"]) for i in found.items] == [
        ("VĂN PHÒNG ĐẢNG ỦY", "Công tác tham mưu"),
        ("VĂN PHÒNG ĐẢNG ỦY", "Công tác hành chính"),
        ("BAN TỔ CHỨC", ""),
        ("BAN TỔ CHỨC", ""),
    ]
    assert len(found.report.remarks) == 3


def test_a_title_is_no_group(word, taken):
    found = taken(word("II. DANH MỤC SẢN PHẨM, CÔNG VIỆC", [HEAD, *LINES]))
    assert [i["group"] for i in found.items] == ["", ""]


def test_what_a_line_says_itself_stands_against_a_heading(word, taken):
    head = [*HEAD, "Phòng, ban"]
    found = taken(word("I. VĂN PHÒNG ĐẢNG ỦY", [head, [*LINES[0], "Ban Tổ chức"], [*LINES[1], "Ban Tổ chức"]]))
    assert [i["department"] for i in found.items] == ["Ban Tổ chức"] * 2
    (remark,) = found.report.remarks
    assert "VĂN PHÒNG ĐẢNG ỦY" in remark.reason


def test_a_table_inside_a_cell_is_words_of_the_cell_or_a_catalogue_of_its_own(raw, taken):
    small = table(row("Sổ", "Biên bản"), grid=(900, 900))
    inside = f"<w:tc><w:tcPr/>{small}<w:p/></w:tc>"
    found = taken(raw(catalogue(row("1", "Tiếp công dân", inside, "100"))))
    assert [i["product"] for i in found.items] == ["Sổ Biên bản"]
    frame = f"<w:tc><w:tcPr/>{catalogue(*(row(*line) for line in LINES))}<w:p/></w:tc>"
    found = taken(raw(table(row(frame), grid=(8000,))))
    assert [(i["task"], i.source.sheet) for i in found.items] == [
        ("Tiếp công dân", "Table 1.1"),
        ("Họp giao ban", "Table 1.1"),
    ]


def test_a_file_of_two_hundred_tables_is_read_whole(word, taken):
    parts = [part for n in range(200) for part in (f"{n + 1}. Công tác số {n}", [HEAD, *LINES])]
    found = taken(word(*parts))
    assert len(found.items) == 400
    assert len({i["group"] for i in found.items}) == 200


def test_a_table_can_be_pointed_at(word, taken):
    content = word([["a", "b", "c"], ["Tiếp công dân", "Sổ", "100"]])
    with pytest.raises(NeedsPointing) as said:
        taken(content)
    assert list(said.value.previews) == ["Table 1"]
    found = taken(content, pointed={"Table 1": Pointed(1, {0: "task", 1: "product", 2: "points"})})
    assert [i["task"] for i in found.items] == ["Tiếp công dân"]


# -- words --------------------------------------------------------------------------


def test_lines_of_a_cell_stay_lines(raw, taken):
    broken = (
        "<w:tc><w:p><w:r><w:t>a) Rà soát;</w:t><w:br/><w:t>b) Soạn thảo;</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>c)</w:t><w:tab/><w:t>Trình.</w:t></w:r></w:p></w:tc>"
    )
    head = row("STT", "Nhiệm vụ", "Công việc chi tiết", "Điểm")
    found = taken(raw(table(head, row("1", "Kế hoạch", broken, "100"))))
    assert found.items[0]["detail"] == "a) Rà soát;\nb) Soạn thảo;\nc) Trình."


def test_inserted_words_are_read_and_deleted_ones_are_not(raw, taken):
    changed = (
        "<w:tc><w:p><w:r><w:t>Tiếp </w:t></w:r><w:ins w:id='1'><w:r><w:t>công </w:t></w:r></w:ins>"
        "<w:del w:id='2'><w:r><w:delText>cán </w:delText></w:r></w:del><w:r><w:t>dân</w:t></w:r></w:p></w:tc>"
    )
    gone = row(*LINES[1], properties="<w:del w:id='3'/>")
    found = taken(raw(catalogue(row("1", changed, "Sổ", "100"), gone)))
    assert [i["task"] for i in found.items] == ["Tiếp công dân"]
    (remark,) = found.report.remarks
    assert remark.reason.startswith("3 tracked changes")


def test_words_in_links_fields_and_controls_are_read(raw, taken):
    linked = (
        "<w:tc><w:p><w:hyperlink><w:r><w:t>Tiếp </w:t></w:r></w:hyperlink>"
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>công </w:t></w:r>"
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>dân</w:t></w:r></w:sdtContent></w:sdt></w:p></w:tc>"
    )
    wrapped = f"<w:sdt><w:sdtPr/><w:sdtContent>{row(*LINES[1])}</w:sdtContent></w:sdt>"
    held = "<w:sdt><w:sdtContent>" + cell("Sổ") + "</w:sdtContent></w:sdt>"
    whole = f"<w:sdt><w:sdtContent>{catalogue(row('1', linked, held, '100'), wrapped)}</w:sdtContent></w:sdt>"
    found = taken(raw(whole))
    assert [(i["task"], i["product"]) for i in found.items] == [("Tiếp công dân", "Sổ"), ("Họp giao ban", "Biên bản")]


BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
    "<w:drawing><w:txbxContent>{inner}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{inner}"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_a_text_box_is_read_once(raw, taken):
    boxed = f"<w:tc><w:p>{run('Sổ')}{BOX.format(inner=paragraph('Biên bản'))}</w:p></w:tc>"
    found = taken(raw(catalogue(row("1", "Tiếp công dân", boxed, "100"))))
    assert found.items[0]["product"] == "Sổ\nBiên bản"
    whole = f"<w:p>{BOX.format(inner=catalogue(*(row(*line) for line in LINES)))}</w:p>"
    assert len(taken(raw(whole)).items) == 2


def test_a_footnote_is_told_not_mixed_into_the_line(raw, taken):
    noted = "<w:tc><w:p><w:r><w:t>Tiếp công dân</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p></w:tc>"
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Kể cả đột xuất</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    found = taken(raw(catalogue(row("1", noted, "Sổ", "100")), {"footnotes.xml": notes}))
    assert found.items[0]["task"] == "Tiếp công dân"
    (remark,) = found.report.remarks
    assert remark.row == 2
    assert "Kể cả đột xuất" in remark.reason


def test_comments_are_counted(raw, taken):
    said = '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="1"/>'
    found = taken(raw(catalogue(row("1", "Tiếp công dân", "Sổ", "100")), {"comments.xml": f"{said}</w:comments>"}))
    (remark,) = found.report.remarks
    assert remark.reason.startswith("1 comment")


def test_a_post_named_over_a_table_is_the_position_of_its_lines(raw, taken):
    over = "<w:p><w:r><w:t>Vị trí việc làm: Văn thư</w:t></w:r></w:p>"
    found = taken(raw(over + catalogue(row("1", "Tiếp công dân", "Sổ", "100"))))
    assert (found.items[0]["position"], found.items[0]["group"]) == ("Văn thư", "")


def test_job_descriptions_one_after_the_other_say_whose_works_they_are(raw, taken):
    def description(post, work):
        head = table(row(f"Tên VTVL: {post}", "Mã VTVL: 01"), row("Đơn vị công tác", "Văn phòng"))
        between = "<w:p><w:r><w:t>Giúp việc lãnh đạo.</w:t></w:r></w:p>"
        over = "<w:p><w:r><w:t>2. Các công việc và tiêu chí đánh giá</w:t></w:r></w:p>"
        return head + between + over + catalogue(row("1", work, "Sổ", "100"))

    found = taken(raw(description("Văn thư viên", "Tiếp công dân") + description("Kế toán viên", "Lập dự toán")))
    assert [(item["task"], item["position"], item["group"]) for item in found.items] == [
        ("Tiếp công dân", "Văn thư viên", ""),
        ("Lập dự toán", "Kế toán viên", ""),
    ]


def test_hidden_words_are_told_not_read(raw, taken):
    secret = (
        "<w:tc><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>bỏ </w:t></w:r><w:r><w:t>Tiếp công dân</w:t></w:r></w:p></w:tc>"
    )
    found = taken(raw(catalogue(row("1", secret, "Sổ", "100"))))
    assert found.items[0]["task"] == "Tiếp công dân"
    assert len(found.report.remarks) == 1


LISTS = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
NUMBERED = '<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr>'


def test_numbers_that_word_counts_are_read(raw, taken):
    counted = cell(paragraph=NUMBERED.format(level=0))
    parts = {"numbering.xml": LISTS.format(form="upperRoman", text="%1.")}
    rows = [
        row(counted, cell("CÔNG TÁC ĐẢNG"), "", ""),
        row("1", *LINES[0][1:]),
        row(counted, "CÔNG TÁC DÂN VẬN", "", ""),
        row("1", *LINES[1][1:]),
    ]
    assert [i["group"] for i in taken(raw(catalogue(*rows), parts)).items] == ["CÔNG TÁC ĐẢNG", "CÔNG TÁC DÂN VẬN"]


def test_a_lettered_list_in_a_cell_keeps_its_letters_and_a_numbered_name_does_not(raw, taken):
    letters = "".join(f"<w:p>{NUMBERED.format(level=1)}{run(text)}</w:p>" for text in ("Rà soát", "Trình"))
    parts = {"numbering.xml": LISTS.format(form="decimal", text="%1.")}
    head = row("STT", "Nhiệm vụ", "Công việc chi tiết", "Điểm")
    line = row("1", cell("Kế hoạch", paragraph=NUMBERED.format(level=0)), f"<w:tc>{letters}</w:tc>", "100")
    (item,) = taken(raw(table(head, line), parts)).items
    assert item["task"] == "Kế hoạch"
    assert item["detail"] == "a) Rà soát\nb) Trình"


def test_a_file_of_the_strict_kind_is_read(raw, taken):
    content = raw(
        catalogue(*(row(*line) for line in LINES)), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert len(taken(content).items) == 2


# -- what cannot be taken -------------------------------------------------------------


@pytest.fixture
def refused():
    """The sentence with which some bytes are refused as a Word file."""

    def build(content, name="danh-muc.docx"):
        with pytest.raises(InputError) as said:
            read(content, name, guidance.get("phu_luc_3"))
        sentence = str(said.value)
        assert name in sentence
        assert "\n" not in sentence
        return sentence

    return build


def test_pictures_instead_of_a_table_are_told(raw, refused):
    picture = '<w:p><w:r><w:drawing><a:blip xmlns:a="a"/></w:drawing></w:r></w:p>'
    assert "picture" in refused(raw(picture))
    assert "picture" not in refused(raw(paragraph("Kính gửi")))


def test_a_document_that_only_points_to_pieces_of_others_says_how_to_have_them_in_it(raw, refused):
    assert "save it again" in refused(raw("<w:altChunk/><w:p/><w:altChunk/>"))


def test_a_document_type_is_refused(raw, refused):
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    content = io.BytesIO(raw(catalogue(row("1", "&b;", "Sổ", "100"))))
    out = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, bomb.encode() + data if name == "word/document.xml" else data)
    assert "damaged" in refused(out.getvalue())


def test_a_file_that_breaks_off_is_refused(word, refused):
    content = word([HEAD, *LINES])
    assert "damaged" in refused(content[: len(content) // 2])


def test_xml_that_breaks_off_is_refused(raw, refused):
    content = raw("</w:body>")
    assert "damaged" in refused(content)


def test_spans_and_widths_out_of_all_bounds_do_no_harm(raw, tasks):
    wide = row(cell("Ghi chú chung", '<w:gridSpan w:val="99999999"/>'))
    assert tasks(raw(catalogue(*(row(*line) for line in LINES), wide, row(*MORE[0]))))[:2] == WORKS[:2]


def test_macros_are_ignored_and_told(word, taken):
    out = io.BytesIO(word([HEAD, *LINES]))
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"macro")
    (remark,) = taken(out.getvalue(), "danh-muc.docm").report.remarks
    assert "macros" in remark.reason


def test_whoever_listens_may_stop_the_reading(word):
    class Stopped(Exception):
        pass

    def stop(share, _doing):
        if share > 0:
            raise Stopped

    with pytest.raises(Stopped):
        read(word([HEAD, *LINES]), "a.docx", guidance.get("phu_luc_3"), progress=stop)
