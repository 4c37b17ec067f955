"""What is wrong with the labelled corpus, and which sentences stand in it twice: `python -m training.corpus_check`."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.forms import load_form
from extract.records import Label, Qualifier, Verdict

DEFAULT_CORPUS = Path("corpus")
SENTENCES, REPORTS, CLAIMS = "sentences", "reports", "claims"
"""The folders of passages: sentences of all kinds; the prose of whole reports; what numbers speak of."""
PASSAGES = (SENTENCES, CLAIMS, REPORTS)
NEAR = 0.8  # normalised similarity above which two masked sentences count as one
SHORTEST = 8  # masked sentences below this length are set phrases (特此报告); only equal ones count as near
CODES = ("T001", "T002", "T003", "T004", "T005")
SECTIONS = (1, 5, 6)

_NUMBERS = re.compile(
    r"[0-9０-９〇零一二三四五六七八九十百千万亿两][0-9０-９〇零一二三四五六七八九十百千万亿两.,，%％]*"
)
_PLACE = re.compile(r"[一-鿿]{2,4}?(?:省|自治区|自治州|州|盟|市|县|区|旗|镇|乡|街道)")
_MARKS = re.compile(r"[\s\W_]+")
_BODIES = ("人民政府", "办公室", "委员会", "管委会", "办事处", "厅", "局")

Passage = dict[str, Any]
"""One line of a batch file: id, batch, agency, kind, year, fields, sentences, findings; and its place."""

_KEYS = ("id", "batch", "agency", "year", "fields", "sentences", "findings")
_SENTENCE_KEYS = ("id", "section", "text", "label", "claims")
_CLAIM_KEYS = ("text", "value", "unit", "qualifier", "field", "sum_of")


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence of the corpus, with its text once numbers and names are masked."""

    id: str
    batch: str
    text: str
    masked: str


@dataclass(frozen=True, slots=True)
class NearPair:
    """Two sentences of different batches that say the same thing; `similarity` in 0..1."""

    first: Written
    second: Written
    similarity: float


def read_passages(corpus: Path, folder: str = SENTENCES) -> list[Passage]:
    """The passages of all batches of a folder, in order of file and line.

    Each knows its `place`, file and line.

    Raises: FileNotFoundError where the corpus has no batch; ValueError where a line is no JSON object.
    """
    paths = sorted((corpus / folder).glob("*.jsonl"))
    if not paths:
        raise FileNotFoundError(f"{corpus / folder}: no *.jsonl; name the folder that holds {folder}/")
    return [
        _read_passage(line, f"{path.name}:{number}")
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if line.strip()
    ]


def read_labelled(corpus: Path) -> list[Passage]:
    """The passages whose sentences teach what a sentence is.

    Raises: FileNotFoundError where the corpus has no batch of sentences; ValueError where a line is no JSON object.
    """
    return read_passages(corpus) + (read_passages(corpus, REPORTS) if (corpus / REPORTS).is_dir() else [])


def _read_passage(line: str, place: str) -> Passage:
    """Raises: ValueError."""
    try:
        passage = json.loads(line)
    except ValueError as error:
        raise ValueError(f"{place}: no JSON ({error}); mend the line, or take it out") from error
    if not isinstance(passage, dict):
        raise ValueError(f"{place}: no JSON object; a line is one passage, as corpus/README.md says")
    return passage | {"place": place}


def mask_sentence(text: str, agency: str) -> str:
    """The text without digits, Chinese numerals, punctuation, and names of agencies and places."""
    for name in agency_names(agency):
        text = text.replace(name, "地")
    return _MARKS.sub("", _NUMBERS.sub("数", text))


def agency_names(agency: str) -> list[str]:
    """The agency and the parts of its name that stand for it or for its place, longest first."""
    places = _PLACE.findall(agency)
    names = {agency, *places, "".join(places)}
    names |= {agency.removeprefix("".join(places[:count])) for count in range(1, len(places) + 1)}
    return sorted(
        (name for name in names if len(name) >= 3 and name not in _BODIES), key=lambda name: (-len(name), name)
    )


def written_sentences(passages: Iterable[Passage]) -> list[Written]:
    """Every sentence of the passages, masked."""
    return [
        Written(entry["id"], passage["batch"], entry["text"], mask_sentence(entry["text"], passage["agency"]))
        for passage in passages
        for entry in passage["sentences"]
    ]


def near_duplicates(sentences: Iterable[Written], *, above: float = NEAR) -> list[NearPair]:
    """Pairs from different batches whose masked texts are more alike than `above` (normalised indel similarity).

    Of the sentences of a batch that are equal once masked, the first speaks for all.
    """
    groups = _by_batch(sentences)
    batches = sorted(groups)
    return [
        pair
        for place, batch in enumerate(batches)
        for other in batches[place + 1 :]
        for pair in _near_pairs(groups[batch], groups[other], above)
    ]


def _by_batch(sentences: Iterable[Written]) -> dict[str, list[Written]]:
    groups: dict[str, dict[str, Written]] = defaultdict(dict)
    for sentence in sentences:
        groups[sentence.batch].setdefault(sentence.masked, sentence)
    return {batch: list(own.values()) for batch, own in groups.items()}


def _near_pairs(first: list[Written], second: list[Written], above: float) -> Iterator[NearPair]:
    import numpy as np
    from rapidfuzz import fuzz, process

    texts, others = [item.masked for item in first], [item.masked for item in second]
    scores = process.cdist(
        texts, others, scorer=fuzz.ratio, score_cutoff=100 * above, dtype=np.float32, workers=-1
    )  # (n, m)
    for row, column in np.argwhere(scores > 100 * above):
        pair = NearPair(first[row], second[column], float(scores[row, column]) / 100)
        if min(len(pair.first.masked), len(pair.second.masked)) >= SHORTEST or pair.first.masked == pair.second.masked:
            yield pair


def corpus_counts(passages: Iterable[Passage]) -> dict[str, Counter[str]]:
    """Batch → number of passages, agencies, sentences (per label), claims, and claims that speak of a cell."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for passage in passages:
        count = counts[passage["batch"]]
        count["passages"] += 1
        count["findings"] += len(passage["findings"])
        for entry in passage["sentences"]:
            count["sentences"] += 1
            count[entry["label"]] += 1
            count["claims"] += len(entry["claims"])
            count["bound"] += sum(bool(claim["field"] or claim["sum_of"]) for claim in entry["claims"])
            count["contradicted"] += sum(claim.get("verdict") == Verdict.CONTRADICTED for claim in entry["claims"])
    return dict(counts)


def faults(passages: Iterable[Passage]) -> list[str]:
    """Each fault of form in one line, with its remedy: keys, ids, labels, fields, claims, findings, and agencies that
    two batches share. A passage that knows its place is named with file and line."""
    found: list[str] = []
    seen: set[str] = set()
    homes: dict[str, set[str]] = defaultdict(set)
    for passage in passages:
        place = f"{passage['place']}: " if "place" in passage else ""
        own = list(_lacking(passage)) or list(_passage_faults(passage))
        found += [place + fault for fault in own]
        homes[str(passage.get("agency"))].add(str(passage.get("batch")))
        for entry in (passage, *_objects(passage.get("sentences"))):
            if entry.get("id") in seen:
                found.append(f"{place}{entry['id']}: the id stands twice; give each its own")
            seen.add(entry.get("id", ""))
    found += [
        f"{name}: stands in {', '.join(sorted(b))}; an agency belongs to one batch"
        for name, b in homes.items()
        if len(b) > 1
    ]
    return found


def _objects(entries: object) -> list[dict[str, Any]]:
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _lacking(passage: Passage) -> Iterator[str]:
    """The keys that the passage, its sentences and claims lack: nothing else can be said of it."""
    name = str(passage.get("id", "a passage"))
    sentences = _objects(passage.get("sentences"))
    entries: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [(name, passage, _KEYS)]
    entries += [(f"{entry.get('id', name)}", entry, _SENTENCE_KEYS) for entry in sentences]
    entries += [
        (f"{entry.get('id', name)}, a claim", claim, _CLAIM_KEYS)
        for entry in sentences
        for claim in _objects(entry.get("claims"))
    ]
    for own, entry, keys in entries:
        if lacking := [key for key in keys if key not in entry]:
            yield f"{own}: lacks {', '.join(lacking)}; corpus/README.md says what to write there"


def _passage_faults(passage: Passage) -> Iterator[str]:
    known = set(load_form("2021").field_ids)
    own = {entry["id"] for entry in passage["sentences"]}
    if unknown := set(passage["fields"]) - known:
        yield f"{passage['id']}: unknown field {sorted(unknown)}; GLOSSARY.md has the ids"
    for entry in passage["sentences"]:
        if not entry["id"].startswith(passage["id"]):
            yield f"{entry['id']}: is not an id of {passage['id']}; begin it so"
        if entry["label"] not in list(Label) or entry["section"] not in SECTIONS:
            yield (
                f"{entry['id']}: label {entry['label']!r}, section {entry['section']!r}; "
                f"write one of {', '.join(Label)}, and 1, 5 or 6"
            )
        for claim in entry["claims"]:
            yield from (f"{entry['id']}: {fault}" for fault in _claim_faults(claim, entry["text"], known))
    for finding in passage["findings"]:
        if finding["code"] not in CODES or set(finding["sentences"]) - own or set(finding["fields"]) - known:
            yield f"{passage['id']}: finding {finding}"


def _claim_faults(claim: dict[str, Any], text: str, known: set[str]) -> Iterator[str]:
    cells = {*claim["sum_of"], *([claim["field"]] if claim["field"] else [])}
    if not claim["text"] or claim["text"] not in text:
        yield f"the claim's text {claim['text']!r} is not in the sentence; copy it from there"
    if cells - known:
        yield f"unknown field {sorted(cells - known)}; GLOSSARY.md has the ids"
    if claim["qualifier"] not in list(Qualifier):
        yield f"qualifier {claim['qualifier']!r}; write one of {', '.join(Qualifier)}"
    if claim.get("verdict", Verdict.SUPPORTED) not in list(Verdict):
        yield f"verdict {claim['verdict']!r}; write one of {', '.join(Verdict)}, or leave it out"
    if claim.get("optional", True) is not True or (claim.get("optional") and cells):
        yield f"optional {claim['optional']!r} beside {sorted(cells)}; what speaks of a cell is not optional"
    if isinstance(claim["value"], bool) or not isinstance(claim["value"], int | float) or claim["value"] < 0:
        yield f"value {claim['value']!r}; write a number that is not negative"


def describe_corpus(corpus: Path) -> tuple[str, bool]:
    """The counts, faults and near-duplicates of the corpus as text, and whether it is sound."""
    passages = read_labelled(corpus) + (read_passages(corpus, CLAIMS) if (corpus / CLAIMS).is_dir() else [])
    sentences, counts = written_sentences(passages), corpus_counts(passages)
    wrong, pairs = faults(passages), near_duplicates(sentences)
    total: Counter[str] = sum(counts.values(), Counter())
    lines = [_count_line(name, count) for name, count in sorted(counts.items())] + [_count_line("all", total)]
    lines.append(f"distinct once numbers and names are masked: {len({item.masked for item in sentences})}")
    lines += [f"fault: {fault}" for fault in wrong]
    lines += [
        f"{pair.similarity:.2f} {pair.first.id} {pair.first.text}\n     {pair.second.id} {pair.second.text}"
        for pair in pairs
    ]
    lines.append(f"{len(wrong)} faults, {len(pairs)} near-duplicates across batches")
    return "\n".join(lines), not wrong and not pairs


def _count_line(name: str, count: Counter[str]) -> str:
    keys = ("passages", "sentences", *Label, "claims", "bound", "contradicted", "findings")
    return f"{name:24}" + "  ".join(f"{key} {count[key]}" for key in keys)


def main() -> int:
    """Prints what describe_corpus says; 1 where the corpus is not sound."""
    parser = argparse.ArgumentParser(prog="training.corpus_check", description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=DEFAULT_CORPUS)
    text, sound = describe_corpus(parser.parse_args().corpus)
    print(text)
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
