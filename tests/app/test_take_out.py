"""The lines of one department can be taken out by themselves, where there are several."""

import pytest

from tests.app.opening import opened

KT, VP = {"task": "Kiểm tra", "department": "Phòng Kinh tế"}, {"task": "Trực", "department": "Văn phòng"}


def files(app):
    return [button.label for button in app.get("download_button") if "xlsx" in button.label]


def whose_lines(app):
    return [box for box in app.selectbox if box.key == "take_out_part"]


@pytest.mark.parametrize("lines", [(KT,), (KT, {"task": "Họp"})])
def test_with_one_department_there_is_nothing_to_choose(made, lines):
    assert not whose_lines(opened("take_out", made(*lines)))


def test_the_file_is_that_of_the_department_chosen(made):
    app = opened("take_out", made(KT, VP))
    (whose,) = whose_lines(app)
    assert whose.options[1:] == ["Phòng Kinh tế", "Văn phòng"]
    assert not any("phong-kinh-te" in name for name in files(app))
    whose.set_value("Phòng Kinh tế").run()
    assert any("phong-kinh-te" in name for name in files(app))


def test_the_table_for_people_and_that_for_programs_are_told_apart_by_their_names(made):
    names = [button.label for button in opened("take_out", made(KT, name="Danh mục xã")).get("download_button")]
    assert [name for name in names if ".csv" in name] == ["Download table-danh-muc-xa.csv", "Download danh-muc-xa.csv"]
