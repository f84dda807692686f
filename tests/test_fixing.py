"""Fixes change the characters that they name, and no others; what cannot be proved is not done."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from authoring.diagnostics import NOTHING, Diagnostic, Edit, Fix, Message, NodePath, Span
from authoring.fixing import NEEDS_QUOTES, NO_PLACE, OUTSIDE, OVERLAPS, apply_fixes, edited
from authoring.source.document import Document, parse
from tests.strategies import texts

PATH: NodePath = ("a", 0)


def fix(*edits: Edit, safe: bool = True) -> Diagnostic:
    return Diagnostic("x.yaml", Span(1, 1, 1, 2), "error", "W901", NOTHING, NOTHING, fix=Fix(safe, edits))


def replaced(yaml_text: str, old: str, new: str) -> str:
    """The text of a file with `old` in its only text replaced."""
    document = parse(yaml_text, "x.yaml")
    at = document.value["a"][0].index(old)
    result = apply_fixes(document, [fix(Edit(PATH, at, at + len(old), new))])
    assert len(result.applied) == 1, result.left_out
    return result.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("a:\n  - 提升坏词  # 注\n", "a:\n  - 提升好  # 注\n", id="plain"),
        pytest.param("a:  # 注\n  - 提升\n    坏词\n", "a:  # 注\n  - 提升\n    好\n", id="plain, two lines"),
        pytest.param("a: ['提''坏词''']\n", "a: ['提''好''']\n", id="single quotes"),
        pytest.param('a: ["\\u63d0坏词\\t"]\n', 'a: ["\\u63d0好\\t"]\n', id="double quotes"),
        pytest.param('a: ["\\u574f词"]\n', 'a: ["好"]\n', id="an escape is one character"),
        pytest.param(
            "a:\n  - |  # 注\n    提\n\n    坏词\n", "a:\n  - |  # 注\n    提\n\n    好\n", id="literal"
        ),
        pytest.param("a:\n  - >-\n    提\n    坏词\n", "a:\n  - >-\n    提\n    好\n", id="folded"),
        pytest.param("a:\r\n  - 坏词\r\n# 注\r\n", "a:\r\n  - 好\r\n# 注\r\n", id="CRLF"),
        pytest.param("a: [坏词, 乙]  # 坏词\n", "a: [好, 乙]  # 坏词\n", id="in brackets"),
    ],
)
def test_only_the_named_characters_change(before: str, after: str) -> None:
    assert replaced(before, "坏词", "好") == after


def test_characters_are_put_in_and_taken_out() -> None:
    document = parse("a: [提升创新]", "x.yaml")
    result = apply_fixes(document, [fix(Edit(PATH, 4, 4, "。"), Edit(PATH, 0, 1, ""))])
    assert result.text == "a: [升创新。]"


def test_a_line_break_that_stands_for_a_blank_goes_with_it() -> None:
    assert replaced("a:\n  - 提升\n    创新\n", " ", "") == "a:\n  - 提升创新\n"


@pytest.mark.parametrize(
    ("text", "new", "reason"),
    [
        ("a: [甲坏词]", "乙: 丙", NEEDS_QUOTES),
        ("a: [甲坏词]", "，,", NEEDS_QUOTES),
        ("a: [甲坏词]", " #丙", NEEDS_QUOTES),
        ("a: ['甲坏词']", "'", NEEDS_QUOTES),
        ('a: ["甲坏词"]', '"', NEEDS_QUOTES),
        ('a: ["甲坏词"]', "\\n", NEEDS_QUOTES),
        ("a:\n  - |\n    甲坏词\n", "乙\n丙", NEEDS_QUOTES),
    ],
)
def test_what_would_need_other_quotes_is_left_out(text: str, new: str, reason: Message) -> None:
    document = parse(text, "x.yaml")
    result = apply_fixes(document, [fix(Edit(PATH, 1, 3, new))])
    assert result.text == text
    assert [left.reason for left in result.left_out] == [reason]


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (Edit(("b", 0), 0, 1, "x"), OUTSIDE),
        (Edit(("a",), 0, 1, "x"), OUTSIDE),
        (Edit(PATH, 3, 9, "x"), NO_PLACE),
        (Edit(PATH, -1, 1, "x"), NO_PLACE),
    ],
)
def test_what_has_no_place_is_left_out(edit: Edit, reason: Message) -> None:
    result = apply_fixes(parse("a: [甲乙丙]", "x.yaml"), [fix(edit)])
    assert [left.reason for left in result.left_out] == [reason]
    assert result.text == "a: [甲乙丙]"


def test_of_two_that_overlap_the_first_is_applied() -> None:
    document = parse("a: [甲乙丙]", "x.yaml")
    result = apply_fixes(document, [fix(Edit(PATH, 0, 2, "子")), fix(Edit(PATH, 1, 3, "丑"))])
    assert result.text == "a: [子丙]"
    assert [left.reason for left in result.left_out] == [OVERLAPS]


def test_the_same_fix_of_two_rules_is_applied_once() -> None:
    document = parse("a: [甲乙]", "x.yaml")
    result = apply_fixes(document, [fix(Edit(PATH, 2, 2, "。")), fix(Edit(PATH, 2, 2, "。"))])
    assert (result.text, len(result.applied)) == ("a: [甲乙。]", 2)


def test_a_fix_is_applied_whole_or_not_at_all() -> None:
    document = parse("a: [甲乙, 丙]", "x.yaml")
    result = apply_fixes(document, [fix(Edit(PATH, 0, 1, "子"), Edit(("a", 1), 0, 1, "丑: 寅"))])
    assert result.text == "a: [甲乙, 丙]"


def test_unsafe_fixes_wait_to_be_asked_for() -> None:
    document = parse("a: [甲乙]", "x.yaml")
    wanted = [fix(Edit(PATH, 0, 1, "子"), safe=False)]
    assert apply_fixes(document, wanted).text == document.text
    assert apply_fixes(document, wanted, unsafe=True).text == "a: [子乙]"


@st.composite
def cases(draw: st.DrawFn) -> tuple[Document, list[Diagnostic]]:
    """A file with texts in one of YAML's styles and comments between them, and edits anywhere in them."""
    values = draw(st.lists(texts, min_size=1, max_size=4))
    style = draw(st.sampled_from([None, "'", '"', "|", ">"]))
    width = draw(st.integers(4, 60))
    written = yaml.dump({"a": values}, default_style=style, allow_unicode=True, width=width)
    written = written.replace('? "a"\n:', "a:").replace('"a":', "a:", 1).replace("'a':", "a:", 1)
    lines = [
        f"# 注{number}\n{line}" if line.startswith("-") else line
        for number, line in enumerate(written.splitlines())
    ]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    document = parse(end.join(["# 首", *lines, "# 尾", ""]), "x.yaml")
    edits = st.builds(
        lambda index, start, length, text: Edit(
            ("a", index % len(values)),
            start % (len(document.value["a"][index % len(values)]) + 1),
            min(start % (len(document.value["a"][index % len(values)]) + 1) + length, len(document.value["a"][index % len(values)])),
            text,
        ),
        st.integers(0, 3),
        st.integers(0, 200),
        st.integers(0, 6),
        st.text(st.sampled_from("好，。“”'\":# \\-[]{}a1\n"), max_size=4),
    )  # fmt: skip
    return document, [fix(edit) for edit in draw(st.lists(edits, min_size=1, max_size=6))]


@given(cases())
@example((parse("# 首\na:\n- '甲''乙'\n# 尾\n", "x.yaml"), [fix(Edit(PATH, 1, 2, ""))]))
def test_random_edits_in_every_style_are_proved(case: tuple[Document, list[Diagnostic]]) -> None:
    document, wanted = case
    result = apply_fixes(document, wanted)
    assert len(result.applied) + len(result.left_out) == len(wanted)
    edits = {edit for item in result.applied if item.fix for edit in item.fix.edits}
    after = parse(result.text, "x.yaml")
    assert after.value == edited(document.value, edits)
    comments = [line for line in document.lines if line.startswith("# ")]
    assert [line for line in after.lines if line.startswith("# ")] == comments
    assert result.text.count("\r\n") <= document.text.count("\r\n")
    if not edits:
        assert result.text == document.text


def test_samples_are_mended_in_place(samples: Path) -> None:
    document = parse((samples / "050.yaml").read_text(encoding="utf-8"), "050.yaml")
    path: NodePath = ("sections", 0, "items", 0, "body", 0)
    text = document.value["sections"][0]["items"][0]["body"][0]
    at = text.index("发展改革委")
    result = apply_fixes(document, [fix(Edit(path, at, at + 5, "发改委"))])
    changed = [(a, b) for a, b in zip(document.lines, result.text.split("\n"), strict=True) if a != b]
    assert changed == [(changed[0][0], changed[0][0].replace("发展改革委", "发改委", 1))]
