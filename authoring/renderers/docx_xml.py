"""WordprocessingML elements: a typed wall before lxml, so that the renderer reads as the XML it makes."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from lxml import etree

Element = Any
"""An lxml element (lxml ships no annotations)."""

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_PREFIXES: Final = {"w": _W}
_ROOT_PREFIXES: Final = {"w": _W, "r": _R}
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@cache
def _clark(name: str) -> str:
    """A name with its namespace, as lxml takes it: `r_id` is `r:id`, any other is of `w`."""
    return f"{{{_R}}}{name[2:]}" if name.startswith("r_") else f"{{{_W}}}{name}"


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """The element `w:tag` with its attributes and children."""
    node = etree.Element(_clark(tag), nsmap=_PREFIXES)
    for name, value in attributes.items():
        node.set(_clark(name), str(value))
    node.extend(children)
    return node


def root(tag: str, *children: Element) -> Element:
    """The root element of a part."""
    node = etree.Element(_clark(tag), nsmap=_ROOT_PREFIXES)
    node.extend(children)
    return node


def foreign(namespace: str, tag: str, text: str) -> Element:
    """An element of another vocabulary, as the root of a part of its own."""
    node = etree.Element(f"{{{namespace}}}{tag}", nsmap={"a": namespace})
    if text:
        node.text = writable(text)
    return node


def t(text: str, tag: str = "t") -> Element:
    """Text, escaped by lxml. What XML cannot hold (checks refuse it long before) is left out."""
    node = etree.Element(_clark(tag), nsmap=_PREFIXES)
    node.text = writable(text)
    if text != text.strip():
        node.set(_XML_SPACE, "preserve")
    return node


def writable(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def serialize(element: Element) -> bytes:
    """`element` as a part of a package holds it: UTF-8, standalone, no white space of our own."""
    xml: bytes = etree.tostring(element, encoding="UTF-8", standalone=True)
    return xml
