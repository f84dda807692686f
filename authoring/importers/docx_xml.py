"""WordprocessingML as the importers look at it: names without namespaces' wordiness, and a parser that trusts nobody."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from lxml import etree

Element = Any
"""An lxml element (lxml ships no annotations)."""

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _R.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)
"""The namespaces of ISO 29500 Strict, of which Word reads and writes the same documents under other names."""

W: Final = f"{{{_W}}}"
R: Final = f"{{{_R}}}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V: Final = "{urn:schemas-microsoft-com:vml}"

DEEPEST: Final = 100
"""Levels of elements that are followed; Word itself writes some thirty, and the parser stops at 256."""
MOST_TAGS: Final = 250_000
"""Tags of a part: more than a hundred pages have, and few enough to be read in a second."""

_OFF: Final = frozenset({"0", "false", "off", "none"})


class Unreadable(ValueError):
    """XML that is not read: broken, or made to do harm. `harmful` tells which."""

    def __init__(self, harmful: bool) -> None:
        super().__init__("harmful" if harmful else "broken")
        self.harmful = harmful


def parse_xml(data: bytes) -> Element:
    """The root of a part. Raises Unreadable; nothing outside `data` is ever looked at."""
    if (
        b"\x00" in data[:4]
    ):  # UTF-16, which a DOCX may be in: seen as UTF-8, so that the checks below hold for it
        data = _as_utf8(data)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data.count(b"<") > MOST_TAGS:
        raise Unreadable(harmful=True)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(harmful="depth" in str(error)) from None
    return root


def _as_utf8(data: bytes) -> bytes:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        raise Unreadable(harmful=False) from None
    return re.sub(r"^(<\?xml[^>]*?)\s+encoding=(\"[^\"]*\"|'[^']*')", r"\1", text.lstrip("\ufeff")).encode()


@cache
def local(tag: object) -> str:
    """`p` of `w:p`; other vocabularies keep their namespace. Empty for what is no element."""
    return tag.removeprefix(W) if isinstance(tag, str) else ""


def value(element: Element | None, name: str = "val") -> str:
    """An attribute of `w:`, empty where it or the element is missing."""
    if element is None:
        return ""
    found: str = element.get(W + name, "")
    return found


def number(element: Element | None, name: str = "val") -> int | None:
    """A whole number that is an attribute of `w:`; None for none and for an absurd one."""
    text = value(element, name).strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


def child(element: Element | None, *names: str) -> Element | None:
    """The first descendant along these tags of `w:`."""
    for name in names:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def switch(properties: Element | None, name: str) -> bool | None:
    """A property that is on or off; None where it is not stated."""
    element = child(properties, name)
    return None if element is None else value(element).lower() not in _OFF
