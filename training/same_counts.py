"""Trains the model that says whether two counts are of one thing: `python -m training.same_counts corpus models`.

It learns from `corpus/counts` (texts, some of them beside the same text with one slip of the pen) and from the passages
of `corpus/sentences`, `corpus/claims` and `corpus/reports`. Two statements of one number are of one thing, and so are
the two of which one was mistyped; two that differ in a right text are not. Some batches are held out in turn; the
held-out figures are printed, and the model is promoted only where it is no worse than the current one.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import typer

from extract.narrative.analysis import analyse_sentences
from extract.narrative.described_counts import FEATURES, describe_pair
from extract.narrative.making import make_claims
from extract.narrative.same_counts import MODEL, least_odds, liken, name_slip
from extract.narrative.sentences import cut_sentences
from extract.narrative.told_counts import Beside, Count, learn_telling, look_around, pair_counts, read_counts
from extract.records import Label, Sentence
from training.claims_evaluation import load_passages, passage_sentences
from training.corpus_check import PASSAGES
from training.held_out import deal_batches
from training.promotion import graph_to_bytes, may_promote, write_model
from training.trees import TREES, fit_trees, tell_odds, trees_to_graph

WEIGHTS = {"slip": 3.0, "repeated": 0.7, "apart": 1.0}
"""A slip is what is looked for, and there are few; a number that stands twice may do so by chance."""
BY_CHANCE = 10
"""Smaller numbers stand twice in a text by chance."""
TOLERANCE = 0.02
FOLDER = "counts"
SECTIONS = {"1", "5", "6"}
VERSION = 2


@dataclass(frozen=True, slots=True)
class Text:
    """The counts of a text, and, where a copy has a slip, the counts of the copy; `contradicted` holds the sentences
    of each two counts that contradict each other."""

    batch: str
    counts: tuple[Count, ...]
    slipped: tuple[Count, ...] = ()
    contradicted: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two counts of a text. `kind`: `slip` (of one thing, the one mistyped), `repeated` (of one number), or `apart`.

    `needed`: the log-odds from which on they are told.
    """

    batch: str
    kind: str
    slip: str
    features: tuple[float, ...]
    text: str
    needed: float


def read_texts(corpus: Path) -> list[Text]:
    """The texts of the corpus that hold counts of no cell."""
    texts = [_read_entry(batch, entry) for batch, entry in read_entries(corpus / FOLDER)]
    for folder in PASSAGES:
        for passage in load_passages(corpus / folder):
            sentences = passage_sentences(passage)
            told = [frozenset(own["sentences"]) for own in passage["findings"] if own["code"] == "T002"]
            counts = _read(sentences, passage["agency"], passage["year"])
            texts.append(Text(passage["batch"], counts, contradicted=tuple(told)))
    return [text for text in texts if text.counts]


def read_entries(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(batch, entry) of each line of the folder."""
    for path, _, line in _lines(folder):
        yield path.stem, json.loads(line)


def _lines(folder: Path) -> Iterator[tuple[Path, int, str]]:
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield path, number, line


def count_faults(folder: Path) -> list[str]:
    """What is wrong with the texts of `corpus/counts`, each with its file and line."""
    return [
        f"{path.name}:{number}: {fault}; an entry is as corpus/README.md says"
        for path, number, line in _lines(folder)
        if (fault := _find_fault(line))
    ]


def _find_fault(line: str) -> str:
    try:
        entry = json.loads(line)
    except ValueError as error:
        return f"no JSON ({error})"
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or not isinstance(entry.get("year"), int):
        return "it needs an id and a year"
    right, wrong = entry.get("right"), entry.get("wrong")
    if not isinstance(right, dict) or not _is_sections(right) or not (wrong is None or _is_sections(wrong)):
        return "right and wrong hold the texts of sections 1, 5 and 6"
    if wrong is not None and (wrong.keys() != right.keys() or wrong == right):
        return "wrong is the right text with one number mistyped"
    return ""


def _is_sections(texts: object) -> bool:
    return isinstance(texts, dict) and bool(texts) and texts.keys() <= SECTIONS and all(map(str.strip, texts.values()))


def _read_entry(batch: str, entry: Mapping[str, Any]) -> Text:
    right, slipped = (_read(to_sentences(entry.get(name, {})), "", entry["year"]) for name in ("right", "wrong"))
    return Text(batch, right, slipped=slipped)


def to_sentences(sections: Mapping[str, str]) -> tuple[Sentence, ...]:
    """The sentences of the texts of sections."""
    return tuple(
        Sentence(f"{section}-{place}", int(section), text, Label.STATISTIC, 1.0, 1)
        for section, words in sections.items()
        for place, text in enumerate(cut_sentences(words))
    )


def _read(sentences: tuple[Sentence, ...], agency: str, year: int) -> tuple[Count, ...]:
    claims = make_claims(sentences, agency, year)
    by_sentence = [tuple(claim for claim in claims if claim.sentence == sentence.id) for sentence in sentences]
    sections = [sentence.section for sentence in sentences]
    return tuple(read_counts(analyse_sentences(sentences, year), by_sentence, sections, year))


def read_common(texts: Sequence[Text]) -> dict[str, float]:
    """How much two characters tell, by the words around the counts of all texts."""
    return learn_telling(sorted({count.lead + count.before + count.rest for text in texts for count in text.counts}))


def read_pairs(texts: Sequence[Text], common: Mapping[str, float]) -> list[Pair]:
    """Every pair of counts of one unit in a right text, and each mistyped count with its fellow."""
    return [
        pair
        for text in texts
        for pair in (*_right_pairs(text, common), *_slips(text, common), *_told_slips(text, common))
    ]


def _right_pairs(text: Text, common: Mapping[str, float]) -> Iterator[Pair]:
    beside = look_around(text.counts)
    if not text.contradicted:
        for one, other in pair_counts(text.counts):
            yield _to_pair(text.batch, "apart", one, other, beside, common)
    for one, other in combinations(text.counts, 2):
        if one.unit == other.unit and one.claim.value == other.claim.value >= BY_CHANCE:
            yield _to_pair(text.batch, "repeated", one, other, beside, common)


def _slips(text: Text, common: Mapping[str, float]) -> Iterator[Pair]:
    """The mistyped count of the text with each one that gives its right number; none where nothing repeats it."""
    if len(text.counts) != len(text.slipped):
        return
    beside = look_around(text.slipped)
    for place, (right, wrong) in enumerate(zip(text.counts, text.slipped, strict=True)):
        if right.claim.value == wrong.claim.value:
            continue
        for fellow, count in enumerate(text.counts):
            if fellow != place and count.unit == right.unit and count.claim.value == right.claim.value:
                first, last = sorted((place, fellow))
                yield _to_pair(text.batch, "slip", text.slipped[first], text.slipped[last], beside, common)


def _told_slips(text: Text, common: Mapping[str, float]) -> Iterator[Pair]:
    """The two counts of each contradiction of a text, where only two of its sentences are a slip of the pen apart."""
    beside = look_around(text.counts) if text.contradicted else None
    for sentences in text.contradicted:
        apart = [
            (one, other)
            for one, other in pair_counts(text.counts)
            if {one.claim.sentence, other.claim.sentence} == sentences and name_slip(one, other) in least_odds()
        ]
        if beside and len(apart) == 1:
            yield _to_pair(text.batch, "slip", *apart[0], beside, common)


def _to_pair(batch: str, kind: str, one: Count, other: Count, beside: Beside, common: Mapping[str, float]) -> Pair:
    told = " | ".join(f"{count.before}{count.claim.text}{count.behind}" for count in (one, other))
    pair = liken(one, other, beside)
    return Pair(batch, kind, name_slip(one, other), describe_pair(pair, beside, common), told, pair.needed)


def fit(pairs: Sequence[Pair], seed: int) -> Any:
    """The trees; two that their words tell apart for sure teach them nothing."""
    pairs = [pair for pair in pairs if pair.slip not in least_odds() or pair.needed < math.inf]
    labels = [pair.kind != "apart" for pair in pairs]
    return fit_trees([pair.features for pair in pairs], labels, [WEIGHTS[pair.kind] for pair in pairs], seed)


def read_held_out(pairs: Sequence[Pair], seed: int) -> list[tuple[Pair, float]]:
    """Slips, and right pairs that differ, each with its log-odds by a model that saw nothing of its batch."""
    found: list[tuple[Pair, float]] = []
    for batches in deal_batches([pair.batch for pair in pairs]):
        held = [pair for pair in pairs if pair.batch in batches and pair.kind != "repeated"]
        rest = [pair for pair in pairs if pair.batch not in batches]
        if held and len({pair.kind != "apart" for pair in rest}) > 1:
            found += zip(held, tell_odds(fit(rest, seed), [pair.features for pair in held]), strict=True)
    return found


def train_same_counts(corpus: Path, out_dir: Path, seed: int = 0, *, failures: bool = False) -> bool:
    """True where the new model was promoted to `out_dir`; prints the held-out figures either way."""
    from sklearn.metrics import average_precision_score

    texts = read_texts(corpus)
    common = read_common(texts)
    pairs = read_pairs(texts, common)
    held = [own for own in read_held_out(pairs, seed) if own[0].slip in least_odds()]
    if not any(pair.kind == "slip" for pair, _ in held):
        print(f"{MODEL}: the corpus has no slips in {FOLDER}: the current model stays")
        return True
    told = Counter((pair.kind, value >= pair.needed) for pair, value in held)
    may_be = [(pair.kind == "slip", value) for pair, value in held if pair.needed < math.inf]
    mean = float(average_precision_score(*zip(*may_be, strict=True)))
    figures = {
        "slips": told["slip", True] + told["slip", False], "slips_told": told["slip", True],
        "right_pairs": told["apart", True] + told["apart", False], "right_pairs_told": told["apart", True],
        "average_precision": round(mean, 4),
    }  # fmt: skip
    print(f"{MODEL}: held out, some batches in turn: {json.dumps(figures)}")
    if failures:
        for pair, value in sorted(held, key=lambda own: -own[1]):
            if (pair.kind == "slip") != (value >= pair.needed):
                print(f"{value:.1f} {pair.slip} {'LOST' if pair.kind == 'slip' else 'WRONG'} {pair.batch} {pair.text}")
    if not may_promote(out_dir, MODEL, mean, TOLERANCE, "batches"):
        return False
    content = graph_to_bytes(
        trees_to_graph(fit(pairs, seed), MODEL, "pairs"), {"telling": json.dumps(common, ensure_ascii=False)}
    )
    write_model(out_dir, MODEL, content, {"version": VERSION, "pairs": len(pairs), **figures}, _card(figures, pairs))
    return True


def _card(figures: Mapping[str, float], pairs: Sequence[Pair]) -> str:
    kinds = Counter(pair.kind for pair in pairs)
    return "\n".join(
        [
            "# Same counts",
            "",
            "Says whether two counts of the prose that no cell shows are of one thing, so that one of them is wrong "
            "where their numbers are a slip of the pen apart (T002).",
            "",
            f"- **Model**: {len(FEATURES)} features of what the words of both share and of how the later one speaks; "
            f"{TREES} boosted trees; ONNX. Of the numbers it sees what adds up, and whether they are the largest of "
            "their unit.",
            f"- **Trained on**: {kinds['slip']} slips, {kinds['repeated']} pairs of one number and {kinds['apart']} "
            f"pairs that differ in right texts, of `corpus/counts`, `corpus/sentences`, `corpus/claims` and "
            "`corpus/reports`.",
            f"- **Held out**, some batches in turn: {figures['slips_told']} of {figures['slips']} slips told, and "
            f"{figures['right_pairs_told']} of {figures['right_pairs']} pairs that differ by as little for a good "
            f"reason; average precision {figures['average_precision']:.3f}.",
            "- **Not for**: numbers that differ by more than a slip, shares, amounts, numbers with 余 or 约.",
            "",
            "Rebuilt by `gouji train`, which refuses a model that is worse on held-out batches.",
            "",
        ]
    )


if __name__ == "__main__":
    typer.run(train_same_counts)
