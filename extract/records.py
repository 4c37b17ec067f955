"""The frozen records that flow from stage to stage.

Variable names used everywhere: `document` (Document), `page` (Page), `line` (Line), `row` (Row), `form` (Form),
`section` (Section), `cell` (ReadCell), `sentence` (Sentence), `claim` (Claim), `finding` (Finding), `report` (Report).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import msgspec

from extract.quick import quick_members, record

BBox = tuple[float, float, float, float]
"""x0, y0, x1, y1 in the unit square of the page, origin top left."""


@record
class Place:
    """Where a cell stands in a file that has tables and no geometry (HTML, DOCX); all count from 1.

    `table` counts the tables that are shown, in the order in which they begin; `column` counts the columns of the
    table's grid, those that merged cells cover among them. A raw cell without a place is one that the row does not
    state: a merged cell covers it, or the row is short. Of what is then lacking only the row is known: no `column`.
    """

    table: int
    row: int
    column: int | None


@quick_members
class State(StrEnum):
    """What the page shows where a cell should be."""

    READ = "read"
    BLANK = "blank"
    DASH = "dash"
    MISSING = "missing"
    ILLEGIBLE = "illegible"


@quick_members
class Label(StrEnum):
    """What a narrative sentence is."""

    PROBLEM = "problem"
    MEASURE = "measure"
    STATISTIC = "statistic"
    OTHER = "other"


@quick_members
class Qualifier(StrEnum):
    """How exactly a number in the text is meant."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@quick_members
class Verdict(StrEnum):
    """What the tables say of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNVERIFIABLE = "unverifiable"


@quick_members
class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


# ---------------------------------------------------------------- pages


@record
class Line:
    """One printed line that is not a table row. `page` and `number` count from 1.

    `score` (0..1): how surely it was recognised, of a scan; 1 elsewhere.
    """

    text: str
    page: int
    number: int
    bbox: BBox | None = None
    score: float = 1.0


@record
class RawCell:
    """One cell of a raw table row, text as printed; an empty string is an empty cell.

    `readings` are the texts that a scanned number cell may print, with their probabilities (0..1), best first; no two
    mean the same. `fixed`: the page itself shows the cell, by rules around it or by a head of its own over its column.
    `worded`: its words stand where its row's number should. `unclear`: its words were hard to read in a scan. Of a cell
    that was joined to others, `page` and `line` are its own; 0: its row's.
    """

    text: str
    bbox: BBox | None = None
    place: Place | None = None
    readings: tuple[tuple[str, float], ...] = ()
    fixed: bool = False
    worded: bool = False
    unclear: bool = False
    page: int = 0
    line: int = 0

    @property
    def stated(self) -> bool:
        """Whether the file says that there is such a cell, empty or not, and which are its neighbours."""
        return self.fixed or self.place is not None


@record
class Row:
    """One raw table row. `table` numbers the raw tables of the document from 1; `page` and `number` as in Line.

    `score` (0..1): how surely its cells hold whole sentences, 0 where they are a scan's.
    """

    cells: tuple[RawCell, ...]
    table: int
    page: int
    number: int
    score: float = 1.0


Item = Line | Row


@record
class Page:
    """The printed items of one page, in reading order; `pictures` that nobody has read may hold more.

    `scanned`: the items were read from a picture of the page; `scans`: those in these parts of it were. `unread`: why
    nothing of the page could be read. `unclear`: how many pieces of print on a scanned one could not be read.
    """

    number: int
    items: tuple[Item, ...]
    pictures: int = 0
    scanned: bool = False
    unread: str = ""
    scans: tuple[BBox, ...] = ()
    unclear: int = 0


@record
class PrintedPage:
    """What a page draws, set upright: characters (text, box, y of the baseline) and ruled lines, in points.

    `turn`: clockwise quarter turns from the page as shown to the page as set. `picture`: of a scanned page, its picture
    as shown (JPEG), and then nothing else.
    """

    width: float
    height: float
    turn: int = 0
    characters: tuple[tuple[str, BBox, float], ...] = ()
    lines: tuple[BBox, ...] = ()
    picture: bytes = b""


@record
class Source:
    """Where the document came from. `format` is one of text, html, docx, pdf, image, ofd."""

    file: str
    sha256: str
    format: str
    pages: int
    ocr: bool = False


@record
class Document:
    """A source file as pages of items."""

    source: Source
    pages: tuple[Page, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        if len(self.pages) == 1:  # as most texts: asked for again and again
            return self.pages[0].items
        return tuple(item for page in self.pages for item in page.items)


# ---------------------------------------------------------------- forms


@record
class Axis:
    """One canonical row or column. `id` is the part of the field id it contributes."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    group: str = ""
    group_aliases: tuple[str, ...] = ()
    unit: str = ""  # of a column whose unit is not the block's
    amount: bool = False  # a column of amounts in a block of counts

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label, *self.aliases)


@record
class Block:
    """A grid of rows × columns under one caption; a field id is row id + "." + column id."""

    caption: str
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]
    unit: str
    amount: bool = False  # amounts may have decimals and a unit, counts may not


@dataclass(frozen=True, slots=True, eq=False)  # as Form
class TableSpec:
    """One statutory table. `number` is 2, 3 or 4, as is the section that holds it."""

    number: int
    blocks: tuple[Block, ...]
    head_labels: tuple[str, ...]  # labels in the head that name no row or column of numbers
    corner: str = ""  # what stands over the row labels
    over: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (head, the groups of columns that it stands over)


@record
class SectionSpec:
    """One of the six sections."""

    number: int
    heading: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)  # one object per template, hashed as a cache key by identity
class Form:
    """A statutory template: six sections, three tables."""

    id: str
    notice: str
    sections: tuple[SectionSpec, ...]
    tables: tuple[TableSpec, ...]
    field_ids: tuple[str, ...]
    years: tuple[int, int]  # first and last report year that the template is prescribed for


# ---------------------------------------------------------------- sections


PART = "part"  # the note of a Q002: the file seems to be a page of a report
CUT = "cut"  # what a Q002 found: the file seems to end before the report does; its note: the text breaks off
OTHER_REPORT = "report "
"""Begins the note of a Q002 about a further report in the file; behind it stands by what its place is counted."""


@record
class Deviation:
    """Something about the layout or the labels that departs from the template; becomes an L or S finding."""

    code: str
    found: str
    expected: str
    fields: tuple[str, ...] = ()
    page: int = 1
    note: str = ""


@record
class Section:
    """One of the six sections as found; `heading` is None where none was printed."""

    number: int
    heading: Line | None
    items: tuple[Item, ...]


@record
class SectionedDocument:
    """All six sections in order of their number; a section that is not there has no heading and no items."""

    front: tuple[Item, ...]  # title block and preamble, before section 1
    sections: tuple[Section, ...]
    deviations: tuple[Deviation, ...]


# ---------------------------------------------------------------- alignment


@record
class Strip:
    """One raw row, or what stands for one: label texts, then the cells behind them (values, dashes, blanks).

    `first` is the index of cells[0] among the raw cells of the row. A strip without cells is a piece of label.
    `pieced` is 0 for a whole row; where its cells stood on two lines, how many stood on the label's; where some held
    two numbers, all of them. `heaped` rows were cut from one run of numbers that may as well be columns. The label of
    an `apart` row stands on a line of its own, before its numbers or behind them.
    """

    texts: tuple[str, ...]
    cells: tuple[RawCell, ...]
    first: int
    table: int
    page: int
    number: int
    pieced: int = 0
    heaped: bool = False
    apart: bool = False
    stack: int = 0


@record
class AlignedRow:
    """A canonical row of a block and the strip that prints it (None: not found).

    `label_cost` is the distance 0..1 of the printed to the statutory label (1 where no label is printed), `margin`
    how much worse the next best label fits, `forced` whether order and gaps leave no other place.
    """

    block: int
    row: int
    strip: Strip | None
    label: str = ""
    label_cost: float = 1.0
    margin: float = 0.0
    forced: bool = False
    moved: bool = False
    label_seen: bool = False  # the label stands in the text, with or without values
    arranged: bool = False  # its numbers stood apart from it; their count and the sums tell where they belong
    contested: bool = False  # beside it are rows without a readable label, some of them without a place


@record
class AlignedTable:
    """All rows of a table in canonical order. `columns` per block: the column indexes that are printed, in order."""

    number: int
    rows: tuple[AlignedRow, ...]
    columns: tuple[tuple[int, ...], ...]
    head_cost: tuple[float, ...]  # per block, distance 0..1 of the printed column labels, 1 where none is printed
    leftover: int  # value rows that found no place
    deviations: tuple[Deviation, ...]
    columns_sure: tuple[bool, ...] = ()  # per block, whether heads and sums tell which column is which; empty: they do
    renamed: tuple[tuple[int, ...], ...] = ()  # per block, the columns whose head says something else; empty: none
    no_totals: tuple[bool, ...] = ()  # per block, whether its column of totals is printed empty; empty: none is


# ---------------------------------------------------------------- cells


@record
class ParsedCell:
    """What a cell's text prints. `quality` (0..1) says how much had to be mended; `note` says what."""

    state: State
    value: Decimal | None
    raw: str
    quality: float
    note: str = ""
    bbox: BBox | None = None
    place: Place | None = None
    readings: tuple[tuple[str, float], ...] = ()  # as in RawCell
    page: int = 0  # as in RawCell
    line: int = 0


@record
class Placement:
    """One way to lay a strip's cells over the columns of its row: per column the cell, or None where none is left.

    `stated`: the file's own grid lays them so, blank cells among them.
    """

    cells: tuple[ParsedCell | None, ...]
    cost: float
    stated: bool = False


@record
class CandidateRow:
    """An aligned row with the ways to read it, cheapest first; none where the row was not found."""

    aligned: AlignedRow
    field_ids: tuple[str, ...]
    placements: tuple[Placement, ...]
    leftover: int  # value rows of the table that found no place
    columns_open: bool  # the heads do not say beyond doubt which column is which, or which is not printed
    printed: int  # cells with a value or a mark
    expected: int
    renamed: tuple[int, ...] = ()  # columns whose head says something else than the form's


RECOGNISED = "recognised"
"""The score of a scanned cell: its recogniser's probability of what is delivered."""

RECOGNISER_MARGIN = "recogniser_margin"
"""The score of a scanned cell: how much more likely its first reading is than the next (-1..1)."""


@record
class ReadCell:
    """One field as read: what is printed, where, and the evidence for it (scores in 0..1)."""

    field: str
    state: State
    value: Decimal | None
    raw: str
    page: int
    line: int
    bbox: BBox | None = None
    scores: Mapping[str, float] = msgspec.field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    place: Place | None = None
    readings: tuple[tuple[str, float], ...] = ()  # as in RawCell


Cells = Mapping[str, ReadCell]
"""Field id → cell, every id of the form."""


# ---------------------------------------------------------------- narrative


@record
class Sentence:
    """One sentence of section 1 (preamble included), 5 or 6."""

    id: str
    section: int
    text: str
    label: Label
    confidence: float
    page: int
    ending: bool = False  # the last sentence of its paragraph
    score: float = 1.0  # that of its least sure line


@record
class Claim:
    """A number (or a word for none) in a sentence. `start` and `end` index the sentence's text, end exclusive.

    `field` is the one cell meant, `sum_of` the cells where a sum is meant; for a percentage `share_of` holds the
    cells of the part and of the whole.
    """

    id: str
    sentence: str
    text: str
    start: int
    end: int
    value: Decimal
    unit: str
    qualifier: Qualifier
    field: str | None = None
    sum_of: tuple[str, ...] = ()
    share_of: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    verdict: Verdict = Verdict.UNVERIFIABLE
    confidence: float = 0.5
    certain: bool = False  # field, year and scope are all certain: only then may it be contradicted
    of_scope: bool = False  # certain, if the table is that of the parts or the whole which the sentence names
    guess: tuple[str, ...] = ()  # the cells that may be meant, where none are for certain, or beside those that are
    anew: bool = False  # 新收: what was left over from last year is not counted with it
    note: str = ""


@record
class Narrative:
    """Sentences and claims of the prose, in order of appearance."""

    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]


# ---------------------------------------------------------------- checks and findings


@record
class Violation:
    """A rule that the values as read break, or that cannot be assessed (`passed` None)."""

    code: str
    rule: str
    fields: tuple[str, ...]
    expected: Decimal | None
    found: Decimal | None
    passed: bool | None
    blanks_as_zero: bool = False
    suspect: str | None = None  # the one cell whose change alone mends every rule it stands in
    mended: Decimal | None = None  # the value that the suspect would need


@record
class Discrepancy:
    """A T code: what a sentence says against the tables, another sentence, or its own figures."""

    code: str
    fields: tuple[str, ...]
    sentences: tuple[str, ...]
    expected: str | float | None
    found: str | float | None
    note: str = ""
    working: str = ""  # how `expected` comes about, where the text's own numbers make it: 102件＋20件
    claims: tuple[str, ...] = ()  # the numbers that it compares with each other or with cells


@record
class Metadata:
    """Who reports on which year: agency, year, title, published, period_start, period_end (each a Field).

    `open_years`: where the places that name the report's year disagree nearly evenly, the years that they name.
    """

    fields: Mapping[str, Field]
    deviations: tuple[Deviation, ...]  # D001, D002
    open_years: frozenset[int] = frozenset()


@record
class Spot:
    """Where words stand in a file: the page, and what else its kind of file has (as a Field).

    `of_section` and `paragraph`: of a web page or Word file, the how many-th paragraph below the heading of which
    section; section 0 is what stands before the first.
    """

    page: int
    line: int | None = None
    bbox: BBox | None = None
    place: Place | None = None
    of_section: int | None = None
    paragraph: int | None = None


@record
class Finding:
    """What is wrong with the report (Q codes: what was hard to read); `message` is Chinese, `message_en` English.

    `suspect`: of a sum that does not hold, the one cell whose change to `mended` mends every sum it stands in; None
    where there is none. `claims`: the numbers of the text that it is about. `spots`: where its sentences, its label or
    its heading stand.
    """

    code: str
    severity: Severity
    message: str
    message_en: str
    fields: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    expected: str | float | None = None
    found: str | float | None = None
    suspect: str | None = None
    mended: float | None = None
    claims: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()


@record
class Contrast:
    """A Y or H code: what a report says against the agency's report on the year before, or against other units'.

    `year` and `template` are the later report's; `sure`: the figures were read surely enough to say so. `earlier`: the
    file of the year before's. `terms`: what adds up to `expected`, each with its sign and, of units, by its name.
    """

    code: str
    agency: str
    year: int
    template: str
    fields: tuple[str, ...]
    expected: Decimal | str | None
    found: Decimal | str | None
    sure: bool
    sentences: tuple[str, ...] = ()
    earlier: str = ""
    terms: tuple[tuple[str, Decimal], ...] = ()


@record
class HistoryFinding:
    """A Y or H finding under the agency and year of the report that it speaks of, and that report's file."""

    agency: str
    year: int
    finding: Finding
    file: str
    sha256: str


@record
class History:
    """What reports say of one another, what could not be compared and why (Chinese), how many there are, and how many
    were compared with another one.
    """

    findings: tuple[HistoryFinding, ...]
    remarks: tuple[str, ...]
    reports: int
    compared: int


# ---------------------------------------------------------------- report


@record
class Field:
    """One delivered field of the report document (contract: A Field is …)."""

    value: Decimal | str | int | None
    state: State
    confidence: float
    accepted: bool
    raw: str
    page: int | None
    bbox: BBox | None
    evidence: tuple[str, ...]
    line: int | None = None
    place: Place | None = None
    candidates: tuple[tuple[str, float], ...] = ()  # what a recogniser saw, with probabilities (0..1), best first


@record
class Template:
    """The statutory template that the report is printed on."""

    id: str
    confidence: float


@record
class Maker:
    """What made a document: gouji's version, SHA-256 digests of its code and data files and of each model.

    `risk` (0..1): the most of the accepted fields that may be wrong; `rules`: digest of the user's own, None without.
    """

    gouji: str
    build: str
    models: Mapping[str, str]
    risk: float
    rules: str | None = None


@record
class ReportScore:
    """How far a report can be relied on: the probability that every accepted field is right, and the cells to check
    first, those that settle most at the head.
    """

    all_accepted_right: float
    check_first: tuple[str, ...]


@record
class Report:
    """The report document."""

    source: Source
    made_by: Maker
    template: Template
    score: ReportScore
    report: Mapping[str, Field]
    fields: Mapping[str, Field]
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
