"""The place of single characters: exact in every style a scalar can be written in."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from authoring.diagnostics import NOTHING, Finding, Span
from authoring.source import load
from authoring.source.document import Document, parse

PATH = ("a", 0)


def place(document: Document, index: int) -> Span:
    span = document.span(PATH, at=(index, index + 1))
    assert span is not None
    return span


def shown(document: Document, span: Span) -> str:
    """The raw text of a place within one line."""
    return document.lines[span.line - 1][span.column - 1 : span.end_column - 1]


@pytest.mark.parametrize(
    ("yaml", "wanted", "expected"),
    [
        pytest.param("a:\n  - 提升创新能力", "创", (2, 7), id="plain"),
        pytest.param("a:\n  - 提升\n    创新能力", "新", (3, 6), id="plain, two lines"),
        pytest.param("a:\n  - '提升''创新'''", "新", (2, 11), id="single quotes, doubled"),
        pytest.param('a:\n  - "\\u63d0\\t创新"', "新", (2, 15), id="double quotes, escapes"),
        pytest.param('a:\n  - "提升 \\\n    创新"', "新", (3, 6), id="double quotes, joined lines"),
        pytest.param("a:\n  - |\n    提升\n\n    创新\n", "新", (5, 6), id="literal"),
        pytest.param("a:\n  - |-\n    提升\n      创新", "新", (4, 8), id="literal, indented further"),
        pytest.param("a:\n  - >-  # 注\n    提升\n    创新", "新", (4, 6), id="folded"),
        pytest.param("a:\n  - >\n    提升\n\n    创新\n", "新", (5, 6), id="folded, blank line"),
        pytest.param("a:\n  - >\n    -提升\n      创新\n", "新", (4, 8), id="folded, indented further"),
        pytest.param("a: [提升, 创新]", "升", (1, 6), id="in brackets"),
    ],
)
def test_place_of_a_character(yaml: str, wanted: str, expected: tuple[int, int]) -> None:
    document = parse(yaml, "issue.yaml")
    span = place(document, document.value["a"][0].index(wanted))
    assert (span.line, span.column) == expected
    assert shown(document, span) == wanted


def test_place_of_an_escape_is_the_whole_escape() -> None:
    document = parse('a:\n  - "a\\u0062b"', "issue.yaml")
    assert [shown(document, place(document, index)) for index in range(3)] == ["a", "\\u0062", "b"]


def test_place_of_a_doubled_quote_is_both() -> None:
    document = parse("a:\n  - 'x''y'", "issue.yaml")
    assert shown(document, place(document, 1)) == "''"


def test_place_of_several_characters_may_span_lines() -> None:
    document = parse("a:\n  - 提升\n    创新", "issue.yaml")
    assert document.span(PATH, at=(1, 4)) == Span(2, 6, 3, 6)


@pytest.mark.parametrize("at", [(99, 100), (-1, 0)])
def test_place_beyond_the_text_is_the_whole_scalar(at: tuple[int, int]) -> None:
    document = parse("a: [文]", "issue.yaml")
    assert document.span(PATH, at=at) == document.spans[PATH]


def test_place_of_what_the_file_does_not_state_is_what_surrounds_it() -> None:
    document = parse("a: 一\nimprint:\n  issuer: 二\n", "issue.yaml")
    span = document.span(("imprint", "date"))
    assert span is not None
    assert (span.line, span.column) == (2, 1)


characters = st.text(
    st.sampled_from("文字喆𬀩，“”（）aZ09 #:-'\"\\|>*&!%@`[]{},\t\n\u3000é"), min_size=1, max_size=60
)
dumped = st.sampled_from(["plain", "'", '"', "|", ">"])


@given(characters, dumped, st.integers(4, 40))
@example("a\n\n b\n  c \n", ">", 10)
@example("''''", "'", 20)
@example("\n\n文", "|", 10)
@example(" 文 ", ">", 10)
@example("文 字 " * 20, '"', 5)
@example("文 字 " * 20, "'", 5)
@example("文\n\n字 " * 20, "plain", 5)
def test_each_character_has_its_place_in_every_style(text: str, style: str, width: int) -> None:
    written = yaml.dump(
        {"a": [text]}, default_style=None if style == "plain" else style, allow_unicode=True, width=width
    )
    document = parse(written.replace('? ""', '""'), "issue.yaml")
    assert document.value == {"a": [text]}
    for index, char in enumerate(text):
        span = place(document, index)
        raw = shown(document, span)
        if char not in " \n":
            assert raw == char or raw.startswith("\\") or raw == char * 2
        order = [(place(document, at).line, place(document, at).column) for at in (max(index - 1, 0), index)]
        assert order == sorted(order)


def test_a_finding_of_the_publication_points_into_its_file(samples: Path) -> None:
    source = load(samples / "050.yaml")
    path = ("imprint", "distribution", 0, "recipients", 0)
    (found,) = source.diagnostics([Finding("Z001", "error", path, NOTHING, at=(0, 1))])
    assert found.file.endswith("chuangxin-qudong-yaocan.yaml")
    assert found.span is not None
    assert found.source_line[found.span.column - 1] == "省"


def test_findings_of_an_issue_come_in_its_order(samples: Path) -> None:
    source = load(samples / "050.yaml")
    paths = [("sections", 1, "name"), ("number",), ("sections", 0, "items", 0, "headline")]
    found = source.diagnostics([Finding("X", "info", path, NOTHING) for path in paths])
    assert [item.where.zh for item in found] == [
        "期号",
        "部委动态 › 第1条 › 标题",
        source.issue.sections[1].name + " › 栏目名",
    ]
