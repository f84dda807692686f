"""DOCX: page, cover, contents, page numbers, imprint; and its pages as LibreOffice breaks them."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from authoring.fonts import find_fonts
from authoring.fonts.report import fontconfig_file
from authoring.layout import Layout
from authoring.model import Masthead
from authoring.renderers.docx import render
from tests.conftest import tool
from tests.renderers.docx_reader import (
    Package,
    W,
    attributes,
    children,
    set_body,
    set_issue,
    set_sample,
    style_of,
    text_of,
)


def test_page_and_margins_are_the_official_ones(package: Package) -> None:
    section = package.body.find(f"{W}sectPr")
    assert section is not None
    assert attributes(section.find(f"{W}pgSz")) == {"w": "11906", "h": "16838"}
    margins = attributes(section.find(f"{W}pgMar"))
    assert [margins[side] for side in ("top", "right", "bottom", "left")] == ["2098", "1474", "1984", "1587"]
    assert attributes(section.find(f"{W}docGrid")) == {"type": "lines", "linePitch": "579"}


def test_contents_show_the_pages_of_the_layout(layout: Layout, package: Package) -> None:
    shown = []
    for paragraph in package.paragraphs("ContentsSection"):
        instruction = next(paragraph.iter(f"{W}instrText")).text or ""
        runs = list(paragraph.iter(f"{W}r"))
        separate = next(
            n
            for n, run in enumerate(runs)
            if (mark := run.find(f"{W}fldChar")) is not None and mark.get(f"{W}fldCharType") == "separate"
        )
        shown.append((instruction.split()[1], text_of(runs[separate + 1])))
    wanted = [
        (f"_Section_{n}", str(entry.page))
        for n, entry in enumerate((entry for entry in layout.contents if entry.level == 1), 1)
    ]
    assert shown == wanted


def test_every_line_of_the_contents_leads_to_its_bookmark(layout: Layout, package: Package) -> None:
    lines = package.paragraphs("ContentsSection", "ContentsItem")
    links = [attributes(line.find(f"{W}hyperlink"))["anchor"] for line in lines]
    bookmarks = [attributes(mark) for mark in package.body.iter(f"{W}bookmarkStart")]
    assert links == [mark["name"] for mark in bookmarks]
    assert len({mark["id"] for mark in bookmarks}) == len(layout.contents)


def test_nothing_asks_to_be_updated(package: Package) -> None:
    assert package.xml("word/settings.xml").find(f"{W}updateFields") is None
    assert not [mark for mark in package.body.iter(f"{W}fldChar") if mark.get(f"{W}dirty")]


def test_the_body_begins_on_a_page_of_its_own_and_only_there(package: Package) -> None:
    assert len(package.paragraphs("FirstSection")) == 1
    assert package.style("FirstSection").find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert "br" not in [child for run in package.paragraphs("Normal") for child in children(run)]


def test_page_numbers_are_right_on_odd_pages_left_on_even_ones_and_not_on_the_cover(package: Package) -> None:
    section = package.body.find(f"{W}sectPr")
    assert section is not None
    assert section.find(f"{W}titlePg") is not None
    assert package.xml("word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    relationships = {
        node.get("Id"): node.get("Target") for node in package.xml("word/_rels/document.xml.rels")
    }
    shown = {}
    for reference in section.iter(f"{W}footerReference"):
        target = relationships[next(v for k, v in reference.attrib.items() if k.endswith("}id"))]
        footer = package.xml(f"word/{target}")
        shown[reference.get(f"{W}type")] = (style_of(footer[0]), text_of(footer))
    assert shown == {
        "first": ("Footer", ""),
        "even": ("EvenFolio", "— 2 —"),
        "default": ("OddFolio", "— 3 —"),
    }


def test_the_imprint_floats_at_the_bottom_of_the_text_area(package: Package) -> None:
    table = package.body.find(f"{W}tbl")
    assert table is not None
    position = attributes(table.find(f"{W}tblPr/{W}tblpPr"))
    assert (position["vertAnchor"], position["tblpYSpec"]) == ("margin", "bottom")
    assert len(list(table.iter(f"{W}tr"))) == 2
    assert [style_of(paragraph) for paragraph in list(package.body)[-2:-1]] == ["ImprintAnchor"]


@pytest.mark.parametrize(("paragraphs", "alone"), [(12, False), (13, True), (18, True), (19, False)])
def test_an_imprint_with_a_page_of_its_own_begins_one(paragraphs: int, alone: bool) -> None:
    anchor = set_body(*["正文"] * paragraphs).paragraphs("ImprintAnchor")[0]
    assert (anchor.find(f"{W}pPr/{W}pageBreakBefore") is not None) is alone


def test_the_imprint_takes_labels_of_any_width_and_a_print_run() -> None:
    imprint = {
        "distribution": [{"label": "报", "recipients": ["甲。", "乙。"]}],
        "issuer": "丙",
        "copies": 120,
    }
    package = Package(render(set_issue(imprint=imprint)))
    assert package.texts("Recipients", "MoreRecipients", "ImprintIssuer", "Copies") == [
        "报：甲。",
        "乙。",
        "丙2024年2月29日印发",
        "（共印120份）",
    ]
    first, more = (
        attributes(package.paragraphs(style)[0].find(f"{W}pPr/{W}ind"))
        for style in ("Recipients", "MoreRecipients")
    )
    assert (first["left"], first["hanging"]) == ("840", "560")
    assert (more["left"], more["firstLine"]) == ("840", "0")


def test_a_cover_with_everything() -> None:
    masthead = Masthead(title="创新驱动发展要参资料汇编", classification="内部资料", copy_number="000001")
    package = Package(render(set_issue(masthead=masthead)))
    assert package.texts("Classification") == ["内部资料000001"]
    title = package.paragraphs("Masthead")[0]
    assert int(attributes(next(title.iter(f"{W}sz")))["val"]) == 73  # 12 characters in 156 mm
    assert attributes(title.find(f"{W}pPr/{W}spacing")) == {"before": "1384"}  # 35 mm less the line above it


SAMPLES = ("050", "054")


def font_configuration(folder: Path) -> Path:
    """The file that `authoring fonts --fontconfig` prints, as a user would save it."""
    path = folder / "fonts.conf"
    path.write_text(fontconfig_file(find_fonts(installed=False)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Sample -> the text of each page that LibreOffice makes of its DOCX, without white space."""
    office, reader = tool("soffice"), tool("pdftotext")
    folder = tmp_path_factory.mktemp("office")
    environment = {
        **os.environ,
        "FONTCONFIG_FILE": str(font_configuration(folder)),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    for number in SAMPLES:
        (folder / f"{number}.docx").write_bytes(render(set_sample(number)))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [f"{number}.docx" for number in SAMPLES]
    subprocess.run(
        [office, "--headless", profile, "--convert-to", "pdf", *files],
        cwd=folder, env=environment, check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    pages = {}
    for number in SAMPLES:
        pdf = str(folder / f"{number}.pdf")
        done = subprocess.run([reader, pdf, "-"], check=True, capture_output=True, timeout=60)
        pages[number] = [re.sub(r"\s", "", page) for page in done.stdout.decode().split("\f")[:-1]]
    return pages


@pytest.mark.parametrize("number", SAMPLES)
def test_libreoffice_puts_everything_on_its_page(number: str, printed: dict[str, list[str]]) -> None:
    layout, pages = set_sample(number), printed[number]
    assert len(pages) == len(layout.pages)
    for entry in layout.contents:
        text = re.sub(r"\s", "", f"【{entry.text}】" if entry.level == 1 else entry.text)
        assert text in pages[entry.page - 1], entry
    assert [n for n, page in enumerate(pages, 1) if "主送：" in page] == [len(pages)]
