"""Whether a number whose words are not all known speaks of its cells all the same: a learned probability.

The grammar binds a number to cells, and is certain only where it knows every word around it. Where it is not, and the
table says another number, two things tell a slip of the pen from a number of something else: the words, as far as
they have been met (the corpus has both kinds), and how the two numbers differ. 1329 against 1325 is a slip; 12 against
1325 is more likely a part of the whole that the grammar did not see. No number that the table bears out is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from zlib import crc32

from extract.artifacts import load_session, model_entry
from extract.narrative.analysis import Analysis
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.plainness import read_words
from extract.narrative.shown import claim_fields, give_cells, withdraw
from extract.narrative.targets import to_cells
from extract.narrative.windows import split_pieces
from extract.quick import record, replace
from extract.records import Cells, Claim, Qualifier, Sentence, Verdict
from extract.rules import load_rules

MODEL = "claim-binding"
BUCKETS = 1 << 16
_LONGEST = 4  # characters of an n-gram
_NUMBERS = re.compile(r"\d[\d.,，]*|[〇一二两三四五六七八九十百千万]+")
_BREAK = re.compile(r"[，；。：]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONG = 4  # characters of an unknown word from which on all count as as long
_COPIES = "abcdefghi"  # evidence counts more than one n-gram: each mark stands in so many buckets
_STOCKS = ("received", "carried_in", "handled", "carried_out")  # rows of table 3 that are no outcome
_MANY = 2  # numbers beside, from which on all count as as many
_CROSSED = 2  # digits that changed places
_SINGLE = 10  # below it a number has one digit: a slip and another number look alike
_MISTYPED = {"swapped": "swapped", "digit": "mistyped", "added": "mistyped"}  # slip → kind, which has its threshold


@record
class Asked:
    """A claim with its sentence and the sum that its cells show.

    `told` where another cell of the table shows what the claim says, `part` where one of its own cells does, or one of
    the same row: it may speak of that one. `borne_out` and `denied` count the other numbers of the sentence that the
    table bears out, and that it denies, if they speak of their cells: a clerk errs once, another matter each time.
    `guessed` where the grammar bound it to no cell: it has those that are named nearest to it.
    `unknown` says where words stand that the grammar does not know, and how long they are.
    `retold`: other words say what the cells show; `beside_none`: those of the sentence, which says that there is none.
    """

    claim: Claim
    sentence: Sentence
    shown: Decimal
    told: bool
    part: bool
    borne_out: int
    denied: int
    unknown: tuple[str, ...]
    guessed: bool = False
    retold: bool = False
    beside_none: bool = False


def accuse_likely(claims: Iterable[Claim], asked: Sequence[Asked]) -> Iterator[Claim]:
    """The claims; those that are asked about and likely speak of their cells are contradicted.

    Raises: ModelError where the model is missing or damaged.
    """
    entry = model_entry(MODEL) if asked else {}
    passed = [
        (value, own.claim)
        for own, value in zip(asked, _probabilities(asked), strict=True)
        if (
            value >= float(entry[threshold_name(find_kind(own))])
            and (not _is_narrowed(own) or value >= _narrowed_from(own))
        )
        or value >= _evident_from(own)
    ]
    # of several numbers of one sentence for the same cells the likeliest: the others are parts, or other business
    best = {(claim.sentence, claim_fields(claim)): claim for _, claim in sorted(passed, key=lambda own: own[0])}
    likely = {claim.id: claim for claim in best.values()}
    for claim in claims:
        accused = likely.get(claim.id)
        yield replace(accused, verdict=Verdict.CONTRADICTED, certain=True) if accused else claim


def doubt_lone(claims: Iterable[Claim], asked: Sequence[Asked]) -> Iterator[Claim]:
    """The claims; of the contradicted ones that are asked about those of another matter are so no more, and no cell's.

    Raises: ModelError where the model is missing or damaged.
    """
    pairs = list(zip(asked, _probabilities(asked), strict=True))
    strange = [own.claim for own, value in pairs if _is_of_other_matter(own, value)]
    sentences = {claim.sentence for claim in strange}
    beside = float(load_rules(CLAIMS_FILE)["verdict"]["beside_strange"])
    other = {claim.id for claim in strange}
    other |= {own.claim.id for own, value in pairs if own.claim.sentence in sentences and value < beside}
    for claim in claims:
        yield give_cells(withdraw(claim), ()) if claim.id in other else claim


def _is_of_other_matter(asked: Asked, probability: float) -> bool:
    """Whether a number that the table denies is more likely of another matter than wrong.

    So is a second number where other words say what the table shows (全市742件, our own 44), and one in a sentence of
    which nothing is right, unless their words leave no doubt, or one digit of several is off.
    """
    rules, slip = load_rules(CLAIMS_FILE)["verdict"], find_slip(asked.claim.value, asked.shown)
    if slip in ("digit", "swapped"):
        return False
    less, more = sorted((asked.claim.value, asked.shown))
    far = asked.retold and slip == "far"
    several = far and more >= int(rules["many_times"]) * less > 0
    if several and more >= int(rules["most_times"]) * less:
        return True
    if asked.borne_out and not several:
        return False
    least = "lone_far" if far else "lone_beside_none" if asked.beside_none else "lone"
    if far and not several and not asked.unknown:
        least = "lone_plain"
    return (asked.retold or asked.denied > 0) and probability < min(float(rules[least]), _evident_from(asked))


def _is_narrowed(asked: Asked) -> bool:
    """Whether an unknown word stands right before a term: it says which ones are counted (取水行政处罚决定46件).

    A number that is one slip away from that of all of them is theirs nevertheless.
    """
    return any(place.startswith("term") for place in asked.unknown) and find_kind(asked) in ("", "far")


def _narrowed_from(asked: Asked) -> float:
    """From which probability on a number of requests accuses although its words are narrowed; none that is far away or
    one of several. Decisions are often told of one field alone (对食品生产企业作出行政处罚5件), but in no list whose
    other numbers are those of the table (环境行政处罚46件、行政强制17件和行政许可892件).
    """
    whole = claim_fields(asked.claim)[0].startswith("requests.") or asked.borne_out >= _MANY
    may = whole and not find_kind(asked) and not asked.denied
    return float(load_rules(CLAIMS_FILE)["verdict"]["narrowed_from"]) if may else 2.0


def find_kind(asked: Asked) -> str:
    """`swapped` or `mistyped` where one slip of the hand makes the number of what its cells show, which others do not.

    `guessed`, or `guessed_digit` where both have one digit only, for those whose cells are but a guess; of the latter
    `guessed_digit_listed` those in a list of right ones, which may be parts. `far` for what more than one slip parts.
    Empty for all others: too small to tell, or beside others that differ, too.
    """
    if asked.guessed:
        if find_slip(asked.claim.value, asked.shown) != "single":
            return "guessed"
        return "guessed_digit_listed" if asked.borne_out >= _MANY else "guessed_digit"
    slip = find_slip(asked.claim.value, asked.shown)
    if slip == "far":
        return slip
    return "" if asked.told or asked.denied else _MISTYPED.get(slip, "")


def threshold_name(kind: str) -> str:
    """Where the model's entry says from which probability on a number of this kind is believed to be a slip."""
    return f"threshold_{kind}" if kind else "threshold"


def _evident_from(asked: Asked) -> float:
    """From which probability on one slip of the pen between numbers so long accuses: chance hardly makes one.

    A part of the whole is nowhere near as often one digit away from it, whatever words narrow it. Above 1 for others.
    """
    never = asked.told or asked.guessed
    return 2.0 if never else min(_evident_thresholds(asked.claim.value, asked.shown), default=2.0)


def is_evident_slip(said: Decimal, shown: Decimal) -> bool:
    """Whether one slip makes one number of the other, and both are long."""
    return bool(_evident_thresholds(said, shown))


def _evident_thresholds(said: Decimal, shown: Decimal) -> list[float]:
    steps = load_rules(CLAIMS_FILE)["verdict"]["evident"].get(find_slip(said, shown), ())
    digits = max(map(_count_digits, (said, shown)))
    return [least for needed, least in steps if digits >= needed]


def _count_digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def may_ask(claim: Claim) -> bool:
    """Whether the model knows claims like this one: plain numbers, no shares, no words for none."""
    return not claim.note and claim.qualifier is Qualifier.EXACT and not claim.share_of


def bind_guess(claim: Claim) -> Claim:
    """The claim with its guessed cells where it has no others."""
    if claim.field or claim.sum_of or not claim.guess:
        return claim
    return replace(claim, **to_cells(claim.guess))


def may_be_guess(claim: Claim, cells: Cells) -> bool:
    """Whether its cells are more than a guess, or it differs from what these show by a slip of the pen."""
    if not claim.guess:
        return True
    shown = sum((cells[name].value or Decimal(0) for name in claim.guess), Decimal(0))
    slips = load_rules(CLAIMS_FILE)["verdict"]["guessed_slips"]
    return find_slip(claim.value, shown) in slips or is_evident_slip(claim.value, shown)


def states_stock(claim: Claim, cells: Cells) -> bool:
    """Whether it was bound to one stock of requests, and another shows what it says.

    在这18件里, 对36件申请的处理结果: of what came in, or of what was dealt with; 新收 tells which.
    """
    stocks = {f"requests.{row}.total" for row in _STOCKS}
    own = {claim.field, *claim.sum_of} & stocks
    return bool(own) and not claim.anew and any(cells[name].value == claim.value for name in stocks & cells.keys())


def _probabilities(asked: Sequence[Asked]) -> list[float]:
    import numpy as np

    if not asked:
        return []
    rows = [find_marks(own) for own in asked]
    buckets = np.full((len(rows), max(map(len, rows))), BUCKETS, dtype=np.int64)
    for row, own in enumerate(rows):
        buckets[row, : len(own)] = own
    (probabilities,) = load_session(MODEL).run(None, {"buckets": buckets})  # (n_asked,)
    return [float(value) for value in probabilities]


def find_marks(asked: Asked) -> list[int]:
    """The buckets, each once: n-grams of the words before and behind the number, alone and with the kind of cells."""
    claim, sentence = asked.claim, asked.sentence
    before, behind = _plain(sentence.text[: claim.start]), _plain(sentence.text[claim.end :])
    pieces = _BREAK.split(before)
    first, several = (claim.field, "") if claim.field else (claim.sum_of[0], "+")
    group = ".".join((first or "").split(".")[:2])
    marks = {f"F{first}{several}", f"U{claim.unit}", f"S{sentence.section}", f"L{sentence.label}", *_evidence(asked)}
    before_own = pieces[-2] if len(pieces) > 1 else ""
    first_piece = pieces[0] if len(pieces) > 2 else ""
    places = (("o", pieces[-1]), ("p", before_own), ("f", first_piece), ("r", _BREAK.split(behind)[0]))
    for place, words in places:
        grams = _grams(f"^{words}$")
        marks.update([place + gram for gram in grams])
        marks.update([f"{place}{group}{gram}" for gram in grams if len(gram) > 1])
    marks.update([f"w{gram}" for gram in _grams(_plain(sentence.text))])
    return sorted({crc32(mark.encode()) % BUCKETS for mark in marks})


def _plain(text: str) -> str:
    return _NUMBERS.sub("#", "".join(text.split()))


def _grams(text: str) -> list[str]:
    return [text[start : start + size] for size in range(1, _LONGEST + 1) for start in range(len(text) - size + 1)]


def _evidence(asked: Asked) -> Iterator[str]:
    said, shown = asked.claim.value, asked.shown
    above = "" if said == shown else "above" if said > shown else "below"
    for copy in _COPIES:
        yield from (f"~{copy}{place}" for place in asked.unknown or ("",))
        yield f"={copy}{find_slip(said, shown)}{above}"
        yield f"?{copy}{said != shown and asked.told}{said != shown and asked.part}"
        yield f"0{copy}{not shown}"
        if asked.guessed:
            yield from (f"G{copy}", f"G{copy}{find_slip(said, shown)}")
        yield f"&{copy}{min(asked.borne_out, _MANY)}{min(asked.denied, _MANY)}"


def find_unknown(analysis: Analysis, claim: Claim) -> tuple[str, ...]:
    """Where the words stand that the grammar does not know, beside the number of the claim: place and length.

    取水 before a term (取水行政处罚决定46件) says which ones are counted; 台账显示 in a piece before says nothing.
    """
    spans = [(bound.number.start, bound.number.end) for bound in analysis.bounds]
    number = next((span for span in spans if analysis.plain.printed_span(*span)[0] == claim.start), None)
    if number is None:
        return ()
    words = read_words(analysis.plain.text, analysis.mentions, spans)
    own = next(span for span in split_pieces(words.text) if span[0] <= number[0] <= span[1])
    terms = {mention.start for mention in analysis.mentions}
    found = set()
    for match in _HAN.finditer(words.unknown):
        start, end = match.span()
        if start >= number[1]:
            place = "behind" if start < own[1] else "later"
        elif start < own[0]:
            place = "earlier"
        else:
            place = "term" if end in terms else "number" if end == number[0] else "inside"
        found.add(f"{place}{min(end - start, _LONG)}")
    return tuple(sorted(found))


def find_slip(said: Decimal, shown: Decimal) -> str:
    """How the two numbers differ: same, single (one digit each), tenfold, digit, swapped, added, lost, or far."""
    if said == shown:
        return "same"
    if max(said, shown) < _SINGLE:
        return "single"
    if said in (shown * 10, shown / 10):
        return "tenfold"
    one, other = f"{said.normalize():f}", f"{shown.normalize():f}"
    if len(one) == len(other):
        off = [place for place in range(len(one)) if one[place] != other[place]]
        if len(off) == 1:
            return "digit"
        crossed = len(off) == _CROSSED and one[off[0]] == other[off[1]] and one[off[1]] == other[off[0]]
        return "swapped" if crossed else "far"
    if len(one) == len(other) + 1 and _without_one(one, other):
        return "added"
    return "lost" if len(other) == len(one) + 1 and _without_one(other, one) else "far"


def _without_one(longer: str, shorter: str) -> bool:
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
