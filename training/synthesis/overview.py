"""Section 1: topics with their measures and counts, and what happened to the requests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from training.synthesis.draft import Draft, Paragraph, Prose
from training.synthesis.grammar import Voice, can_tell, holds, named_targets
from training.synthesis.phrasing import ORDINALS, Bank, say, say_labelled
from training.synthesis.targets import targets

_TOPICS = ("publish", "requests", "manage", "platform", "supervise")
_TRUE_WORDING = 0.35  # share of documents that say 均已办结 and the like, truly


def write_overview(bank: Bank, voice: Voice) -> list[Paragraph]:
    """The paragraphs of section 1."""
    rng = voice.rng
    paragraphs = [Paragraph((say(1, "other/measure", rng.choice(bank["front"]["guidance"]), voice),))]
    mode = rng.choice(("heads", "heads", "run-in", "ordinals", "plain"))
    voice.draft.restarts = voice.draft.level == "torn" and rng.random() < 0.3
    mode = "restarts" if voice.draft.restarts else mode
    for place, topic in enumerate(_TOPICS):
        maker: Callable[[Bank, Voice], list[Prose]] = _write_requests if topic == "requests" else _topic_writer(topic)
        sentences = maker(bank, voice)
        paragraphs += _set_topic(rng.choice(bank["heads"][topic]), place, sentences, mode)
    return paragraphs


def _set_topic(head: str, place: int, sentences: list[Prose], mode: str) -> list[Paragraph]:
    if mode == "heads":
        return [Paragraph(heading=f"（{ORDINALS[place]}）{head}"), Paragraph(tuple(sentences))]
    if mode == "restarts":
        return [Paragraph(heading=f"{ORDINALS[place + 1]}、{head}"), Paragraph(tuple(sentences))]
    if mode == "run-in":
        run_in = Prose(1, "other", f"（{ORDINALS[place]}）{head}。")
        return [Paragraph((run_in, *sentences))]
    if mode == "ordinals":
        return [Paragraph((Prose(1, "other", f"{ORDINALS[place]}、{head}。"), *sentences))]
    return [Paragraph(tuple(sentences))]


def _topic_writer(topic: str) -> Callable[[Bank, Voice], list[Prose]]:
    def write(bank: Bank, voice: Voice) -> list[Prose]:
        rng, part = voice.rng, bank[topic]
        measures = rng.sample(part["measure"], rng.randint(1, min(3, len(part["measure"]))))
        counts = rng.sample(part["statistic"], rng.randint(0, min(2, len(part["statistic"]))))
        sentences = [say(1, "measure", text, voice) for text in measures]
        sentences += [say(1, "statistic", text, voice) for text in counts]
        if topic == "publish":
            sentences += _pick(bank["requests"]["disclosure"], rng.randint(0, 2), voice)
        if topic == "manage" and "T003" in voice.draft.plants:
            sentences.append(say(1, "statistic", rng.choice(bank["missing"]["sentences"]), voice))
            voice.draft.expect("T003", text=sentences[-1].text)
            voice.draft.allow("D002", text=sentences[-1].text)
        rng.shuffle(sentences)
        return sentences

    return write


def _pick(entries: Sequence[Sequence[str]], count: int, voice: Voice) -> list[Prose]:
    """Up to count statements that are true, each target told at most once."""
    found: list[Prose] = []
    for condition, text in voice.rng.sample(list(entries), len(entries)):
        fits = holds(voice.draft, condition) and can_tell(voice.draft, text) and not _repeats(text, voice)
        if len(found) < count and fits:
            found.append(say(1, "statistic", text, voice))
    return found


def _repeats(template: str, voice: Voice) -> bool:
    return bool(set(named_targets(template)) & set(voice.told))


def _write_requests(bank: Bank, voice: Voice) -> list[Prose]:
    rng, part, plants = voice.rng, bank["requests"], voice.draft.plants
    sentences = [say_labelled(1, rng.choice(part["general"])[1], voice)] if rng.random() < 0.5 else []
    voice.wrong_number = "T001" in plants
    sentences += _pick(part["statement"], 1, voice)
    plain, shares = _split_shares(part["outcome"])
    voice.wrong_share = "T004" in plants
    sentences += _pick(shares, 1 if voice.wrong_share else rng.randint(0, 1), voice)
    voice.wrong_share = False
    sentences += _pick(plain, rng.randint(0, 1), voice)
    sentences += _pick(part["challenge"], rng.randint(0, 2), voice)
    voice.wrong_number = False
    if "T005" in plants:
        sentences += _write_wrong_wording(bank["wording"]["entries"], voice)
    elif rng.random() < _TRUE_WORDING:
        entries = [(condition, text) for condition, text, _ in bank["wording"]["entries"]]
        sentences += _pick(entries, 1, voice)
    return sentences or [say_labelled(1, part["general"][0][1], voice)]


def _split_shares(entries: Sequence[Sequence[str]]) -> tuple[list[Sequence[str]], list[Sequence[str]]]:
    shares = [entry for entry in entries if "{p:" in entry[1]]
    return [entry for entry in entries if "{p:" not in entry[1]], shares


def _write_wrong_wording(entries: Sequence[Sequence[str]], voice: Voice) -> list[Prose]:
    """One wording such as 均已办结 that the table contradicts, where one can be found."""
    draft = voice.draft
    for condition, text, names in voice.rng.sample(list(entries), len(entries)):
        told = [field for name in names.split(",") for field in targets()[name]]
        certain = draft.number(told) is not None
        if certain and not holds(draft, condition) and _is_contradicted(draft, names.split(",")):
            sentence = say(1, "statistic", text, voice)
            if not sentence.statements:  # a claim of none is judged with all claims
                draft.expect("T005", told, text=sentence.text)
            for code in ("T001", "T002"):
                draft.allow(code, text=sentence.text)
            return [sentence]
    return []


def _is_contradicted(draft: Draft, names: list[str]) -> bool:
    """The thing spoken of exists at all: 均获维持 of no case at all is odd, not false."""
    first = draft.number(targets()[names[0]])
    last = draft.number(targets()[names[-1]])
    if names[0] == "carried_out":
        return bool(first and draft.number(targets()["received"]))
    return bool(last and (len(names) == 1 or last != 0))
