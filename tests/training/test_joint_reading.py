"""Damaged tables: what they are made of, and what the joint reading makes of them."""

from __future__ import annotations

import random

import pytest

from training.joint_reading import DAMAGES, Joint, draw_report, read_damaged, render


def test_the_joint_reading_needs_the_sums_and_breaks_nothing() -> None:
    joint = read_damaged(DAMAGES["misread"], reports=20)
    assert (joint.in_sums, joint.broken, joint.codes, joint.false_codes) == (1.0, 0, 1.0, 0)
    alone = read_damaged(DAMAGES["misread"], reports=20, rules=False, prose=False)
    assert (alone.right, alone.broken) == (0.0, 0)


def test_misprints_elsewhere_hardly_keep_misread_cells_from_being_read() -> None:
    joint = read_damaged(DAMAGES["misread, and misprinted"], reports=40)
    assert joint.in_sums is not None
    assert joint.in_sums > 0.95


@pytest.mark.parametrize("name", DAMAGES)
def test_a_misread_cell_has_its_true_number_as_second_candidate_and_no_other_is_misread(name: str) -> None:
    report = draw_report(random.Random(1), DAMAGES[name])
    first = {field: cell.value for field, cell in report.cells.items()}
    assert {field for field, value in report.printed.items() if first[field] != value} == report.misread
    assert all(report.cells[field].readings[1][0] == str(report.printed[field]) for field in report.misread)


def test_the_table_says_what_can_be_told_at_all() -> None:
    joint = Joint(1.0, 0.7, 0.0, 0.95, 0.03, 2, 400_000, 0.98, 1, 2.3, 3.5)
    assert render({"misread": joint}).splitlines()[2:] == [
        "| misread | 0.9500 | 0.9700 | 2 | 400,000 | 0.980 | 1 | 2.3 | 3.5 |"
    ]
