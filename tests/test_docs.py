"""The documentation says what the program does: commands, options, settings, codes, ids, and a golden output."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
import typer.main
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from typer.testing import CliRunner

from extract.cli import app
from extract.forms import form_ids, load_form
from extract.outputs.panel import long_columns
from extract.rules import load_rules

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
FIELD = "requests.granted.total"  # the field that the READMEs show

both = pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def block_after(text: str, marker: str) -> str:
    """The fenced block that follows `<!-- marker -->`."""
    match = re.search(rf"<!-- {marker} -->\n```\w+\n(.*?)```", text, re.DOTALL)
    assert match, f"no block is marked {marker}"
    return match[1]


def example_of(text: str) -> Path:
    """The file that the first command extracts."""
    return ROOT / block_after(text, "first command").split("gouji extract ")[1].split()[0]


def options_by_command() -> dict[str, list[str]]:
    """The options of each command; those of `gouji` itself under the empty name."""
    group: Any = typer.main.get_command(app)
    return {"": options_of(group)} | {name: options_of(command) for name, command in group.commands.items()}


def options_of(command: Any) -> list[str]:
    return [name for parameter in command.params if parameter.param_type_name == "option" for name in parameter.opts]


def codes() -> dict[str, dict[str, object]]:
    return {code: entry for code, entry in load_rules("findings.toml").items() if re.fullmatch(r"[A-Z]\d{3}", code)}


@both
def test_every_command_and_option_is_named(readme: Path) -> None:
    text = read(readme)
    for command, options in options_by_command().items():
        assert f"gouji {command}" in text
        assert [option for option in options if not re.search(rf"`(gouji )?{option}\b", text)] == []


@both
def test_the_figures_of_a_card_are_those_that_it_has_now(readme: Path) -> None:
    for name, says in re.findall(r"^\| `(models/[\w-]+\.md)` \| (.*) \|$", read(readme), re.MULTILINE):
        has = {float(number.replace(",", "")) for number in NUMBER.findall(read(ROOT / name))}
        given = NUMBER.findall(says.replace("2021", "").replace("2019", ""))
        assert [number for number in given if not any(_shows(number, other) for other in has)] == [], name


def _shows(printed: str, number: float) -> bool:
    """Whether `printed`, a share perhaps in percent, is the number as far as its decimals go."""
    value = number * 100 if printed.endswith("%") else number
    decimals = len(printed.rstrip("%").partition(".")[2])
    return f"{value:.{decimals}f}" == printed.rstrip("%").replace(",", "")


@both
def test_every_command_that_is_named_exists(readme: Path) -> None:
    named = set(re.findall(r"(?:`|bin/|bash\n)gouji ([a-z]+)", read(readme)))
    assert named == set(options_by_command()) - {""}


@both
def test_every_setting_is_named(readme: Path) -> None:
    text = read(readme)
    assert [name for name in load_rules("settings.toml") if f"`{name}`" not in text] == []


@pytest.mark.parametrize("name", ["README.md", "docs/data-columns.md", "docs/retraining.md"])
def test_a_text_and_its_twin_have_the_same_commands_sections_and_output(name: str) -> None:
    english, chinese = read(ROOT / name), read((ROOT / name).with_suffix(".zh.md"))
    blocks = [re.findall(r"```\w+\n.*?```", text, re.DOTALL) for text in (english, chinese)]
    assert blocks[0] == blocks[1]
    heads = [re.findall(r"^#+ ", text, re.MULTILINE) for text in (english, chinese)]
    assert heads[0] == heads[1]
    firsts = [" ".join(re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)) for text in (english, chinese)]
    assert re.findall(r"`[^`]+`", firsts[0]) == re.findall(r"`[^`]+`", firsts[1])


def test_both_readmes_give_the_same_figures_for_every_command() -> None:
    english, chinese = (figures_of(read(readme)) for readme in READMES)
    assert english == chinese
    named = " ".join(re.findall(r"`[^`]+`", read(READMES[0]).split("<!-- figures -->")[1]))
    assert all(command in named for command in ("gouji evaluate", "claims_evaluation", "training.benchmark"))


def figures_of(text: str) -> list[list[str]]:
    """The numbers between the marks, row by row of their tables."""
    rows = text.split("<!-- figures -->")[1].split("<!-- end of figures -->")[0].splitlines()
    return [numbers for row in rows if row.startswith("|") and (numbers := re.findall(r"\d+(?:\.\d+)?", row))]


def test_the_output_in_the_readme_is_what_the_command_prints(request: pytest.FixtureRequest) -> None:
    check_golden("output of the first command", print_example(), request)


def test_the_field_in_the_readme_is_what_the_command_prints(request: pytest.FixtureRequest) -> None:
    field = json.loads(print_example("--format", "json"))["fields"][FIELD]
    check_golden("field", json.dumps(field, ensure_ascii=False) + "\n", request)


def print_example(*options: str) -> str:
    """What the first command prints, with more options."""
    printed = CliRunner().invoke(app, ["extract", str(example_of(read(READMES[0]))), *options])
    assert printed.exit_code == 0, printed.output
    return str(printed.output)


def check_golden(marker: str, printed: str, request: pytest.FixtureRequest) -> None:
    """That the marked block of both READMEs is what was printed; with --regen it is written first."""
    for readme in READMES:
        if request.config.getoption("--regen"):
            readme.write_text(read(readme).replace(block_after(read(readme), marker), printed), encoding="utf-8")
        assert block_after(read(readme), marker) == printed, f"{readme.name}: use --regen if the new output is right"


def test_the_library_call_in_the_readme_runs() -> None:
    code = block_after(read(READMES[0]), "library call")
    command = [sys.executable, "-X", "utf8", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("砚川县水务局 2024\n8 read ")
    assert "A001" in done.stdout


@pytest.mark.parametrize("path", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]), ids=lambda path: path.name)
def test_every_link_leads_to_a_file(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", read(path))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]), ids=lambda path: path.name)
def test_every_file_that_is_named_exists(path: Path) -> None:
    named = re.findall(r"`((?:extract|training|tests|models|docs|examples|corpus)/[\w./-]+)`", read(path))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_code_of_the_catalogue_is_documented_with_its_name_and_severity() -> None:
    text = read(ROOT / "docs" / "report-document.md")
    for code, entry in codes().items():
        assert f"| `{code}` | {entry['name']} | {entry['severity']} |" in text, code
    assert set(re.findall(r"^\| `([A-Z]\d{3})`", text, re.MULTILINE)) == set(codes())


def test_every_id_of_the_templates_is_in_the_glossary() -> None:
    named = set(re.findall(r"`([a-z_.]+)`", read(ROOT / "GLOSSARY.md")))
    for form in map(load_form, form_ids()):
        for field in form.field_ids:
            row, _, column = field.rpartition(".")
            assert {row, column} <= named, field


@pytest.mark.parametrize("name", ["data-columns.md", "data-columns.zh.md"])
def test_every_column_of_the_data_is_explained(name: str) -> None:
    text = read(ROOT / "docs" / name)
    assert [column.name for column in long_columns() if f"| `{column.name}` | " not in text] == []


def test_the_notice_names_every_package_that_is_installed_with_gouji() -> None:
    notice = re.findall(r"[a-z0-9][a-z0-9.-]*[a-z0-9]", read(ROOT / "NOTICE").lower())
    asked = [Requirement(text).name for text in distribution("gouji").requires or ()]
    known = {"gouji"}
    while asked:
        name = canonicalize_name(asked.pop())
        try:
            needed = [] if name in known else distribution(name).requires or []
        except PackageNotFoundError:  # of an extra that is not installed, or of another system
            continue
        known.add(name)
        needs = map(Requirement, needed)
        asked += [own.name for own in needs if not own.marker or own.marker.evaluate({"extra": ""})]
    assert known - {canonicalize_name(word) for word in notice} == set()
