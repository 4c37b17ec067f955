from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.corpus_check import (
    CLAIMS,
    REPORTS,
    Passage,
    Written,
    corpus_counts,
    faults,
    mask_sentence,
    near_duplicates,
    read_passages,
    written_sentences,
)

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    return read_passages(CORPUS)


@pytest.fixture(scope="module")
def reports() -> list[Passage]:
    return read_passages(CORPUS, REPORTS)


@pytest.fixture(scope="module")
def claims() -> list[Passage]:
    return read_passages(CORPUS, CLAIMS)


@pytest.fixture(scope="module")
def sentences(passages: list[Passage]) -> list[Written]:
    return written_sentences(passages)


def passage(agency: str = "苇塘县水利局", batch: str = "one", **sentence: object) -> Passage:
    entry = {"id": f"{batch}-001-01", "section": 1, "text": "全年发布信息58条。", "label": "statistic", "claims": []}
    head = {"id": f"{batch}-001", "batch": batch, "agency": agency, "kind": "bureau", "year": 2023}
    return head | {"fields": {}, "sentences": [entry | sentence], "findings": []}


def claim(**changes: object) -> dict[str, object]:
    entry = {"text": "58条", "value": 58, "unit": "条", "qualifier": "exact", "field": None, "sum_of": []}
    return entry | changes


def write(text: str, batch: str, agency: str = "苇塘县水利局") -> Written:
    return Written(f"{batch}-1", batch, text, mask_sentence(text, agency))


# ---------------------------------------------------------------- the corpus as it stands


def test_the_corpus_has_4000_sentences_and_1200_claims(passages):
    counts = corpus_counts(passages).values()
    assert sum(count["sentences"] for count in counts) >= 4_000
    assert sum(count["claims"] for count in counts) >= 1_200


def test_3000_sentences_differ_once_numbers_and_names_are_masked(sentences):
    assert len({sentence.masked for sentence in sentences}) >= 3_000


def test_there_are_nine_batches_and_each_knows_every_label(passages):
    counts = corpus_counts(passages)
    assert sorted(counts) == [
        "bureaus",
        "governments",
        "mottoes",
        "offices",
        "provinces",
        "regions",
        "services",
        "townships",
        "traps",
    ]
    for count in counts.values():
        assert min(count[label] for label in ("problem", "measure", "statistic", "other")) >= 25


def test_every_claim_bound_to_a_table_has_contradictions_beside_it(passages):
    counts = corpus_counts(passages).values()
    assert sum(count["bound"] for count in counts) >= 1_200
    assert sum(count["contradicted"] for count in counts) >= 100


def test_every_batch_of_claims_holds_numbers_of_other_business_and_errors_beside_those_of_cells(claims):
    for batch, count in corpus_counts(claims).items():
        if batch == "other-matters":  # nothing but traps
            assert count["bound"] == 0
            continue
        assert count["bound"] >= 400
        assert 0.2 * count["bound"] <= count["contradicted"] <= 0.5 * count["bound"]
        assert count["claims"] - count["bound"] >= 0.4 * count["bound"]


def test_ids_labels_fields_and_claims_are_sound_and_no_agency_is_in_two_batches(passages, reports, claims):
    assert faults([*passages, *reports, *claims]) == []


def test_no_sentence_of_one_batch_is_nearly_one_of_another(sentences, reports, claims):
    written = [*sentences, *written_sentences([*reports, *claims])]
    assert [(pair.first.text, pair.second.text) for pair in near_duplicates(written)] == []


def test_the_readme_gives_the_counts_of_every_batch(passages, reports, claims):
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    keys = ("passages", "sentences", "problem", "measure", "statistic", "other", "claims", "bound", "contradicted")
    for batch, count in corpus_counts([*passages, *reports, *claims]).items():
        (line,) = [line for line in readme.splitlines() if line.startswith(f"| `{batch}`")]
        assert [int(cell.replace(",", "")) for cell in line.split("|")[3:-1]] == [count[key] for key in keys]


# ---------------------------------------------------------------- the check itself


def test_masking_takes_digits_chinese_numerals_and_the_names_of_agency_and_place():
    first = mask_sentence("苇塘县水利局2023年收到申请18件，苇塘县居前。", "苇塘县水利局")
    second = mask_sentence("青溪市统计局2024年收到申请十八件，青溪市居前。", "青溪市统计局")
    assert first == second == "地数年收到申请数件地居前"


def test_a_sentence_with_other_numbers_and_another_place_is_a_near_duplicate():
    (pair,) = near_duplicates(
        [
            write("苇塘县全年收到申请18件，其中予以公开14件。", "one"),
            write("青溪市全年收到申请231件，其中予以公开7件。", "two", "青溪市统计局"),
        ]
    )
    assert pair.similarity == 1


def test_alike_sentences_of_one_batch_and_unlike_ones_of_two_are_no_near_duplicates():
    own = [write("全年收到申请18件，均已答复。", "one"), write("全年收到申请19件，均已答复。", "one")]
    assert near_duplicates([*own, write("我局把答复文书交法制机构先行审核。", "two")]) == []


def test_short_set_phrases_count_only_when_they_are_equal():
    assert near_duplicates([write("特此报告。", "one"), write("特此报备。", "two")]) == []
    assert len(near_duplicates([write("特此报告。", "one"), write("特此报告", "two")])) == 1


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ({"label": "praise"}, "label 'praise'"),
        ({"section": 2}, "section 2"),
        ({"id": "two-001-01"}, "is not an id of one-001"),
        ({"claims": [claim(text="59条")]}, "'59条' is not in the sentence"),
        ({"claims": [claim(field="requests.lost.total")]}, "unknown field ['requests.lost.total']"),
        ({"claims": [claim(qualifier="roughly")]}, "qualifier 'roughly'"),
        ({"claims": [claim(verdict="true")]}, "verdict 'true'"),
        ({"claims": [claim(value=-1)]}, "value -1"),
        ({"claims": [claim(optional=True, field="requests.received.total")]}, "optional True beside"),
    ],
)
def test_a_faulty_sentence_is_named_with_its_fault(sentence, fault):
    (found,) = faults([passage(**sentence)])
    assert fault in found


def test_an_id_that_stands_twice_and_an_agency_of_two_batches_are_faults():
    twice = "the id stands twice; give each its own"
    assert faults([passage(), passage()]) == [f"one-001: {twice}", f"one-001-01: {twice}"]
    (shared,) = faults([passage(), passage(batch="two")])
    assert shared == "苇塘县水利局: stands in one, two; an agency belongs to one batch"


def test_a_fault_is_named_with_file_and_line_and_what_to_do(tmp_path):
    (tmp_path / "sentences").mkdir()
    lines = [json.dumps(passage(**own), ensure_ascii=False) for own in ({}, {"label": "praise", "id": "one-001-02"})]
    path = tmp_path / "sentences" / "one.jsonl"
    path.write_text("\n".join([lines[0], "", lines[1].replace('"one-001"', '"one-001-"')]), encoding="utf-8")
    (fault,) = faults(read_passages(tmp_path))
    assert fault.startswith("one.jsonl:3: one-001-02: label 'praise', section 1; write one of problem, measure, ")
    path.write_text(f"{lines[0]}\n{lines[0][:-1]}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"one\.jsonl:2: no JSON .*; mend the line"):
        read_passages(tmp_path)


def test_what_is_lacking_is_named_and_nothing_fails():
    lacking = passage(claims=[{"text": "58条"}])
    del lacking["sentences"][0]["label"], lacking["year"]
    assert [fault.split(";")[0] for fault in faults([lacking])] == [
        "one-001: lacks year",
        "one-001-01: lacks label",
        "one-001-01, a claim: lacks value, unit, qualifier, field, sum_of",
    ]


def test_a_folder_without_batches_says_what_to_name(tmp_path):
    with pytest.raises(FileNotFoundError, match="name the folder that holds sentences/"):
        read_passages(tmp_path)
