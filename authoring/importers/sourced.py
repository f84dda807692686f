"""White space of a source as the YAML holds it: line ends and the gaps that layout draws taken out, places kept."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from authoring.characters import fills_cell
from authoring.importers.document import Place, Sourced
from authoring.inline import BOLD, is_folded

PAGE_END = "\f"
"""Between the parts of a paragraph that a page's end cut; a newline where only a line ended."""


def folded(content: Sourced) -> Sourced:
    """`content` on one line: see `between_lines`."""
    return between_lines(content)[0]


def between_lines(content: Sourced) -> tuple[Sourced, tuple[int, ...]]:
    """`content` on one line, and the offsets in it where a page of the source ended (`PAGE_END`).

    White space at the ends goes (the paragraph's indent, full-width spaces too), and so does the gap between a Chinese
    character and a digit or letter: layout draws it. A line's end goes, leaving a space between two Latin words, none inside a
    number. A space between two Chinese characters stays: somebody typed it, and the checks report it (X003).
    """
    content = content.strip(" \t\r\n\u3000\xa0")
    text: list[str] = []
    places: list[Place] = []
    ends: list[int] = []
    at, length = 0, len(content.text)
    while at < length:
        char = content.text[at]
        if not is_folded(char):
            text.append(char)
            places.append(content.places[at])
            at += 1
            continue
        start = at
        while at < length and is_folded(content.text[at]):
            at += 1
        gap = content.text[start:at]
        left, right = _beside(content.text, start - 1, -1), _beside(content.text, at, 1)
        han = (fills_cell(left) if left else True, fills_cell(right) if right else True)
        if PAGE_END in gap:
            ends.append(len(text))
        if PAGE_END in gap or "\n" in gap:
            keep = "" if any(han) or left.isdigit() or right.isdigit() else " "
        else:
            keep = "" if han[0] != han[1] else gap
        text += keep
        places += content.places[start : start + len(keep)]
    return Sourced("".join(text), tuple(places)), tuple(ends)


def _beside(text: str, at: int, step: int) -> str:
    """The nearest character from `at` on that is no mark of bold; empty at the end."""
    while 0 <= at < len(text) and text[at] == "*":
        at += step
    return text[at] if 0 <= at < len(text) else ""


def unbold(content: Sourced) -> tuple[Sourced, list[Sourced]]:
    """`content` without the marks of bold around all of it, and the marks."""
    size = len(BOLD)
    inner = content.text[size:-size]
    if len(content.text) <= 2 * size or content.text != f"{BOLD}{inner}{BOLD}" or BOLD in inner:
        return content, []
    return content.cut(size, -size), [content.cut(0, size), content.cut(-size)]


def typed_value(at: Sourced, value: str) -> Sourced:
    """`value` as read from the text `at`: all of it stands there."""
    return Sourced(
        value,
        tuple(at.places[min(index, len(at.places) - 1)] for index in range(len(value))) if at.places else (),
    )


def split_at(content: Sourced, *marks: str) -> list[Sourced]:
    """The parts of `content` between `marks`, without what is empty."""
    parts: list[Sourced] = []
    for is_mark, group in groupby(range(len(content.text)), key=lambda at: content.text[at] in marks):
        if not is_mark:
            numbers = list(group)
            part = content.cut(numbers[0], numbers[-1] + 1).strip()
            if part.text:
                parts.append(part)
    return parts


def joined(parts: Iterable[Sourced]) -> Sourced:
    """`parts` one behind the other."""
    pieces = list(parts)
    return Sourced(
        "".join(one.text for one in pieces), tuple(place for one in pieces for place in one.places)
    )
