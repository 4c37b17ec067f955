"""What stands in a synthetic cell, and what the recogniser should say of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from extract.forms import form_ids, load_form
from extract.pages.image.ctc import ALPHABET, OTHER

Generator = np.random.Generator

_DASHES = ("—", "—", "-", "-", "-", "－", "——", "–", "―", "─", "一", "--")
_SLASHES = ("/", "／")
_ROUND = ("O", "〇", "○", "o", "０")
_WORDS = (
    "数量总计合计年月日类人自然法商企业科研机构社会公益组织律服务其他本新收上结转第条款号制发规"
    "范性行政许可处罚强备注同右左见详口户回日曰目田四"
)
_LETTERS = "ABCDEFGHKLMNPRSTXYZabdehkmnsuz*#&()[]:;±≈√×"
_UNITS = ("件", "件", "万", "万元", "元", "%")
_FULL_WIDTH = {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}


@dataclass(frozen=True, slots=True)
class CellText:
    """`printed` is drawn; `label` is what should be read, in the recogniser's alphabet; `kind` is for the figures."""

    printed: str
    label: str
    kind: str


def sample_text(rng: Generator) -> CellText:
    """One cell's content: more rare marks and long numbers than any report has, so that each is learned."""
    kind = _KINDS[int(rng.choice(len(_KINDS), p=_WEIGHTS))]
    return _MAKERS[kind](rng)


def label_of(printed: str) -> str:
    """The printed text in the recogniser's alphabet: dashes are "-", every run of other characters is "?"."""
    if printed in _DASHES:
        return "-"
    plain = printed.translate(_TO_PLAIN)
    label = ""
    for character in plain:
        mark = character if character in ALPHABET else OTHER
        if mark != OTHER or not label.endswith(OTHER):
            label += mark
    return label


_TO_PLAIN = {ord(full): digit for digit, full in zip("0123456789", "０１２３４５６７８９", strict=True)} | {
    ord("／"): "/", ord("，"): ",", ord("－"): "-", ord("−"): "-",
    **{ord(mark): "0" for mark in "O〇○o"},
}  # fmt: skip


def _pick(rng: Generator, choices: Sequence[str]) -> str:
    return choices[int(rng.integers(len(choices)))]


def _digits(rng: Generator, length: int) -> str:
    """A number of that many digits; runs of one digit come more often than chance has it."""
    if length > 1 and rng.random() < 0.15:
        return _pick(rng, "123456789") * length
    first = _pick(rng, "123456789")
    rest = "".join(_pick(rng, "0123456789" if rng.random() < 0.8 else "01") for _ in range(length - 1))
    return first + rest


def _cell(printed: str, kind: str) -> CellText:
    return CellText(printed, label_of(printed), kind)


def _blank(rng: Generator) -> CellText:
    return CellText("", "", "blank")


def _zero(rng: Generator) -> CellText:
    return _cell(_pick(rng, _ROUND) if rng.random() < 0.08 else "0", "zero")


def _lone(rng: Generator) -> CellText:
    return _cell(_pick(rng, "1123456789"), "lone digit")


def _number(rng: Generator) -> CellText:
    text = _digits(rng, 2 + min(5, int(rng.geometric(0.45)) - 1))
    if rng.random() < 0.04:
        text = text.translate(_FULL_WIDTH)
    return _cell(text, "number")


def _separated(rng: Generator) -> CellText:
    value = int(_digits(rng, int(rng.integers(4, 8))))
    return _cell(f"{value:,}", "separator")


def _decimal(rng: Generator) -> CellText:
    whole = "0" if rng.random() < 0.25 else _digits(rng, int(rng.integers(1, 5)))
    tail = "".join(
        _pick(rng, "0123456789") for _ in range(int(rng.choice([1, 2, 2, 4, 6], p=[0.4, 0.3, 0.2, 0.07, 0.03])))
    )
    return _cell(f"{whole}.{tail}", "decimal")


def _signed(rng: Generator) -> CellText:
    return _cell(_pick(rng, "-+") + _digits(rng, int(rng.integers(1, 4))), "sign")


def _dash(rng: Generator) -> CellText:
    draw = rng.random()
    return _cell(_pick(rng, _DASHES) if draw < 0.55 else _pick(rng, _SLASHES) if draw < 0.8 else "无", "dash")


def _with_unit(rng: Generator) -> CellText:
    number = _digits(rng, int(rng.integers(1, 5)))
    if rng.random() < 0.3:
        number += f".{_pick(rng, '0123456789')}"
    return _cell(number + _pick(rng, _UNITS), "unit")


def _other(rng: Generator) -> CellText:
    draw = rng.random()
    if draw < 0.35:
        return _cell(_piece(rng, _labels()), "other")
    if draw < 0.6:
        return _cell("".join(_pick(rng, _WORDS) for _ in range(int(rng.integers(1, 5)))), "other")
    letters = "".join(_pick(rng, _LETTERS) for _ in range(int(rng.integers(1, 3))))
    return _cell(letters if draw < 0.8 else _digits(rng, int(rng.integers(1, 3))) + letters, "other")


@cache
def _labels() -> tuple[str, ...]:
    """The labels of the statutory tables: what stands beside the numbers."""
    blocks = [block for number in form_ids() for table in load_form(number).tables for block in table.blocks]
    return tuple(dict.fromkeys(axis.label for block in blocks for axis in (*block.rows, *block.columns) if axis.label))


def _piece(rng: Generator, labels: tuple[str, ...]) -> str:
    """A label, or a piece of a long one, as it stands in one line of a cell."""
    label = _pick(rng, labels)
    length = int(rng.integers(2, 9))
    start = int(rng.integers(0, max(1, len(label) - length + 1)))
    piece = label[start : start + length].strip()
    return piece if label_of(piece).strip("-/0123456789.,") else label


_MAKERS: dict[str, Callable[[Generator], CellText]] = {
    "blank": _blank, "zero": _zero, "lone digit": _lone, "number": _number, "separator": _separated,
    "decimal": _decimal, "sign": _signed, "dash": _dash, "unit": _with_unit, "other": _other,
}  # fmt: skip
_KINDS = tuple(_MAKERS)
_WEIGHTS = (0.16, 0.13, 0.17, 0.22, 0.03, 0.05, 0.02, 0.08, 0.03, 0.11)
