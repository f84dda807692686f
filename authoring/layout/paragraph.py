"""A paragraph's characters, measured: faces, widths in cells, blanks that may go, gaps, places where a line may break."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from authoring.characters import QUOTES, fills_cell, is_alphanumeric, is_han
from authoring.fonts import Face, FontSet
from authoring.inline import Run
from authoring.layout import kinsoku
from authoring.model import Typesetting
from authoring.style import Role, TextStyle

_OPENING_LABEL = re.compile("（[0-9一二三四五六七八九十]{1,3}）")


@dataclass(slots=True)
class Paragraph:
    """A paragraph's characters, measured. Parallel lists, one element a character.

    space[i] is what stands between characters i-1 and i: a gap between Han and Latin, or less than nothing where two
    marks share their blank. lefts and rights are the blanks that a mark may lose at either side.
    """

    text: str
    faces: list[Face]
    bolds: list[bool]
    widths: list[int]
    shifts: list[int]
    stretches: list[float]
    space: list[int]
    lefts: list[int]
    rights: list[int]
    allowed: list[bool]
    size: int
    em: int
    style: TextStyle

    def natural(self, start: int, end: int) -> int:
        """Width of the characters [start, end) set on one line without fitting."""
        return sum(self.widths[start:end]) + sum(self.space[start + 1 : end])


class Measures(dict[str, tuple[Face, int, int]]):
    """Face, width and shift of every character in one role and style, looked up once.

    width: what it takes of the line. shift: how far its origin stands from its cell's left edge, since a glyph that is
    narrower than its cell stands in the middle.
    """

    def __init__(self, role: Role, em: int, half_quotes: bool, fonts: FontSet) -> None:
        super().__init__()
        self._role = role
        self._em = em
        self._half_quotes = half_quotes
        self._fonts = fonts

    def __missing__(self, char: str) -> tuple[Face, int, int]:
        half = self._half_quotes and char in QUOTES
        face = self._fonts.face("latin" if half else self._role, char)
        assert face is not None, f"no face for {char!r}"
        own = face.advance(char) * self._em // face.upem
        cell = self._em // 2 if half else self._em
        found = (face, cell, (cell - own) // 2) if half or fills_cell(char) else (face, own, 0)
        self[char] = found
        return found


@lru_cache(maxsize=64)
def measures(fonts: FontSet, role: Role, em: int, half_quotes: bool) -> Measures:
    """The measures of `role` at one size, shared by everything that is set with these fonts."""
    return Measures(role, em, half_quotes, fonts)


def collect(runs: Iterable[tuple[Run, Measures]], style: TextStyle, habits: Typesetting) -> Paragraph:
    """Measure a paragraph of runs, each with the measures of its role.

    Every character must have a face (`authoring.layout.coverage` has seen to it).
    """
    measured: list[tuple[Face, int, int]] = []
    bolds: list[bool] = []
    parts: list[str] = []
    for run, measures in runs:
        parts.append(run.text)
        measured += [measures[char] for char in run.text]
        bolds += [run.bold] * len(run.text)
    text = "".join(parts)
    count = len(text)
    paragraph = Paragraph(
        text=text,
        faces=[face for face, _, _ in measured],
        bolds=bolds,
        widths=[width for _, width, _ in measured],
        shifts=[shift for _, _, shift in measured],
        stretches=[1.0] * count,
        space=[0] * count,
        lefts=[0] * count,
        rights=[0] * count,
        allowed=kinsoku.breakable(text),
        size=int(style.size),
        em=int(style.em),
        style=style,
    )
    _find_blanks(paragraph, habits.quotes == "half")
    _set_spaces(paragraph, habits)
    if "——" in text:
        _join_dashes(paragraph)
    return paragraph


def _find_blanks(paragraph: Paragraph, half_quotes: bool) -> None:
    """The blank halves of marks that fill a cell.

    Those of the opening （1） stay: it stands alike in every paragraph, and an opening 《 never shifts.
    """
    half, quarter = paragraph.em // 2, paragraph.em // 4
    label = _OPENING_LABEL.match(paragraph.text)
    for index in range(label.end() if label else 1, len(paragraph.text)):
        char = paragraph.text[index]
        if char not in kinsoku.WITH_BLANK or (half_quotes and char in QUOTES):
            continue
        if char in kinsoku.BLANK_RIGHT:
            paragraph.rights[index] = half
        elif char in kinsoku.BLANK_LEFT:
            paragraph.lefts[index] = half
        elif paragraph.widths[index] == paragraph.em:
            paragraph.lefts[index] = paragraph.rights[index] = quarter


def _set_spaces(paragraph: Paragraph, habits: Typesetting) -> None:
    """What stands between two characters: the gap of Han and Latin, or the blank that two marks share."""
    text, em = paragraph.text, paragraph.em
    gap = em // 4 if habits.han_latin_gap == "quarter" else 0
    share = habits.adjacent_marks == "share"
    half_quotes = habits.quotes == "half"
    for index in range(1, len(text)):
        left, right = text[index - 1], text[index]
        if share and left in kinsoku.WITH_BLANK and kinsoku.shared_blank(left, right, half_quotes):
            paragraph.space[index] = -(em // 2)
            if paragraph.rights[index - 1]:
                paragraph.rights[index - 1] = 0
            else:
                paragraph.lefts[index] = 0
        elif gap and is_han(left) != is_han(right) and (is_alphanumeric(left) or is_alphanumeric(right)):
            paragraph.space[index] = gap


def _join_dashes(paragraph: Paragraph) -> None:
    """Stretch each dash of —— so that its ink fills its cell: two of them draw one unbroken line."""
    text = paragraph.text
    for index, char in enumerate(text):
        if char == "—" and "—" in text[max(0, index - 1) : index] + text[index + 1 : index + 2]:
            face = paragraph.faces[index]
            left, right = face.ink("—")
            scale = paragraph.em * face.upem / ((right - left) * paragraph.size) * 1.01
            paragraph.stretches[index] = scale
            paragraph.shifts[index] = -round(left * paragraph.size * scale / face.upem)
