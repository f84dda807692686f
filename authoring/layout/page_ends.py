"""Where the pages of a Layout end inside its paragraphs: what a printed issue can be held against."""

from __future__ import annotations

from collections import Counter

from authoring.diagnostics import NodePath
from authoring.layout.document import Layout, TextRun


def page_ends(layout: Layout) -> frozenset[tuple[NodePath, int]]:
    """For each paragraph that a page's end cuts: its node's path, and how many visible characters stand behind the cut."""
    left: Counter[NodePath] = Counter()
    for page in layout.pages:
        for item in page.items:
            if isinstance(item, TextRun):
                left[item.path] += visible_length(item.text)
    ends: set[tuple[NodePath, int]] = set()
    for page in layout.pages:
        here: set[NodePath] = set()
        for item in page.items:
            if isinstance(item, TextRun):
                left[item.path] -= visible_length(item.text)
                here.add(item.path)
        ends |= {(path, left[path]) for path in here if left[path]}
    return frozenset(ends)


def visible_length(text: str) -> int:
    """How many characters of `text` leave ink: white space is no measure of a place, prints differ in it."""
    return sum(not char.isspace() for char in text)
