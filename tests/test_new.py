"""`authoring new`: the next issue's file, ready to be filled in."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from authoring.diagnostics import CannotRun
from authoring.new_issue import write_new_issue
from authoring.source import load
from tests.conftest import DRAFT, Command

Write = Callable[..., Path]
DAY = dt.date(2025, 12, 5)
FILL = {
    "- headline:": "- headline: 标题",
    "          -\n": "          - 正文。\n",
    "              -\n": "              - 要点。\n",
}


def filled(text: str) -> str:
    """The new file with every empty place filled in, comments dropped."""
    lines = "".join(
        line.split("  # ")[0].rstrip() + "\n" for line in text.splitlines() if not line.startswith("#")
    )
    for empty, full in FILL.items():
        lines = lines.replace(empty, full)
    return lines


def test_number_sections_and_schema(samples: Path, tmp_path: Path) -> None:
    shutil.copy(samples / "050.yaml", tmp_path)
    shutil.copy(samples / "054.yaml", tmp_path)
    made = write_new_issue(DAY, tmp_path)
    assert (made.path.name, made.number, made.previous.name) == ("055.yaml", 55, "054.yaml")
    text = made.path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schemas/issue.schema.json\n")
    made.path.write_text(filled(text), encoding="utf-8")
    issue = load(made.path).issue
    assert (issue.number, issue.date) == (55, DAY)
    assert [section.name for section in issue.sections] == ["部委动态", "省外速览", "省内要情"]
    assert issue.typesetting is None


def test_check_lists_what_is_to_be_filled_in(run: Command, samples: Path, tmp_path: Path) -> None:
    made = write_new_issue(DAY, tmp_path, samples / "054.yaml")
    outcome = run("check", made.path)
    assert outcome.code == 1
    assert outcome.out.count(" F003 没有内容") == 9


def test_schema_line_is_made_right_for_another_folder(samples: Path, tmp_path: Path) -> None:
    shutil.copy(samples / "054.yaml", tmp_path)
    made = write_new_issue(DAY, tmp_path / "a" / "b", tmp_path / "054.yaml")
    first = made.path.read_text(encoding="utf-8").splitlines()[0]
    assert first.endswith("$schema=../../../schemas/issue.schema.json")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("50.yaml", "51.yaml"),
        ("第050期.yml", "第051期.yml"),
        ("2025-50.yaml", "2025-51.yaml"),
        ("稿.yaml", "051.yaml"),
    ],
)
def test_name_follows_the_previous_one(write: Write, tmp_path: Path, name: str, expected: str) -> None:
    assert write_new_issue(DAY, tmp_path, write(DRAFT, name)).path.name == expected


def test_nothing_is_overwritten(write: Write, tmp_path: Path) -> None:
    previous, there = write(DRAFT, "050.yaml"), write("我的稿子", "051.yaml")
    with pytest.raises(CannotRun, match="没有覆盖"):
        write_new_issue(DAY, tmp_path, previous)
    assert there.read_text(encoding="utf-8") == "我的稿子"


def test_files_that_are_no_issues_are_skipped(write: Write, tmp_path: Path) -> None:
    write("a: b", "x.yaml")
    write(DRAFT, "050.yaml")
    assert write_new_issue(DAY, tmp_path).number == 51


def test_nothing_to_follow(run: Command, tmp_path: Path) -> None:
    outcome = run("new", "--date", "2025-12-05", "-o", tmp_path)
    assert outcome.code == 2
    assert "用 --from 指明" in outcome.err


def test_a_new_year_is_pointed_out(write: Write, tmp_path: Path) -> None:
    made = write_new_issue(dt.date(2026, 1, 9), tmp_path, write(DRAFT, "050.yaml"))
    assert "跨年了" in made.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("day", ["2025-12-05", "2025/12/5", "2025年12月5日"])
def test_command(run: Command, write: Write, tmp_path: Path, day: str) -> None:
    write(DRAFT, "050.yaml")
    outcome = run("new", "--date", day, "-o", tmp_path)
    assert outcome.out == f"{tmp_path / '051.yaml'}  第51期，接在 {tmp_path / '050.yaml'} 之后\n"
    assert "\ndate: 2025-12-05 " in (tmp_path / "051.yaml").read_text(encoding="utf-8")


def test_today_where_no_date_is_given(run: Command, write: Write, tmp_path: Path) -> None:
    write(DRAFT, "050.yaml")
    before = dt.date.today()
    assert run("new", "-o", tmp_path).code == 0
    text = (tmp_path / "051.yaml").read_text(encoding="utf-8")
    assert any(f"date: {day.isoformat()}" in text for day in (before, dt.date.today()))
