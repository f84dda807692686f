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
from authoring.importers.signs_text import BRACKETED, bare_name, is_complete, likeness, squeezed
from authoring.importers.sourced import PAGE_END, joined, unbold
from authoring.inline import BOLD
from authoring.markers import POINT, Marker, opening_marker

_SURELY: Final = 0.9
_ALIKE: Final = 0.7
"""A line as like an entry of the contents as this is that entry's headline."""
MOST_HEADLINE: Final = 60
MOST_LISTED: Final = 60
"""Entries of the contents that lines are compared with."""
MOST_COMPARISONS: Final = 10_000
"""Of lines with entries: an issue needs some hundred lines times ten."""
_SHORTEST_HEADLINE: Final = 6
_LONGEST_HEADING: Final = 30
_SHORTEST_CUT: Final = 16
"""A paragraph that a page's end cuts has at least most of a line before it; a shorter one is a line of its own: a name, a source."""
_HEADLINE_POINTS: Final = 18.0
"""Headlines are 2号, 22 pt, in the format; offices use 小二 (18 pt) as well. Body text is 3号, 16 pt."""
_MOST_JOINS: Final = 12
"""A source with more sentences cut than pages would cut is one whose lines are wrapped: told once, not line by line."""
_INDENT = re.compile(r"\u3000|[ \xa0]{2,}|\t")
_BOLD_HEADING = re.compile(r"\*\*(?P<heading>[^*。]{1,30}。?)\*\*[ \t]*")
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
    marks = [Classified("folio", mark) for mark in reader.marks]
    return [*reader.finished(), *marks], reader.notes()


class _BodyReader:
    """Reads paragraphs in order; a sentence that a page's or a line's end cut is joined on the way."""

    def __init__(self, paragraphs: Sequence[SourceParagraph], names: set[str], listed: Sequence[str]) -> None:
        self.paragraphs = paragraphs
        self.names = names
        self.listed = listed[:MOST_LISTED]
        self.found: list[Classified] = []
        self._known: dict[str, float] = {}
        self._tail: list[Sourced] = []
        self._comparisons = 0
        self._joins: list[tuple[Sourced, bool]] = []
        self._guesses: list[Sourced] = []
        self._numbers: list[Sourced] = []
        self._short: list[Sourced] = []
        self.marks: list[Sourced] = []
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
            self._add(Classified("section", paragraph.content))
            return
        marker = opening_marker(text)
        listed = self._listed_number(text, marker)
        if (marker is None and self._is_headline(index, last)) or listed:
            self._add_headline(paragraph.content.strip(), listed)
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
        number = Message("标题前的序号没有导入", "the number before a headline was left out")
        notes += [Note("J007", "info", number, at=at) for at in self._numbers]
        if len(self._joins) > _MOST_JOINS:
            count = len(self._joins)
            told = Message(f"原文每行断开，{count} 处已接成整段", f"{count} wrapped lines were joined")
            told_short = Message("很短的一行，与下文接成一段", "a short line, joined to what follows")
            notes += [Note("X001", "warning", told_short, at=at) for at in self._short]
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
        return BRACKETED.fullmatch(text) is not None or (len(text) <= 20 and bare_name(text) in self.names)

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

    def _listed_number(self, text: str, marker: Marker | None) -> int:
        """How much of a line is the number that the contents have before this headline; 0 if it is no headline of theirs."""
        if marker is None or is_complete(text) or len(text) > MOST_HEADLINE:
            return 0
        end = marker.end + len(text[marker.end :]) - len(text[marker.end :].lstrip())
        return end if self._likeness(text[end:]) >= _SURELY else 0

    def _add_headline(self, content: Sourced, mark: int = 0) -> None:
        if mark:
            self._add(Classified("headline", _broken(content.cut(mark).strip()), 0))
            self._numbers.append(content.cut(0, mark))
            self.marks.append(content.cut(0, mark))
            return
        content, marks = unbold(content.strip())
        self.marks += marks
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
        paragraph = self.paragraphs[index]
        if paragraph.hints.cell or (self._indented and _INDENT.match(paragraph.content.text)):
            return False
        if not self._is_complete(last):
            return bool(self._tail) or not self._gap(index) or len(last.content.text) >= _SHORTEST_CUT
        if self._separated and not self._gap(index):
            return True
        return self._indented

    def _join(self, index: int) -> None:
        content = self.paragraphs[index].content.strip()
        page = self._gap(index)
        before = self._tail[-1] if self._tail else self.found[-1].content
        if len(before.text) < _SHORTEST_CUT:
            self._short.append(content.cut(0, 1))
        self._tail += [content.cut(0, 1).typed(PAGE_END if page else "\n"), content]
        self._joins.append((content.cut(0, 1), page))

    def finished(self) -> list[Classified]:
        """What was found, the last paragraph with everything that was joined to it."""
        last = self.found[-1] if self.found else None
        if (
            last is not None and last.kind == "headline"
        ):  # bold may begin on its first line and end on its last
            content, marks = unbold(last.content)
            self.marks += marks
            self.found[-1] = last._replace(content=content)
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
        content, marks = _heading_unbold(content, end)
        self.marks += marks
        stop = content.text.find("。", end)
        if stop < 0 and len(content.text) - end <= _LONGEST_HEADING and content.text[-1:] not in "，、；,;":
            return Classified(kind, content, end)
        if 0 <= stop - end <= _LONGEST_HEADING and "，" not in content.text[end:stop]:
            runs_on = content.text[stop + 1 :].strip()
            return Classified(kind, content, end, stop + 1 - end if runs_on else 0)
        return Classified("paragraph", content)


def _heading_unbold(content: Sourced, end: int) -> tuple[Sourced, list[Sourced]]:
    """A heading's paragraph without the bold of the heading itself, which its typeface says; and the marks of it."""
    match = _BOLD_HEADING.match(content.text, end)
    if match is None or (match["heading"][-1] != "。" and match.end() < len(content.text)):
        return content, []
    start, stop = match.span("heading")
    marks = [content.cut(end, start), content.cut(stop, match.end())]
    return content.cut(0, end).join(content.cut(start, stop)).join(content.cut(match.end())), marks


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
