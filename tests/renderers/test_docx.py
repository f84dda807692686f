"""DOCX: the issue's whole text in its order, headlines and numbers as the layout has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from authoring.diagnostics import UnsettableText
from authoring.inline import headline_lines, plain
from authoring.layout import Layout, lay_out
from authoring.model import Heading, Issue, Points
from authoring.renderers.docx import render
from authoring.renderers.docx_xml import t
from authoring.wording import chinese_date, heading_label
from tests import strategies
from tests.renderers.docx_reader import (
    FONTS,
    PUBLICATION,
    Package,
    W,
    attributes,
    children,
    set_body,
    set_sample,
    text_of,
)


def body_texts(issue: Issue) -> Iterator[str]:
    """What the body must say, paragraph by paragraph, numbers included."""
    for section in issue.sections:
        yield plain(f"【{section.name}】")
        for item in section.items:
            yield "".join(headline_lines(item.headline))
            counts = {1: 0, 2: 0, 3: 0}
            for block in item.body:
                if isinstance(block, Points):
                    yield from (f"（{n}）{plain(text)}" for n, text in enumerate(block.points, block.start))
                elif isinstance(block, Heading):
                    counts[block.level] += 1
                    counts |= {level: 0 for level in counts if level > block.level}
                    label = heading_label(block.level, counts[block.level])
                    yield label + plain(block.heading) + plain(block.text or "")
                else:
                    yield plain(block)


def cover_texts(layout: Layout) -> Iterator[str]:
    head, contents = layout.publication.masthead, layout.publication.contents
    yield plain(head.title)
    yield head.number_line.replace("{number}", str(layout.issue.number))
    yield from head.issuers[:-1]
    yield head.issuers[-1] + chinese_date(layout.issue.date)
    yield contents.title
    for entry in layout.contents:
        yield entry.text + str(entry.page) if entry.level == 1 else contents.bullet + entry.text


def imprint_texts(layout: Layout) -> Iterator[str]:
    imprint = layout.publication.imprint
    for entry in imprint.distribution:
        yield f"{entry.label}：{entry.recipients[0]}"
        yield from entry.recipients[1:]
    yield f"{imprint.issuer}{chinese_date(imprint.date or layout.issue.date)}印发"


def test_every_text_of_the_issue_stands_in_its_order(layout: Layout, package: Package) -> None:
    wanted = [*cover_texts(layout), *body_texts(layout.issue), *imprint_texts(layout), ""]
    assert package.texts() == wanted


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.issues)
def test_the_text_of_any_issue_is_whole(issue: Issue) -> None:
    try:
        layout = lay_out(issue, PUBLICATION, FONTS)
    except UnsettableText:
        return
    package = Package(render(layout))
    assert "".join(body_texts(issue)) in package.text


@pytest.mark.parametrize("text", ["a\x00b\x1fc", "x\ufffey", "\ud800"])
def test_what_xml_cannot_hold_is_left_out(text: str) -> None:
    assert re.fullmatch("[abcxy]*", t(text).text or "")


def test_markup_characters_are_text() -> None:
    text = "AT&T <w:p/> ]]> &amp; \"q\" 'r'"
    assert text in set_body(text).texts("Normal")


def test_a_headline_keeps_the_lines_of_the_layout() -> None:
    layout = set_sample("050")
    headline = Package(render(layout)).paragraphs("FirstHeadline")[0]
    parts = [text_of(run) if run.find(f"{W}br") is None else "|" for run in headline.iter(f"{W}r")]
    lines = layout.headlines[("sections", 0, "items", 0, "headline")]
    assert len(lines) == 2
    assert "".join(parts) == "|".join(lines)


def test_bold_is_the_only_formatting_of_a_run_with_bold_in_its_source() -> None:
    runs = list(set_body("办法所称**科技成果**是指").paragraphs("Normal")[0].iter(f"{W}r"))
    assert [
        (text_of(run), children(run.find(f"{W}rPr")) if run.find(f"{W}rPr") is not None else [])
        for run in runs
    ] == [
        ("办法所称", []),
        ("科技成果", ["b"]),
        ("是指", []),
    ]


def test_headings_number_themselves_and_begin_anew_under_each_higher_one() -> None:
    package = set_body(
        {"heading": "甲"},
        {"heading": "乙", "level": 2},
        {"heading": "丙", "level": 3},
        {"heading": "丁", "level": 2, "text": "接排。"},
        {"heading": "戊"},
        {"heading": "己", "level": 2},
    )
    assert package.texts("ItemHeading1", "ItemHeading2", "ItemHeading3", "Normal") == [
        "一、甲",
        "（一）乙",
        "1.丙",
        "（二）丁接排。",
        "二、戊",
        "（一）己",
    ]


def test_a_heading_that_text_runs_on_from_is_set_in_the_linked_character_style() -> None:
    package = set_body({"heading": "丁。", "level": 2, "text": "接排。"})
    runs = list(package.paragraphs("Normal")[0].iter(f"{W}r"))
    named = [run.find(f"{W}rPr/{W}rStyle") for run in runs]
    assert [text_of(run) for run in runs] == ["（一）丁。", "接排。"]
    assert attributes(named[0]) == {"val": "ItemHeading2Char"}
    assert named[1] is None
    assert attributes(package.style("ItemHeading2").find(f"{W}link")) == {"val": "ItemHeading2Char"}
