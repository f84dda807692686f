"""A Word paragraph as text whose characters know their places, with what the word processor says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from authoring.importers.document import Hints, Place, Sourced, SourceParagraph
from authoring.importers.docx_inline import Piece
from authoring.importers.docx_story import Paragraph
from authoring.importers.signs_text import is_complete
from authoring.inline import BOLD, Run, markup


class Stretch(NamedTuple):
    """A piece of a paragraph at its place: `column` of its first character, from 1."""

    piece: Piece
    column: int


class Line:
    """A paragraph that has text; number: which of those it is, from 1."""

    def __init__(self, paragraph: Paragraph, number: int) -> None:
        self.paragraph = paragraph
        self.number = number

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        stretches = []
        column = 1
        for piece in self.paragraph.seen():
            stretches.append(Stretch(piece, column))
            column += len(piece.text)
        return tuple(stretches)

    @cached_property
    def text(self) -> str:
        return self.paragraph.text

    @property
    def style(self) -> str:
        return self.paragraph.look.style

    @cached_property
    def content(self) -> Sourced:
        """Its text with markup for what is bold beyond its style."""
        return marked(self.stretches, self.number)

    @cached_property
    def plain(self) -> Sourced:
        return _placed(self.text, self.number, 1)

    def at(self, column: int, length: int = 1) -> Sourced:
        """Characters of the paragraph from `column` on; its last one where it ends before."""
        start = max(0, min(column - 1, len(self.text) - 1))
        return self.plain.cut(start, start + max(1, length))

    def as_source(self) -> SourceParagraph:
        """The paragraph for whoever knows no more of it. One that is bold throughout and is no sentence is bold by its
        rank, which the hints tell; its text goes without marks."""
        look = self.paragraph.look
        seen = [stretch.piece for stretch in self.stretches if stretch.piece.text.strip()]
        sizes = Counter[float]()
        for piece in seen:
            sizes[piece.size] += len(piece.text)
        hints = Hints(
            style=look.style,
            outline=look.outline,
            size=sizes.most_common(1)[0][0] if sizes else 0.0,
            bold=bool(seen) and all(piece.bold for piece in seen),
            centred=look.centred,
            label=self.paragraph.label,
            cell=self.paragraph.cell,
            page_break=self.paragraph.page_break,
        )
        by_rank = hints.bold and (hints.centred or hints.outline or not is_complete(self.text))
        return SourceParagraph(self.plain if by_rank else self.content, hints)


def marked(stretches: Sequence[Stretch], line: int) -> Sourced:
    """The stretches as one text with markup."""
    runs = [Run(one.piece.text, _is_bold(one.piece)) for one in stretches]
    text = markup(runs)
    plain = [(char, place) for one in stretches for char, place in _characters(one, line)]
    if text == "".join(char for char, _ in plain):
        return Sourced(text, tuple(place for _, place in plain))
    characters: list[tuple[str, Place]] = []
    bold = False
    for one, run in zip(stretches, runs, strict=True):
        if run.text and run.bold != bold:
            characters += [(mark, Place(line, one.column)) for mark in BOLD]
            bold = run.bold
        characters += _characters(one, line)
    if bold:
        characters += [(mark, characters[-1][1]) for mark in BOLD]
    return Sourced("".join(char for char, _ in characters), tuple(place for _, place in characters))


def _is_bold(piece: Piece) -> bool:
    return piece.bold and not piece.styled_bold


def _characters(stretch: Stretch, line: int) -> Iterable[tuple[str, Place]]:
    return ((char, Place(line, stretch.column + at)) for at, char in enumerate(stretch.piece.text))


def _placed(text: str, line: int, column: int) -> Sourced:
    return Sourced(text, tuple(Place(line, column + at) for at in range(len(text))))
