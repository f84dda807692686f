"""A DOCX as its tests look at it, and issues to render."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import authoring
from authoring.fonts import find_fonts
from authoring.layout import Layout, lay_out
from authoring.model import Issue
from authoring.renderers.docx import render
from authoring.source import load, load_publication
from tests.conftest import ROOT

FONTS = find_fonts(installed=False)
PUBLICATION = load_publication(
    Path(authoring.__file__).parent / "publications" / "chuangxin-qudong-yaocan.yaml"
)[0]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Package:
    """A DOCX as a test looks at it: its entries, and its parts as XML."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.zip = zipfile.ZipFile(BytesIO(content))

    def xml(self, name: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.zip.read(name))

    @property
    def body(self) -> ElementTree.Element:
        found = self.xml("word/document.xml").find(f"{W}body")
        assert found is not None
        return found

    def paragraphs(self, *styles: str) -> list[ElementTree.Element]:
        """The paragraphs in these styles (of any style where none is given), those in tables too."""
        every = list(self.body.iter(f"{W}p"))
        return [paragraph for paragraph in every if not styles or style_of(paragraph) in styles]

    def texts(self, *styles: str) -> list[str]:
        return [text_of(paragraph) for paragraph in self.paragraphs(*styles)]

    @property
    def text(self) -> str:
        return "".join(self.texts())

    def style(self, style_id: str) -> ElementTree.Element:
        return next(
            s for s in self.xml("word/styles.xml").iter(f"{W}style") if s.get(f"{W}styleId") == style_id
        )


def text_of(element: ElementTree.Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def style_of(paragraph: ElementTree.Element) -> str:
    named = paragraph.find(f"{W}pPr/{W}pStyle")
    return "Normal" if named is None else named.get(f"{W}val", "")


def attributes(element: ElementTree.Element | None) -> dict[str, str]:
    assert element is not None
    return {name.removeprefix(W): value for name, value in element.attrib.items()}


def children(element: ElementTree.Element | None) -> list[str]:
    assert element is not None
    return [child.tag.removeprefix(W) for child in element]


def set_sample(number: str) -> Layout:
    source = load(ROOT / "samples" / f"{number}.yaml")
    return lay_out(source.issue, source.publication, FONTS)


def set_issue(**fields: Any) -> Layout:
    """A small issue with these fields in place of its own."""
    item = {"headline": "标题", "body": ["正文"]}
    values = {
        "publication": PUBLICATION.id,
        "number": 7,
        "date": "2024-02-29",
        "sections": [{"name": "部委动态", "items": [item]}],
    }
    return lay_out(Issue.model_validate({**values, **fields}), PUBLICATION, FONTS)


def set_body(*body: Any, **fields: Any) -> Package:
    item = {"headline": "标题", "body": list(body)}
    return Package(render(set_issue(sections=[{"name": "部委动态", "items": [item]}], **fields)))
