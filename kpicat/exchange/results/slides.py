"""The results as PowerPoint slides: native charts that can be edited, titles that say it, numbers in the notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Emu, Length, Mm, Pt

from kpicat.charts.chart import Chart
from kpicat.charts.words import brief
from kpicat.exchange import Progress, no_progress
from kpicat.exchange.results import native
from kpicat.exchange.results.contents import Results, Told
from kpicat.exchange.results.drawing import share_of_most, tint
from kpicat.exchange.results.native import Room, clean
from kpicat.exchange.results.shaping import first, told_apart
from kpicat.language import _
from kpicat.palette import text_on

MOST = 12
"""Categories on a slide, as many as are read from the back of a room."""
_IN_NOTES = 60  # lines of numbers
_WIDTH, _HEIGHT, _MARGIN = Mm(338.67), Mm(190.5), Mm(16)
_TOP, _BOTTOM = Mm(40), Mm(20)  # of what stands between title and foot
_TABLE_HEAD = Mm(17)  # three lines
_INK, _FAINT = RGBColor(0x1F, 0x1F, 0x1F), RGBColor(0x59, 0x59, 0x59)


def slides(results: Results, *, progress: Progress = no_progress) -> bytes:
    """The slides as .pptx: title, figures, then each chart with its numbers inside it and in the notes."""
    deck = Presentation()
    _widen(deck)
    opening = deck.slides.add_slide(deck.slide_layouts[0])
    _write(opening.shapes.title, clean(results.title), 36)
    _write(opening.placeholders[1], f"{clean(results.subtitle)}\n{results.day:%d/%m/%Y}", 20)
    _figures(_new(deck, results, _("The catalogue in a few numbers")), results.figures)
    for n, section in enumerate(results.sections):
        progress(n / len(results.sections), section.title)
        if section.sentences:
            _sentences(_new(deck, results, section.title), section.sentences)
        for chart in section.charts:
            _chart(_new(deck, results, chart.title, section.title), chart)
    content = io.BytesIO()
    deck.save(content)
    return content.getvalue()


def _widen(deck: Deck) -> None:
    """Sixteen to nine: what comes with python-pptx is four to three."""
    ratio = _WIDTH / deck.slide_width
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    for holder in (deck.slide_master, *deck.slide_layouts):
        for shape in holder.placeholders:
            shape.left, shape.width = Emu(int(shape.left * ratio)), Emu(int(shape.width * ratio))


def _new(deck: Deck, results: Results, title: str, section: str = "") -> Slide:
    """A slide with its title, and below of what it is and its number."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = _MARGIN, Mm(8), _WIDTH - 2 * _MARGIN, _TOP - Mm(10)
    size = 28 if len(title) <= 90 else 22 if len(title) <= 150 else 18
    _write(shape, clean(brief(title, 280)), size)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    foot = " · ".join(filter(None, (section, results.source, str(len(deck.slides)))))
    _text(slide, clean(foot), _HEIGHT - Mm(12), Mm(8), 11)
    return slide


def _chart(slide: Slide, chart: Chart) -> None:
    shown, left_out = first(chart, MOST)
    notes = [words for words in (left_out, chart.note) if words]
    below = Mm(9) * len(notes)
    height = Emu(_HEIGHT - _TOP - _BOTTOM - below)
    room = Room(_MARGIN, _TOP, Emu(_WIDTH - 2 * _MARGIN), height)
    if chart.empty:
        _text(slide, clean(chart.empty), _TOP, height, 24)
    else:
        frame = _heatmap(slide, shown, room) if chart.kind == "heatmap" else native.add(slide, shown, room)
        described = frame._element.nvGraphicFramePr.cNvPr
        described.set("descr", clean(chart.alt))
        described.set("title", clean(chart.title))
    for n, words in enumerate(notes):
        _text(slide, clean(words), _HEIGHT - _BOTTOM - below + n * Mm(9), Mm(9), 13)
    slide.notes_slide.notes_text_frame.text = clean("\n".join(_numbers(chart)))


def _numbers(chart: Chart) -> list[str]:
    """The chart's sentence and each of its numbers in words; of very many, the first."""
    lines = [chart.empty or chart.title, chart.note] if chart.note else [chart.empty or chart.title]
    for n, name in enumerate(chart.categories[:_IN_NOTES]):
        said = (
            f"{each.name}: {each.words[n]}" if each.name else each.words[n]
            for each in chart.series
            if each.values[n] is not None
        )
        whole = f" = {chart.totals[n]}" if chart.totals else ""
        lines.append(f"{name} – {'; '.join(said)}{whole}")
    if len(chart.categories) > _IN_NOTES:
        lines.append(first(chart, _IN_NOTES)[1] or "…")
    return lines


def _heatmap(slide: Slide, chart: Chart, room: Room) -> GraphicFrame:
    """A table whose cells are the darker the larger their number."""
    rows, wide = len(chart.categories) + 1, len(chart.series) + 1
    frame = slide.shapes.add_table(rows, wide, *room)
    table = frame.table
    table.rows[0].height = _TABLE_HEAD
    for row in range(1, rows):
        table.rows[row].height = Emu(min(int((room.height - _TABLE_HEAD) / (rows - 1)), Mm(12)))
    table.columns[0].width = Emu(int(room.width * 0.4))
    for column in range(1, wide):
        table.columns[column].width = Emu(int(room.width * 0.6 / len(chart.series)))
    size = 14 if rows <= 9 else 11
    frame.height = Emu(sum(row.height for row in table.rows))
    for column, words in enumerate([chart.by, *(each.name for each in chart.series)]):
        _cell(table.cell(0, column), words, 11, "#E7E6E6", centred=column > 0)
    for row, name in enumerate(told_apart(chart.categories, native.SHOWN), start=1):
        _cell(table.cell(row, 0), name, size, "#FFFFFF", centred=False)
        for column, each in enumerate(chart.series, start=1):
            colour = tint(share_of_most(chart, each.values[row - 1]))
            _cell(table.cell(row, column), each.words[row - 1], size, colour, centred=True)
    return frame


def _cell(cell: Any, words: str, size: int, colour: str, *, centred: bool) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(colour[1:])
    cell.margin_top = cell.margin_bottom = Mm(0.8)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    run = cell.text_frame.paragraphs[0].add_run()
    run.text, run.font.size = clean(words), Pt(size)
    run.font.color.rgb = RGBColor.from_string(text_on(colour)[1:])
    run.font.bold = False
    cell.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT


def _figures(slide: Slide, figures: Sequence[Told]) -> None:
    """A box a figure, large enough for the back of a room."""
    gap = Mm(6)
    width = Emu((_WIDTH - 2 * _MARGIN - gap * (len(figures) - 1)) // max(len(figures), 1))
    for n, told in enumerate(figures):
        box = slide.shapes.add_textbox(Emu(_MARGIN + n * (width + gap)), Mm(60), width, Mm(45))
        box.line.color.rgb = RGBColor(0xA6, 0xA6, 0xA6)
        frame = box.text_frame
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        name, value = frame.paragraphs[0], frame.add_paragraph()
        for paragraph, words, size in ((name, told.name, 16), (value, told.words, 30 if len(told.words) <= 9 else 18)):
            run = paragraph.add_run()
            run.text, run.font.size, run.font.bold = clean(words), Pt(size), paragraph is value
            run.font.color.rgb = _INK
    slide.notes_slide.notes_text_frame.text = clean("\n".join(f"{told.name}: {told.words}" for told in figures))


def _sentences(slide: Slide, sentences: Sequence[str]) -> None:
    _text(slide, clean("\n".join(sentences)), _TOP, Emu(_HEIGHT - _TOP - _BOTTOM), 20 if len(sentences) <= 8 else 14)
    slide.notes_slide.notes_text_frame.text = clean("\n".join(sentences))


def _text(slide: Slide, words: str, top: Length | int, height: Length | int, size: int) -> None:
    box = slide.shapes.add_textbox(_MARGIN, Emu(top), Emu(_WIDTH - 2 * _MARGIN), Emu(height))
    box.text_frame.word_wrap = True
    for n, line in enumerate(words.split("\n")):
        paragraph = box.text_frame.paragraphs[0] if n == 0 else box.text_frame.add_paragraph()
        paragraph.space_after = Pt(size / 3)
        run = paragraph.add_run()
        run.text, run.font.size = line, Pt(size)
        run.font.color.rgb = _FAINT if size < 12 else _INK


def _write(shape: Any, words: str, size: int) -> None:
    shape.text_frame.text = words
    shape.text_frame.word_wrap = True
    shape.text_frame.auto_size = MSO_AUTO_SIZE.NONE
    for paragraph in shape.text_frame.paragraphs:
        paragraph.font.size = Pt(size)
        paragraph.font.color.rgb = _INK
