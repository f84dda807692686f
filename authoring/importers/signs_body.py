"""The body of a source in, its sections, headlines, paragraphs, points and headings out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from authoring.characters import fills_cell
from authoring.diagnostics import Message
from authoring.importers.document import (
    HEADING_LEVELS,
    LIST_ITEM,
    Classified,
    Kind,
    Note,
    Sourced,
    SourceParagraph,
)
from authoring.importers.signs_text import (
    BRACKETED,
    is_complete,
    likeness,
    section_name,
    section_number,
    squeezed,
)
from authoring.importers.sourced import PAGE_END, joined
from authoring.inline import BOLD
from authoring.markers import POINT, Marker, opening_marker

_ALIKE: Final = 0.7
"""A line as like an entry of the contents as this is that entry's headline."""
MOST_HEADLINE: Final = 60
MOST_LISTED: Final = 60
"""Entries of the contents that lines are compared with."""
MOST_COMPARISONS: Final = 10_000
"""Of lines with entries: an issue needs some hundred lines times ten."""
_SHORTEST_HEADLINE: Final = 6
_LONGEST_HEADING: Final = 30
_HEADLINE_POINTS: Final = 18.0
"""Headlines are 2号, 22 pt, in the format; offices use 小二 (18 pt) as well. Body text is 3号, 16 pt."""
_MOST_JOINS: Final = 12
"""A source with more sentences cut than pages would cut is one whose lines are wrapped: told once, not line by line."""
_BOLD_LINE = re.compile(r"\*\*(?:[^*]|\*(?!\*))+\*\*")
_INDENT = re.compile(r"\u3000|[ \xa0]{2,}|\t")
_HEADING_KINDS: Final[dict[int, Kind]] = {1: "heading_1", 2: "heading_2", 3: "heading_3", POINT: "point"}


def read_body(
    paragraphs: Sequence[SourceParagraph], names: set[str], listed: Sequence[str]
) -> tuple[list[Classified], list[Note]]:
    """What each paragraph between the contents and the imprint is.

    names: sections' names, squeezed. listed: the headlines of the contents, squeezed.
    """
    reader = _BodyReader(paragraphs, names, listed)
    for index in range(len(paragraphs)):
        reader.take(index)
    return [*reader.finished(), *reader.furniture()], reader.notes()


class _BodyReader:
    """Reads paragraphs in order; a sentence that a page's or a line's end cut is joined on the way."""

    def __init__(self, paragraphs: Sequence[SourceParagraph], names: set[str], listed: Sequence[str]) -> None:
        self.paragraphs = paragraphs
        self.names = names
        self.listed = listed[:MOST_LISTED]
        self.found: list[Classified] = []
        self._known: dict[str, float] = {}
        self._tail: list[Sourced] = []
        self._marks: list[Sourced] = []
        self._comparisons = 0
        self._joins: list[tuple[Sourced, bool]] = []
        self._guesses: list[Sourced] = []
        complete = [at for at in range(len(paragraphs) - 1) if is_complete(paragraphs[at].content.text)]
        apart = [at for at in complete if self._gap(at + 1)]
        self._separated = len(apart) >= 2 and 3 * len(apart) >= 2 * len(complete)
        starts = [at + 1 for at in complete if not self._is_section(paragraphs[at + 1].content.text.strip())]
        indented = [at for at in starts if _INDENT.match(paragraphs[at].content.text)]
        self._indented = len(starts) >= 3 and 2 * len(indented) >= len(starts)

    def take(self, index: int) -> None:
        paragraph = self.paragraphs[index]
        text = paragraph.content.text.strip()
        last = self.found[-1] if self.found else None
        if paragraph.hints.style == LIST_ITEM:
            mark = len(text) - len(text.lstrip("-*+> \t")) if not text.startswith("**") else 0
            self._add(Classified("paragraph", paragraph.content.strip(), mark))
            return
        if self._is_section(text):
            content = paragraph.content.strip()
            self._add(Classified("section", content, section_number(content.text)))
            return
        marker = opening_marker(text)
        if marker is None and self._is_headline(index, last):
            self._add_headline(paragraph.content)
            return
        if last is None or last.kind == "section":
            if marker is None and not is_complete(text):
                self._add_headline(paragraph.content)
                return
        elif marker is None and last.kind != "headline" and self._continues(index, last):
            self._join(index)
            return
        self._add(self._block(paragraph.content.strip(), marker))

    def _add(self, one: Classified) -> None:
        self.finished().append(one)

    def furniture(self) -> list[Classified]:
        """Marks that say how something is set and that the format makes itself."""
        return [Classified("folio", mark) for mark in self._marks]

    def notes(self) -> list[Note]:
        """Sentences that were joined, headlines that were taken for such by likelihood."""
        notes = [
            Note(
                "J002",
                "info",
                Message("按位置和长短判断为标题", "taken for a headline by its place and length"),
                Message("核对", "check it"),
                guess,
            )
            for guess in self._guesses
        ]
        if len(self._joins) > _MOST_JOINS:
            count = len(self._joins)
            told = Message(f"原文每行断开，{count} 处已接成整段", f"{count} wrapped lines were joined")
            return [*notes, Note("X001", "info", told, at=self._joins[0][0])]
        told = Message("句子在这里断开（换页或多余的回车），已接上", "a sentence was cut here; it was joined")
        return [
            *notes,
            *(Note("X001", "info" if page else "warning", told, at=at) for at, page in self._joins),
        ]

    def _gap(self, index: int) -> bool:
        """Whether something empty stands before the paragraph: a blank line, a page's end."""
        before, here = self.paragraphs[index - 1].content.places, self.paragraphs[index].content.places
        blank = bool(before and here) and here[0].line - before[-1].line > 1
        return blank or self.paragraphs[index].hints.page_break

    def _is_section(self, text: str) -> bool:
        return BRACKETED.fullmatch(text) is not None or (section_name(text) in self.names and len(text) <= 16)

    def _is_headline(self, index: int, last: Classified | None) -> bool:
        paragraph = self.paragraphs[index]
        text = paragraph.content.text.strip()
        hints = paragraph.hints
        if len(text) > MOST_HEADLINE or (is_complete(text) and not self._likeness(text)):
            return False
        goes_on = last is not None and last.kind == "headline"
        if goes_on and last is not None:  # the second line of a headline, or its paragraph?
            whole = squeezed(last.content.text) + squeezed(text)
            if self._likeness(whole) > self._likeness(last.content.text):
                return True
            return _is_set_as_headline(paragraph) and _is_set_as_headline(self.paragraphs[index - 1])
        if _is_set_as_headline(paragraph) or hints.outline or self._likeness(text) >= _ALIKE:
            return True
        if last is None or last.kind == "section" or self._begins_listed(index):
            return True
        guessed = not is_complete(text) and self._is_complete(last) and self._looks_like_headline(index)
        if guessed:
            self._guesses.append(paragraph.content)
        return guessed

    def _looks_like_headline(self, index: int) -> bool:
        """Whether a line without a stop, at a place where a headline may be, is followed by a paragraph."""
        paragraph = self.paragraphs[index]
        text = paragraph.content.text.strip()
        if len(text) < _SHORTEST_HEADLINE or text.endswith(("，", "、")):
            return False
        if self._indented and _INDENT.match(paragraph.content.text):
            return False
        following = [one.content.text for one in self.paragraphs[index + 1 : index + 3]]
        second_line = (
            len(following) == 2 and not is_complete(following[0]) and len(following[0]) < len(text) * 2
        )
        return any("。" in text for text in following[: 2 if second_line else 1])

    def _begins_listed(self, index: int) -> bool:
        """Whether the line and the next together are a headline of the contents."""
        if index + 1 >= len(self.paragraphs):
            return False
        here, behind = (squeezed(one.content.text) for one in self.paragraphs[index : index + 2])
        if len(here) + len(behind) > 2 * MOST_HEADLINE:
            return False
        whole = self._likeness(here + behind)
        return whole >= _ALIKE and whole > self._likeness(here) and whole > self._likeness(behind)

    def _likeness(self, text: str) -> float:
        """How like a line is to the nearest headline of the contents; after MOST_COMPARISONS whether it is one."""
        here = squeezed(text)
        if here not in self._known:
            self._comparisons += len(self.listed)
            if len(here) > 2 * MOST_HEADLINE or self._comparisons > MOST_COMPARISONS:
                return float(here in self.listed)
            self._known[here] = likeness(here, self.listed)
        return self._known[here]

    def _add_headline(self, content: Sourced) -> None:
        content = content.strip()
        if _BOLD_LINE.fullmatch(content.text):  # bold as a whole: how a headline is set anyway
            self._marks += [content.cut(0, len(BOLD)), content.cut(len(content.text) - len(BOLD))]
            content = content.cut(len(BOLD), len(content.text) - len(BOLD))
        content = _broken(content)
        last = self.found[-1] if self.found else None
        if last is not None and last.kind == "headline":
            newline = content.cut(0, 1).typed("\n")
            self.found[-1] = Classified("headline", last.content.join(newline).join(content))
        else:
            self._add(Classified("headline", content))

    def _continues(self, index: int, last: Classified) -> bool:
        """Whether the paragraph is more of the one before; a heading that is all heading ends without a stop."""
        if last.kind in HEADING_LEVELS and not last.heading:
            return False
        if not self._is_complete(last):
            return True
        if self._separated and not self._gap(index):
            return True
        return self._indented and not _INDENT.match(self.paragraphs[index].content.text)

    def _join(self, index: int) -> None:
        content = self.paragraphs[index].content.strip()
        page = self._gap(index)
        self._tail += [content.cut(0, 1).typed(PAGE_END if page else "\n"), content]
        self._joins.append((content.cut(0, 1), page))

    def finished(self) -> list[Classified]:
        """What was found, the last paragraph with everything that was joined to it."""
        if self._tail:
            last = self.found[-1]
            self.found[-1] = last._replace(content=joined([last.content, *self._tail]))
            self._tail = []
        return self.found

    def _is_complete(self, last: Classified) -> bool:
        return is_complete((self._tail[-1] if self._tail else last.content).text)

    def _block(self, content: Sourced, marker: Marker | None) -> Classified:
        if marker is None:
            return Classified("paragraph", content)
        kind = _HEADING_KINDS[marker.level]
        end = marker.end + len(content.text[marker.end :]) - len(content.text[marker.end :].lstrip())
        if BOLD in content.text[: marker.start]:  # **（1）健全机制。** is （1）**健全机制。**
            content = content.cut(marker.start, end).join(content.cut(0, marker.start)).join(content.cut(end))
            end -= marker.start
            if content.text.startswith(2 * BOLD, end):  # the number alone was bold
                end += 2 * len(BOLD)
        if kind == "point":
            return Classified("point", content, end)
        stop = content.text.find("。", end)
        if stop < 0 and len(content.text) - end <= _LONGEST_HEADING:
            return Classified(kind, content, end)
        if 0 <= stop - end <= _LONGEST_HEADING and "，" not in content.text[end:stop]:
            runs_on = content.text[stop + 1 :].strip()
            return Classified(kind, content, end, stop + 1 - end if runs_on else 0)
        return Classified("paragraph", content)


def _is_set_as_headline(paragraph: SourceParagraph) -> bool:
    """Whether a word processor shows the paragraph as headlines are shown."""
    hints = paragraph.hints
    return hints.centred and (hints.bold or hints.size >= _HEADLINE_POINTS)


def _broken(content: Sourced) -> Sourced:
    """A headline whose printed line break stands in a text file as a space between two Chinese characters."""
    for match in reversed(list(re.finditer(r"[ \u3000]+", content.text))):
        left, right = content.text[match.start() - 1], content.text[match.end()]
        if fills_cell(left) and fills_cell(right):
            newline = content.cut(match.start(), match.start() + 1).typed("\n")
            content = content.cut(0, match.start()).join(newline).join(content.cut(match.end()))
    return content
