"""`archive find`: Chinese words exactly, wherever they stand; whatever is typed; an index that is only a cache."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.archive.index import SCHEMA, find, fold, words_of
from authoring.archive.store import add_issues
from tests.archive.conftest import Recorder
from tests.conftest import Command, environment

INDEX = Path(".cache", "index.sqlite3")


def found(run: Command, archive: Path, *words: str) -> str:
    outcome = run("archive", "find", *words, "--archive", archive)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


def test_hit_tells_issue_page_section_headline_and_text(both: Path, run: Command) -> None:
    assert found(run, both, "双向赋能") == (
        "2025年第50期  2025-10-13  第8页  省内要情\n"
        "  天府绛溪实验室发布西南地区首个全尺寸通用人形机器人\n"
        "    …的深度融合，实现科技创新与产业升级的双向赋能。\n"
        "共 1 条\n"
    )


def test_page_is_that_of_the_line(both: Path, run: Command) -> None:
    """Point 3 of the second item begins on page 4 and ends on page 5."""
    assert "第4页" in found(run, both, "技术转移服务。")
    assert "第5页" in found(run, both, "单个技术转移机构每年补助金额")


def test_latest_issue_first(both: Path, run: Command) -> None:
    lines = [line for line in found(run, both, "人工智能").splitlines() if line.startswith("2025年")]
    assert lines[0].startswith("2025年第54期")
    assert lines[-1].startswith("2025年第50期")


@pytest.mark.parametrize("asked", ["joyinside", "JOYINSIDE", "Joyinside", "ＪＯＹＩＮＳＩＤＥ"])
def test_latin_in_any_case_and_width(both: Path, run: Command, asked: str) -> None:
    assert "Joyinside大模型" in found(run, both, asked)


def test_several_words_must_all_be_in_the_item(both: Path, run: Command) -> None:
    assert found(run, both, "诸葛空间", "AI").endswith("共 1 条\n")
    assert found(run, both, "诸葛空间", "天津市科技局").endswith("共 0 条\n")


def test_section_and_since(both: Path, run: Command) -> None:
    assert "共 0 条" in found(run, both, "天津市科技局", "--section", "省内")
    assert "共 1 条" in found(run, both, "天津市科技局", "--section", "省外")
    assert "第50期" not in found(run, both, "人工智能", "--since", "2025-11-01")
    assert "第54期" in found(run, both, "人工智能", "--since", "2025年11月1日")
    assert "共 0 条" in found(run, both, "人工智能", "--since", "2026-01-01")
    assert run("archive", "find", "词", "--since", "昨天", "--archive", both).code == 2


def test_section_as_it_is_printed_and_one_that_there_is_none_of(both: Path, run: Command) -> None:
    assert "共 1 条" in found(run, both, "天津市科技局", "--section", " 【省外速览】")
    unknown = found(run, both, "天津市科技局", "--section", "国外")
    assert unknown == "没有叫“国外”的栏目，有：部委动态、省外速览、省内要情\n共 0 条\n"
    assert "没有叫" not in found(run, both, "天津市科技局", "--section", "省内")


@pytest.mark.parametrize(("option", "said"), [("--limit=0", "不在范围"), ("--limit=x", "“x”不是整数")])
def test_limit_that_is_none(both: Path, run: Command, option: str, said: str) -> None:
    outcome = run("archive", "find", "词", option, "--archive", both)
    assert (outcome.code, said in outcome.err) == (2, True)


def test_limit_tells_how_many_there_are(both: Path, run: Command) -> None:
    out = found(run, both, "科技", "--limit", "2")
    assert out.count("2025年第") == 2
    assert "只列出 2 条" in out


@pytest.mark.parametrize(
    "asked",
    ['"', '""', "AND", "NOT 科技", "科技 OR", "科技*", "^科技", "words:科技", "(", "科技)", "-", "NEAR(科技 成果)", "'; DROP TABLE items", "\\", "%", "_", "\x00科技", "\udcff科技", "🙂", "“", "|"],
)  # fmt: skip
def test_no_syntax_reaches_the_index(both: Path, run: Command, asked: str) -> None:
    outcome = run("archive", "find", asked, "--archive", both)
    assert outcome.code in (0, 2)
    assert "Traceback" not in outcome.err
    assert "sqlite" not in outcome.err.lower()


def test_words_of_a_query_are_taken_as_they_stand(both: Path, run: Command) -> None:
    assert "共 0 条" in found(run, both, "人工*")
    assert "共 0 条" in found(run, both, "NOT 科技")


def test_too_long_or_empty_is_said(both: Path, run: Command) -> None:
    assert "最多 100 字" in run("archive", "find", "词" * 101, "--archive", both).err
    for nothing in (" ", '"', "＂＂"):
        assert "没有写要找的词" in run("archive", "find", nothing, "--archive", both).err


# ------------------------------------------------------------------ exactness


def indexed(texts: list[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    for text in texts:
        added = connection.execute(
            "INSERT INTO items(folder, date, section, headline) VALUES('2025/001', '2025-01-01', '', '')"
        )
        connection.execute("INSERT INTO texts VALUES(?, ?, ?, '0:1')", (added.lastrowid, text, fold(text)))
        connection.execute("INSERT INTO grams(rowid, words) VALUES(?, ?)", (added.lastrowid, words_of(text)))
    return connection


def counted(texts: list[str], asked: str) -> int:
    connection = indexed(texts)
    try:
        return find(connection, asked).total
    finally:
        connection.close()


han = st.text("科技成果转化产业𬀩。，“”", min_size=1, max_size=12)


@settings(max_examples=300)
@given(texts=st.lists(han, min_size=1, max_size=6), asked=han)
def test_han_is_found_exactly_where_it_stands(texts: list[str], asked: str) -> None:
    assert counted(texts, asked) == sum(asked in text for text in texts)


mixed = st.text("科技成ab1Ａ", min_size=1, max_size=5)


@settings(max_examples=300)
@given(
    texts=st.lists(st.text("科技成ab1，+ Ａ", min_size=1, max_size=12), min_size=1, max_size=6), asked=mixed
)
def test_no_text_with_the_word_is_missed(texts: list[str], asked: str) -> None:
    """Letters and figures at either end of what is asked for stand for whole words."""
    word = re.compile(f"(?<![0-9a-z]){re.escape(fold(asked))}(?![0-9a-z])")
    assert counted(texts, asked) >= sum(word.search(fold(text)) is not None for text in texts)


@pytest.mark.parametrize(
    ("text", "asked", "there"),
    [
        ("成果“先使用", "成果先使用", False),
        ("打造AI+制造", "AI制造", False),
        ("打造AI+制造", "AI+制造", True),
        ("打造AI制造", "AI制造业", False),
        ("到2027年，", "2027年", True),
        ("到2027年，", "027", False),
        ("MAIN", "AI", False),
        ("年AI", "年AI", True),
        ("前年AI", "年", True),
    ],
)
def test_mixed_words(text: str, asked: str, there: bool) -> None:
    assert counted([text], asked) == there


@given(st.text())
def test_fold_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


# ------------------------------------------------------------------ a cache


def result(run: Command, archive: Path) -> str:
    return found(run, archive, "科技")


@pytest.fixture
def expected(both: Path, run: Command) -> str:
    return result(run, both)


def spoil(kind: str, file: Path) -> None:
    if kind == "missing":
        file.unlink()
    elif kind == "corrupt":
        file.write_bytes(b"no database" * 1000)
    elif kind == "truncated":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif kind == "empty":
        file.write_bytes(b"")
    elif kind == "other version":
        connection = sqlite3.connect(file)
        connection.execute("PRAGMA user_version = 99")
        connection.commit()
        connection.close()
    elif kind == "words lost":
        connection = sqlite3.connect(file)
        connection.execute("DROP TABLE grams")
        connection.commit()
        connection.close()
    else:
        data = bytearray(file.read_bytes())
        data[4096:] = bytes(len(data) - 4096)
        file.write_bytes(bytes(data))


@pytest.mark.parametrize(
    "kind", ["missing", "corrupt", "truncated", "empty", "other version", "words lost", "zeroed"]
)
def test_spoilt_index_is_made_again(archive: Path, run: Command, expected: str, kind: str) -> None:
    spoil(kind, archive / INDEX)
    assert result(run, archive) == expected
    assert run("archive", "list", "--archive", archive).out.startswith("2025年第50期")


def test_rebuild(archive: Path, run: Command, expected: str) -> None:
    spoil("corrupt", archive / INDEX)
    outcome = run("archive", "rebuild", "--archive", archive)
    assert (outcome.code, outcome.out) == (0, "重建了索引：2 期\n")
    assert result(run, archive) == expected


def test_index_follows_the_tree(archive: Path, run: Command, issue: Callable[..., Path]) -> None:
    assert add_issues((issue(55, date="2025-12-01"),), archive, None, None, Recorder()) == 0
    assert "第55期" in found(run, archive, "第55件事")
    (archive / "2025" / "055").rename(archive.parent / "taken out")
    assert "共 0 条" in found(run, archive, "第55件事")
    (archive.parent / "taken out").rename(archive / "2025" / "055")
    assert "共 1 条" in found(run, archive, "第55件事")


def test_issue_that_cannot_be_read_does_not_hide_the_others(archive: Path, run: Command) -> None:
    (archive / "2025" / "050" / "issue.yaml").write_text("number: [", encoding="utf-8")
    assert "第54期" in found(run, archive, "科技")
    assert "2025年第50期  读不出来" in run("archive", "list", "--archive", archive).out


def test_archive_that_cannot_be_written_is_searched_all_the_same(
    archive: Path, run: Command, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive / INDEX).unlink()
    for path in (archive / ".cache").iterdir():
        path.unlink()
    (archive / ".cache").rmdir()
    (archive / ".cache").write_text("in the way", encoding="utf-8")
    assert result(run, archive) == expected


def test_finding_loads_no_model_and_no_renderer(both: Path) -> None:
    code = (
        "import sys\nfrom authoring.cli import main\n"
        "try:\n    main(['archive', 'find', '科技', '--archive', sys.argv[1]])\n"
        "finally:\n    heavy = {'pydantic', 'reportlab', 'docx', 'lxml', 'yaml', 'uharfbuzz'} & sys.modules.keys()\n"
        "    print(sorted(heavy), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(both)], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"
