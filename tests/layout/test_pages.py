"""Pages: the printed issues page for page, and what holds for every issue."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import authoring
from authoring.diagnostics import UnsettableText
from authoring.fonts import FontSet, find_fonts
from authoring.inline import headline_lines, plain
from authoring.layout import Layout, TextRun, lay_out
from authoring.model import Heading, Issue, Points, Publication
from authoring.renderers import render
from authoring.source import load, load_publication
from authoring.style import CELL, PAGE
from authoring.wording import heading_label, numeral
from tests import strategies

SAMPLES = Path(__file__).parents[2] / "samples"
GOLDEN = Path(__file__).parents[1] / "golden"
DATA = Path(__file__).parents[1] / "data"
FONTS: FontSet = find_fonts(installed=False)
PUBLICATION: Publication = load_publication(
    Path(authoring.__file__).parent / "publications" / "chuangxin-qudong-yaocan.yaml"
)[0]


def set_sample(number: str) -> Layout:
    source = load(SAMPLES / f"{number}.yaml")
    return lay_out(source.issue, source.publication, FONTS)


def page_text(layout: Layout, number: int) -> str:
    """A page's text in reading order, without its page number."""
    page = layout.pages[number - 1]
    return "".join(item.text for item in page.items if isinstance(item, TextRun) and item.path != ("folio",))


def test_issue_50_breaks_its_pages_where_the_print_broke_them() -> None:
    layout = set_sample("050")
    printed = json.loads((DATA / "printed-050.json").read_text(encoding="utf-8"))
    assert len(layout.pages) == printed["pages"]
    assert {entry.text: entry.page for entry in layout.contents if entry.level == 1} == printed["toc"]
    for at in printed["breaks"]:
        assert page_text(layout, at["page"]).endswith(at["ends"])
        assert page_text(layout, at["page"] + 1).startswith(at["next"])


def test_issue_54_has_its_printed_pages() -> None:
    layout = set_sample("054")
    assert len(layout.pages) == 9
    assert [entry.page for entry in layout.contents if entry.level == 1] == [2, 4, 7]


def test_the_headlines_of_issue_50_break_by_themselves_where_the_print_broke_them() -> None:
    layout = set_sample("050")
    broken = [lines for lines in layout.headlines.values() if len(lines) > 1]
    assert broken == [
        ("六部门联合印发《关于加强数字经济", "创新型企业培育的若干措施》"),
        ("天津出台促进科技成果", "“先使用后付费”实施办法"),
        ("我省布局建设“诸葛空间”人工智能", "产业生态示范区"),
        ("天府绛溪实验室发布西南地区", "首个全尺寸通用人形机器人"),
    ]


@pytest.mark.parametrize("number", ["050", "054"])
def test_pages_are_as_the_golden_file_says(number: str, update_golden: bool) -> None:
    golden = GOLDEN / f"{number}.txt"
    trace = render(set_sample(number), "trace").decode()
    if update_golden:
        golden.write_text(trace, encoding="utf-8", newline="\n")
    assert trace == golden.read_text(encoding="utf-8")


def test_contents_too_long_for_the_cover_push_the_body_back_and_still_name_the_right_pages() -> None:
    source = load(SAMPLES / "050.yaml")
    section = source.issue.sections[0]
    many = tuple(section.model_copy(update={"name": f"第{numeral(n)}栏"}) for n in range(1, 20))
    layout = lay_out(source.issue.model_copy(update={"sections": many}), source.publication, FONTS)
    assert layout.contents[0].page == 5
    shown = re.findall(r"第(.{1,2})栏…+(\d+)", "".join(page_text(layout, page) for page in range(1, 5)))
    assert [int(page) for _, page in shown] == [entry.page for entry in layout.contents if entry.level == 1]


def test_the_last_rule_of_the_imprint_lies_on_the_bottom_of_the_text_area() -> None:
    from authoring.layout import Stroke

    layout = set_sample("050")
    rules = [item for item in layout.pages[-1].items if isinstance(item, Stroke)]
    assert [round(rule.width.mm, 2) for rule in rules] == [0.35, 0.25, 0.35]
    assert rules[-1].y1 + rules[-1].width // 2 == pytest.approx(PAGE.bottom_edge, abs=2)
    assert {(rule.x1, rule.x2) for rule in rules} == {(PAGE.left, PAGE.right_edge)}


def test_the_cover_has_no_number_odd_pages_have_it_right_even_pages_left() -> None:
    layout = set_sample("050")
    folios = {
        page.number: [item for item in page.items if isinstance(item, TextRun) and item.path == ("folio",)]
        for page in layout.pages
    }
    assert not folios[1]
    for number in range(2, 9):
        runs = folios[number]
        assert "".join(run.text for run in runs) == f"— {number} —"
        right = runs[-1].x + sum(runs[-1].advances)
        if number % 2:
            assert PAGE.right_edge - right == pytest.approx(14 * 88_900, abs=88_900)
        else:
            assert runs[0].x - PAGE.left == pytest.approx(14 * 88_900, abs=88_900)


@pytest.mark.parametrize(
    ("level", "number", "label"),
    [
        (1, 1, "一、"),
        (1, 10, "十、"),
        (1, 21, "二十一、"),
        (2, 3, "（三）"),
        (2, 12, "（十二）"),
        (3, 4, "4."),
    ],
)
def test_headings_number_themselves(level: int, number: int, label: str) -> None:
    assert heading_label(level, number) == label


@given(strategies.issues)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_issue_keeps_its_text_its_pages_and_its_order(issue: Issue) -> None:
    layout = lay_out(issue, PUBLICATION, FONTS)
    assert lay_out(issue, PUBLICATION, FONTS) == layout

    body = "".join(page_text(layout, page) for page in range(layout.contents[0].page, len(layout.pages) + 1))
    assert body.replace(" ", "").startswith(_body_text(issue))
    for page in layout.pages:
        for item in page.items:
            if isinstance(item, TextRun) and item.path != ("folio",):
                assert PAGE.top <= item.y <= PAGE.bottom_edge
                assert item.x >= PAGE.left - CELL // 4
                assert item.x + sum(item.advances) <= PAGE.right_edge + item.size + 2  # a mark may hang
    for entry in layout.contents:
        assert any(
            isinstance(item, TextRun) and item.path[: len(entry.path)] == entry.path
            for item in layout.pages[entry.page - 1].items
        )


def _body_text(issue: Issue) -> str:
    """What the body must hold, in order, white space aside."""
    parts: list[str] = []
    for section in issue.sections:
        parts.append(f"【{section.name}】")
        for item in section.items:
            parts += headline_lines(item.headline)
            counts = [0, 0, 0, 0]
            for block in item.body:
                if isinstance(block, Points):
                    parts += [
                        f"（{number}）{plain(text)}" for number, text in enumerate(block.points, block.start)
                    ]
                elif isinstance(block, Heading):
                    counts[block.level] += 1
                    counts[block.level + 1 :] = [0] * (3 - block.level)
                    parts.append(heading_label(block.level, counts[block.level]))
                    parts += [plain(block.heading), plain(block.text or "")]
                else:
                    parts.append(plain(block))
    return "".join(parts).replace(" ", "")


def test_characters_beyond_the_basic_plane_are_set() -> None:
    source = load(SAMPLES / "050.yaml")
    item = source.issue.sections[0].items[0].model_copy(update={"body": ("李喆、王𬀩、二〇二五。",)})
    section = source.issue.sections[0].model_copy(update={"items": (item,)})
    layout = lay_out(source.issue.model_copy(update={"sections": (section,)}), source.publication, FONTS)
    assert "李喆、王𬀩、二〇二五。" in page_text(layout, 2)
    assert [finding.rule for finding in layout.findings] == ["Z002", "Z002"]


def test_a_character_that_no_font_has_stops_layout_and_is_named() -> None:
    source = load(SAMPLES / "050.yaml")
    item = source.issue.sections[0].items[0].model_copy(update={"headline": "甲\u0378乙"})
    section = source.issue.sections[0].model_copy(update={"items": (item,)})
    with pytest.raises(UnsettableText) as caught:
        lay_out(source.issue.model_copy(update={"sections": (section,)}), source.publication, FONTS)
    (finding,) = caught.value.findings
    assert finding.path == ("sections", 0, "items", 0, "headline")
    assert finding.at == (1, 2)
    assert "U+0378" in finding.message.zh
