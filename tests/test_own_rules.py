"""A file of the user's own: what it adds is used, in every process; what is wrong in it is named."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.batch import extract_many
from extract.errors import DataFileError
from extract.forms import load_form
from extract.own import use_own_rules
from extract.own_file import parse_own_rules, read_own_rules
from extract.pipeline import extract_content, extract_report
from extract.records import Finding, Severity
from extract.rules import load_rules, own_sums
from extract.settings import load_settings

EXAMPLE = Path(__file__).parent.parent / "examples" / "yanchuan-water-2024.txt"  # 17 requests, 14 of natural persons
ALIAS = """
[[alias]]
of = "requests.denied.administrative_inquiry"
also = ["8.属于行政咨询事项"]
"""
SUM = """
[[sum]]
name = "全部为自然人"
says = "本单位只受理自然人的申请"
severity = "error"
whole = ["requests.received.total"]
parts = ["requests.received.natural_person"]
"""
EACH = """
[[sum]]
name = "没有结转"
table = 3
over = "columns"
whole = ["requests.handled.{each}"]
parts = ["requests.received.{each}"]
"""


@pytest.fixture(autouse=True)
def _without_rules_afterwards() -> Iterator[None]:
    yield
    use_own_rules()


def write(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def use(folder: Path, text: str) -> None:
    use_own_rules(read_own_rules(write(folder, text)))


def findings(code: str) -> list[Finding]:
    return [finding for finding in extract_report(EXAMPLE).findings if finding.code == code]


def test_an_alias_is_a_wording_of_its_row_in_every_template_that_has_it(tmp_path: Path) -> None:
    use(tmp_path, ALIAS)
    for template in ("2019", "2021"):
        rows = [row for table in load_form(template).tables for block in table.blocks for row in block.rows]
        assert [row.id for row in rows if "8.属于行政咨询事项" in row.labels] == [
            "requests.denied.administrative_inquiry"
        ]


def test_a_row_is_known_by_its_alias_and_the_report_still_deviates(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("1.本机关不掌握相关政府信息", "查无此件")
    field = "requests.unavailable.not_held.total"
    assert "行名相符度 1.00" not in extract_content(text.encode(), file="a.txt").fields[field].evidence
    use(tmp_path, '[[alias]]\nof = "requests.unavailable.not_held"\nalso = ["查无此件"]\n')
    report = extract_content(text.encode(), file="a.txt")
    assert "行名相符度 1.00" in report.fields[field].evidence
    assert "查无此件" in {finding.found for finding in report.findings if finding.code == "L001"}


def test_an_alias_of_a_section_counts_as_its_heading(tmp_path: Path) -> None:
    use(tmp_path, '[[alias]]\nof = "section.5"\nalso = ["不足与打算"]\ntemplates = ["2021"]\n')
    assert "不足与打算" in load_form("2021").sections[4].aliases
    assert "不足与打算" not in load_form("2019").sections[4].aliases


def test_a_sum_that_does_not_hold_is_a_finding_in_the_users_words_and_changes_no_field(tmp_path: Path) -> None:
    before = extract_report(EXAMPLE).fields
    use(tmp_path, SUM)
    (finding,) = findings("U001")
    assert (finding.severity, finding.expected, finding.found) == (Severity.ERROR, 14, 17)
    assert "全部为自然人" in finding.message
    assert "本单位只受理自然人的申请" in finding.message
    assert extract_report(EXAMPLE).fields == before


def test_a_sum_over_all_columns_is_one_rule_for_each(tmp_path: Path) -> None:
    use(tmp_path, EACH)
    assert {rule.id.rpartition(":")[2] for rule in own_sums(load_form("2021"))} >= {"natural_person", "total"}
    assert findings("U001") == []


def test_settings_and_the_limits_of_comparisons_are_the_users(tmp_path: Path) -> None:
    use(tmp_path, "[settings]\nmax_file_seconds = 300\n[history.jump]\nfactor = 8\n")
    assert load_settings().max_file_seconds == 300
    jump = load_rules("history.toml")["jump"]
    assert (jump["factor"], jump["least"]) == (8, 30)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_process_reads_with_the_rules_and_other_rules_mean_reading_again(tmp_path: Path, jobs: int) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_bytes(EXAMPLE.read_bytes())
    extract_many([folder], out, jobs=jobs)
    use(tmp_path, SUM)
    assert extract_many([folder], out, jobs=jobs).written == 2
    for path in out.glob("*.json"):
        document = json.loads(path.read_text(encoding="utf-8"))
        assert "U001" in {finding["code"] for finding in document["findings"]}
        assert document["made_by"]["rules"]
    assert extract_many([folder], out, jobs=jobs).unchanged == 2
    use(tmp_path, EACH)
    assert extract_many([folder], out, jobs=jobs).written == 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("x", ("TOML",)),
        ("[[rule]]\n", ("rule", "alias")),
        ("[alias]\nof = 'requests.granted'\n", ("alias", "[[alias]]")),
        ("[[alias]]\nof = 'requests.grantd'\nalso = ['准予']\n", ("requests.grantd", "requests.granted")),
        ("[[alias]]\nof = 'requests.granted'\nalso = '准予'\n", ("also", "准予")),
        ("[[alias]]\nof = 'requests.granted'\nalso = ['（二）部分公开']\n", ("（二）部分公开", "partially_granted")),
        ("[[alias]]\nof = 'requests.granted'\nalso = ['不予公开']\n", ("不予公开",)),
        ("[[alias]]\nof = 'requests.granted'\nalso = ['准予']\nform = '2021'\n", ("form",)),
        ("[[alias]]\nof = 'requests.granted'\nalso = ['准予']\ntemplates = ['2020']\n", ("2020", "2021")),
        (SUM.replace("natural_person", "natural"), ("requests.received.natural", "GLOSSARY")),
        (SUM.replace('"error"', '"grave"'), ("grave", "warning")),
        (SUM + SUM, ("[[sum]] 2", "全部为自然人")),
        (SUM.replace("whole", "table = 5\nwhole"), ("over", "table")),
        (EACH.replace("{each}", "total"), ("over", "{each}")),
        (EACH.replace("= 3", "= 5"), ("table = 5",)),
        (EACH.replace('"columns"', '"cells"'), ("cells", "rows")),
        ("[settings]\nmax_file_second = 300\n", ("max_file_second", "max_file_seconds")),
        ("[settings]\nmax_file_seconds = true\n", ("max_file_seconds", "whole number")),
        ("[history.jump]\nfactor = '8'\n", ("factor", '"8"')),
        ("[history.jump]\nfields = ['requests.total']\n", ("requests.total",)),
        ("[history.jumps]\nfactor = 8\n", ("jumps", "jump")),
    ],
)
def test_what_is_wrong_is_named_with_file_entry_and_remedy_in_both_languages(
    tmp_path: Path, text: str, names: tuple[str, ...]
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(DataFileError) as caught:
        read_own_rules(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert all(name in message for name in names), message
    assert "; " in message
    assert " / " in message
    assert "\n" not in message


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"gone\.toml"):
        read_own_rules(tmp_path / "gone.toml")


def test_the_example_of_the_readme_is_right() -> None:
    readme = (EXAMPLE.parent.parent / "README.md").read_text(encoding="utf-8")
    example = readme.split("<!-- own rules -->\n```toml\n")[1].split("```")[0]
    own = parse_own_rules(tomllib.loads(example))
    assert own.aliases
    assert own.sums
    assert own.numbers


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[settings]\nmax_file_seconds = "x"',
            '[settings] max_file_seconds = "x": 应为大于 0 的整数 / must be a whole',
        ),
        ("[settings]\nmetadata_threshold = true", "[settings] metadata_threshold = true: 应为大于 0 的数 / must be"),
        ("[[sum]]\nname = {a = 1}\nwhole = []\nparts = []", '[[sum]] 1 name = {"a": 1}: 应为文字 / must be a text'),
        (
            '[[sum]]\nname = "a"\nwhole = ["requests.received.total"]\nparts = ["requests.{each}.*"]',
            "[[sum]] 1: 用到 {each}，没有 over / {each} needs over",
        ),
        (
            '[[alias]]\nof = "requests.unavailable.not_held"\nalso = ["重复申请"]',
            "已是 requests.not_processed.repeated 的名称",
        ),
    ],
)
def test_what_is_wrong_is_said_in_both_languages_and_shown_as_the_file_has_it(tmp_path: Path, text: str, said: str):
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        read_own_rules(file)
    assert said in str(caught.value)
