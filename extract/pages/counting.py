"""The numbers of automatic lists, in the styles that Word and browsers know."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("一二三四五六七八九十百千零", "壹贰叁肆伍陆柒捌玖拾佰仟零")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"))
_ROMAN_SMALL = ((9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_COUNTING = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "koreanCounting",
        "ideographTraditional",
    ]
)
_LEGAL_STYLES = frozenset(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"))
_CIRCLED = frozenset(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"))
_MOST = 9999  # no list of a report is longer; beyond it the digits are printed


def format_number(number: int, style: str) -> str:
    """`number` (from 0) as the list style of that name (WordprocessingML's) prints it; unknown styles print digits."""
    if style in ("bullet", "none"):
        return ""
    if not 1 <= number <= _MOST:
        return str(number)
    if style == "ideographTraditional" and number <= len(_STEMS):
        return _STEMS[number - 1]
    if style in _COUNTING:
        return chinese_numeral(number)
    if style in _LEGAL_STYLES:
        return chinese_numeral(number).translate(_LEGAL)
    if style in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if style in _CIRCLED and number <= 20:
        return chr(0x2460 + number - 1)
    if style in ("decimalEnclosedParen", "decimalEnclosedFullstop") and number <= 20:
        return chr((0x2474 if style.endswith("Paren") else 0x2488) + number - 1)
    return _latin(number, style)


def _latin(number: int, style: str) -> str:
    if style in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman.lower() if style == "lowerRoman" else roman
    if style in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if style == "lowerLetter" else letter.upper()
    if style in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    return f"{number:02}" if style == "decimalZero" else str(number)


def chinese_numeral(number: int) -> str:
    """1 to 9999 as 一, 十一, 二十, 一百零三."""
    text, zero = "", False
    for power, step in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + step
        zero = digit == 0
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in (*_ROMAN, *_ROMAN_SMALL):
        text += letters * (number // value)
        number %= value
    return text
