"""PDF: text that copies out as it went in, fonts, outline, links, labels, properties, the same bytes every time."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from pypdfium2 import raw

from authoring.fonts import find_fonts
from authoring.layout import Layout, Link, Stroke, TextRun, lay_out
from authoring.model import Issue
from authoring.renderers.pdf import render
from authoring.style import PAGE
from tests import strategies
from tests.conftest import tool
from tests.renderers.docx_reader import PUBLICATION, set_issue

FONTS = find_fonts(installed=False)
RARE = "李喆、王𬀩、二〇二五、“零门槛”——《通知》……90%、AI+制造、·、㎡、①、Ⅳ、α。"


@pytest.fixture(scope="module")
def pdf(layout: Layout) -> bytes:
    return render(layout)


def set_body(text: str) -> Layout:
    return set_issue(sections=[{"name": "部委动态", "items": [{"headline": "标题", "body": [text]}]}])


def drawn(layout: Layout, page: int) -> str:
    """What layout put on a page, in order, white space aside."""
    return _solid("".join(item.text for item in layout.pages[page].items if isinstance(item, TextRun)))


def copied(document: pdfium.PdfDocument, page: int) -> str:
    """What a reader copies from a page, white space aside."""
    return _solid(document[page].get_textpage().get_text_range())


def _solid(text: str) -> str:
    return re.sub(
        r"\s", "", re.sub(r"\ufffe|\x02", "-", text)
    )  # what PDFium makes of a hyphen that ends a line


def test_every_page_copies_out_as_it_was_set(layout: Layout, pdf: bytes) -> None:
    document = pdfium.PdfDocument(pdf)
    assert len(document) == len(layout.pages)
    for page in range(len(document)):
        assert sorted(copied(document, page)) == sorted(drawn(layout, page))
        if page:
            assert copied(document, page) == drawn(layout, page)


def test_rare_characters_marks_and_latin_copy_out_as_they_went_in() -> None:
    layout = set_body(RARE)
    assert _solid(RARE) in copied(pdfium.PdfDocument(render(layout)), 1)


def test_characters_that_share_a_glyph_copy_out_apart() -> None:
    """U+2F00 is drawn like U+4E00 in many fonts; each must come back as itself."""
    text = "⼀一⼆二，Ω与Ω。"
    assert text in copied(pdfium.PdfDocument(render(set_body(text))), 1)


def test_pdftotext_gives_the_text_too(tmp_path: Path) -> None:
    file = tmp_path / "rare.pdf"
    file.write_bytes(render(set_body(RARE)))
    out = subprocess.run([tool("pdftotext"), "-f", "2", file, "-"], check=True, capture_output=True).stdout
    assert _solid(RARE) in _solid(out.decode())


def test_contents_copy_as_name_and_number_on_one_line(layout: Layout, pdf: bytes, tmp_path: Path) -> None:
    file = tmp_path / "issue.pdf"
    file.write_bytes(pdf)
    out = subprocess.run(
        [tool("pdftotext"), "-l", "1", file, "-"], check=True, capture_output=True
    ).stdout.decode()
    shown = dict(re.findall(r"^(\S+) *…+ *(\d+)$", out, re.MULTILINE))
    assert shown == {entry.text: str(entry.page) for entry in layout.contents if entry.level == 1}


def test_every_font_is_embedded_and_subset(pdf: bytes, tmp_path: Path) -> None:
    file = tmp_path / "issue.pdf"
    file.write_bytes(pdf)
    table = subprocess.run([tool("pdffonts"), file], check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in table.splitlines()[2:]]
    assert len(rows) == 6
    for row in rows:
        assert re.fullmatch(r"[A-Z]{6}\+\S+", row[0])
        assert row[-5:-2] == ["yes", "yes", "yes"]


def test_qpdf_finds_nothing(pdf: bytes, tmp_path: Path) -> None:
    file = tmp_path / "issue.pdf"
    file.write_bytes(pdf)
    result = subprocess.run([tool("qpdf"), "--check", file], capture_output=True, text=True, check=False)
    assert (result.returncode, "WARNING" in result.stdout + result.stderr) == (0, False)


def test_outline_leads_to_every_section_and_item(layout: Layout, pdf: bytes) -> None:
    outline = []
    for bookmark in pdfium.PdfDocument(pdf).get_toc():
        destination = bookmark.get_dest()
        assert destination is not None
        outline.append((bookmark.level + 1, bookmark.get_title(), destination.get_index() + 1))
    assert outline == [(entry.level, entry.text, entry.page) for entry in layout.contents]


def test_every_line_of_the_contents_is_a_link(layout: Layout, pdf: bytes) -> None:
    page = pdfium.PdfDocument(pdf)[0]
    links = sum(isinstance(item, Link) for item in layout.pages[0].items)
    assert raw.FPDFPage_GetAnnotCount(page) == links
    assert links >= len(layout.contents)


def test_properties_name_the_issue_and_its_date(pdf: bytes, layout: Layout) -> None:
    document = pdfium.PdfDocument(pdf)
    properties = document.get_metadata_dict()
    assert properties["Title"] == f"创新驱动要参 第{layout.issue.number}期"
    assert properties["Author"] == "中共四川省委科技委员会办公室、四川省科学技术厅"
    assert properties["CreationDate"].startswith(f"D:{layout.issue.date:%Y%m%d}")
    assert properties["CreationDate"] == properties["ModDate"]
    assert document.get_page_label(1) == "2"
    assert b"/Lang (zh-CN)" in pdf


def test_nothing_lies_outside_the_text_area_but_the_page_number(layout: Layout) -> None:
    for page in layout.pages:
        for item in page.items:
            if isinstance(item, Stroke):
                assert PAGE.left <= item.x1 <= item.x2 <= PAGE.right_edge
            elif isinstance(item, TextRun) and item.path == ("folio",):
                assert item.y > PAGE.bottom_edge


def test_bold_is_heavier(layout: Layout) -> None:
    bold = [
        item.text for page in layout.pages for item in page.items if isinstance(item, TextRun) and item.bold
    ]
    wanted = {50: ["科技成果", "先使用后付费"], 54: []}[layout.issue.number]
    assert bold == wanted


@given(strategies.issues)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_any_issue_copies_out_whole_and_renders_the_same_twice(issue: Issue) -> None:
    layout = lay_out(issue, PUBLICATION, FONTS)
    pdf = render(layout)
    assert render(lay_out(issue, PUBLICATION, FONTS)) == pdf
    document = pdfium.PdfDocument(pdf)
    for page in range(len(document)):
        assert sorted(copied(document, page)) == sorted(drawn(layout, page))
