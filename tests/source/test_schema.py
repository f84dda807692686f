"""Errors of the schema: all at once, in the file's order, with the path as an editor says it and a hint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from authoring.diagnostics import Diagnostic, InvalidIssue
from authoring.source import load
from authoring.source.schema import describe
from tests.conftest import DRAFT

Write = Callable[..., Path]


def errors(path: Path) -> tuple[Diagnostic, ...]:
    with pytest.raises(InvalidIssue) as refused:
        load(path)
    return refused.value.diagnostics


WRONG = {
    "misspelt field": ("headline:", "headlne:", "7:9 部委动态 › 第1条 › headlne：未知字段 headlne，是不是 headline？"),
    "Chinese field name": ("headline:", "标题:", "7:9 部委动态 › 第1条 › 标题：未知字段 标题，是不是 headline？"),
    "unknown field": ("number:", "weather: 晴\nnumber:", "2:1 weather：未知字段 weather"),
    "missing field": ("number: 50\n", "", "1:1 ：缺少 number（期号）"),
    "missing field in an item": ("headline: 标题\n        body", "body", "7:9 部委动态 › 第1条：缺少 headline（标题）"),
    "point for points": ("正文", "point:\n              - 一", "9:13 部委动态 › 第1条 › 第1段：未知字段 point，是不是 points？"),
    "unknown field beside points": ("正文", "points: [一]\n            strat: 2", "10:13 部委动态 › 第1条 › 第1段 › strat：未知字段 strat，是不是 start？"),
    "points of text": ("正文", "points: 一", "9:21 部委动态 › 第1条 › 第1段 › 编号段落：这里应是列表"),
    "empty point": ("正文", "points:\n              - 一\n              -", "11:16 部委动态 › 第1条 › 第1段 › 第2点：没有内容"),
    "no points": ("正文", "points: []", "9:21 部委动态 › 第1条 › 第1段 › 编号段落：至少要有一项"),
    "list in a body": ("正文", "- 一", "9:13 部委动态 › 第1条 › 第1段：正文里不能直接放列表"),
    "body of text": ("\n          - 正文", " 正文", "8:15 部委动态 › 第1条 › 正文：这里应是列表"),
    "number in words": ("number: 50", "number: 五十", "2:9 期号：应为数字，实为“五十”"),
    "number of nothing": ("number: 50", "number: 0", "2:9 期号：数字应从 1 起，实为“0”"),
    "number with a fraction": ("number: 50", "number: 5.5", "2:9 期号：应为数字，实为“5.5”"),
    "list for a number": ("number: 50", "number: [50]", "2:9 期号：应为数字"),
    "date in words": ("2025-10-13", "十月十三日", "3:7 日期：不是日期：“十月十三日”"),
    "impossible date": ("2025-10-13", "2025-02-30", "3:7 日期：没有这一天：2025-02-30"),
    "fields for a date": ("2025-10-13", "{年: 2025}", "3:7 日期：不是日期"),
    "sections of text": (DRAFT[DRAFT.index("sections:"):], "sections: 部委动态\n", "4:11 栏目：这里应是列表"),
    "item of text": (DRAFT[DRAFT.index("      - headline"):], "      - 标题\n", "7:9 部委动态 › 第1条：这里应是“字段: 值”，实为“标题”"),
    "unknown habit": ("number:", "typesetting:\n  quotes: wide\nnumber:", "3:11 排版习惯 › 引号宽度：不能是 wide"),
    "habit that is neither yes nor no": ("number:", "imprint:\n  even_page: 也许\nnumber:", "3:14 版记 › 版记在偶数页：应为“是”或“否”，实为“也许”"),
    "heading of a fourth level": ("正文", "heading: 一\n            level: 4", "10:20 部委动态 › 第1条 › 第1段 › 层次：不能是 4"),
    "recipients of text": ("number:", "imprint:\n  distribution:\n    - label: 主送\n      recipients: 各市\nnumber:", "5:19 版记 › 分送范围 › 第1项 › 单位：这里应是列表"),
    "publication's name for its identifier": ("chuangxin-qudong-yaocan", "创新驱动要参", "1:14 刊物：代号“创新驱动要参”里有不能用的字符"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), WRONG.values(), ids=WRONG)
def test_error_has_its_place_its_path_and_its_words(write: Write, old: str, new: str, expected: str) -> None:
    assert old in DRAFT
    (found,) = errors(write(DRAFT.replace(old, new, 1)))
    assert found.span is not None
    assert f"{found.span.line}:{found.span.column} {found.where.zh}：{found.message.zh}" == expected


@pytest.mark.parametrize(("old", "new"), [row[:2] for row in WRONG.values()], ids=WRONG)
def test_error_in_english_quotes_chinese_only(write: Write, old: str, new: str) -> None:
    (found,) = errors(write(DRAFT.replace(old, new, 1)))
    assert found.message.en
    unquoted = found.message.en + found.hint.en
    for quoted in ("标题", "五十", "十月十三日", "部委动态", "也许", "创新驱动要参", "2025-02-30"):
        unquoted = unquoted.replace(quoted, "")
    assert unquoted.replace("“", "").replace("”", "").replace("：", "").isascii()


def test_errors_come_all_at_once_in_the_order_of_the_file(write: Write) -> None:
    text = """\
publication: chuangxin-qudong-yaocan
numbr: 1
date: x
sections:
  - nam: 部委动态
    items:
      - headline: 一
        body: 正文
      - body:
          - 正文
          -
typesetting:
  quotes: wide
"""
    found = [
        f"{item.span.line}:{item.span.column} {item.message.zh}" for item in errors(write(text)) if item.span
    ]
    assert found == [
        "2:1 未知字段 numbr，是不是 number？",
        "3:7 不是日期：“x”",
        "5:5 未知字段 nam，是不是 name？",
        "8:15 这里应是列表",
        "9:9 缺少 headline（标题）",
        "11:12 没有内容",
        "13:11 不能是 wide",
    ]


def test_a_misspelt_field_is_not_missing_as_well(write: Write) -> None:
    found = errors(write(DRAFT.replace("headline:", "headlne:").replace("body:", "bdy:")))
    assert [item.message.zh for item in found] == [
        "未知字段 headlne，是不是 headline？",
        "未知字段 bdy，是不是 body？",
    ]


def test_a_flood_of_errors_is_cut_off(write: Write) -> None:
    assert len(errors(write(DRAFT + "          - []\n" * 5000))) == 200


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        (("number",), "期号", "number"),
        (("sections", 0), "部委动态", "部委动态"),
        (("sections", 0, "items", 2, "headline"), "部委动态 › 第3条 › 标题", "部委动态 › item 3 › headline"),
        (("sections", 0, "items", 0, "body", 1, "points", 2), "部委动态 › 第1条 › 第2段 › 第3点", "部委动态 › item 1 › body 2 › point 3"),
        (("sections", 1, "items", 0), "第2栏 › 第1条", "section 2 › item 1"),
        (("imprint", "distribution", 0, "recipients", 1), "版记 › 分送范围 › 第1项 › 单位 › 第2项", "imprint › distribution › distribution 1 › recipients › recipient 2"),
    ],
)  # fmt: skip
def test_path_as_an_editor_says_it(path: tuple[str | int, ...], zh: str, en: str) -> None:
    said = describe(path, {"sections": [{"name": "部委动态"}, {"name": ["列表"]}]})
    assert (said.zh, said.en) == (zh, en)
