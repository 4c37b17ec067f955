from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from extract.checks import check_tables
from extract.findings import collect_findings, leave_recognised, leave_recognised_prose, load_catalogue
from extract.findings.deviations import deviation_finding
from extract.findings.explain import explain_rule
from extract.forms import load_form
from extract.forms.english import name_cell_en
from extract.forms.places import name_cell, name_cells, number_text, places
from extract.pipeline import extract_content
from extract.quick import replace
from extract.records import (
    Cells,
    Claim,
    Deviation,
    Discrepancy,
    Finding,
    Metadata,
    Narrative,
    Qualifier,
    Sentence,
    Verdict,
    Violation,
)
from extract.rules import load_rules
from tests.builders import FORM, make_cells, make_field, make_report, make_sentence
from tests.pages.statutory import VALUES, report_html

PROSE = (
    make_sentence("全年收到申请2件。", section=1, label="statistic", number=1),
    make_sentence("更新不够及时。", section=5, label="problem", number=2),
    make_sentence("下一步将明确时限。", section=5, label="measure", number=3),
    make_sentence("未收取信息处理费。", section=6, label="statistic", number=4),
)
TABLE_3 = tuple(field for field, place in places(FORM.id).items() if place.table == 3)


def collect(
    cells: Cells | None = None,
    deviations: tuple[Deviation, ...] = (),
    discrepancies: tuple[Discrepancy, ...] = (),
    sentences: tuple[Sentence, ...] = PROSE,
    doubtful: tuple[str, ...] = (),
    claims: tuple[Claim, ...] = (),
    *,
    scanned: bool = False,
    unclear: bool = False,
) -> tuple[Finding, ...]:
    cells = cells or make_cells()
    metadata = Metadata({"year": make_field(2024)}, ())
    fields = make_report(cells, doubtful=doubtful).fields
    narrative = Narrative(sentences, claims)
    return collect_findings(
        FORM,
        cells,
        fields,
        metadata,
        narrative,
        deviations=deviations,
        violations=check_tables(cells, FORM),
        discrepancies=discrepancies,
        scanned=scanned,
        unclear=unclear,
    )


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_clean_report_has_no_finding():
    assert collect() == ()


def test_a_table_that_was_not_read_with_confidence_says_nothing_against_the_report():
    cells = make_cells({"requests.granted.business": 1})
    assert codes(collect(cells, doubtful=TABLE_3)) == ["Q001"]


def test_an_a005_stands_beside_the_sums_that_it_explains():
    values = {
        "requests.received.natural_person": 3,
        "requests.received.total": 3,
        "requests.granted.natural_person": 1,
        "requests.granted.total": 2,
        "requests.partially_granted.natural_person": 2,
        "requests.partially_granted.total": 1,
        "requests.handled.natural_person": 3,
        "requests.handled.total": 3,
    }
    assert codes(collect(make_cells(values))) == ["A001", "A001", "A005"]


def test_a_failed_sum_tells_both_numbers_the_suspect_and_what_it_should_be():
    cells = make_cells({"requests.granted.business": 1})
    row, column = collect(cells)
    assert (row.code, column.code) == ("A001", "A003")
    assert row.fields[0] == column.fields[0] == "requests.granted.business"
    assert (row.expected, row.found) == (1, 0)
    assert "“商业企业”列" in row.message
    assert "如改为 0" in row.message
    assert "granted in full" in row.message_en
    assert "requests." not in row.message_en


def test_a_blank_cell_is_told_what_the_prose_gives_for_it():
    field = "disclosure.coercion.decisions"
    told = Claim("c001", "s1", "2件", 0, 2, Decimal(2), "件", Qualifier.EXACT, field, certain=True)
    cells = make_cells(states={field: "blank"})
    found = {(item.code, item.sentences, "2件" in item.message) for item in _blanks(cells, (told,))}
    assert found == {("V002", ("s1",), True)}
    assert {(item.sentences, "正文" in item.message) for item in _blanks(cells, ())} == {((), False)}


def _blanks(cells: Cells, claims: tuple[Claim, ...]) -> list[Finding]:
    return [item for item in collect(cells, claims=claims) if item.code == "V002"]


def test_a_sum_over_blanks_says_that_they_counted_as_zero():
    cells = make_cells(
        {"requests.granted.natural_person": 2, "requests.granted.total": 1}, {"requests.granted.research": "blank"}
    )
    finding = next(finding for finding in collect(cells) if finding.code == "A001")
    assert "空格和符号按 0 计" in finding.message
    assert "counted as 0" in finding.message_en


def test_errors_come_before_warnings_and_hints():
    cells = make_cells({"requests.granted.business": 1}, {"disclosure.regulations.issued": "blank"})
    severities = [finding.severity.value for finding in collect(cells, doubtful=("requests.received.total",))]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)


def test_the_same_wrong_label_in_several_places_is_one_finding_with_all_fields():
    twice = tuple(
        Deviation("L001", "本年度止件数", "本年废止件数", (f"disclosure.{row}.repealed",))
        for row in ("regulations", "normative_documents")
    )
    (finding,) = collect(deviations=twice)
    assert len(finding.fields) == 2
    assert "本年度止件数" in finding.message
    assert finding.found == "本年度止件数"


def test_rows_of_one_table_with_the_same_wrong_count_are_one_finding():
    rows = tuple(
        Deviation("S003", "8", "7", (f"requests.{row}.total",), note=row) for row in ("handled", "carried_out")
    )
    (finding,) = collect(deviations=rows)
    assert finding.fields == ("requests.handled.total", "requests.carried_out.total")
    assert finding.message == "“handled”“carried_out”各有 8 个数，统一格式为 7 列。"


def test_rows_that_lack_the_value_of_a_missing_column_are_no_finding_of_their_own():
    column = Deviation("S002", "", "科研机构", ("requests.received.research",), note="column")
    row = Deviation("S003", "6", "7", ("requests.received.total",), note="一、")
    assert codes(collect(deviations=(column, row))) == ["S002"]


@pytest.mark.parametrize(
    ("number", "sentences", "expected"),
    [
        (6, PROSE[:3], ["S001"]),
        (6, (*PROSE[:3], make_sentence("六、其他需要报告的事项", section=5, number=9)), []),
        (5, (PROSE[0], PROSE[3]), ["S001"]),
        (1, (make_sentence("本报告根据条例编制。", number=1), *PROSE[1:]), ["S001"]),
        (1, PROSE, []),
    ],
)
def test_a_section_is_missing_only_where_no_sentence_shows_its_content(
    number: int, sentences: tuple[Sentence, ...], expected: list[str]
):
    heading = FORM.sections[number - 1].heading
    assert codes(collect(deviations=(Deviation("S001", "", heading),), sentences=sentences)) == expected


def test_what_may_stand_on_a_page_that_could_not_be_read_is_not_said_to_be_absent() -> None:
    page = Deviation("Q002", "this image is broken (cut short)", "", page=3, note="page")
    absent = (Deviation("S001", "", FORM.sections[2].heading), Deviation("S002", "", "x", ("requests.received.total",)))
    (finding,) = collect(deviations=(*absent, page))
    assert finding.code == "Q002"
    assert finding.message.startswith("第 3 页没有读到（")
    assert "Page 3 was not read (this image is broken (cut short))" in finding.message_en
    assert codes(collect(sentences=())) == ["S006"] * 3
    assert codes(collect(sentences=(), deviations=(page,))) == ["Q002"]


def test_a_missing_table_is_one_s001_with_its_fields_and_no_s002_for_each_row():
    cells = make_cells(states=dict.fromkeys(TABLE_3, "missing"))
    rows = tuple(
        Deviation("S002", "", row.label, (f"{row.id}.total",), note="row") for row in FORM.tables[1].blocks[0].rows
    )
    (finding,) = collect(cells, (Deviation("S001", "", FORM.sections[2].heading), *rows))
    assert (finding.code, set(finding.fields)) == ("S001", set(TABLE_3))


def test_a_row_that_is_not_printed_is_s002_but_a_table_lost_in_reading_one_q002():
    rows = FORM.tables[1].blocks[0].rows
    lost = tuple(
        Deviation(
            "S002", "", row.label, tuple(f"{row.id}.{c.id}" for c in FORM.tables[1].blocks[0].columns), note="row"
        )
        for row in rows
    )
    one = make_cells(states=dict.fromkeys(lost[4].fields, "missing"))
    assert codes(collect(one, lost[4:5])) == ["S002"]
    many = make_cells(states=dict.fromkeys((field for item in lost[4:20] for field in item.fields), "missing"))
    assert codes(collect(many, lost[4:20])) == ["Q002"]
    unread = make_cells(states=dict.fromkeys((field for item in lost[4:9] for field in item.fields), "missing"))
    assert codes(collect(unread, lost[4:5])) == ["Q002"]


def test_a_row_without_digits_that_no_deviation_explains_is_q002():
    fields = [field for field in TABLE_3 if field.startswith("requests.granted.")]
    (finding,) = collect(make_cells(states=dict.fromkeys(fields, "illegible")))
    assert (finding.code, list(finding.fields)) == ("Q002", fields)


def test_section_5_needs_a_problem_and_an_improvement():
    praise = make_sentence("工作成效明显。", section=5, number=2)
    missing = [finding.found for finding in collect(sentences=(PROSE[0], praise, PROSE[3]))]
    assert missing == ["未写明存在的问题", "未写明改进情况"]


@pytest.mark.parametrize("text", ["公开的深度有待拓展。", "还存在专栏打不开的问题，明年逐月检查。"])
def test_words_of_a_shortcoming_save_a_sentence_that_was_labelled_otherwise(text: str):
    polite = make_sentence(text, section=5, number=2)
    plan = make_sentence("下一步，完善制度。", section=5, number=3)
    assert collect(sentences=(PROSE[0], polite, plan, PROSE[3])) == ()


def test_a_discrepancy_quotes_its_sentence_and_names_the_cell():
    finding = collect(discrepancies=(Discrepancy("T001", ("requests.received.total",), ("s001",), 3.0, 2.0),))[0]
    assert finding.sentences == ("s001",)
    assert (finding.expected, finding.found) == (3, 2)
    assert PROSE[0].text in finding.message
    assert "本年新收" in finding.message


def test_q001_lists_the_most_doubtful_field_first():
    (finding,) = collect(doubtful=("requests.received.total", "disclosure.fees.amount"))
    assert finding.code == "Q001"
    assert set(finding.fields) == {"requests.received.total", "disclosure.fees.amount"}


def test_q001_leaves_out_the_cells_of_a_row_that_is_said_to_be_missing():
    row = TABLE_3[:7]
    absent = Deviation("S002", "", "某行", row, note="row")
    found = collect(doubtful=(*row, "disclosure.fees.amount"), deviations=(absent,))
    assert [(own.code, len(own.fields)) for own in found] == [("S002", 7), ("Q001", 1)]


def test_q001_says_what_to_do_where_most_of_a_scan_was_not_read():
    (few,) = collect(doubtful=TABLE_3[:7], scanned=True)
    (most,) = collect(doubtful=TABLE_3, scanned=True)
    (no_scan,) = collect(doubtful=TABLE_3)
    assert ["重新扫描" in finding.message for finding in (few, most, no_scan)] == [False, True, False]
    assert "scan it again" in most.message_en


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("requests.denied.state_secret.total", "表三“（三）不予公开 1.属于国家秘密”行“总计”列"),
        ("challenges.litigation_direct.pending", "表四“未经复议直接起诉—尚未审结”"),
        ("disclosure.fees.amount", "表二“行政事业性收费”行“本年收费金额（单位：万元）”列"),
    ],
)
def test_a_cell_is_named_as_the_form_prints_it(field: str, name: str):
    assert name_cell(FORM, field) == name


def test_many_cells_get_the_shortest_true_name():
    row = [field for field in TABLE_3 if field.startswith("requests.received.")]
    column = [field for field in TABLE_3 if field.endswith(".business")]
    assert name_cells(FORM, row[:2]) == "表三“一、本年新收政府信息公开申请数量”行（自然人、商业企业）"
    assert name_cells(FORM, column).startswith("表三“商业企业”列")
    assert name_cells(FORM, TABLE_3) == "表三 175 格"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("18"), "18"),
        (Decimal("1E+2"), "100"),
        (Decimal("89.3430"), "89.343"),
        (3.0, "3"),
        (None, "—"),
        ("无", "无"),
    ],
)
def test_numbers_are_written_as_people_do(value: object, text: str):
    assert number_text(value) == text


def test_an_entry_is_explained_with_both_miniatures():
    text = explain_rule("a005")
    assert all(part in text for part in ("A005", "正确示例", "错误示例", "版起", "offsetting-cells"))


def share(part: str, whole: str, value: str) -> Claim:
    sides = ((part,), (whole,))
    return Claim("c1", "s001", f"{value}%", 0, 1, Decimal(value), "%", Qualifier.EXACT, share_of=sides)


def test_a_wrong_sum_of_the_text_names_its_parts():
    wrong = Discrepancy("T002", (), ("s001",), 142.0, 132.0, "132件", "102件＋20件＋20件")
    (finding,) = collect(make_cells({}), discrepancies=(wrong,))
    assert "写作 132，由正文其他各数算得 142（102件＋20件＋20件）" in finding.message


@pytest.mark.parametrize(("stated", "follows"), [("53.7", 35.7), ("54", 35.7), ("53.75", 35.71)])
def test_a_wrong_share_is_told_what_the_cells_give_rounded_as_the_text_does(stated: str, follows: float):
    part, whole = "challenges.reconsideration.upheld", "challenges.reconsideration.total"
    cells = make_cells({part: 10, "challenges.reconsideration.other": 18, whole: 28})
    wrong = Discrepancy("T004", (part, whole), ("s001",), None, float(stated))
    (finding,) = collect(cells, discrepancies=(wrong,), claims=(share(part, whole, stated),))
    assert finding.expected == follows
    assert f"百分比为 {stated}%，按有关数字计算（10÷28）应为 {follows}%" in finding.message


def test_a_change_the_other_way_round_is_told_by_its_direction_and_not_by_the_same_number_twice():
    wrong = Discrepancy("T004", (), ("s001",), "下降15%", 15.0)
    (finding,) = collect(discrepancies=(wrong,))
    assert "百分比为 15%，按有关数字计算应为 下降15%" in finding.message


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("无锡街道办事处报告如下，本年度无行政复议、行政诉讼。", "无", "本年度无行政复议、行政诉讼"),
        ("全年收到申请，全部申请均已在年内办结。", "均已在年内办结", "全部申请均已在年内办结"),
    ],
)
def test_a_wording_is_quoted_with_its_whole_clause(text: str, word: str, said: str):
    field, start = "challenges.reconsideration.total", text.rindex(word)
    claim = Claim("c", "s001", word, start, start + len(word), Decimal(0), "件", Qualifier.EXACT, field)
    wrong = Discrepancy("T005", (field,), ("s001",), 1.0, word)
    (finding,) = collect(
        make_cells({field: 1, "challenges.reconsideration.upheld": 1}),
        discrepancies=(wrong,),
        sentences=(make_sentence(text), *PROSE[1:]),
        claims=(claim,),
    )
    assert finding.found == said
    assert finding.message.startswith(f"正文称“{said}”，而表四")


def test_several_cells_are_named_each_with_its_own_value():
    names = [f"challenges.reconsideration.{name}" for name in ("upheld", "corrected", "total")]
    cells = make_cells(dict(zip(names, (1, 1, 2), strict=True)))
    (finding,) = collect(cells, discrepancies=(Discrepancy("T005", tuple(names), ("s001",), 2.0, "均获维持"),))
    assert "正文称“均获维持”，而表四“行政复议”：结果维持 1 件、结果纠正 1 件、总计 2 件。" in finding.message


def test_a_wording_against_a_total_names_the_cells_that_make_it_up_too():
    names = [f"requests.carried_out.{name}" for name in ("total", "business")]
    cells = make_cells(dict.fromkeys(names, 1))
    wrong = (Discrepancy("T005", tuple(names[:1]), ("s001",), 1.0, "无结转"),)
    finding = next(item for item in collect(cells, discrepancies=wrong) if item.code == "T005")
    assert finding.fields == tuple(names)
    assert "结转下年度继续办理”行“总计”列为 1 件" in finding.message


def test_a_sum_of_cells_is_told_and_what_was_not_read_is_marked():
    names = tuple(f"challenges.{group}.total" for group in ("litigation_direct", "litigation_after_reconsideration"))
    wrong = (Discrepancy("T001", names, ("s001",), 0.0, 1.0),)
    assert "，两项合计为 0" in collect(discrepancies=wrong)[0].message
    unread = next(item for item in collect(make_cells(states={names[1]: "missing"}), discrepancies=wrong))
    assert "总计（未读到）" in unread.message
    assert "合计" not in unread.message


def test_a_misnumbered_heading_is_told_its_number():
    heading = FORM.sections[1].heading
    (finding,) = collect(deviations=(Deviation("S005", f"一、{heading}", heading, note="misnumbered"),))
    assert finding.message == f"标题序号有误：印作“一、{heading}”，应为“二、{heading}”。"


def test_a_failed_sum_is_written_out():
    names = ("upheld", "corrected", "other", "pending", "total")
    values = dict(zip((f"challenges.reconsideration.{name}" for name in names), (5, 1, 2, 1, 10), strict=True))
    (finding,) = collect(make_cells(values))
    assert finding.message.startswith("表四“行政复议”：四种结果合计应为 9（5＋1＋2＋1＝9），“总计”填报为 10。")


def test_the_values_of_table_4_are_counted_as_its_one_row():
    (finding,) = collect(deviations=(Deviation("S003", "11", "15", ("challenges.reconsideration.upheld",)),))
    assert finding.message == "表四数据行共 11 个数，统一格式为 15 列。"


def test_one_cell_is_not_counted_and_a_mark_is_quoted():
    cells = make_cells(states={"disclosure.regulations.issued": "dash"}, raws={"disclosure.regulations.issued": "无"})
    finding = next(finding for finding in collect(cells) if finding.code == "V003")
    assert finding.message == "表二“规章”行“本年制发件数”列填写的是“无”，应填数字（确未发生的才填 0）。"
    assert finding.message_en.startswith("1 cell holds “无”")


def test_a_placeholder_points_to_the_one_sentence_that_holds_it():
    twice = (PROSE[0], make_sentence("全年收到申请2件。", number=9), *PROSE[1:])
    (finding,) = collect(sentences=twice, deviations=(Deviation("D002", "全年收到申请2件。", "XX", note="s009"),))
    assert finding.sentences == ("s009",)


@pytest.mark.parametrize("title", ["青溪市统计局2024年政府信息公开工作年度报告", ""])
def test_a_year_is_told_from_the_title_only_where_the_title_has_it(title: str):
    finding = deviation_finding(Deviation("D001", "标题为2024", "2024年"), FORM, Narrative((), ()), title=title)
    assert ("据标题判断，应为 2024 年度报告" in finding.message) == bool(title)


@pytest.mark.parametrize("code", [code for code in load_catalogue() if not load_catalogue()[code].later])
def test_no_message_repeats_its_title(code: str):
    entry = load_catalogue()[code]
    assert entry.title not in entry.message
    assert not [note for note in entry.extra.get("notes", ()) if entry.title in note["message"]]


@pytest.mark.parametrize("form_id", ["2021", "2019"])
def test_every_cell_has_an_english_name(form_id: str):
    form = load_form(form_id)
    assert not [
        field for field in form.field_ids if "_" in name_cell_en(form, field) or "." in name_cell_en(form, field)
    ]


def test_english_names_are_those_of_the_glossary():
    glossary = (Path(__file__).parents[2] / "GLOSSARY.md").read_text(encoding="utf-8")
    names = [(key, name) for table in load_rules("english.toml").values() for key, name in table.items()]
    assert not [name for key, name in names if f"{key}` | {name} |" not in glossary.replace("challenges.", "")]


def test_a_share_of_no_named_whole_is_computed_on_the_total_that_the_part_belongs_to():
    part = ("requests.granted.total",)
    cells = make_cells(dict.fromkeys(("requests.handled.natural_person", "requests.handled.total"), 4) | {part[0]: 1})
    claim = Claim("c1", "s001", "40%", 0, 3, Decimal(40), "%", Qualifier.EXACT, share_of=(part, ()))
    findings = collect(cells, discrepancies=(Discrepancy("T004", part, ("s001",), None, 40.0),), claims=(claim,))
    finding = next(finding for finding in findings if finding.code == "T004")
    assert "（1÷4）应为 25%" in finding.message
    assert "give 25% (1 / 4)" in finding.message_en


def test_a_share_that_no_figures_give_is_told_with_the_figures():
    part, whole = "requests.granted.total", "requests.handled.total"
    cells = make_cells({part: 0, whole: 0})
    wrong = Discrepancy("T004", (part, whole), ("s001",), None, 200.0)
    (finding,) = collect(cells, discrepancies=(wrong,), claims=(share(part, whole, "200"),))
    assert (
        "百分比为 200%，由有关数字得不出这一比例：表三“总计”列：（一）予以公开 0 件、（七）总计 0 件" in finding.message
    )
    assert "no percentage follows from the figures: table 3" in finding.message_en


def test_marks_of_markdown_are_no_part_of_a_heading():
    heading = FORM.sections[1].heading
    (finding,) = collect(deviations=(Deviation("S005", f"**一、{heading}**", heading, note="misnumbered"),))
    assert finding.found == f"一、{heading}"


def test_a_scan_is_not_said_to_word_its_labels_otherwise_nor_to_leave_doubtful_cells_empty() -> None:
    cells = make_cells()
    fields = make_report(cells, doubtful=TABLE_3[:7]).fields
    label, heading = Deviation("L001", "科研机拉", "科研机构", TABLE_3[:7]), Deviation("S005", "八、其他", "六、其他")
    unseen, seen = (Deviation("S003", "row", "7", own) for own in (TABLE_3[:7], TABLE_3[7:14]))
    assert leave_recognised((label, heading, unseen, seen), fields) == (seen,)


def test_no_section_is_missed_in_a_scan_whose_print_could_not_all_be_read() -> None:
    absent, fields = Deviation("S001", "", "六、其他需要报告的事项"), make_report(make_cells()).fields
    assert leave_recognised((absent,), fields) == (absent,)
    assert leave_recognised((absent,), fields, unclear=True) == ()
    assert codes(collect(sentences=PROSE[:3])) == ["S006"]
    assert codes(collect(sentences=PROSE[:3], unclear=True)) == []


def test_rows_lost_with_a_piece_of_a_table_are_not_missed_in_a_scan_whose_print_could_not_all_be_read() -> None:
    rows = [TABLE_3[k : k + 7] for k in (0, 7, 14)]
    lost = tuple(Deviation("S002", "", f"行{k}", own) for k, own in enumerate(rows))
    fields = make_report(make_cells(states=dict.fromkeys(TABLE_3[:21], "missing"))).fields
    assert leave_recognised(lost, fields) == lost
    assert leave_recognised(lost, fields, unclear=True) == ()
    few = make_report(make_cells(states=dict.fromkeys(TABLE_3[:7], "missing"))).fields
    assert leave_recognised(lost[:1], few, unclear=True) == lost[:1]


def test_no_row_is_missed_in_a_scan_whose_table_has_lost_other_cells() -> None:
    lost = Deviation("S002", "", "行", TABLE_3[:7])
    states = dict.fromkeys(TABLE_3[:7], "missing")
    assert leave_recognised((lost,), make_report(make_cells(states=states)).fields) == (lost,)
    states[TABLE_3[20]] = "illegible"
    assert leave_recognised((lost,), make_report(make_cells(states=states)).fields) == ()


@pytest.mark.parametrize(
    ("candidates", "confidence", "stands"),
    [
        pytest.param((("0", 0.99), ("3", 0.01)), 0.5, True, id="its digits are sure"),
        pytest.param((("0", 0.8), ("3", 0.2)), 0.5, False, id="another number may stand there"),
        pytest.param((("0", 0.8), ("", 0.19), ("3", 0.01)), 0.5, True, id="empty or 0 it counts the same"),
        pytest.param((("0", 0.8), ("3", 0.2)), 0.99, True, id="other sums made it sure"),
    ],
)
def test_a_sum_of_a_scan_is_broken_by_numbers_that_were_read_surely(
    candidates: tuple[tuple[str, float], ...], confidence: float, stands: bool
) -> None:
    broken = Violation("A001", "rows", TABLE_3[:7], Decimal(3), Decimal(5), passed=False)
    fields = dict(make_report(make_cells(), doubtful=TABLE_3[:1]).fields)
    fields[TABLE_3[0]] = replace(fields[TABLE_3[0]], candidates=candidates, confidence=confidence)
    assert leave_recognised((broken,), fields) == (broken,) * stands


@pytest.mark.parametrize(("score", "stands"), [(0.95, True), (0.6, False)])
def test_what_a_scan_s_sentence_says_is_held_against_the_report_where_it_was_read_surely(
    score: float, stands: bool
) -> None:
    sentence = replace(PROSE[0], score=score)
    cell = "requests.received.total"
    claim = Claim("c1", sentence.id, "2件", 6, 8, Decimal(2), "件", Qualifier.EXACT, cell, verdict=Verdict.CONTRADICTED)
    wrong = Discrepancy("T001", (cell,), (sentence.id,), 1.0, 2.0)
    claims, kept = leave_recognised_prose(Narrative((sentence,), (claim,)), (wrong,))
    assert kept == (wrong,) * stands
    assert claims[0].verdict is (Verdict.CONTRADICTED if stands else Verdict.UNVERIFIABLE)


def test_one_sentence_of_a_scan_may_be_several_whose_full_stops_were_lost() -> None:
    alone = (PROSE[0], PROSE[1], PROSE[3])
    assert codes(collect(sentences=alone)) == ["S006"]
    assert codes(collect(sentences=tuple(replace(sentence, score=0.99) for sentence in alone))) == []


def test_the_basis_of_a_rule_is_the_notice_of_every_form():
    text = explain_rule("A001")
    assert "国办公开办函〔2021〕30号、国办公开办函〔2019〕60号，表三" in text
    assert "{" not in text


@pytest.mark.parametrize("damaged", ["科研机\ufffd", "科\ufffd机\ufffd", "\ue003研机构"])
def test_words_of_which_a_character_could_not_be_read_are_no_deviation(damaged: str) -> None:
    read = report_html().replace("科研机构", damaged).replace("存在的主要问题", "存在的主要问\ufffd")
    report = extract_content(read.encode(), file="a.html")
    assert [finding for finding in report.findings if finding.code in ("L001", "S005")] == []
    assert report.fields["requests.received.research"].value == VALUES["requests.received.research"]


def test_other_words_are_a_deviation_although_one_beside_them_could_not_be_read() -> None:
    read = report_html().replace("科研机构", "科研机\ufffd").replace("法律服务机构", "社区服务中心")
    report = extract_content(read.encode(), file="a.html")
    assert [finding.found for finding in report.findings if finding.code == "L001"] == ["社区服务中心"]
