"""What is written reads back as the same tree, without a warning; the samples come back as they were typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from authoring.model import Issue
from authoring.schema import json_schema
from authoring.source import writing
from authoring.source.document import parse
from authoring.source.schema import validate
from authoring.source.writing import issue_value, issue_yaml, scalar
from tests.strategies import issues

SCHEMA = "../schemas/issue.schema.json"

odd = st.lists(
    st.one_of(
        st.sampled_from(
            ["中", "文", "a", "1", " ", "  ", "\u3000", "\xa0", "'", '"', "#", " #", " # 3", ": ", ":", "：", "- ", "-", "**", "*",
             "\n", "\r\n", "\r", "\t", "\x85", "\u2028", "\u2029", "\0", "\x1b", "\x7f", "\ufeff", "\ufffe", "\u200b", "𬀩", "😀",
             "\\", "|", ">", "[", "]", "{", "}", ",", "&", "!", "%", "@", "`", "?", "~", "null", "true", "054", "2025-10-13",
             "---", "...", "。 # 注", "noqa", "# noqa: N002", "Note：", "AI:", "— ", "<<<<<<< a", "================="]
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=8,
).map("".join)  # fmt: skip


def tree_of(text: Any) -> Any:
    """An issue's tree whose every text is `text`, in each place that a text may have."""
    return {
        "publication": "p",
        "sections": [
            {
                "name": text,
                "items": [{"headline": text, "body": [text, {"points": [text, text]}, {"heading": text}]}],
            }
        ],
        "masthead": {"title": text},
        "unknown": text,
    }


@given(odd | st.text())
@example("")
@example(" ")
@example("中 #3")
@example("中。 # 注")
@example("\u3000\u3000中")
def test_any_text_reads_back(text: str) -> None:
    written = issue_yaml(tree_of(text))
    document = parse(written, "x.yaml")
    assert document.value == tree_of(text)
    assert document.warnings == []
    slow = list(yaml.parse(written, Loader=yaml.SafeLoader))  # where PyYAML was built without libyaml
    assert [event.value for event in slow if isinstance(event, yaml.ScalarEvent)][4] == text


@given(odd)
def test_a_text_takes_one_line(text: str) -> None:
    assert len(parse(f"a:\n  - {scalar(text)}\n", "x.yaml").lines) == 3


trees = st.recursive(
    odd | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "points", "054"]), inner)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["number", "sections", "x"]), trees, min_size=1))
def test_any_tree_reads_back(tree: Any) -> None:
    assert parse(issue_yaml(tree), "x.yaml").value == tree


@given(issues)
def test_an_issue_reads_back(issue: Issue) -> None:
    value = parse(issue_yaml(issue_value(issue), schema=SCHEMA), "x.yaml").value
    assert value == issue_value(issue)
    assert validate(Issue, value) == issue


@pytest.mark.parametrize(
    ("number", "comment"),
    [(50, "第50期印刷时的习惯，与刊物现行习惯不同"), (54, "第54期印刷时的习惯，与刊物现行习惯不同")],
)
def test_samples_come_back_as_they_were_typed(samples: Path, number: int, comment: str) -> None:
    text = (samples / f"{number:03}.yaml").read_text(encoding="utf-8")
    value = parse(text, "x.yaml").value
    assert issue_yaml(value, schema=SCHEMA, comments={("typesetting",): comment}) == text
    assert issue_yaml(value) == text.replace(f"  # {comment}", "").partition("\n")[2]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("正文“引号”，（1）50%", "正文“引号”，（1）50%"),
        ("https://example.org/a#b", "https://example.org/a#b"),
        ("**加粗**", "'**加粗**'"),
        ("他说: 好", "'他说: 好'"),
        ("第 #3 条", "'第 #3 条'"),
        ("'甲'", "'''甲'''"),
        ("", "''"),
        (" 甲", "' 甲'"),
        ("\u3000\u3000甲", "\u3000\u3000甲"),
        ("甲\t乙", "'甲\t乙'"),
        ("甲\n'乙\\", '"甲\\n\'乙\\\\"'),
        ("a\u2028\0", '"a\\u2028\\0"'),
        ("000001", "'000001'"),
        ("-5℃", "-5℃"),
        ("2025-10-13", "2025-10-13"),
    ],
)
def test_quotes_are_used_where_they_must_be(text: str, written: str) -> None:
    assert scalar(text) == written


def test_numbers_and_words_of_a_field_that_wants_them_are_plain() -> None:
    assert scalar("50", "number") == "50"
    assert scalar("50", "copy_number") == "'50'"


def test_the_fields_that_hold_no_text_are_those_of_the_schema() -> None:
    schema = yaml.safe_load(json_schema("issue"))
    fields = {
        name: str(field)
        for part in (schema, *schema["$defs"].values())
        for name, field in part["properties"].items()
    }
    typed = {
        name
        for name, field in fields.items()
        if "integer" in field or "boolean" in field or "enum': [1" in field
    }
    assert typed == writing._TYPED


def test_fields_come_in_the_order_of_the_model() -> None:
    tree = {"sections": "s", "other": "o", "date": "d", "publication": "p"}
    assert issue_yaml(tree) == "publication: p\ndate: d\nsections: s\nother: o\n"


def test_comments_stand_beside_or_above_their_node() -> None:
    tree = {"number": "1", "sections": [{"name": "甲", "items": ["乙", "丙"]}], "imprint": {}}
    comments = {
        (): "首\n第二行",
        ("number",): "期号",
        ("sections", 0): "栏目",
        ("sections", 0, "name"): "名",
        ("sections", 0, "items"): "两行\n\n注",
        ("sections", 0, "items", 1): "noqa: N002 原因",
        ("imprint",): "空\0的",
    }
    assert issue_yaml(tree, schema="s.json", comments=comments) == (
        "# yaml-language-server: $schema=s.json\n# 首\n# 第二行\nnumber: 1  # 期号\nsections:\n  # 栏目\n  - name: 甲  # 名\n"
        "    # 两行\n    #\n    # 注\n    items:\n      - 乙\n      - 丙  # noqa: N002 原因\nimprint: {}  # 空 的\n"
    )


@given(odd, odd.filter(bool))
def test_a_comment_is_never_more_than_a_comment(text: str, comment: str) -> None:
    tree = tree_of(text)
    everywhere = dict.fromkeys(parse(issue_yaml(tree), "x.yaml").spans, comment)
    document = parse(issue_yaml(tree, comments=everywhere), "x.yaml")
    assert (document.value, document.warnings) == (tree, [])
