"""What layout remarks on: a section's name that would be stranded, a last line of one character, the imprint's page."""

from __future__ import annotations

from typing import Any

import pytest

from authoring.layout import lay_out
from authoring.layout.preview import preview_findings
from authoring.model import Issue
from tests.layout.test_pages import FONTS, PUBLICATION, set_sample

DASHES = "——" * 13 + "一。"
"""A line that breaks nowhere, and one character more: it cannot be helped."""


def issue(*bodies: list[str], **parts: Any) -> Issue:
    """An issue of a section for each body."""
    names = ("部委动态", "省外速览", "省内要情")
    sections = [
        {"name": name, "items": [{"headline": "标题", "body": body}]}
        for name, body in zip(names, bodies, strict=False)
    ]
    return Issue.model_validate(
        {"publication": PUBLICATION.id, "number": 50, "date": "2025-10-13", "sections": sections, **parts}
    )


def found(one: Issue) -> list[tuple[str, str, object]]:
    return [
        (item.rule, item.message.zh, item.path)
        for item in lay_out(one, PUBLICATION, FONTS).findings
        if item.rule in {"H002", "H003", "I001"}
    ]


@pytest.mark.parametrize("lines", [14, 15, 16])
def test_section_that_would_be_stranded_is_told(lines: int) -> None:
    told = "栏目“省外速览”移到了第3页：留在第2页末会与正文分开"
    assert found(issue(["正文。"] * lines, ["正文。"])) == [("H003", told, ("sections", 1, "name"))]


@pytest.mark.parametrize(
    ("lines", "page"),
    [(13, 2), (17, 3), (19, 3)],
    ids=["room for a line of text", "no room for its name", "the page is full"],
)
def test_section_that_begins_where_it_would_is_silent(lines: int, page: int) -> None:
    one = issue(["正文。"] * lines, ["正文。"])
    assert found(one) == []
    assert [entry.page for entry in lay_out(one, PUBLICATION, FONTS).contents if entry.level == 1] == [
        2,
        page,
    ]


@pytest.mark.parametrize("number", ["050", "054"])
def test_nothing_is_remarked_on_a_sample(number: str) -> None:
    assert set_sample(number).findings == ()


def test_last_line_of_one_character_where_the_house_minds() -> None:
    minds = issue([DASHES], typesetting={"avoid_single_character_line": "是"})
    told = [("H002", "段末一行只剩“一”一个字", ("sections", 0, "items", 0, "body", 0))]
    assert found(minds) == told
    assert [item.rule for item in preview_findings(minds, PUBLICATION, FONTS)] == ["H002"]
    assert found(issue([DASHES])) == []
    assert found(issue(["标" * 26 + "一。"], typesetting={"avoid_single_character_line": "是"})) == []


def test_imprint_on_an_odd_page_where_the_house_minds() -> None:
    minds = {"even_page": "是"}
    told = ("I001", "版记落在第3页，不是偶数页", ("imprint",))
    assert found(issue(["正文。"] * 19, imprint=minds)) == [told]
    assert found(issue(["正文。"], imprint=minds)) == []
    assert found(issue(["正文。"] * 19)) == []
