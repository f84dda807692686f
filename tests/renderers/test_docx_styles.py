"""DOCX: named styles that an office goes on working with, and the official fonts."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

import docx as python_docx
import pytest

from authoring.fonts import ROLES
from authoring.model import Typesetting
from authoring.renderers.docx import render
from authoring.renderers.docx_text import TextWriter
from authoring.renderers.docx_xml import serialize
from tests.renderers.docx_reader import Package, W, attributes, children, set_issue, set_sample, text_of


def fonts_of(text: str, *, half_quotes: bool) -> list[tuple[str, dict[str, str]]]:
    runs = TextWriter(half_quotes).runs(text)
    result = []
    for run in runs:
        element = ElementTree.fromstring(serialize(run))
        fonts = element.find(f"{W}rPr/{W}rFonts")
        result.append((text_of(element), {} if fonts is None else attributes(fonts)))
    return result


CHINESE = {"hint": "eastAsia"}
LATIN = {"eastAsia": "Times New Roman"}


@pytest.mark.parametrize(
    ("text", "half_quotes", "runs"),
    [
        ("汉字abc123", False, [("汉字abc123", {})]),
        ("他说“好”，AI+", False, [("他说“好”，AI+", CHINESE)]),
        ("他说“好”", True, [("他说", {}), ("“", LATIN), ("好", {}), ("”", LATIN)]),
        ("甲——乙……", True, [("甲——乙……", CHINESE)]),
        ("——“甲”", True, [("——", CHINESE), ("“", LATIN), ("甲", {}), ("”", LATIN)]),
        ("café·诗", False, [("café", {}), ("·诗", CHINESE)]),
    ],
)
def test_ambiguous_characters_find_their_font(
    text: str, half_quotes: bool, runs: list[tuple[str, dict[str, str]]]
) -> None:
    assert fonts_of(text, half_quotes=half_quotes) == runs


def test_official_fonts_are_named_outright_and_no_theme_has_a_say(package: Package) -> None:
    for name in package.zip.namelist():
        assert b"heme" not in package.zip.read(name), name
    styles = package.xml("word/styles.xml")
    named = {value for fonts in styles.iter(f"{W}rFonts") for value in attributes(fonts).values()}
    assert named == {spec.official for spec in ROLES}
    for fonts in styles.iter(f"{W}rFonts"):
        assert set(attributes(fonts)) == {"ascii", "hAnsi", "eastAsia", "cs"}


ROLE_STYLES = {
    "密级": "Normal",
    "份号": "Default Paragraph Font",
    "刊名": "Normal",
    "期号": "Normal",
    "编发单位": "Normal",
    "要点标题": "Normal",
    "要点栏目": "toc 1",
    "要点条目": "toc 2",
    "栏目": "heading 1",
    "条目标题": "heading 2",
    "一级标题": "heading 3",
    "二级标题": "heading 4",
    "三级标题": "heading 5",
    "编号段落": "Normal",
    "版记": "Normal",
    "版记分送": "版记",
    "版记表": "Normal Table",
    "页码（单页）": "footer",
    "页码（双页）": "footer",
}


@pytest.mark.parametrize(("name", "ancestor"), ROLE_STYLES.items())
def test_every_role_has_a_named_style(name: str, ancestor: str) -> None:
    styles = python_docx.Document(BytesIO(render(set_sample("050")))).styles
    names = {style.element.find(f"{W}name").get(f"{W}val"): style for style in styles}
    style = names[name]
    ancestors = []
    while style.base_style is not None:
        style = style.base_style
        ancestors.append(style.element.find(f"{W}name").get(f"{W}val"))
    assert ancestor in ancestors


def test_every_style_that_is_used_or_named_exists(package: Package) -> None:
    styles = package.xml("word/styles.xml")
    ids = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    named = {
        element.get(f"{W}val")
        for part in (styles, package.body)
        for tag in ("basedOn", "next", "link", "pStyle", "rStyle", "tblStyle")
        for element in part.iter(f"{W}{tag}")
    }
    assert named <= ids


def test_the_navigation_pane_shows_sections_and_items(package: Package) -> None:
    for style, level in {"Heading1": "0", "Heading2": "1", "Heading3": "2"}.items():
        assert attributes(package.style(style).find(f"{W}pPr/{W}outlineLvl")) == {"val": level}


def test_paragraphs_carry_no_formatting_beside_their_style(package: Package) -> None:
    for paragraph in package.paragraphs():
        own = paragraph.find(f"{W}pPr")
        assert own is None or children(own) == ["pStyle"], text_of(paragraph)


def test_the_body_is_16_points_on_a_30_point_pitch_with_28_characters_a_line(package: Package) -> None:
    normal = package.style("Normal")
    assert attributes(normal.find(f"{W}rPr/{W}sz")) == {"val": "32"}
    assert attributes(normal.find(f"{W}rPr/{W}spacing")) == {"val": "-5"}
    assert attributes(normal.find(f"{W}pPr/{W}spacing")) == {"line": "600", "lineRule": "exact"}
    indent = attributes(normal.find(f"{W}pPr/{W}ind"))
    assert (indent["firstLineChars"], indent["firstLine"]) == ("200", "632")


@pytest.mark.parametrize(
    ("habits", "element", "value"),
    [
        (Typesetting(line_end="hang"), "overflowPunct", None),
        (Typesetting(line_end="squeeze"), "overflowPunct", "0"),
        (Typesetting(line_end="none"), "overflowPunct", "0"),
        (Typesetting(han_latin_gap="quarter"), "autoSpaceDE", "1"),
        (Typesetting(han_latin_gap="none"), "autoSpaceDN", "0"),
        (Typesetting(), "kinsoku", "1"),
        (Typesetting(), "snapToGrid", "0"),
    ],
)
def test_habits_are_set_in_normal(habits: Typesetting, element: str, value: str | None) -> None:
    found = Package(render(set_issue(typesetting=habits))).style("Normal").find(f"{W}pPr/{W}{element}")
    assert (None if found is None else found.get(f"{W}val")) == value


@pytest.mark.parametrize(
    ("habits", "compression"),
    [
        (Typesetting(line_end="hang", adjacent_marks="full", pull_in="never"), "doNotCompress"),
        (Typesetting(line_end="squeeze", adjacent_marks="full", pull_in="never"), "compressPunctuation"),
        (Typesetting(line_end="none", adjacent_marks="share", pull_in="never"), "compressPunctuation"),
        (Typesetting(line_end="none", adjacent_marks="full", pull_in="clreq"), "compressPunctuation"),
    ],
)
def test_any_habit_that_squeezes_turns_compression_on(habits: Typesetting, compression: str) -> None:
    found = Package(render(set_issue(typesetting=habits))).xml("word/settings.xml")
    assert attributes(found.find(f"{W}characterSpacingControl")) == {"val": compression}
