"""Every sentence is there in both languages; numbers and dates are written as people write them."""

import ast
import importlib.util
import json
import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kpicat import language
from kpicat.language import moment, number, percent, percentage_points, signed

ROOT = Path(__file__).parent.parent
SHOWING = sorted([*ROOT.glob("app.py"), *ROOT.glob("pages/**/*.py"), *ROOT.glob("kpicat/ui/**/*.py")])
WORDS = re.compile(r"[^\W\d_]{2}")

_spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
messages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(messages)


@pytest.mark.parametrize("po", messages.translations(), ids=lambda p: p.parts[-3])
def test_every_sentence_of_the_code_is_translated_and_none_is_fuzzy(po):
    assert list(messages.faults(messages.collect(), po)) == []


def may_be_blank(call: ast.Call) -> bool:
    """Whether it is a list to choose from that shows Streamlit's own English words while nothing is chosen."""
    said = {word.arg: word.value for word in call.keywords}
    index = said.get("index")
    blank = "accept_new_options" in said or (isinstance(index, ast.Constant) and index.value is None)
    kind = getattr(call.func, "attr", "")
    return (kind == "multiselect" or (kind == "selectbox" and blank)) and "placeholder" not in said


@pytest.mark.parametrize("path", SHOWING, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_list_in_which_nothing_is_chosen_says_so_in_our_words(path):
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    assert [call.lineno for call in calls if may_be_blank(call)] == []


def catalogue(tmp_path, text):
    path = tmp_path / "kpicat.po"
    header = 'msgid ""\nmsgstr ""\n"Language: vi\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    path.write_text(header + text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("po", "fault"),
    [
        ("", "no translation"),
        ('msgid "Row {row}"\nmsgstr ""\n', "no translation"),
        ('#, fuzzy\nmsgid "Row {row}"\nmsgstr "Dòng {row}"\n', "fuzzy"),
        ('msgid "Row {row}"\nmsgstr "Dòng {dong}"\n', "placeholders"),
        ('msgid "Row {row}"\nmsgstr "Dòng"\n', "placeholders"),
    ],
)
def test_a_missing_fuzzy_or_broken_translation_is_found(tmp_path, po, fault):
    code = messages.Catalog()
    code.add("Row {row}")
    (found,) = messages.faults(code, catalogue(tmp_path, po))
    assert fault in found


def test_sentences_are_found_wherever_they_stand():
    code = """
title = f":material/add: {_('Added at {time}')}"
words = {"a": N_("Once"), "b": ngettext("{n} row", "{n} rows", n)}
_(words["a"])
"""
    found = {message for _line, message in messages.sentences(code)}
    assert found == {"Added at {time}", "Once", ("{n} row", "{n} rows")}


# -- no English leftovers: what a widget shows goes through _() --

LABELLED = {
    "button", "header", "subheader", "title", "caption", "text", "markdown", "write", "info", "warning", "error",
    "success", "toast", "metric", "expander", "popover", "tabs", "text_input", "text_area", "number_input",
    "selectbox", "multiselect", "radio", "checkbox", "toggle", "segmented_control", "pills", "file_uploader",
    "download_button", "form_submit_button", "link_button", "page_link", "dialog", "spinner", "progress", "status",
    "Page", "slider", "date_input", "Column", "TextColumn", "NumberColumn", "SelectboxColumn", "CheckboxColumn",
    "form", "set_page_config",
}  # fmt: skip
SHOWN_KEYWORDS = {"label", "help", "placeholder", "title", "page_title", "text", "body"}
IDENTIFIERS_FIRST = {"form"}


def bare_words(path):
    """String literals with words in them that a widget would show as they stand."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr not in LABELLED:
            continue
        shown = [] if node.func.attr in IDENTIFIERS_FIRST else node.args[:1]
        shown = shown + [k.value for k in node.keywords if k.arg in SHOWN_KEYWORDS]
        for value in shown:
            yield from (f"line {value.lineno}: {text!r}" for text in literals(value) if WORDS.search(plain(text)))


def literals(value):
    """The literal texts of an expression that are shown without being translated."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.JoinedStr):
        yield from (part.value for part in value.values if isinstance(part, ast.Constant))
    elif isinstance(value, ast.BinOp):
        yield from literals(value.left)
        yield from literals(value.right)
    elif isinstance(value, ast.IfExp):
        yield from literals(value.body)
        yield from literals(value.orelse)
    elif isinstance(value, (ast.List, ast.Tuple)):
        for element in value.elts:
            yield from literals(element)


SILENT = re.compile(
    r"\bkpicat\b|:material/\w*:?|:[\w-]+\[|<style>.*?</style>|<[^>]*>|</?\w*|\w+\.(?:py|css|js)", re.DOTALL
)


def plain(text):
    """Without the product's name, icons (:material/add:), colours (:red[…]), tags and style sheets."""
    return SILENT.sub(" ", text)


@pytest.mark.parametrize("path", SHOWING, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_what_a_widget_shows_goes_through_the_translations(path):
    assert list(bare_words(path)) == []


def test_a_bare_label_is_found(tmp_path):
    page = tmp_path / "page.py"
    page.write_text(
        'st.button("Save")\nst.button(_("Save"))\nst.text_input(label="Name")\n'
        'st.header(":material/add:")\nst.markdown(f"**{x}** left")\nst.tabs(["One", _("Two")])\n'
        'c1.metric("Total" if x else _("Sum"), 3)\nst.form("new_item")\n',
        encoding="utf-8",
    )
    assert [found.split(":")[0] for found in bare_words(page)] == ["line 1", "line 3", "line 5", "line 6", "line 7"]


@pytest.mark.parametrize(
    "path", [*SHOWING, *sorted(ROOT.glob("kpicat/**/*.py"))], ids=lambda p: str(p.relative_to(ROOT))
)
def test_only_whole_sentences_are_looked_up(path):
    """An f-string inside _() has no msgid, so nobody could translate it."""
    wrong = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"_", "ngettext", "N_"}
        and any(isinstance(a, (ast.JoinedStr, ast.BinOp)) for a in node.args[:2])
    ]
    assert not wrong


# -- Streamlit's own words, renamed in the browser --


def test_no_word_given_to_streamlit_is_renamed_a_second_time():
    words = json.loads((ROOT / "kpicat" / "ui" / "streamlit_vi.json").read_text(encoding="utf-8"))
    exact = {english for english, own in words.items() if english != own}
    patterns = [re.compile(english[1:-1]) for english in words if english.startswith("/")]
    again = {own for own in words.values() if own in exact or any(p.search(own) for p in patterns)}
    assert not again


# -- numbers and dates --


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (Decimal("1234.5"), None, "1.234,5"),
        (Decimal("1234567"), None, "1.234.567"),
        (Decimal("1.50"), None, "1,5"),
        (Decimal("1.5"), 2, "1,50"),
        (0.5, 1, "0,5"),
        (1800, 0, "1.800"),
        (Decimal("-0.5"), None, "-0,5"),
        (0, None, "0"),
        (None, None, ""),
    ],
)
def test_a_number_is_written_the_vietnamese_way(value, decimals, written):
    assert number(value, decimals) == written


def test_a_difference_says_its_sign_above_zero_too():
    assert [signed(Decimal(n)) for n in ("1234.5", "0", "-2.5")] == ["+1.234,5", "0", "-2,5"]
    assert signed(Decimal("0.125"), percent) == "+12,5\N{NO-BREAK SPACE}%"


def test_halves_are_rounded_as_a_spreadsheet_rounds():
    assert number(Decimal("0.125"), 2) == "0,13"
    assert number(Decimal("2.5"), 0) == "3"
    assert percent(Decimal("0.10250")) == "10,3\N{NO-BREAK SPACE}%"


def test_a_share_is_written_as_a_percentage():
    assert percent(0.125) == "12,5\N{NO-BREAK SPACE}%"
    assert percent(1) == "100,0\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("share", "written"),
    [
        ("0", "0,0 %"), ("1E-30", "< 0,1 %"), ("0.000499", "< 0,1 %"), ("0.0005", "0,1 %"),
        ("0.99949", "99,9 %"), ("0.9995", "> 99,9 %"), ("0.9999999999999999999", "> 99,9 %"), ("1", "100,0 %"),
        ("1.0001", "100,0 %"),
    ],
)  # fmt: skip
def test_only_nothing_is_written_as_nothing_and_only_the_whole_as_the_whole(share, written):
    assert percent(Decimal(share)).replace("\N{NO-BREAK SPACE}", " ") == written


def test_a_share_moves_by_percentage_points_and_never_by_none():
    moves = ("-0.0131", "0.2", "-0.00004", "0.0095")
    assert [signed(Decimal(by), percentage_points).split()[0] for by in moves] == ["-1,3", "+20,0", "-0,004", "+1,0"]
    assert percentage_points(Decimal("0.2")) == "20,0 điểm phần trăm"


def test_a_moment_is_written_day_first():
    assert moment(datetime(2026, 11, 22, 14, 5)) == "22/11/2026 14:05"


def test_english_is_there_by_a_switch(in_english):
    assert number(Decimal("1234.5")) == "1,234.5"
    assert percent(0.125) == "12.5\N{NO-BREAK SPACE}%"
    assert language._("Points") == "Points"


def test_vietnamese_is_the_default_and_an_unknown_language_is_vietnamese():
    assert language.language() == "vi"
    language.resolve_with(lambda: "fr")
    try:
        assert language.language() == "vi"
    finally:
        language.resolve_with(lambda: None)


def test_what_is_written_for_others_is_in_their_language_whoever_reads(in_english):
    with language.speaking("vi"):
        assert language._("Points") == "Điểm"
        with language.speaking("en"):
            assert language.language() == "en"
        assert number(Decimal("1234.5")) == "1.234,5"
    assert language.language() == "en"
    with pytest.raises(ZeroDivisionError), language.speaking("vi"):
        _ = 1 / 0
    assert language.language() == "en"
