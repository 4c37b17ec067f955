"""Printed numbers → Decimal: Arabic of both widths, thousands separators, Chinese numerals, 万 and 亿."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

CHINESE_DIGITS = "零一二三四五六七八九"
_DIGITS = {character: value for value, character in enumerate(CHINESE_DIGITS)}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = (("亿", Decimal(10**8)), ("万", Decimal(10**4)))
_SAME = str.maketrans("〇○两壹贰叁肆伍陆柒捌玖拾佰仟−﹣", "零零二一二三四五六七八九十百千--")
_AS_CHINESE = str.maketrans("0123456789", CHINESE_DIGITS)
_ARABIC = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")

_SIGN_WORDS = re.compile(
    r"^(?:(净?增加了?|净?增|新增|上升|↑|\(\+\)|\(增\))|(净?减少了?|净?减|削减|下降|↓|\(-\)|\(减\)))[:：]?\s*(?=\d)"
)
_NO_CHANGE = frozenset({"无变化", "未变化", "未变", "没有变化", "无增减", "未增减", "不增不减", "持平", "不变"})


@lru_cache(maxsize=4096)  # most are days, months, years and small counts
def parse_number(text: str) -> Decimal | None:
    """The number that `text` prints, or None where it prints none.

    Reads 18, １８, 1,234, 1，234, -3, 12.60, 十八, 一百二十三, 一千零五, 两百, 十二点五, 1.2万, 3亿, 5千, and
    二〇二四 digit by digit.
    Spaces are dropped. Units, words and OCR confusions (O for 0) are not read: they are the caller's business.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).translate(_SAME)
    sign = plain[:1]
    if sign in ("-", "负", "+"):
        value = _parse_unsigned(plain[1:])
        return value if value is None or sign == "+" else -value
    return _parse_unsigned(plain)


def sign_change(text: str) -> str:
    """A change as the 2019 form asks for it, its word turned into a sign: 增加12 → +12, 减5 → -5; others unchanged."""
    match = _SIGN_WORDS.match(text)
    return ("+" if match[1] else "-") + text[match.end() :] if match else text


def means_no_change(text: str) -> bool:
    """Whether the text says in words that nothing changed: 无变化, 持平."""
    return text in _NO_CHANGE


def _parse_unsigned(text: str) -> Decimal | None:
    for myriad, factor in _MYRIADS:
        head, found, tail = text.rpartition(myriad)
        if found:
            high, low = _parse_unsigned(head), _parse_tail(tail, factor)
            return None if high is None or low is None else high * factor + low
    return _parse_section(text)


def _parse_tail(text: str, factor: Decimal) -> Decimal | None:
    """What follows 万 or 亿: nothing, a lower number, or one bare digit of the next step (一万二 is 12000)."""
    if not text:
        return Decimal(0)
    if len(text) == 1 and (digit := _parse_section(text)):
        return digit * factor / 10
    low = _parse_unsigned(text.removeprefix("零"))
    return low if low is not None and low < factor else None


def _parse_section(text: str) -> Decimal | None:
    """A number below 万: 1,234 or 3千 or 三千二百一十 or 二〇二四 or 十二点五."""
    whole, point, decimals = text.partition("点")
    if point:
        high = _parse_section(whole)
        known = bool(decimals) and all(character in _DIGITS for character in decimals)
        return (
            high + (_parse_section(decimals) or Decimal(0)).scaleb(-len(decimals))
            if known and high is not None
            else None
        )
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if text[-1:] in _STEPS and _ARABIC.fullmatch(text[:-1]):
        return Decimal(text[:-1].replace(",", "")) * _STEPS[text[-1]]
    if text and all(character in _DIGITS for character in text):
        return Decimal("".join(str(_DIGITS[character]) for character in text))
    return _parse_steps(text)


def _parse_steps(text: str) -> Decimal | None:
    """Digits and steps from high to low: 一百二十三, 十八, 一千零五, 一百二 (120)."""
    total, digit, last, zero = 0, -1, 10_000, False
    for character in text.translate(_AS_CHINESE):
        if character in _STEPS and _STEPS[character] < last and (digit > 0 or (digit < 0 and character == "十")):
            last = _STEPS[character]
            total, digit, zero = total + abs(digit) * last, -1, False
        elif character == "零" and digit < 0 and total and not zero:
            zero = True
        elif character in _DIGITS and character != "零" and digit < 0:
            digit = _DIGITS[character]
        else:
            return None
    if not text or (zero and digit < 0):
        return None
    if digit < 0:
        return Decimal(total)
    return Decimal(total + digit * (last // 10 if last > 10 and not zero and last < 10_000 else 1))
