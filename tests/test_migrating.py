"""Every past version builds and migrates; a newer one is refused. The mechanism is shown with a history made up here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from authoring.diagnostics import InvalidIssue
from authoring.migrate_run import Request, Result, Versions, migrate_files
from authoring.model import SCHEMA_VERSION, Issue
from authoring.source import load, loading, schema_version
from authoring.source.document import parse
from authoring.source.loading import validated
from authoring.source.migrating import MIGRATIONS, current_value
from authoring.source.raw import Raw
from tests.conftest import DRAFT, ROOT, Command

Write = Callable[..., Path]
EXAMPLES = ROOT / "tests" / "data" / "schema-versions"


def _first(tree: dict[str, Any]) -> dict[str, Any]:
    """To version 2: `parts` is called `sections`, and `copies` moves into the imprint."""
    tree["sections"] = tree.pop("parts")
    if "copies" in tree:
        tree.setdefault("imprint", {})["copies"] = tree.pop("copies")
    return tree


def _second(tree: dict[str, Any]) -> dict[str, Any]:
    """To version 3: the number's own year, `2025年第50期`, is no longer one field with the date."""
    number, _, date = tree.pop("issue").partition(" ")
    return {**tree, "number": number, "date": date}


HISTORY = Versions({1: _first, 2: _second}, 3)

OLD = """\
# 首
schema: 1  # 版本
publication: chuangxin-qudong-yaocan  # 刊
# 期号和日期
issue: 50 2025-10-13  # 合写

# 印数的上面
copies: '120'  # 印数
parts:  # 栏目
  - name: "部委动态"

    items:
      # 头条
      - headline: >-
          标题
        body: [正文, '第二段']  # 正文
imprint:
  issuer: 科技厅
# 尾
"""

NEW = """\
# 首
schema: 3  # 版本
publication: chuangxin-qudong-yaocan  # 刊
number: 50
# 期号和日期
date: 2025-10-13  # 合写
sections:  # 栏目
  - name: "部委动态"

    items:
      # 头条
      - headline: >-
          标题
        body: [正文, '第二段']  # 正文
imprint:
  issuer: 科技厅
  # 印数的上面
  copies: '120'  # 印数
# 尾
"""


def migrate(*paths: Path, versions: Versions = HISTORY, **options: Any) -> tuple[Result, ...]:
    return migrate_files(Request(paths, **options), lambda *_: None, versions)


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_every_version_has_an_example_which_builds(version: int, run: Command, tmp_path: Path) -> None:
    example = EXAMPLES / str(version) / "issue.yaml"
    assert example.is_file(), f"a new schema version wants an example: {example.relative_to(ROOT)}"
    text = example.read_text(encoding="utf-8")
    assert schema_version(parse(text, "x.yaml")) == version
    assert "  # " in text
    outcome = run("build", example, "-o", tmp_path, "--to", "pdf")
    assert (outcome.code, (tmp_path / "issue.pdf").read_bytes()[:5]) == (0, b"%PDF-")


def test_every_step_between_versions_has_its_migration() -> None:
    assert list(MIGRATIONS) == list(range(1, SCHEMA_VERSION))


def test_every_field_of_the_current_version_that_an_issue_may_state_is_in_its_example() -> None:
    issue = load(EXAMPLES / str(SCHEMA_VERSION) / "issue.yaml").issue
    stated = {
        info.alias or name for name, info in Issue.model_fields.items() if getattr(issue, name) is not None
    }
    assert stated == {info.alias or name for name, info in Issue.model_fields.items()} - {"schema"}


def test_an_old_tree_is_read_as_the_current_one() -> None:
    document = parse(OLD, "x.yaml")
    issue = validated(Issue, document, current_value(document, None, *HISTORY))
    assert issue.imprint is not None
    assert (issue.number, issue.imprint.copies, issue.sections[0].name) == (50, 120, "部委动态")
    assert document.value["schema"] == "1", "the document is as it was"


def test_an_old_file_builds(
    monkeypatch: pytest.MonkeyPatch, run: Command, write: Write, tmp_path: Path
) -> None:
    read = partial(current_value, migrations=HISTORY.migrations, current=HISTORY.current)
    monkeypatch.setattr(loading, "current_value", read)
    assert run("build", write(OLD), "-o", tmp_path / "out").code == 0


def test_a_version_that_is_not_stated_is_the_current_one_unless_the_reader_knows_better(write: Write) -> None:
    document = parse(OLD.replace("schema: 1  # 版本\n", ""), "x.yaml")
    assert schema_version(document) == SCHEMA_VERSION
    assert "parts" in current_value(document, None, *HISTORY)
    assert "sections" in current_value(document, 1, *HISTORY)
    assert (
        load(write(DRAFT), version=SCHEMA_VERSION).issue
        == load(write(f"schema: {SCHEMA_VERSION}\n{DRAFT}")).issue
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_moves_up_and_keeps_everything_else(write: Write, end: str, mark: str) -> None:
    path = write(mark + OLD.replace("\n", end))
    (result,) = migrate(path)
    assert path.read_bytes().decode() == mark + NEW.replace("\n", end)
    assert (result.exit_code, result.version, len(result.changes) > 0) == (0, 1, True)
    (again,) = migrate(path)
    assert (again.version, again.before, again.changes) == (3, again.after, ())


def test_no_comment_is_lost_where_its_field_goes_for_good(write: Write) -> None:
    path = write(OLD)

    def drop(tree: dict[str, Any]) -> dict[str, Any]:
        return {key: part for key, part in _first(tree).items() if key != "imprint"}

    migrate(path, versions=Versions({1: drop, 2: _second}, 3))
    text = path.read_text(encoding="utf-8")
    document = parse(OLD, "x.yaml")
    after = Raw(parse(text, "x.yaml")).comments(0, len(text))
    assert sorted(Raw(document).comments(0, len(OLD))) == sorted(after)
    assert text.startswith("# 印数的上面\n# 印数\n# 首\n")


def test_a_diff_writes_nothing(write: Write) -> None:
    path = write(OLD)
    (result,) = migrate(path, diff=True)
    assert (path.read_text(encoding="utf-8"), result.after) == (OLD, NEW)


def test_files_that_cannot_be_migrated_do_not_stop_the_others(write: Write, tmp_path: Path) -> None:
    newer = write(OLD.replace("schema: 1", "schema: 9"), "newer.yaml")
    broken = write("schema: 1\nparts: 3\n", "broken.yaml")
    invalid = write(OLD.replace("headline:", "headlne:"), "invalid.yaml")
    good = write(OLD, "good.yaml")
    results = migrate(newer, broken, tmp_path / "none.yaml", invalid, good)
    assert [result.exit_code for result in results] == [1, 1, 2, 1, 0]
    assert [result.diagnostics[0].message.zh for result in results[:4]] == [
        "稿件是第9版格式，本工具只认识到第3版",
        "稿件不合第1版格式，升不到现行版本",
        "找不到这个文件",
        "未知字段 headlne，是不是 headline？",
    ]
    assert invalid.read_text(encoding="utf-8") == OLD.replace("headline:", "headlne:")


def test_a_newer_version_is_one_clear_error(write: Write, run: Command) -> None:
    outcome = run("build", write(f"sections: 3\nschema: {SCHEMA_VERSION + 1}\n"))
    assert outcome.code == 1
    assert outcome.err.count("错误") == 1
    assert (
        f":2:9 错误 F006 稿件是第{SCHEMA_VERSION + 1}版格式，本工具只认识到第{SCHEMA_VERSION}版"
        in outcome.err
    )
    assert "更新本工具" in outcome.err


@pytest.mark.parametrize("value", ["零", "0", "-1", "[1]"])
def test_what_is_no_version_is_refused_at_its_place(write: Write, value: str) -> None:
    with pytest.raises(InvalidIssue) as refused:
        load(write(f"schema: {value}\n{DRAFT}"))
    (found,) = refused.value.diagnostics
    assert found.span is not None
    assert (found.span.line, found.span.column, found.where.zh) == (1, 9, "格式版本")


def test_the_command_says_what_it_did(write: Write, run: Command, tmp_path: Path) -> None:
    path = write(f"schema: {SCHEMA_VERSION}\n{DRAFT}")
    outcome = run("migrate", path)
    assert (outcome.code, outcome.out) == (0, f"{path}  已是现行的第{SCHEMA_VERSION}版，没有动\n")
    missing = run("migrate", path, tmp_path / "none.yaml", "-q")
    assert (missing.code, missing.out) == (2, "")
    assert "找不到这个文件" in missing.err
    assert "authoring migrate" in run("migrate", "--help").out


def test_changes_are_announced_in_order(write: Write) -> None:
    (result,) = migrate(write(OLD))
    assert [change.message.zh for change in result.changes] == [
        "格式版本：“1”改为“3”",
        "期号：新增“50”",
        "日期：“50 2025-10-13”改为“2025-10-13”",
        "日期：字段改名（原为 issue）",
        "栏目：字段改名（原为 parts）",
        "版记 › 印数：移到这里“120”",
    ]
