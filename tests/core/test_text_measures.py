"""The unit that a product names, and none where it names several things or a heap."""

import pytest

from kpicat.text import measures, phrases

NAMED = {
    "Hồ sơ đã thẩm định": "hồ sơ",
    "Văn bản đã vào sổ": "văn bản",
    "BÁO CÁO quý": "báo cáo",
    "02 báo cáo": "báo cáo",
    "Báo cáo định kỳ/đột xuất": "báo cáo",
    "Cuộc họp trực tuyến đã diễn ra": "cuộc họp",
    "Buổi tiếp công dân": "buổi",
    "Hộ đã thoát nghèo": "hộ",
    "Giấy mời": "giấy mời",
}
NOT_NAMED = [
    *("", "…", "Kết quả đã trả", "Tài liệu họp", "Kế hoạch/báo cáo", "Tờ trình kèm dự thảo quyết định"),
    *("Hộ khẩu đã nhập", "Đơn vị văn hóa", "Đơn giá bồi thường", "Hồi ký"),
]


@pytest.mark.parametrize("product", NAMED)
def test_a_product_names_its_unit(product):
    assert measures.of_product(product) == NAMED[product]
    assert phrases.says("measure", NAMED[product]) == "countable"


@pytest.mark.parametrize("product", NOT_NAMED)
def test_no_unit_is_made_up(product):
    assert measures.of_product(product) == ""
