"""DOCX: the package, its properties, and the same bytes every time."""

from __future__ import annotations

import re
import time
from io import BytesIO

import docx as python_docx
import pytest

from authoring.layout import Layout
from authoring.renderers.docx import render
from tests.renderers.docx_reader import Package, set_issue


def test_two_renders_are_the_same_bytes(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    first = render(layout)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    if hasattr(time, "tzset"):
        time.tzset()
    try:
        assert render(layout) == first
    finally:
        monkeypatch.undo()
        if hasattr(time, "tzset"):
            time.tzset()


def test_zip_entries_are_sorted_and_of_one_fixed_time(package: Package) -> None:
    entries = package.zip.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert [entry.filename for entry in entries[1:]] == sorted(entry.filename for entry in entries[1:])
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {0}


def test_properties_come_from_the_issue_and_nothing_of_python_docx_shows(package: Package) -> None:
    document = python_docx.Document(BytesIO(package.content))
    properties = document.core_properties
    assert re.fullmatch("创新驱动要参 第5[04]期", properties.title)
    assert properties.author == "中共四川省委科技委员会办公室、四川省科学技术厅"
    assert properties.language == "zh-CN"
    assert properties.revision == 1
    assert properties.created == properties.modified
    assert properties.created is not None
    assert f"{properties.created:%m-%d %H:%M}" in ("10-13 00:00", "11-14 00:00")
    for name in package.zip.namelist():
        assert b"python-docx" not in package.zip.read(name), name
    assert not [name for name in package.zip.namelist() if "thumbnail" in name]


def test_properties_longer_than_they_may_be_are_cut() -> None:
    package = Package(render(set_issue(masthead={"issuers": [f"第{n:02}个编发单位" for n in range(8)]})))
    assert python_docx.Document(BytesIO(package.content)).core_properties.author.endswith("第07个编发单位")
    sections = [
        {"name": f"第{n:02}个栏目", "items": [{"headline": "标题", "body": ["正文。"]}]} for n in range(50)
    ]
    package = Package(render(set_issue(sections=sections)))
    assert len(python_docx.Document(BytesIO(package.content)).core_properties.keywords) == 255


def test_a_headline_stands_in_the_text_alone(layout: Layout, package: Package) -> None:
    """So that one which is deleted there is gone."""
    headlines = [entry.text for entry in layout.contents if entry.level == 2]
    for name in package.zip.namelist():
        text = package.zip.read(name).decode()
        assert name == "word/document.xml" or not any(headline in text for headline in headlines), name


def test_the_record_is_a_custom_part_that_word_keeps_and_holds_no_text(package: Package) -> None:
    name = next(
        name
        for name in package.zip.namelist()
        if name.startswith("customXml/item") and b"docx-record" in package.zip.read(name)
    )
    record = package.zip.read(name).decode()
    assert len(record) < 1000
    assert not re.search("[\u3001-\u9fff]", record)
    number = re.sub(r"\D", "", name)
    related = package.zip.read(f"customXml/_rels/item{number}.xml.rels").decode()
    assert f"itemProps{number}.xml" in related
    properties = package.xml(f"customXml/itemProps{number}.xml")
    assert [value for key, value in properties.attrib.items() if key.endswith("}itemID")]
    assert f"customXml/item{number}.xml" in package.zip.read("word/_rels/document.xml.rels").decode()
