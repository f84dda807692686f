"""Texts that have a place of fixed size, and those of them that do not fit it: reported, never set over the edge."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import style as st
from authoring.diagnostics import Finding, Message, NodePath
from authoring.inline import plain
from authoring.layout.typesetter import Typesetter
from authoring.model import Publication
from authoring.style import PAGE, TextStyle
from authoring.wording import recipients_label

_BULLET_SHARE = 6
_LABEL_SHARE = 3
"""A bullet may take a sixth of the line, a label of recipients a third: the text beside them needs the rest."""


def long_lines(setter: Typesetter, publication: Publication) -> list[Finding]:
    """An error for every text that is set on one line and is longer than it."""
    return [
        _misfit(path, "太长，一行放不下", "too long for its line")
        for path, text, style, room in _single_lines(publication)
        if setter.single_line(plain(text), style).width > room
    ]


def tall_blocks(contents_top: int, imprint_height: int) -> list[Finding]:
    """An error for a masthead that leaves the cover no room for contents, and for an imprint taller than a page."""
    misfits = []
    if contents_top + 2 * st.CONTENTS_ITEM.pitch > PAGE.bottom_edge:
        misfits.append(_misfit(("masthead", "issuers"), "太多，封面放不下", "too many for the cover"))
    if imprint_height > PAGE.text_height:
        misfits.append(_misfit(("imprint", "distribution"), "太多，一页放不下", "too much for one page"))
    return misfits


def _single_lines(publication: Publication) -> Iterator[tuple[NodePath, str, TextStyle, int]]:
    """Every text that is set on one line, with its style and its room."""
    head, contents = publication.masthead, publication.contents
    width = PAGE.text_width
    if head.classification:
        room = width // 2 if head.copy_number else width
        yield ("masthead", "classification"), head.classification, st.CLASSIFICATION, room
    if head.copy_number:
        room = width // 2 if head.classification else width
        yield ("masthead", "copy_number"), head.copy_number, st.COPY_NUMBER, room
    yield ("contents", "title"), contents.title, st.CONTENTS_TITLE, width
    yield ("contents", "bullet"), contents.bullet, st.CONTENTS_ITEM, width // _BULLET_SHARE
    for number, entry in enumerate(publication.imprint.distribution):
        path: NodePath = ("imprint", "distribution", number, "label")
        yield path, recipients_label(entry.label), st.IMPRINT, width // _LABEL_SHARE


def _misfit(path: NodePath, zh: str, en: str) -> Finding:
    return Finding("Z004", "error", path, Message(zh, en), Message("写短一些", "make it shorter"))
