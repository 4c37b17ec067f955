"""Characters as meant: radical code points that stand for ideographs, presentation forms, soft hyphens."""

from __future__ import annotations

import unicodedata

# CJK Radicals Supplement: NFKC leaves these alone although fonts that share glyphs bring them in place of the word.
# Source: Unicode Character Database, EquivalentUnifiedIdeograph.txt.
_RADICALS = dict(
    zip(
        "⺀⺁⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺧⺨⺩⺪⺫⺬⺭⺮⺯⺱⺲⺳⺵⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "冫厂乙亻冂几刀刂卜㔾小小兀尣尢尣巳幺彑彐忄心扌攵旡日月歺民氵氺灬爫爫牛犭王疋目示礻竹糸罓罒网罒羊羊耂肀聿月臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_RADICALS["⼾"] = "户"  # NFKC gives the traditional form, which no simplified text means
_SOFT_HYPHENS = "\u0002\u00ad\ufffe"
_FULL_WIDTH = str.maketrans(",:;!?()", "，：；！？（）")


def fold_character(character: str) -> str:
    """The character as meant; full-width forms stay as printed, what has no shape becomes the empty string."""
    code = ord(character[0]) if character else 0
    if 0x2E80 <= code <= 0x2EFF:
        return _RADICALS.get(character, character)
    if 0x2F00 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        return _RADICALS.get(character) or unicodedata.normalize("NFKC", character)
    if 0xFE10 <= code <= 0xFE19 or 0xFE30 <= code <= 0xFE4F:
        return unicodedata.normalize("NFKC", character).translate(_FULL_WIDTH)
    if character in _SOFT_HYPHENS:
        return "-"
    return "" if character.isspace() or code < 32 or code in (0x200B, 0x200C, 0x200D, 0xFEFF) else character
