"""Sections 1, 5 and 6 and the preamble, worded from the phrase banks, with labels and claims."""

from __future__ import annotations

import random
from collections.abc import Sequence

from training.synthesis.draft import Draft, Paragraph, Prose
from training.synthesis.grammar import Voice, choose
from training.synthesis.overview import write_overview
from training.synthesis.phrasing import ORDINALS, Bank, load_bank, make_voice, say, say_labelled
from training.synthesis.targets import targets


def write_prose(draft: Draft) -> None:
    """Fills front, sections 1, 5 and 6 of the draft, and the findings that belong to wordings."""
    bank, voice = load_bank(draft.generator), make_voice(draft)
    draft.front = _write_front(bank, voice)
    draft.sections[1] = write_overview(bank, voice)
    draft.sections[5] = _write_problems(bank, voice)
    draft.sections[6] = _write_rest(bank, voice)


def _write_front(bank: Bank, voice: Voice) -> list[Paragraph]:
    rng, part = voice.rng, bank["front"]
    sentences = []
    if rng.random() < 0.85:
        sentences.append(say(1, "other", rng.choice(part["basis"]), voice))
    if rng.random() < 0.5:
        sentences.append(say(1, "other", rng.choice(part["parts"]), voice))
    if "D001" in voice.draft.plants or rng.random() < 0.6:
        sentences.append(_write_period(part["period"], voice))
    if "D002" in voice.draft.plants:
        wrong = rng.choice(bank["placeholder"]["sentences"])
        sentences.append(say(1, "other/statistic", wrong, voice))
        voice.draft.expect("D002", about="a placeholder is left")
        voice.draft.allow("T003", text=sentences[-1].text)
    elif rng.random() < 0.4:
        sentences.append(say(1, "other", rng.choice(part["contact"]), voice))
    first, *others = sentences or [say(1, "other", part["basis"][0], voice)]
    return _into_paragraphs(rng, [first, *rng.sample(others, len(others))])


def _write_period(templates: Sequence[str], voice: Voice) -> Prose:
    draft, words = voice.draft, dict(voice.words)
    year = draft.year
    if "D001" in draft.plants:
        year = draft.year - 1
        draft.expect("D001", about="the reporting period is of another year than the title")
        words |= {"from": f"{year}年1月1日", "to": f"{year}年12月31日"}
    draft.metadata |= {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
    return say(1, "other", voice.rng.choice(templates), Voice(draft, words))


def _into_paragraphs(rng: random.Random, sentences: Sequence[Prose]) -> list[Paragraph]:
    """Consecutive sentences, now one paragraph, now several."""
    found: list[list[Prose]] = []
    for sentence in sentences:
        if found and rng.random() < 0.7:
            found[-1].append(sentence)
        else:
            found.append([sentence])
    return [Paragraph(tuple(group)) for group in found]


# ---------------------------------------------------------------- sections 5 and 6


def _write_problems(bank: Bank, voice: Voice) -> list[Paragraph]:
    draft, rng = voice.draft, voice.rng
    problems = _write_items(bank["problems"], "problem", voice)
    plans = _write_items(bank["plans"], "measure", voice)
    if "S006" in draft.plants:
        draft.expect("S006", about="section 5 states no problem or no improvement")
        return plans if rng.random() < 0.5 else problems
    if rng.random() < 0.5:
        first, second = (rng.choice(bank["heads"][name]) for name in ("problems", "plans"))
        problems.insert(0, Paragraph(heading=f"（一）{first}"))
        plans.insert(0, Paragraph(heading=f"（二）{second}"))
    elif rng.random() < 0.06:
        return plans + problems
    return problems + plans


def _write_items(part: Bank, label: str, voice: Voice) -> list[Paragraph]:
    rng = voice.rng
    items = [choose(rng, item) for item in rng.sample(part["items"], rng.randint(2, min(4, len(part["items"]))))]
    mode = rng.choice(("one sentence", "sentences", "lines", "heads"))
    lead = choose(rng, rng.choice(part["lead"]))
    if mode == "one sentence":
        text = lead + "；".join(f"{ORDINALS[place]}是{item}" for place, item in enumerate(items)) + "。"
        return [Paragraph((say(5, label, text, voice),))]
    if mode == "lines":
        mark = rng.choice(("1.", "1、", "（1）", "(1)", "一、", "- 一、", "1．"))
        lines = [
            Paragraph(
                (say(5, label, f"{mark.replace('1', str(place)).replace('一', ORDINALS[place - 1])}{item}。", voice),)
            )
            for place, item in enumerate(items, 1)
        ]
        return [Paragraph((say(5, "other", lead, voice),)), *lines]
    if mode == "heads" and "heads" in part:
        return [Paragraph((say(5, "other", lead, voice),)), Paragraph(_with_heads(part["heads"], items, label, voice))]
    first = say(5, label, f"{lead}一是{items[0]}。", voice)
    rest = [say(5, label, f"{ORDINALS[place]}是{item}。", voice) for place, item in enumerate(items[1:], 1)]
    return [Paragraph((first, *rest))]


def _with_heads(heads: Sequence[str], items: list[str], label: str, voice: Voice) -> tuple[Prose, ...]:
    """一是加强领导。 stands as a sentence of its own before each item."""
    sentences: list[Prose] = []
    for place, (head, item) in enumerate(zip(voice.rng.sample(list(heads), len(heads)), items, strict=False)):
        sentences.append(say(5, label, f"{ORDINALS[place]}是{head}。", voice))
        sentences.append(say(5, label, f"{item}。", voice))
    return tuple(sentences)


def _write_rest(bank: Bank, voice: Voice) -> list[Paragraph]:
    draft, rng, part = voice.draft, voice.rng, bank["six"]
    sentences = [say(6, "statistic/other", rng.choice(part["fee"] * 4 + part["paid"]), voice)]
    if "T002" in draft.plants and "received" in voice.told:
        voice.wrong_number = True
        wrong = say(6, "statistic", rng.choice(part["again"]), voice)
        sentences.insert(0, wrong)
        draft.expect("T002", targets()["received"], text=wrong.text)
    elif "received" in voice.told and rng.random() < 0.15:
        sentences.insert(0, say(6, "statistic", rng.choice(part["again"]), voice))
    if rng.random() < 0.5:
        sentences.append(say_labelled(6, rng.choice(part["extra"]), voice))
    return _into_paragraphs(rng, sentences)
