"""Files in, items out; a reading in, file out. Formats are loaded when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kpicat import model
from kpicat.errors import InputError
from kpicat.exchange.forms.decision import Decision
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Finding, Item, Reading, ReadReport, Source

Progress = Callable[[float, str], None]
"""Told the share done (0 to 1) and what is being done, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """What the user says of one sheet: its header row, its columns, or to leave it out.

    Attributes:
        header_row: Row number of the (last) header row; None leaves the sheet out.
        columns: Zero-based column -> field id, "" for a column not to take; None lets
            kpicat propose them.
    """

    header_row: int | None
    columns: Mapping[int, str] | None = None


@dataclass(frozen=True)
class Read:
    """Items of a file, in its order, and the report of what became of every row.

    Attributes:
        origins: Item id -> where the file itself says that the line first came from.
    """

    items: list[Item]
    report: ReadReport
    origins: dict[str, Source] = field(default_factory=dict)

    def origin(self, item: Item) -> Source:
        """Where one of the items first came from: as the file says, else where it stands in it."""
        return self.origins.get(item.id, item.source)


def no_progress(share: float, doing: str) -> None:
    """Tell nobody."""


WRITERS = (".xlsx", ".docx", ".pdf", ".csv", ".json")

NO_DECISION = Decision()

Ruled = tuple[Finding | None, model.Decision]
"""What people decided about a finding; there is none any more where two lines were told apart."""


def read(
    content: bytes,
    name: str,
    guidance: Guidance,
    *,
    pointed: Mapping[str, Pointed] | None = None,
    progress: Progress = no_progress,
) -> Read:
    """Read a file's tables into items.

    Args:
        content: The file, hostile until read.
        name: Its name, for what is said of it; what it is, its content says.
        guidance: Whose tier words and frames the file may use.
        pointed: Sheet name -> what the user said of it.
        progress: Told now and then how far it is.

    Raises:
        NeedsPointing: No sheet has a header row that is recognised.
        InputError: The file cannot be taken; one sentence says why and what to do.
    """
    from kpicat.exchange import kinds
    from kpicat.exchange.archive import check_size
    from kpicat.exchange.kinds import Kind

    check_size(content, name)
    reader: Callable[..., Read]
    match kind := kinds.of(content):
        case Kind.TEXT:
            from kpicat.exchange import read_csv

            reader = read_csv.read
        case Kind.JSON:
            from kpicat.exchange import read_json

            reader = read_json.read
        case Kind.XLSX | Kind.XLSB | Kind.XLS | Kind.ODS | Kind.FLAT_ODS | Kind.XML_2003:
            from kpicat.exchange import read_spreadsheet

            reader = read_spreadsheet.read
        case Kind.DOCX:
            from kpicat.exchange import read_docx

            reader = read_docx.read
        case Kind.DOC | Kind.RTF | Kind.ODT:
            from kpicat.exchange import read_doc

            reader = read_doc.read
        case Kind.HTML | Kind.MHTML:
            from kpicat.exchange import read_html

            reader = read_html.read
        case Kind.PDF:
            from kpicat.exchange import read_pdf

            reader = read_pdf.read
        case _other:
            raise kinds.refusal(kind, name)
    found = reader(content, name, guidance, pointed=pointed or {}, progress=progress)
    if remark := kinds.wrongly_named(kind, name):
        found.report.remarks.insert(0, remark)
    return found


def write(
    reading: Reading,
    guidance: Guidance,
    suffix: str,
    *,
    findings: Sequence[Finding] = (),
    ruled: Sequence[Ruled] = (),
    decision: Decision = NO_DECISION,
    standard_unit: str = "",
    progress: Progress = no_progress,
) -> bytes:
    """A catalogue as a file.

    Args:
        reading: What to write.
        guidance: The catalogue's edition with its adjusted marks.
        suffix: One of :data:`WRITERS`.
        findings: Written on a sheet of their own where the format has sheets.
        ruled: What people decided about findings; on that sheet, and in .json.
        decision: What the head and the foot of .docx and .pdf say; in .xlsx and .json too.
        standard_unit: The name of the work that is it, where that is none of the lines.

    Raises:
        InputError: The ending is not one kpicat writes.
    """
    match suffix.lower():
        case ".xlsx":
            from kpicat.exchange import write_xlsx

            return write_xlsx.write(
                reading,
                guidance,
                findings=findings,
                ruled=ruled,
                decision=decision,
                standard_unit=standard_unit,
                progress=progress,
            )
        case ".docx":
            from kpicat.exchange.forms import paper, word

            return word.write(paper.paper(reading, guidance, decision, standard_unit), progress=progress)
        case ".pdf":
            from kpicat.exchange.forms import paper, pdf

            return pdf.write(paper.paper(reading, guidance, decision, standard_unit), progress=progress)
        case ".csv":
            from kpicat.exchange import write_text

            return write_text.csv(reading, guidance)
        case ".json":
            from kpicat.exchange import write_text

            return write_text.json(reading, guidance, decision, ruled)
        case _other:
            raise InputError(
                _("kpicat does not write “{suffix}”; choose one of: {known}.").format(
                    suffix=suffix, known=", ".join(WRITERS)
                )
            )
