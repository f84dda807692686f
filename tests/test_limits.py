"""What a draft may do to the toolkit: nothing is set over the edge, nothing takes for ever, nothing vanishes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from authoring.diagnostics import UnsettableText
from authoring.layout import Layout, TextRun
from authoring.model import Imprint, Issue, Masthead
from authoring.renderers import render
from authoring.style import CELL, PAGE
from tests.conftest import Command
from tests.renderers.docx_reader import set_issue


def with_item(headline: str, *body: str) -> dict[str, Any]:
    return {
        "sections": [
            {"name": "部委动态", "items": [{"headline": headline, "body": list(body) or ["正文。"]}]}
        ]
    }


@pytest.mark.parametrize("headline", ["|", "| |", "****", "\u200b", "\u3000", "** **"])
def test_a_headline_of_which_nothing_would_be_set_is_refused(headline: str) -> None:
    with pytest.raises(ValueError, match="blank"):
        set_issue(**with_item(headline))


@pytest.mark.parametrize("text", ["****", "\u200b\u200b", "\u3000"])
def test_text_of_which_nothing_would_be_set_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="blank"):
        set_issue(**with_item("标题", text))
    with pytest.raises(ValueError, match="blank"):
        Masthead(title=text)


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("标题", "a" * 200_000),
        ("标题", "）" * 50_000),
        ("标题", "“" * 50_000),
        ("字" * 40_000, "正文。"),
        ("“" * 6_000, "正文。"),
        ("a" * 20_000, "正文。"),
    ],
    ids=["one word", "closers", "openers", "long headline", "quotes", "one word as headline"],
)
def test_a_pasted_heap_is_set_line_by_line(headline: str, body: str) -> None:
    """None takes a second; where a step is quadratic, one takes minutes and the suite stands still here."""
    assert len(set_issue(**with_item(headline, body)).pages) > 2


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"masthead": Masthead(classification="密" * 40)}, ("masthead", "classification")),
        ({"masthead": Masthead(classification="机密", copy_number="1" * 60)}, ("masthead", "copy_number")),
        ({"masthead": Masthead(issuers=("某单位",) * 30)}, ("masthead", "issuers")),
        ({"contents": {"title": "要点" * 30}}, ("contents", "title")),
        ({"contents": {"bullet": "●" * 20}}, ("contents", "bullet")),
        ({"imprint": {"distribution": [{"label": "主送" * 12, "recipients": ["某单位。"]}]}}, ("imprint", "distribution", 0, "label")),
        ({"imprint": {"distribution": [{"label": "主送", "recipients": ["某单位。"] * 60}]}}, ("imprint", "distribution")),
    ],
)  # fmt: skip
def test_what_has_no_room_is_reported_and_not_set_over_the_edge(
    fields: dict[str, Any], path: tuple[Any, ...]
) -> None:
    with pytest.raises(UnsettableText) as caught:
        set_issue(**fields)
    assert [finding.path for finding in caught.value.findings] == [path]


def test_a_long_masthead_is_set_smaller_and_inside_the_text_area() -> None:
    assert_inside(set_issue(masthead=Masthead(title="四川省科学技术厅科技创新工作情况简报")))


def test_page_numbers_of_two_and_three_digits_keep_clear_of_the_leader() -> None:
    sections = [
        {"name": f"第{n}栏", "items": [{"headline": "标题", "body": ["字" * 500] * 3}]} for n in range(110)
    ]
    layout = set_issue(sections=sections)
    assert layout.contents[-1].page > 100
    for page in layout.pages[: layout.contents[0].page - 1]:
        runs = [item for item in page.items if isinstance(item, TextRun)]
        for dots, number in pairwise(runs):
            if "…" in dots.text and number.text.isdigit():
                assert dots.x + sum(dots.advances) + CELL // 5 <= number.x


def test_an_entry_of_the_contents_is_never_torn_apart() -> None:
    headline = "关于进一步深化科技体制改革加快推进高水平科技自立自强的若干政策措施"
    items = [{"headline": headline, "body": ["正文。"]} for _ in range(40)]
    layout = set_issue(sections=[{"name": "部委动态", "items": items}])
    for page in layout.pages[: layout.contents[0].page - 1]:
        paths = [item.path for item in page.items if isinstance(item, TextRun) and "items" in item.path]
        assert all(paths.count(path) == 2 for path in set(paths))


@pytest.mark.parametrize("sign", "±≥≤＞×§￥$")
def test_a_number_does_not_part_from_its_sign(sign: str) -> None:
    for before in range(20, 30):
        layout = set_issue(**with_item("标题", "中" * before + f"{sign}305文字" + "国" * 30))
        texts = ["".join(line) for line in lines(layout)]
        assert any(f"{sign}305" in text for text in texts)


def lines(layout: Layout) -> list[list[str]]:
    rows: dict[tuple[int, int], list[str]] = {}
    for page in layout.pages:
        for item in page.items:
            if isinstance(item, TextRun):
                rows.setdefault((page.number, item.y), []).append(item.text)
    return list(rows.values())


def assert_inside(layout: Layout) -> None:
    for page in layout.pages:
        for item in page.items:
            if isinstance(item, TextRun) and item.path != ("folio",):
                assert PAGE.left - 2 <= item.x
                assert item.x + sum(item.advances) <= PAGE.right_edge + CELL


def test_a_variation_selector_is_left_out_and_said() -> None:
    layout = set_issue(**with_item("标题", "葛\U000e0100某和☎\ufe0f。"))
    assert {finding.rule for finding in layout.findings} >= {"Z003"}
    assert render(layout, "docx")


def test_every_white_space_is_either_folded_or_set() -> None:
    spaces = "".join(
        chr(code) for code in range(0x3001) if chr(code).isspace() and code not in range(0x1C, 0x20)
    )
    layout = set_issue(**with_item("标题", f"A{spaces}B。"))
    assert render(layout, "pdf")


def test_a_comment_behind_body_text_is_pointed_out(run: Command, tmp_path: Any) -> None:
    draft = tmp_path / "a.yaml"
    draft.write_text(
        "publication: chuangxin-qudong-yaocan\nnumber: 1\ndate: 2025-01-01\nsections:\n  - name: 栏\n    items:\n"
        "      - headline: 题\n        body:\n          - 第一 # 号\n",
        encoding="utf-8",
    )
    outcome = run("build", draft, "-o", tmp_path, "--to", "trace")
    assert outcome.code == 0
    assert ":9:16 提醒 Y008 “# 号”是注释，不会排出来" in outcome.err


def test_a_broken_publication_is_reported_with_the_issue_s_own_errors(run: Command, tmp_path: Any) -> None:
    (tmp_path / "other.yaml").write_text("id: another\nmasthead:\n  title: 某刊\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("publication: other\nnumber: x\n", encoding="utf-8")
    outcome = run("build", tmp_path / "a.yaml", "-o", tmp_path)
    assert outcome.code == 1
    assert "F003" in outcome.err
    assert "F005 代号 another 与文件名不同" in outcome.err


def test_an_imprint_alone_is_overridden_field_by_field() -> None:
    layout = set_issue(imprint=Imprint(copies=120))
    assert layout.publication.imprint.copies == 120
    assert layout.publication.imprint.distribution
    assert isinstance(layout.issue, Issue)
