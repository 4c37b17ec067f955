"""Values printed with separators, units or notes: the value stays, the text of the cell changes."""

from __future__ import annotations

from training.synthesis.draft import Draft

_SEPARATED = 0.06  # share of documents with thousands separators in their tables
_UNITS = 0.03  # with 件 behind the counts of table 2
_FEE_UNIT = 0.08  # with 万元 behind the fee
_DECIMALS = 0.1  # with a fee of 0.00 or 12.60
_NOTED = 0.04  # with a note behind the documents issued


def dress_values(draft: Draft) -> None:
    """Changes the text of cells, in place."""
    rng = draft.rng
    if rng.random() < _SEPARATED:
        _separate(draft, rng.choice((",", "，")))
    if rng.random() < _UNITS:
        for field_id in _counts_of_table_2(draft):
            draft.cells[field_id].text += "件"
    _dress_fee(draft)
    issued = draft.cells["disclosure.normative_documents.issued"]
    if rng.random() < _NOTED and issued.value and issued.value > 1 and issued.text.isdigit():
        issued.text += f"（其中修订{rng.randint(1, int(issued.value) - 1)}件）"


def _separate(draft: Draft, mark: str) -> None:
    for cell in draft.cells.values():
        if isinstance(cell.value, int) and cell.value >= 1000:
            cell.text = f"{cell.value:,}".replace(",", mark)


def _counts_of_table_2(draft: Draft) -> list[str]:
    fields = [f for f in draft.cells if f.startswith("disclosure.") and not f.endswith(".amount")]
    return [f for f in fields if draft.cells[f].state == "read"]


def _dress_fee(draft: Draft) -> None:
    fee, rng = draft.cells["disclosure.fees.amount"], draft.rng
    if fee.state != "read" or fee.value is None:
        return
    if rng.random() < _DECIMALS and round(fee.value, 2) == fee.value:
        fee.text = f"{fee.value:.2f}"
    if rng.random() < _FEE_UNIT:
        fee.text += "万元"
