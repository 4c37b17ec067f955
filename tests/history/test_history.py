"""Several reports → Y and H findings: what differs is found, what is honest or unread is not."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.comparison import compare_folder, write_history
from extract.documents import find_documents, read_documents
from extract.errors import UsageError
from extract.findings import contrast_finding
from extract.forms import load_form
from extract.history import AgencyNames, Comparison, compare_reports, load_names, load_parts
from extract.outputs import dump_report, render_history, write_report
from extract.quick import replace
from extract.records import Contrast, Finding, Report, Severity, Template
from tests.builders import make_cells, make_field, make_report, make_sentence

COLUMNS = [column.id for column in load_form("2021").tables[1].blocks[0].columns]
OUT, IN = "requests.carried_out", "requests.carried_in"
NAMES = AgencyNames({})


def report(
    year: int,
    values: Mapping[str, float] | None = None,
    *,
    agency: str = "青溪市统计局",
    doubtful: tuple[str, ...] = (),
    **more: Any,
) -> Report:
    made = make_report(make_cells(values or {}), agency=agency, year=year, doubtful=doubtful)
    return replace(made, **more)


def compare(*reports: Report, **parts: tuple[str, ...]) -> Comparison:
    return compare_reports(reports, names=NAMES, parts=parts)


def found(comparison: Comparison) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(contrast.code, contrast.year, contrast.fields) for contrast in comparison.contrasts]


# ---------------------------------------------------------------- Y001


@pytest.mark.parametrize("column", COLUMNS)
def test_a_carry_over_that_does_not_connect_is_found_in_every_column(column: str) -> None:
    pair = report(2023, {f"{OUT}.{column}": 3}), report(2024, {f"{IN}.{column}": 2})
    assert found(compare(*pair)) == [("Y001", 2024, (f"{IN}.{column}",))]


def test_the_finding_tells_both_numbers_and_the_column() -> None:
    (contrast,) = compare(report(2023, {f"{OUT}.total": 3}), report(2024)).contrasts
    finding = contrast_finding(contrast)
    assert (finding.expected, finding.found) == (3, 0)
    assert finding.message == "“总计”列：上年结转为 0，上一年报告（报告.txt）的结转下年度为 3。"


@given(st.dictionaries(st.sampled_from(COLUMNS), st.integers(0, 10**6)))
def test_equal_carry_overs_are_no_finding(values: dict[str, int]) -> None:
    pair = [
        report(year, {f"{row}.{column}": value for column, value in values.items()})
        for year, row in ((2022, OUT), (2023, IN))
    ]
    assert "Y001" not in {contrast.code for contrast in compare(*pair).contrasts}


def test_an_empty_cell_connects_with_a_zero() -> None:
    cells = make_cells(states={f"{IN}.total": "blank"})
    assert found(compare(report(2023), make_report(cells, year=2024))) == []


def test_an_empty_total_of_a_row_with_numbers_is_no_zero() -> None:
    cells = make_cells({f"{OUT}.business": 3}, {f"{OUT}.total": "blank"})
    later = report(2024, {f"{IN}.business": 3, f"{IN}.total": 3})
    assert found(compare(make_report(cells, year=2023), later)) == []


def test_a_cell_that_was_not_found_is_not_compared() -> None:
    cells = make_cells(states={f"{IN}.total": "missing"})
    assert found(compare(report(2023, {f"{OUT}.total": 3}), make_report(cells, year=2024))) == []


def test_figures_that_were_read_unsurely_are_a_remark_and_no_finding() -> None:
    later = report(2024, {f"{IN}.total": 2}, doubtful=(f"{IN}.total",))
    comparison = compare(report(2023, {f"{OUT}.total": 3}), later)
    assert comparison.contrasts == ()
    assert comparison.remarks[0].endswith(
        "Y001 未判定，所涉各格读数存疑（表三“二、上年结转政府信息公开申请数量”行“总计”列） / "
        "not judged: cells in doubt (requests.carried_in.total)"
    )


def test_years_that_do_not_follow_are_not_compared_and_named() -> None:
    comparison = compare(report(2021, {f"{OUT}.total": 3}), report(2023))
    assert comparison.contrasts == ()
    assert comparison.remarks == (
        "青溪市统计局：缺 2022 年报告，2021 年与 2023 年不比较 / no report on 2022: 2021 and 2023 are not compared",
    )


def test_a_second_report_of_the_same_year_is_named_and_not_compared() -> None:
    comparison = compare(report(2023), report(2023, {f"{OUT}.total": 3}), report(2024))
    assert comparison.contrasts == ()
    assert comparison.remarks == (
        "报告.txt：青溪市统计局 2023 年内容相同的一份报告，比较时采用 报告.txt，略去此件 / "
        "the same report on 2023: 报告.txt was taken, this one left out",
    )


def test_of_two_reports_on_one_year_the_one_that_was_read_more_surely_is_taken() -> None:
    unsure = report(2023, {f"{OUT}.total": 3}, doubtful=(f"{OUT}.total", f"{OUT}.other"))
    assert found(compare(unsure, report(2023, {f"{OUT}.total": 3}), report(2024))) == [("Y001", 2024, (f"{IN}.total",))]


def test_reports_that_nothing_can_be_compared_with_are_named_by_file_and_not_counted() -> None:
    other = report(2023, agency="乙局")
    other = replace(other, source=replace(other.source, file="2.txt"))
    comparison = compare(report(2023), report(2024), report(2024, agency="甲局"), other)
    assert comparison.compared == 2
    assert comparison.remarks == (
        "该机关只有这一年的报告，没有可比的 / the only report of its agency: nothing to compare it with（2）："
        "乙局 2023 年（2.txt）、甲局 2024 年（报告.txt）",
    )
    family = compare(report(2024), report(2024, agency="甲局"), report(2024, agency="乙局"), 青溪市统计局=("甲局",))
    assert family.compared == 2
    assert "（1）：乙局 2024 年" in family.remarks[0]


def test_documents_of_one_agency_and_year_are_named_by_their_own_names(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_report(report(2024, source=replace(report(2024).source, sha256=name * 64)), tmp_path / name / "x.json")
    history, _ = compare_folder(tmp_path)
    assert history.remarks[0].startswith("b/x.json：青溪市统计局 2024 年另一份报告，比较时采用 a/x.json，略去此件")


def test_names_that_differ_in_their_brackets_alone_are_two_agencies() -> None:
    one, other = (f"青溪市税务局（{part}分局）" for part in ("城东", "城西"))
    pair = report(2023, {f"{OUT}.total": 3}, agency=one), report(2024, agency=other)
    assert compare(*pair).compared == 0
    assert [own.code for own in compare(*pair, report(2024, agency=one)).contrasts] == ["Y001"]
    remark, _ = compare(report(2023, agency="青溪市税务局"), report(2023, agency=one)).remarks
    assert remark.startswith("报告.txt：青溪市税务局（城东分局）与 报告.txt 的青溪市税务局视为同一机关，")


def test_a_report_on_the_old_form_connects_with_one_on_the_new_form() -> None:
    old = {field: make_field(4 if field == f"{OUT}.total" else 0) for field in load_form("2019").field_ids}
    earlier = report(2020, fields=old, template=Template("2019", 0.99))
    assert found(compare(earlier, report(2021, {f"{IN}.total": 7}))) == [("Y001", 2021, (f"{IN}.total",))]


# ---------------------------------------------------------------- Y002

STOCK = "disclosure.normative_documents"


@pytest.mark.parametrize(("in_force", "codes"), [(17, []), (20, [("Y002", 2024, (f"{STOCK}.in_force",))])])
def test_documents_in_force_follow_from_last_years(in_force: int, codes: list[object]) -> None:
    later = {f"{STOCK}.issued": 5, f"{STOCK}.repealed": 4, f"{STOCK}.in_force": in_force}
    assert found(compare(report(2023, {f"{STOCK}.in_force": 16}), report(2024, later))) == codes


# ---------------------------------------------------------------- Y003

OLD = ("依申请公开答复的规范性还有欠缺，个别告知书说理不足。", "主动公开目录更新迟缓，基层栏目内容单薄。")
PLANS = ("2023年将组织两期业务培训，请法律顾问逐件审核答复。", "下一步把目录更新纳入各科室的月度考核。")
NEW = ("政策解读多用文字，图解和视频解读的数量偏少。", "个别科室对公开时限把握不严，出现超期答复。")


def prose(year: int, *texts: str, label: str = "problem") -> Report:
    sentences = tuple(make_sentence(text, section=5, label=label, number=k) for k, text in enumerate(texts))
    return report(year, sentences=sentences)


def test_most_sentences_repeated_is_text_reused_although_the_year_was_changed() -> None:
    plans = [text.replace("2023", "2024") for text in PLANS]
    (contrast,) = compare(prose(2023, *OLD, *PLANS), prose(2024, *OLD[:1], *plans, NEW[0])).contrasts
    assert (contrast.code, contrast.found, contrast.sentences) == ("Y003", "75%", ("s000", "s001", "s002"))


def test_half_of_the_sentences_repeated_is_not_most() -> None:
    assert found(compare(prose(2023, *OLD, *PLANS), prose(2024, *OLD, *NEW))) == []


def test_set_phrases_and_other_kinds_of_sentences_may_repeat() -> None:
    fee = "本年度没有收取任何政府信息公开信息处理费，也没有减免。"
    assert found(compare(prose(2023, *[fee] * 5), prose(2024, *[fee] * 5))) == []
    basis = [f"本报告依据有关规定的第{k}条编制并向社会公布。" for k in range(5)]
    assert found(compare(prose(2023, *basis, label="other"), prose(2024, *basis, label="other"))) == []


# ---------------------------------------------------------------- Y004

RECEIVED = "requests.received.total"


def series(*values: int, agency: str = "青溪市统计局", first: int = 2021) -> list[Report]:
    return [report(first + k, {RECEIVED: value}, agency=agency) for k, value in enumerate(values)]


def jumps(*reports: Report) -> list[tuple[str, int]]:
    return [(own.agency, own.year) for own in compare(*reports).contrasts if own.code == "Y004"]


def test_a_figure_that_leaves_its_history_is_a_jump() -> None:
    assert jumps(*series(18, 21, 1900)) == [("青溪市统计局", 2023)]


@pytest.mark.parametrize("values", [(18, 21, 19), (0, 3, 1), (2, 14, 25), (18, 21, 19, 60)])
def test_what_small_numbers_do_is_no_jump(values: tuple[int, ...]) -> None:
    assert jumps(*series(*values)) == []


def test_a_figure_that_always_swings_does_not_jump() -> None:
    assert jumps(*series(10, 400, 10, 400)) == [("青溪市统计局", 2022)]


def test_a_change_that_the_peers_share_is_no_jump() -> None:
    peers = [own for k in range(6) for own in series(20, 900, agency=f"青溪市第{k}镇政府", first=2022)]
    assert jumps(*peers) == []
    assert jumps(*peers, *series(20, 22, agency="青溪市河湾镇政府", first=2022)) == []


# ---------------------------------------------------------------- H001


def test_a_government_that_differs_from_its_units_is_found_by_row() -> None:
    own = report(2024, {f"{OUT}.total": 5, f"{OUT}.business": 5}, agency="青溪市人民政府")
    units = [report(2024, {f"{OUT}.total": 2, f"{OUT}.business": 2}, agency=name) for name in ("甲局", "乙局")]
    comparison = compare(own, *units, 青溪市政府=("甲局", "乙局"))
    assert found(comparison) == [("H001", 2024, (f"{OUT}.total", f"{OUT}.business"))]
    assert (comparison.contrasts[0].expected, comparison.contrasts[0].found) == (4, 5)
    finding = contrast_finding(comparison.contrasts[0])
    cell = "表三“四、结转下年度继续办理”行“总计”列"
    assert finding.message == f"{cell}为 5，各部门合计为 4（甲局 2＋乙局 2＝4）。同一行不符的还有：商业企业。"
    assert finding.message_en.endswith(
        "column “total” is 5; the departments add up to 4 (甲局 2 + 乙局 2). In the same row also differ: businesses."
    )


def test_where_a_unit_has_not_reported_its_name_is_said_and_nothing_compared() -> None:
    own = report(2024, {f"{OUT}.total": 5}, agency="青溪市人民政府")
    comparison = compare(own, report(2024, agency="甲局"), 青溪市人民政府=("甲局", "乙局"))
    assert comparison.contrasts == ()
    assert comparison.remarks[0] == (
        "青溪市人民政府 2024 年：缺 乙局 的报告，不与下级比较 / reports of these units are missing: not compared"
    )


# ---------------------------------------------------------------- years in dispute


def disputed(report: Report) -> Report:
    return replace(report, findings=(Finding("D001", Severity.ERROR, "年份不一致。", ""),))


def unsure_of_its_year(report: Report) -> Report:
    return replace(report, report={**report.report, "year": make_field(2024, accepted=False)})


@pytest.mark.parametrize("doubt", [disputed, unsure_of_its_year])
def test_a_report_whose_year_is_in_doubt_gives_a_remark_and_no_finding(doubt: Callable[[Report], Report]) -> None:
    pair = report(2023, {f"{OUT}.total": 3}), doubt(report(2024, {f"{IN}.total": 2}))
    comparison = compare(*pair)
    assert comparison.contrasts == ()
    assert "Y001 未判定，年度不能确定" in comparison.remarks[0]


def test_a_year_in_doubt_neither_jumps_nor_is_compared_with_units() -> None:
    assert jumps(*series(18, 21), disputed(report(2023, {RECEIVED: 1900}))) == []
    units = report(2024, {f"{OUT}.total": 2}, agency="甲局"), disputed(report(2024, agency="乙局"))
    own = report(2024, {f"{OUT}.total": 5}, agency="青溪市人民政府")
    comparison = compare(own, *units, 青溪市人民政府=("甲局", "乙局"))
    assert comparison.contrasts == ()
    assert "年度不能确定" in comparison.remarks[0]


def test_of_two_reports_on_one_year_the_undisputed_one_is_compared() -> None:
    reports = [report(2023, {f"{OUT}.total": 3}), disputed(report(2024)), report(2024, {f"{IN}.total": 2})]
    assert found(compare(*reports)) == [("Y001", 2024, (f"{IN}.total",))]


# ---------------------------------------------------------------- names and files


def test_an_agency_is_found_under_its_other_names(tmp_path: Path) -> None:
    file = tmp_path / "names.toml"
    file.write_text('[[agency]]\nname = "青溪市数据局"\nalso = ["青溪市大数据中心"]\n', encoding="utf-8")
    names = load_names(file)
    assert names.key("青溪市大数据中心") == names.key("青溪市数据局")
    assert found_agencies(names) == ["青溪市数据局"]
    assert names.key("青溪市 人民政府") == names.key("青溪市政府（本级）") == names.key("青溪市")
    assert names.key("青溪市政府办公室") != names.key("青溪市")


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("青溪市发展和改革委员会", "青溪市发改委"),
        ("青溪市人力资源和社会保障局", "青溪市人社局"),
        ("青溪市市场监督管理局", "青溪市市场监管局"),
        ("青溪市文化和旅游局", "青溪市文旅局"),
    ],
)
def test_an_agency_is_found_under_its_usual_short_name(long: str, short: str) -> None:
    assert NAMES.key(long) == NAMES.key(short)


def test_an_agency_that_another_year_names_with_its_city_is_hinted_at() -> None:
    short, long = report(2023, agency="望溪区财政局"), report(2024, agency="溪陵市望溪区财政局")
    hint = "望溪区财政局、溪陵市望溪区财政局：可能是同一机关"
    assert compare(short, long).remarks[0].startswith(hint)
    both = compare(short, long, report(2023, agency="溪陵市望溪区财政局"))
    assert not any(remark.startswith(hint) for remark in both.remarks)


def test_agencies_that_became_one_are_not_taken_for_it_while_each_of_them_reports(tmp_path: Path) -> None:
    file, old = tmp_path / "names.toml", ("青溪市粮食局", "青溪市物资局")
    file.write_text(f'[[agency]]\nname = "青溪市储备局"\nalso = {list(old)}\n'.replace("'", '"'), encoding="utf-8")
    handed_on = [report(2023, {f"{OUT}.total": 1}, agency=agency) for agency in old]
    made = report(2024, {f"{IN}.total": 2}, agency="青溪市储备局")
    comparison = compare_reports([*handed_on, made], names=load_names(file))
    assert comparison.contrasts == ()
    assert comparison.remarks[0].startswith("青溪市储备局：青溪市粮食局、青溪市物资局 在同一年度各有报告")
    one_name = [handed_on[0], made]
    assert found(compare_reports(one_name, names=load_names(file))) == [("Y001", 2024, (f"{IN}.total",))]


def found_agencies(names: AgencyNames) -> list[str]:
    """Under which name a finding stands whose later report has an old name on it."""
    pair = report(2023, {f"{OUT}.total": 3}, agency="青溪市数据局"), report(2024, agency="青溪市大数据中心")
    return [contrast.agency for contrast in compare_reports(pair, names=names).contrasts]


@pytest.mark.parametrize(
    "text",
    ["[[agency]]\nname = 3\nalso = []", "[[unit]]\nname='甲'\nparts=[]", "x", "agency = 1"],
)
def test_a_wrong_file_of_names_is_refused_by_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "names.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"names\.toml"):
        load_names(file)


@pytest.mark.parametrize(
    ("text", "place"), [("[[agency]]\nname = '甲'\nalso = []\n[[agency]]\nno = 1", 2), ("agency = [1]", 1)]
)
def test_a_wrong_entry_of_a_file_of_names_is_named_by_its_place(tmp_path: Path, text: str, place: int) -> None:
    (tmp_path / "names.toml").write_text(text, encoding="utf-8")
    with pytest.raises(
        UsageError, match=rf"第 {place} 个 \[\[agency\]\] 应有 name 和 also.*entry {place} needs"
    ) as caught:
        load_names(tmp_path / "names.toml")
    assert "{" not in str(caught.value)


def test_the_units_of_a_government_are_read(tmp_path: Path) -> None:
    file = tmp_path / "units.toml"
    text = '[[unit]]\nname = "青溪市政府"\nparts = ["甲局（东）", "甲局（西）"]\n'
    file.write_text(text, encoding="utf-8-sig")  # as the editor of Windows saves it
    assert load_parts(file) == {"青溪市政府": ("甲局（东）", "甲局（西）")}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ("[]", "没有列出下级"),
        ('["青溪市人民政府", "甲局"]', "青溪市人民政府 会重复计算"),
        ('["甲局", "甲 局"]', "甲局 会重复计算"),
        ('["甲局"]\n[[unit]]\nname = "青溪市"\nparts = ["乙局"]', "第 2 个 .*已有同名的一项"),
    ],
)
def test_units_that_would_be_counted_wrongly_are_refused(tmp_path: Path, parts: str, said: str) -> None:
    file = tmp_path / "units.toml"
    file.write_text(f'[[unit]]\nname = "青溪市"\nparts = {parts}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        load_parts(file)


def test_why_a_file_of_units_is_not_read_is_said_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="无法读取 / cannot be read: 这是一个文件夹 / Is a directory"):
        load_parts(tmp_path)
    (tmp_path / "units.toml").write_text("unit", encoding="utf-8")
    with pytest.raises(UsageError, match="不是 UTF-8 的 TOML / is no TOML in UTF-8"):
        load_parts(tmp_path / "units.toml")


@pytest.mark.parametrize(("repealed", "due"), [(4, 17), (0, 21)])
def test_a_finding_names_the_file_of_the_year_before_and_how_the_figure_comes_about(
    repealed: int, due: int, tmp_path: Path
) -> None:
    stock = {f"{STOCK}.in_force": 16}, {f"{STOCK}.in_force": 20, f"{STOCK}.issued": 5, f"{STOCK}.repealed": repealed}
    for year, values in zip((2023, 2024), stock, strict=True):
        made = report(year, values)
        write_report(replace(made, source=replace(made.source, file=f"{year}年报.docx")), tmp_path / f"{year}.json")
    (own,) = compare_folder(tmp_path)[0].findings
    assert own.finding.message == (
        f"“行政规范性文件”现行有效 20 件，按上一年报告（2023年报.docx）推算应为 {due} 件"
        f"（上年现行有效 16＋本年制发 5－本年废止 {repealed}＝{due}）。"
    )
    assert own.finding.message_en.endswith(f"give {due} (in force last year 16 + issued 5 − repealed {repealed}).")


def test_a_finding_stands_under_the_name_that_its_report_prints(tmp_path: Path) -> None:
    names = (*["青溪市发展和改革委员会"] * 3, "青溪市发改委")
    for name, own in zip(names, series(18, 21, 1900, 1950), strict=True):
        named = replace(own.report["agency"], value=name)
        write_report(replace(own, report=own.report | {"agency": named}), tmp_path / f"{own.report['year'].value}.json")
    (finding,) = compare_folder(tmp_path)[0].findings
    assert (finding.agency, finding.year) == ("青溪市发展和改革委员会", 2023)


def test_a_folder_of_documents_gives_history_json_and_names_what_is_no_document(tmp_path: Path) -> None:
    for own in series(18, 21, 1900):
        write_report(own, tmp_path / f"{own.report['year'].value}.json")
    (tmp_path / "other.json").write_text("[]", encoding="utf-8")
    history, failures = compare_folder(tmp_path)
    document = json.loads(write_history(history, tmp_path / "out").read_text(encoding="utf-8"))
    (finding,) = document["findings"]
    assert (finding["code"], finding["agency"], finding["year"]) == ("Y004", "青溪市统计局", 2023)
    assert (finding["severity"], finding["fields"]) == ("info", [RECEIVED])
    assert (finding["expected"], finding["found"]) == (21, 1900)
    assert (finding["file"], finding["sha256"], type(finding["message"])) == ("报告.txt", "0" * 64, str)
    assert [failure.file for failure in failures] == [str(tmp_path / "other.json")]
    text = render_history(history, width=60)
    assert "青溪市统计局 2023 年" in text
    assert text.endswith(
        "共 3 份报告，比较了 3 份 / reports compared: 3 of 3：错误 errors 0，警告 warnings 0，提示 hints 1。\n"
    )


def test_carry_overs_that_break_in_several_columns_are_printed_as_one_paragraph(tmp_path: Path) -> None:
    columns = [f"{OUT}.{COLUMNS[0]}", f"{OUT}.total"]
    write_report(report(2023, dict.fromkeys(columns, 3)), tmp_path / "2023.json")
    write_report(report(2024, {f"{IN}.total": 2, f"{IN}.{COLUMNS[0]}": 2}), tmp_path / "2024.json")
    text = "".join(line.strip() for line in render_history(compare_folder(tmp_path)[0], width=60).splitlines())
    assert text.count("Y001 上下年结转不接") == 1
    assert "有 2 列不接：（1）“自然人”列：上年结转为 2" in text
    assert "（2）“总计”列：上年结转为 2" in text
    assert "错误 errors 1（2 处 findings），警告 warnings 0，提示 hints 0。个数按上列各段计" in text


def test_source_files_of_one_name_are_told_apart_by_their_documents(tmp_path: Path) -> None:
    for name in ("报告.txt.json", "教育局__报告.txt.json", "另存.json"):
        write_report(report(2023), tmp_path / name)
    files = [own.source.file for own in read_documents(find_documents([tmp_path]), [])]
    assert sorted(files) == ["报告.txt", "报告.txt", "教育局__报告.txt"]


@pytest.mark.parametrize(
    "damage", ["[" * 100_000, ('"value":2024', '"value":true'), ('"confidence":0.999', '"confidence":"x"')]
)
def test_a_damaged_document_is_named(damage: str | tuple[str, str], tmp_path: Path) -> None:
    text = damage if isinstance(damage, str) else dump_report(make_report()).replace(*damage)
    (tmp_path / "bad.json").write_text(text, encoding="utf-8")
    _, (failure,) = compare_folder(tmp_path)
    assert failure.file == str(tmp_path / "bad.json")
    assert str(failure).partition(" / ")[0].endswith("；请去掉，或用 gouji extract 重新生成")


def test_what_is_no_json_is_said_in_chinese_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"schema": \n?', encoding="utf-8")
    _, (failure,) = compare_folder(tmp_path)
    assert "这不是报告文档：第 2 行第 1 列起不是 JSON；" in str(failure)


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gouji extract"):
        compare_folder(tmp_path)


def test_every_code_that_needs_several_reports_has_words_for_all_its_places() -> None:
    for code, fields in (("Y002", (f"{STOCK}.in_force",)), ("Y004", (RECEIVED,)), ("H001", (RECEIVED,)), ("Y003", ())):
        finding = contrast_finding(Contrast(code, "甲局", 2024, "2021", fields, None, "60%", sure=True))
        assert "{" not in finding.message + finding.message_en
