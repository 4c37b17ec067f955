"""Tables that go on over a page break: what a scan shows of the row that it cuts."""

from __future__ import annotations

from extract.pages.pdf.continued import join_tables
from extract.pages.pdf.ruled import Table, TableRow, TextCell

BOX = (0.0, 0.0, 9.0, 9.0)
NUMBERS = ("10", "0", "0", "3", "0", "0", "13")
BLANK = ("",) * 7


def row(label: str, numbers: tuple[str, ...], probability: float = 0.99) -> TableRow:
    cells = (TextCell(text, BOX, ((text, probability),) if text else ()) for text in numbers)
    return TextCell(label, BOX), *cells


def cut(upper: TableRow, lower: TableRow) -> list[list[str]]:
    """The two parts of a row that the break cuts, as they are told."""
    joined = join_tables([[Table((upper,), BOX)], [Table((lower, row("3.其他", NUMBERS)), BOX)]])
    tables = [piece for page in joined for _, piece in page]
    return [[cell.text for cell in own] for table in tables if isinstance(table, Table) for own in table.rows][:2]


def test_the_stains_of_a_seal_beside_the_rest_of_a_label_are_no_numbers() -> None:
    stains = ("", "", "", "", "?", "1", "")
    whole, rest = row("1.申请人无正当理由", NUMBERS), row("逾期不补正", stains, 0.6)
    assert cut(whole, rest) == [["1.申请人无正当理由", *NUMBERS], ["逾期不补正", *BLANK]]
    whole, begun = row("逾期不补正", NUMBERS), row("1.申请人无正当理由", stains, 0.6)
    assert cut(begun, whole) == [["1.申请人无正当理由", *BLANK], ["逾期不补正", *NUMBERS]]


def test_a_number_that_is_surely_seen_and_a_row_with_a_number_of_its_own_stay() -> None:
    seen = ("", "", "", "", "", "1", "")
    assert cut(row("1.申请人", NUMBERS), row("逾期不补正", seen))[1] == ["逾期不补正", *seen]
    assert cut(row("1.申请人", NUMBERS), row("2.重复申请", seen, 0.6))[1] == ["2.重复申请", *seen]
