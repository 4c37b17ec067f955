from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.errors import NotAReportError, UsageError
from extract.quick import replace
from extract.records import Claim, Finding, Label, Qualifier, Report, Sentence, Severity, Verdict
from tests.builders import FORM, make_cells, make_report
from training.evaluation import run
from training.evaluation.claims import judge_claims
from training.evaluation.document import DocumentOutcome, judge_document
from training.evaluation.fields import judge_fields, judge_metadata
from training.evaluation.figures import family_figures
from training.evaluation.findings import judge_findings
from training.evaluation.sentences import judge_sentences
from training.evaluation.table import render_figures
from training.evaluation.texts import plain_text, texts_meet
from training.evaluation.truth import Truth, list_truths, read_truth

RECEIVED, GRANTED = "requests.received.total", "requests.granted.total"
EXAMPLES = Path(__file__).parents[2] / "examples"


def truth(**changes: Any) -> Truth:
    """A report of 青溪市统计局 for 2024 with 18 requests received and nothing else, as make_report prints it."""
    fields = dict.fromkeys(FORM.field_ids, 0) | changes.pop("fields", {RECEIVED: 18})
    plain = Truth("报告.txt", "text-0", {"agency": "青溪市统计局", "year": 2024}, fields)
    return replace(plain, **changes)


def report(values: dict[str, float] | None = None, states: dict[str, str] | None = None, **changes: Any) -> Report:
    doubtful = changes.pop("doubtful", ())
    read = make_report(make_cells({RECEIVED: 18} if values is None else values, states), doubtful=doubtful)
    return replace(read, **changes)


def sentence(number: int, text: str, label: str = "other") -> Sentence:
    return Sentence(f"s{number}", 1, text, Label(label), 0.9, 1)


def claim(value: float, field: str | None = None, **changes: Any) -> Claim:
    plain = Claim("c1", "s1", f"{value}件", 0, 3, Decimal(str(value)), "件", Qualifier.EXACT, field)
    return replace(plain, **changes)


def entry(value: float, field: str | None = None, **changes: Any) -> dict[str, Any]:
    plain = {"sentence": "g1", "text": f"{value}件", "value": value, "unit": "件", "qualifier": "exact"}
    return plain | {"field": field, "verdict": "unverifiable"} | changes


def finding(code: str, *fields: str, message: str = "", **changes: Any) -> Finding:
    return replace(Finding(code, Severity.ERROR, message, "", fields), **changes)


def wrong(known: Truth, read: Report | None) -> list[str]:
    return [outcome.field for outcome in judge_fields(known, read) if not outcome.right]


# ---------------------------------------------------------------- fields and metadata


def test_a_report_that_reads_what_is_printed_is_right_in_all_200_fields():
    outcomes = judge_fields(truth(), report())
    assert len(outcomes) == 200
    assert all(outcome.right and outcome.accepted for outcome in outcomes)
    assert [outcome.field for outcome in outcomes if outcome.nonzero] == [RECEIVED]


def test_another_value_and_another_state_are_wrong():
    assert wrong(truth(), report({RECEIVED: 19})) == [RECEIVED]
    assert wrong(truth(), report(states={GRANTED: "blank"})) == [GRANTED]
    assert wrong(truth(states={GRANTED: "blank"}), report()) == [GRANTED]
    assert wrong(truth(states={GRANTED: "blank"}), report(states={GRANTED: "dash"})) == [GRANTED]


def test_a_blank_cell_read_as_blank_is_right():
    assert wrong(truth(states={GRANTED: "blank"}), report(states={GRANTED: "blank"})) == []


def test_an_amount_is_right_to_the_last_decimal():
    fee = "disclosure.fees.amount"
    assert wrong(truth(fields={fee: 89.343}), report({fee: 89.343})) == []
    assert wrong(truth(fields={fee: 89.343}), report({fee: 89.34})) == [fee]


def test_a_field_that_must_be_reviewed_is_right_when_it_is_not_accepted_whatever_its_value():
    known = truth(must_review=frozenset({GRANTED}))
    assert wrong(known, report()) == [GRANTED]
    assert wrong(known, report({RECEIVED: 18, GRANTED: 7}, doubtful=(GRANTED,))) == []


def test_every_field_of_a_report_that_could_not_be_read_is_wrong_and_none_is_accepted():
    outcomes = judge_fields(truth(), None)
    assert not any(outcome.right or outcome.accepted for outcome in outcomes)


def test_agency_and_year_are_always_judged_and_dates_only_where_the_truth_knows_them():
    assert judge_metadata(truth(), report()) == {"agency": True, "year": True}
    known = {"agency": "统计局", "agency_ok": ["青溪市 统计局"], "year": 2023, "published": "2025-01-20", "title": "x"}
    judged = judge_metadata(truth(report=known), report())
    assert judged == {"agency": True, "year": False, "published": True, "title": False}


# ---------------------------------------------------------------- findings


def counts(known: Truth, read: Report) -> dict[str, tuple[int, int, int, int]]:
    judged = judge_findings(known, read).counts
    return {code: (c.expected, c.found, c.reported, c.right) for code, c in judged.items()}


def test_a_finding_is_right_where_code_and_a_field_meet():
    known = truth(expected=({"code": "A001", "fields": [RECEIVED, GRANTED]},))
    assert counts(known, report(findings=(finding("A001", GRANTED),))) == {"A001": (1, 1, 1, 1)}
    assert counts(known, report(findings=(finding("A002", GRANTED),))) == {"A001": (1, 0, 0, 0), "A002": (0, 0, 1, 0)}
    assert counts(known, report(findings=(finding("A001", "requests.handled.total"),))) == {"A001": (1, 0, 1, 0)}


def test_an_allowed_finding_is_not_counted_and_needs_review_never_is():
    known = truth(allowed=({"code": "L001", "text": "社会组织"},))
    assert counts(known, report(findings=(finding("L001", message="标签“社会组织”与式样不符"), finding("Q001")))) == {}
    assert counts(known, report(findings=(finding("L001", message="标签“自燃人”与式样不符"),))) == {
        "L001": (0, 0, 1, 0)
    }


def test_a_finding_about_the_text_is_right_where_the_sentences_are_the_same():
    text = "全年收到政府信息公开申请20件，均已办结。"
    known = truth(sentences=({"id": "g1", "text": text, "label": "statistic"},))
    known = replace(known, expected=({"code": "T001", "fields": [], "sentences": ["g1"]},))
    read = report(sentences=(sentence(1, text.replace("，", ","), "statistic"), sentence(2, "欢迎监督。")))
    hit = finding("T001", RECEIVED, sentences=("s1",))
    assert counts(known, replace(read, findings=(hit,))) == {"T001": (1, 1, 1, 1)}
    assert counts(known, replace(read, findings=(replace(hit, sentences=("s2",)),))) == {"T001": (1, 0, 1, 0)}


def test_two_findings_of_one_cause_find_it_once():
    known = truth(expected=({"code": "A003", "fields": [GRANTED]},))
    assert counts(known, report(findings=(finding("A003", GRANTED),) * 2)) == {"A003": (1, 1, 2, 2)}


def test_what_was_false_and_what_was_lost_is_named():
    outcome = judge_findings(truth(expected=({"code": "A003"},)), report(findings=(finding("A001", GRANTED),)))
    assert [item.code for item in outcome.false] == ["A001"]
    assert [item["code"] for item in outcome.lost] == ["A003"]


# ---------------------------------------------------------------- sentences


def labels(wanted: list[tuple[str, str]], read: list[tuple[str, str]], **tolerated: list[str]) -> Any:
    known = [{"id": f"g{n}", "text": text, "label": label} for n, (text, label) in enumerate(wanted)]
    if tolerated:
        known[0] |= tolerated
    sentences = tuple(sentence(n, text, label) for n, (text, label) in enumerate(read))
    return judge_sentences(truth(sentences=tuple(known)), report(sentences=sentences))


LONG = "我局将公开目录逐项分到科室，按季度检查更新情况，对超期未更新的栏目下发提醒单并跟踪整改到位"


def test_numbering_punctuation_and_width_do_not_part_two_sentences():
    assert plain_text(" （一）一是 加强２培训，提高水平。") == plain_text("1、加强2培训提高水平")
    assert texts_meet("一是健全机制、压实责任。", "健全机制,压实责任")
    assert not texts_meet("健全机制，压实责任。", "收到申请二十件。")


def test_a_label_counts_for_its_sentence_though_a_few_characters_were_misread():
    outcome = labels([(LONG, "measure")], [("欢迎监督。", "other"), (LONG.replace("科室", "科宝"), "problem")])
    assert outcome.labels == (("measure", "problem"),)
    assert outcome.homes == {"s1": {"g0"}}


def test_the_longer_pieces_decide_where_a_sentence_was_cut_finer():
    first, second, third = LONG.split("，")
    read = [(first, "other"), (second, "measure"), (third, "measure")]
    assert labels([(LONG, "measure")], read).labels == (("measure", "measure"),)


def test_one_read_sentence_may_carry_two():
    last = "本报告的电子版可以在本局网站下载，欢迎社会各界监督"
    outcome = labels([(LONG, "measure"), (last, "other")], [(f"{LONG}。{last}。", "measure")])
    assert outcome.labels == (("measure", "measure"), ("other", "measure"))
    assert outcome.homes == {"s0": {"g0", "g1"}}


def test_a_sentence_that_is_not_there_has_no_label():
    assert labels([(LONG, "measure")], [("欢迎社会各界监督。", "other")]).labels == (("measure", None),)


def test_a_tolerated_label_leaves_the_count_and_another_does_not():
    assert labels([(LONG, "other")], [(LONG, "measure")], label_ok=["measure"]).labels == ()
    assert labels([(LONG, "other")], [(LONG, "problem")], label_ok=["measure"]).labels == (("other", "problem"),)


# ---------------------------------------------------------------- claims


def judged(wanted: list[dict[str, Any]], read: list[Claim], homes: dict[str, frozenset[str]] | None = None) -> Any:
    return judge_claims(truth(claims=tuple(wanted)), report(claims=tuple(read)), homes or {})


def test_a_claim_is_found_by_value_and_field():
    outcome = judged([entry(18, RECEIVED)], [claim(18, RECEIVED), claim(18, GRANTED), claim(19, RECEIVED)])
    assert (outcome.all.expected, outcome.all.found, outcome.all.reported) == (1, 1, 3)
    assert (outcome.bound.expected, outcome.bound.right, outcome.bound.reported) == (1, 1, 3)


def test_a_sum_counts_as_bound_only_with_its_very_cells():
    wanted = [entry(18, sum_of=[RECEIVED, GRANTED])]
    assert judged(wanted, [claim(18, sum_of=(GRANTED, RECEIVED))]).bound.right == 1
    loose = judged(wanted, [claim(18, RECEIVED)])
    assert (loose.all.found, loose.bound.right) == (1, 0)


def test_an_optional_claim_is_neither_wanted_nor_wrong():
    outcome = judged([entry(6, optional=True)], [claim(6)])
    assert (outcome.all.expected, outcome.all.reported) == (0, 0)


def test_the_claim_of_the_own_sentence_goes_first():
    wanted = [entry(2, verdict="contradicted")]
    read = [claim(2, sentence="s9"), claim(2, sentence="s1", verdict=Verdict.CONTRADICTED)]
    outcome = judged(wanted, read, {"s1": frozenset({"g1"})})
    assert outcome.verdicts == (1, 1)
    assert outcome.contradicted.f1 == 1


def test_a_rounded_number_may_be_read_with_either_qualifier():
    about = claim(500, qualifier=Qualifier.ABOUT)
    assert judged([entry(500, text="500余条", qualifier="at_least")], [about]).qualifiers == (1, 1)
    assert judged([entry(500, text="超500条", qualifier="at_least")], [about]).qualifiers == (0, 1)


def test_a_truth_without_prose_says_nothing_of_claims():
    assert judged([], [claim(6)]).all.reported == 0


# ---------------------------------------------------------------- documents, figures, table


def outcome(read: Report | None = None, **changes: Any) -> DocumentOutcome:
    known = truth(**changes)
    if read is not None:
        return judge_document(known, lambda file: read)

    def refuse(file: str) -> Report:
        raise NotAReportError(file, "this is no report", "check that it is the right file")

    return judge_document(known, refuse)


def figures(*outcomes: DocumentOutcome) -> dict[str, Any]:
    return family_figures(outcomes, {"A001": "error", "L001": "info"})


def test_a_right_report_has_no_miss():
    assert outcome(report()).misses == ()
    assert outcome(report()).perfect


def test_a_wrong_field_is_described_with_what_is_printed_and_what_was_read():
    (miss,) = outcome(report({RECEIVED: 19})).misses
    assert miss == f"{RECEIVED}: printed 18, read 19 at 0.9990, ACCEPTED"


def test_figures_of_one_right_one_wrong_and_one_unread_document():
    found = figures(outcome(report()), outcome(report({RECEIVED: 19})), outcome())
    assert (found["documents"], found["unread"], found["fields"]) == (3, 1, 600)
    assert found["perfect_documents"] == pytest.approx(1 / 3)
    assert found["field_accuracy"] == pytest.approx(399 / 600)
    assert found["nonzero_accuracy"] == pytest.approx(1 / 3)
    assert found["coverage"] == pytest.approx(2 / 3)
    assert (found["wrong_accepted"], found["wrong_accepted_rate"]) == (1, 1 / 400)
    assert found["ece"] == pytest.approx(abs(0.999 - 399 / 400))
    assert found["metadata"] == {"agency": pytest.approx(2 / 3), "year": pytest.approx(2 / 3)}


def test_findings_are_summed_by_severity():
    missed = outcome(report(findings=(finding("L001"),)), expected=({"code": "A001"},))
    found = figures(missed, outcome(report()))["findings_by_severity"]
    assert found["error"] | {"f1": None} == {"expected": 1, "reported": 0, "precision": None, "recall": 0.0, "f1": None}
    assert found["info"]["precision"] == 0


def test_the_table_has_a_column_per_family_and_a_line_per_figure():
    text = render_figures({"text-0": figures(outcome(report())), "all": figures(outcome(report({RECEIVED: 19})))})
    lines = text.splitlines()
    assert lines[0].split() == ["text-0", "(1)", "all", "(1)"]
    right = next(line for line in lines if line.startswith("fields right"))
    assert right.split()[2:] == ["1.0000", "0.9950"]
    assert next(line for line in lines if line.startswith("labels macro-F1")).split()[2:] == ["-", "-"]


def test_a_folder_without_truths_and_a_truth_that_is_none_are_named(tmp_path):
    with pytest.raises(UsageError, match="no truth/"):
        list_truths(tmp_path)
    broken = tmp_path / "x.json"
    broken.write_text(json.dumps({"source": "x.txt"}), encoding="utf-8")
    with pytest.raises(UsageError, match=r"x\.json: .* not the truth"):
        read_truth(broken)


def test_the_examples_are_measured_by_family():
    found = run.evaluate_documents(EXAMPLES, jobs=1)
    assert list(found) == ["examples"]
    assert found["examples"]["documents"] == len(list((EXAMPLES / "truth").glob("*.json")))
    assert found["examples"]["unread"] == 0


def test_without_a_folder_cards_and_fresh_documents_of_every_level_are_shown():
    text = run.evaluate(jobs=1, count=1)
    assert "# Field confidence" in text
    assert "text-0 (1)" in text
    assert "torn (1)" in text
