"""Every trap that YAML sets an editor: what is said of it, in both languages, and where."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.diagnostics import AuthoringError, Diagnostic, report
from authoring.model import Issue
from authoring.source import load
from authoring.source.document import decode, parse
from authoring.source.loading import known_publications, load_publication
from authoring.source.schema import validate
from tests.conftest import DRAFT, ROOT

HEADLINE = "headline: 标题"
PARAGRAPH = "          - 正文\n"
PARSERS_WORDS = re.compile(
    r"mapping values|expected|could not|found (?:character|unexpected|undefined)|while (?:parsing|scanning)|Traceback"
    r"|Field required|Input should|validation error|pydantic|Extra inputs",
    re.IGNORECASE,
)


class Trap(NamedTuple):
    """A slip (`old` of the draft typed as `new`), and what is said of it."""

    old: str
    new: str
    rule: str
    line: int
    column: int
    zh: str
    en: str


QUOTE = ("引号没有包住整段文字", "the quotes do not enclose the whole text")
SYMBOL = ("以符号开头的文字没有加引号", "text that begins with a symbol is not quoted")
BRACKET = (
    "以 [ 或 { 开头的文字被读成了 YAML 的括号",
    "text that begins with [ or { is read as YAML brackets",
)
COLON = ("字段名后面是全角冒号", "a full-width colon after a field's name")
DASH = ("列表的“-”后面缺空格，或不是半角的“-”", "a list's dash must be a hyphen and a space")
NO_LIST = ("这里应是一段文字，不是列表", "a text is wanted here, not a list")
EMPTY = ("没有内容", "left empty")
NOT_TEXT = ("这段文字被读成了“字段: 值”", "this text was read as a field and its value")
DEEP = ("层次太深，不像一期稿件", "nested too deep to be an issue")
BLANK = ("文件是空的", "the file is empty")

TRAPS = {
    "lost comment": Trap("正文", "见 #3 条", "Y007", 9, 15, "“#3 条”会被当作注释丢掉", "“#3 条” would be dropped as a comment"),
    "duplicate key": Trap("date:", "number: 51\ndate:", "Y002", 3, 1, "字段 number 写了两次（前一次在第2行）", "field number stands twice (first on line 2)"),
    "full-width colon": Trap(HEADLINE, "headline：标题", "Y001", 7, 17, *COLON),
    "full-width colon, and YAML reads on": Trap("        body:\n" + PARAGRAPH, "        body：正文\n", "Y001", 8, 13, *COLON),
    "full-width colon in the last line": Trap(DRAFT, "number：50", "F003", 1, 1, *COLON),
    "quotes inside quotes": Trap("标题", '"他说"好""', "Y001", 7, 19, *QUOTE),
    "quotes around the beginning": Trap("正文", '"数据券"是好的', "Y001", 9, 13, *QUOTE),
    "single quotes inside single quotes": Trap("正文", "'他说'好''", "Y001", 9, 13, *QUOTE),
    "quote never closed": Trap("正文", '"正文', "Y001", 9, 13, "引号或括号没有结束", "a quote or bracket is never closed"),
    "backslash": Trap("正文", '"D:\\文"', "Y001", 9, 17, "双引号里的反斜杠 \\ 有特殊含义", "a backslash inside double quotes is special"),
    "per cent": Trap("正文", "%50 的企业", "Y001", 9, 13, *SYMBOL),
    "one asterisk": Trap("正文", "*加粗*的", "Y001", 9, 13, *SYMBOL),
    "two asterisks": Trap("标题", "**加粗**的", "Y001", 7, 19, *SYMBOL),
    "alias": Trap("正文", "*a", "Y003", 9, 13, "以 * 开头的文字被读成了 YAML 的引用", "text that begins with * is read as a YAML alias"),
    "alias before a field": Trap("number:", "*number:", "Y003", 2, 1, "以 * 开头的文字被读成了 YAML 的引用", "text that begins with * is read as a YAML alias"),
    "question mark": Trap("正文", "? [a, b]", "Y001", 9, 15, "字段名只能是一个词", "a field's name must be a single word"),
    "anchor": Trap("正文", "&a 正文", "Y003", 9, 13, "以 & 开头的文字被读成了 YAML 的锚点", "text that begins with & is read as a YAML anchor"),
    "ampersand": Trap("正文", "&重要 正文", "Y001", 9, 13, *SYMBOL),
    "tag": Trap("正文", "!a 正文", "Y003", 9, 13, "以 ! 开头的文字被读成了 YAML 的类型标记", "text that begins with ! is read as a YAML tag"),
    "bar": Trap("正文", "| 正文", "Y001", 9, 13, *SYMBOL),
    "at sign": Trap("正文", "@正文", "Y001", 9, 13, *SYMBOL),
    "backquote": Trap("正文", "`正文`", "Y001", 9, 13, *SYMBOL),
    "brackets at the beginning": Trap("标题", "[部委]动态", "Y001", 7, 19, *BRACKET),
    "brackets in a paragraph": Trap("正文", "[部委]动态", "Y001", 9, 13, *BRACKET),
    "brackets around all": Trap("标题", "[部委]", "F003", 7, 19, *NO_LIST),
    "braces": Trap("标题", "{部委}动态", "Y001", 7, 19, *BRACKET),
    "bracket never closed": Trap("标题", "[部委", "Y001", 7, 19, *BRACKET),
    "tab": Trap(PARAGRAPH, "\t\t  - 正文\n", "Y001", 9, 1, "缩进里有制表符（Tab）", "a tab in the indentation"),
    "tab after the dash": Trap("- 正文", "-\t正文", "Y001", 9, 11, *DASH),
    "full-width space": Trap(PARAGRAPH, "　　- 正文\n", "Y001", 9, 1, "缩进里有全角空格", "a full-width space in the indentation"),
    "full-width space after the colon": Trap(HEADLINE, "headline:　标题", "Y001", 7, 18, "冒号后面是全角空格", "a full-width space after the colon"),
    "no space after the colon": Trap("number: 50", "number:50", "Y001", 2, 7, "字段名的冒号后面缺空格", "no space after the colon"),
    "no space after the dash": Trap("- 正文", "-正文", "F003", 9, 11, *DASH),
    "no space after a later dash": Trap(PARAGRAPH, PARAGRAPH + "          -又一段\n", "Y001", 10, 11, *DASH),
    "full-width dash": Trap(PARAGRAPH, PARAGRAPH + "          － 又一段\n", "Y001", 10, 11, *DASH),
    "colon in a headline": Trap("标题", "通知: 标题", "Y001", 7, 19, "文字里有半角冒号加空格，被读成了又一个字段", "a colon and a space inside the text read as another field"),
    "colon in a paragraph": Trap("正文", "通知: 标题", "F003", 9, 13, *NOT_TEXT),
    "colon at a paragraph's end": Trap("正文", "通知如下:", "F003", 9, 13, *NOT_TEXT),
    "indentation": Trap("        body:", "       body:", "Y001", 8, 8, "这一行的缩进和上面对不齐", "this line is not indented as those above"),
    "control character": Trap("正文", "正\x07文", "Y001", 9, 14, "文件里混进了控制字符 U+0007", "control character U+0007"),
    "second document": Trap(DRAFT, DRAFT + "---\n" + DRAFT, "Y006", 10, 1, "一个文件只能写一期：这里又开始了一份文档", "a second document begins here; a file holds one issue"),
    "empty file": Trap(DRAFT, "", "Y006", 1, 1, *BLANK),
    "comments alone": Trap(DRAFT, "# 草稿\n", "Y006", 1, 1, *BLANK),
    "3000 levels of brackets": Trap(DRAFT, "[" * 3000, "Y004", 1, 25, *DEEP),
    "3000 levels of dashes": Trap(DRAFT, "- " * 3000, "Y004", 1, 49, *DEEP),
    "text alone": Trap(DRAFT, "你好", "F003", 1, 1, "这里应是“字段: 值”，实为“你好”", "fields are wanted here, not “你好”"),
    "list alone": Trap(DRAFT, "- a", "F003", 1, 1, "这里应是字段，不是列表", "fields are wanted here, not a list"),
    "empty headline": Trap(HEADLINE, "headline:", "F003", 7, 18, *EMPTY),
    "blank headline": Trap(HEADLINE, "headline: '  '", "F003", 7, 19, *EMPTY),
    "empty body": Trap(PARAGRAPH, "", "F003", 8, 14, *EMPTY),
    "empty paragraph": Trap("- 正文", "-", "F003", 9, 12, *EMPTY),
}  # fmt: skip


def diagnostics_of(text: str) -> tuple[Diagnostic, ...]:
    """What loading says of `text`; nothing for a good issue."""
    try:
        document = parse(text, "issue.yaml")
    except AuthoringError as error:
        return error.diagnostics
    found = validate(Issue, document.value)
    return tuple(document.diagnostic(item, item.message) for item in found) if isinstance(found, list) else ()


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_trap_is_explained_where_it_stands(trap: Trap) -> None:
    assert trap.old in DRAFT
    (found,) = diagnostics_of(DRAFT.replace(trap.old, trap.new, 1))
    assert found.span is not None
    said = (found.rule, found.span.line, found.span.column, found.message.zh, found.message.en)
    assert said == trap[2:]


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_no_message_is_a_parsers_own(trap: Trap) -> None:
    found = diagnostics_of(DRAFT.replace(trap.old, trap.new, 1))
    for item in found:
        assert not PARSERS_WORDS.search(item.message.zh + item.hint.zh)
        assert not re.search("[\u4e00-\u9fff]", re.sub("“[^”]*”", "", item.hint.en))


READ_AS_TYPED = {
    "leading zero": ("number: 50", "number: 054", ("number",), "054"),
    "on": ("正文", "on", ("sections", 0, "items", 0, "body", 0), "on"),
    "null": ("正文", "null", ("sections", 0, "items", 0, "body", 0), "null"),
    "tilde": ("正文", "~", ("sections", 0, "items", 0, "body", 0), "~"),
    "time": ("标题", "12:30", ("sections", 0, "items", 0, "headline"), "12:30"),
    "date": ("标题", "2025-10-13", ("sections", 0, "items", 0, "headline"), "2025-10-13"),
    "hash inside a word": ("正文", "C#语言", ("sections", 0, "items", 0, "body", 0), "C#语言"),
    "comment with a space": ("正文", "正文  # 待核", ("sections", 0, "items", 0, "body", 0), "正文"),
    "address": ("正文", "见 https://example.org/a", ("sections", 0, "items", 0, "body", 0), "见 https://example.org/a"),
    "dashes": ("正文", "正文\n            ——续文", ("sections", 0, "items", 0, "body", 0), "正文 ——续文"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "path", "value"), READ_AS_TYPED.values(), ids=READ_AS_TYPED)
def test_scalars_mean_what_they_say(old: str, new: str, path: tuple[str | int, ...], value: str) -> None:
    node = parse(DRAFT.replace(old, new, 1), "issue.yaml").value
    for part in path:
        node = node[part]
    assert node == value


@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(lambda text: b"\xef\xbb\xbf" + text.encode(), id="BOM"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(lambda text: text.replace("\n", "\r").encode(), id="CR"),
    ],
)
def test_byte_marks_and_line_ends_change_nothing(encode: object) -> None:
    assert callable(encode)
    document = parse(decode(encode(DRAFT), "issue.yaml"), "issue.yaml")
    plain = parse(DRAFT, "issue.yaml")
    assert (document.value, document.spans, document.lines) == (plain.value, plain.spans, plain.lines)


@pytest.mark.parametrize(
    ("data", "line", "column", "zh"),
    [
        pytest.param(DRAFT.encode("gb18030"), 5, 11, "文件是 GB18030（GBK）编码，应为 UTF-8", id="GB18030"),
        pytest.param(DRAFT.encode("utf-16"), 1, 1, "文件是 UTF-16 编码，应为 UTF-8", id="UTF-16"),
        pytest.param(b"\xfe\xff" + DRAFT.encode("utf-16-be"), 1, 1, "文件是 UTF-16 编码，应为 UTF-8", id="UTF-16BE"),
        pytest.param(b"number: \xff\xff", 1, 9, "文件不是 UTF-8 文本", id="neither"),
        pytest.param("标题：".encode() + b"\xe6\xa0", 1, 4, "文件不是 UTF-8 文本", id="cut inside a character"),
    ],
)  # fmt: skip
def test_other_encodings_are_named(data: bytes, line: int, column: int, zh: str) -> None:
    with pytest.raises(AuthoringError) as refused:
        decode(data, "issue.yaml")
    (found,) = refused.value.diagnostics
    assert found.span is not None
    assert (found.rule, found.span.line, found.span.column, found.message.zh) == ("Y005", line, column, zh)


slips = st.tuples(
    st.integers(0, len(DRAFT)), st.integers(0, 3), st.text("-: \n\t：#'\"\\[]{},&*!|>%@`?~<=\u3000\ufeff\x85\u2028\x00\U000e0fff文a", max_size=6)
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(slips, min_size=1, max_size=3))
def test_whatever_is_typed_is_either_read_or_explained(typed: list[tuple[int, int, str]]) -> None:
    text = DRAFT
    for at, removed, added in typed:
        text = text[:at] + added + text[at + removed :]
    for found in diagnostics_of(text):
        assert found.span is not None
        assert 1 <= found.span.line <= len(parse_lines(text))
        assert found.span.column >= 1
        assert found.message.zh
        assert not PARSERS_WORDS.search(found.message.zh + found.hint.zh)
        assert report([found], "zh")


def parse_lines(text: str) -> list[str]:
    return re.split("\r\n|[\n\r\x85\u2028\u2029]", text)


def test_a_trap_inside_a_block_scalar_is_text() -> None:
    text = DRAFT.replace("正文", "|\n            number：50\n            -见 #3\n            \t全文")
    assert diagnostics_of(text) == ()


def test_traps_come_all_at_once() -> None:
    text = DRAFT.replace("number: 50", "number：50").replace("headline: 标题", "headline：标题")
    assert [(item.span.line, item.rule) for item in diagnostics_of(text) if item.span] == [
        (2, "Y001"),
        (7, "Y001"),
    ]


def test_a_flood_of_problems_is_cut_off() -> None:
    assert len(diagnostics_of("a: [" + "*b," * 5000 + "]")) == 200


def test_report_reads_as_promised() -> None:
    (found,) = diagnostics_of(DRAFT.replace(HEADLINE, "headline：标题"))
    assert report([found], "zh") == [
        "issue.yaml:7:17 错误 Y001 字段名后面是全角冒号",
        "  7 |       - headline：标题",
        "    |                 ^^",
        "  改法：改成半角冒号加空格 “: ”",
    ]


def test_a_long_line_is_shown_around_the_place() -> None:
    (found,) = diagnostics_of(DRAFT.replace("正文", "文" * 500 + " #3 " + "文" * 500))
    _, excerpt, carets, _ = report([found], "zh")
    assert excerpt.startswith("  9 | …文")
    assert excerpt.endswith("文…")
    # A Han is two columns wide, the ellipsis (ambiguous) too.
    assert carets.index("^") == len("  9 | ") + 2 + 2 * 37 + 1


@pytest.mark.parametrize("sample", sorted((ROOT / "samples").glob("*.yaml")), ids=lambda path: path.stem)
def test_samples_load(sample: Path) -> None:
    assert load(sample).issue.sections


@pytest.mark.parametrize("path", sorted(known_publications(ROOT).values()), ids=lambda path: path.stem)
def test_publications_load(path: Path) -> None:
    publication, _ = load_publication(path)
    assert publication.id == path.stem
