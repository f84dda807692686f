"""A measured paragraph into lines: broken, then fitted to their measure.

break -> fit (pull in or stretch) -> runs of one face. Everything is an integer :class:`~authoring.style.Length`, so that
a line of 28 cells is exactly full.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import sub
from typing import NamedTuple

from authoring.characters import fills_cell
from authoring.fonts import Face
from authoring.layout import kinsoku
from authoring.layout.paragraph import Paragraph
from authoring.model import Typesetting

MAX_STRETCH = 0.5
"""Greatest blank, in ems, that justification adds at any one place; beyond it the line stays ragged."""


class Glyphs(NamedTuple):
    """Characters of one face in a line: `x` of the first origin from the line's left edge, advances to the next."""

    x: int
    text: str
    face: Face
    advances: tuple[int, ...]
    bold: bool
    stretch: float


class Line(NamedTuple):
    """A set line: the characters [start, end) of its paragraph, as runs, and the width they take from the left edge.

    hang: how far a hung mark stands out beyond the measure (included in neither `width` nor the measure).
    """

    start: int
    end: int
    runs: tuple[Glyphs, ...]
    width: int
    hang: int


def line_ends(paragraph: Paragraph, measure: int, indent: int, habits: Typesetting) -> tuple[int, ...]:
    """Where the lines of `paragraph` end (exclusive), none wider than `measure`; the first begins `indent` in.

    Greedy, as the printed issues are: each line takes what it can. A mark that may not begin the next line is hung or
    squeezed as `habits` say, else it takes the character before it along.
    """
    text = paragraph.text
    breaks: list[int] = []
    start, count = 0, len(text)
    while start < count:
        end = _line_end(paragraph, start, measure - (indent if start == 0 else 0), habits)
        breaks.append(end)
        start = _skip_spaces(text, end)
    if habits.avoid_single_character_line and len(breaks) > 1:
        _mend_single_character(paragraph, breaks)
    return tuple(breaks)


def set_lines(
    paragraph: Paragraph, ends: Iterable[int], measure: int, indent: int, habits: Typesetting
) -> tuple[Line, ...]:
    """The lines of `paragraph` that end at `ends`, each fitted to `measure`; the first begins `indent` in."""
    text = paragraph.text
    lines = []
    start = 0
    for end in ends:
        inset = indent if start == 0 else 0
        lines.append(_fit(paragraph, start, end, measure - inset, inset, habits))
        start = _skip_spaces(text, end)
    return tuple(lines)


def set_single_line(paragraph: Paragraph) -> Line:
    """The whole paragraph on one line at its natural width."""
    return _line(paragraph, 0, len(paragraph.text), list(paragraph.space), 0, 0)


def _skip_spaces(text: str, index: int) -> int:
    while index < len(text) and text[index] == " ":
        index += 1
    return index


def _line_end(paragraph: Paragraph, start: int, measure: int, habits: Typesetting) -> int:
    """Where the line that begins at `start` ends (exclusive, spaces after it left out).

    The line takes what fits. What comes next is taken too where its mark may hang or be squeezed at the line's end, or
    where the line can be pulled in for it and that changes the line no more than stretching it would (推入 before 推出).
    """
    text, widths, space, allowed = paragraph.text, paragraph.widths, paragraph.space, paragraph.allowed
    count = len(text)
    pull = habits.pull_in == "clreq"
    natural = inner = 0  # inner: what the line could lose inside, its last mark's right side apart
    best, room = start, measure
    index = start
    while index < count:
        if index > start:
            natural += space[index]
            if pull:
                inner += paragraph.rights[index - 1] + paragraph.lefts[index] + max(0, space[index]) // 2
        natural += widths[index]
        index += 1
        if natural - inner > measure + paragraph.em:
            break  # nothing from here on can be brought back: an unbreakable longer than a line is not read to its end
        if text[index - 1] == " " or not (index == count or allowed[index] or text[index] == " "):
            continue
        if natural <= measure:
            best, room = index, measure - natural
            continue
        over = natural - measure - _end_give(paragraph, index - 1, habits)
        if over <= 0 or (pull and over <= inner and over <= room):
            best = index
        break
    return best if best > start else _forced_end(paragraph, start, measure)


def _end_give(paragraph: Paragraph, last: int, habits: Typesetting) -> int:
    """How much of a line's last character may stand beyond the measure or go."""
    mark = paragraph.text[last]
    if habits.line_end == "hang" and mark in kinsoku.HANGING:
        return paragraph.widths[last]
    full = mark in kinsoku.BLANK_RIGHT and paragraph.widths[last] == paragraph.em
    return paragraph.em // 2 if full and habits.line_end == "squeeze" else 0


def _forced_end(paragraph: Paragraph, start: int, measure: int) -> int:
    """An end inside an unbreakable that is longer than the line: as late as fits, forbidden characters avoided."""
    end, natural = start, 0
    while end < len(paragraph.text):
        natural += paragraph.widths[end] + (paragraph.space[end] if end > start else 0)
        if natural > measure:
            break
        end += 1
    end = max(end, start + 1)
    good = (index for index in range(end, start, -1) if not kinsoku.is_forbidden_break(paragraph.text, index))
    return next(good, end) if end < len(paragraph.text) else end


def _mend_single_character(paragraph: Paragraph, breaks: list[int]) -> None:
    """Where the last line is one character (and its marks), end the line before it one break earlier (孤字)."""
    text = paragraph.text
    start = _skip_spaces(text, breaks[-2])
    solid = [
        char for char in text[start:] if char not in kinsoku.NO_LINE_START and char not in kinsoku.NO_LINE_END
    ]
    first = breaks[-3] if len(breaks) > 2 else 0
    if len(solid) > 1:
        return
    earlier = next((index for index in range(start - 1, first, -1) if paragraph.allowed[index]), None)
    if earlier is not None and earlier > first:
        breaks[-2] = earlier


def _fit(paragraph: Paragraph, start: int, end: int, measure: int, inset: int, habits: Typesetting) -> Line:
    """The characters [start, end) as a line: pulled in where too wide, stretched where short and not the last."""
    space = paragraph.space[start:end]
    if space:
        space[0] = 0
    over = paragraph.natural(start, end) - measure
    last = end - 1
    hang = trim = 0
    if over > 0:
        if habits.line_end == "hang" and paragraph.text[last] in kinsoku.HANGING:
            inner = _capacity(paragraph, start, end) if habits.pull_in == "clreq" else 0
            if over > inner:
                hang = paragraph.widths[last]
                over -= hang
        if over > 0:
            trim = min(over, _end_give(paragraph, last, habits)) if not hang else 0
            over -= trim
        if over > 0 and habits.pull_in == "clreq":
            over = _shrink(paragraph, start, space, over)
    is_last = _skip_spaces(paragraph.text, end) >= len(paragraph.text)
    if over < 0 and not is_last:
        _stretch(paragraph, start, last if hang else end, space, -over)
    return _line(paragraph, start, end, space, inset, hang, trim)


def _capacity(paragraph: Paragraph, start: int, end: int) -> int:
    """What the line [start, end) could lose inside."""
    blanks = sum(paragraph.rights[start : end - 1]) + sum(paragraph.lefts[start + 1 : end])
    return blanks + sum(max(0, gap) // 2 for gap in paragraph.space[start + 1 : end])


def _shrink(paragraph: Paragraph, start: int, space: list[int], over: int) -> int:
    """Take `over` out of `space` in CLREQ's order, evenly within a class; return what could not be taken."""
    text = paragraph.text
    for kind in kinsoku.SHRINK_ORDER:
        give: dict[int, int] = {}
        for offset in range(1, len(space)):
            index = start + offset
            amount = max(0, space[offset]) // 2 if kind == "gap" else 0
            if kinsoku.shrink_class(text[index - 1]) == kind:
                amount += paragraph.rights[index - 1]
            if kinsoku.shrink_class(text[index]) == kind:
                amount += paragraph.lefts[index]
            if amount:
                give[offset] = -amount
        over += _spread(space, give, -over)
        if not over:
            break
    return over


def _stretch(paragraph: Paragraph, start: int, end: int, space: list[int], room: int) -> None:
    """Spread `room` over `space`: word spaces to half an em, Han–Latin gaps too, then every place that may open.

    A line that would have to open wider than MAX_STRETCH everywhere stays ragged.
    """
    text, em = paragraph.text, paragraph.em
    places = [
        offset
        for offset in range(1, end - start)
        if _opens(text[start + offset - 1], text[start + offset], paragraph.allowed[start + offset])
    ]
    if not places or room > len(places) * em * MAX_STRETCH:
        return
    words = [offset for offset in range(1, end - start) if text[start + offset - 1] == " "]
    room -= _spread(space, dict.fromkeys(words, em // 4), room)
    gaps = [offset for offset in range(1, end - start) if space[offset] > 0 and offset not in words]
    room -= _spread(space, dict.fromkeys(gaps, em // 4), room)
    _spread(space, dict.fromkeys(places, room), room)


def _spread(space: list[int], limits: dict[int, int], amount: int) -> int:
    """Add `amount` to `space`, to each place in proportion to its limit and no more; return what was added.

    Amounts below nothing take away. The shares are whole and add up exactly.
    """
    total = sum(limits.values())
    added = min(amount, total) if amount > 0 else max(amount, total)
    done = seen = 0
    for offset, limit in limits.items():
        seen += limit
        share = added * seen // total - done if total else 0
        space[offset] += share
        done += share
    return added


def _opens(left: str, right: str, may_break: bool) -> bool:
    """Whether justification may open between two characters: beside a cell or after a space, not inside a word.

    Between two cells it may even where no line may break (字，| 《字); never inside —— and ……, nor inside an address.
    """
    if left == right and left in "—…":
        return False
    cells = fills_cell(left) + fills_cell(right)
    return cells == 2 or (may_break and (cells == 1 or left == " "))


def _line(
    paragraph: Paragraph, start: int, end: int, space: list[int], inset: int, hang: int, trim: int = 0
) -> Line:
    """Positions into runs of one face each."""
    text, widths, shifts = paragraph.text, paragraph.widths, paragraph.shifts
    faces, bolds, stretches = paragraph.faces, paragraph.bolds, paragraph.stretches
    if start == end:
        return Line(start, end, (), inset, hang)
    x = inset
    origins: list[int] = []
    cuts: list[int] = []
    for index in range(start, end):
        if index > start:
            x += space[index - start]
            before = index - 1
            if (
                faces[index] is not faces[before]
                or bolds[index] is not bolds[before]
                or stretches[index] != stretches[before]
            ):
                cuts.append(index)
        origins.append(x + shifts[index])
        x += widths[index]
    origins.append(x)
    runs: list[Glyphs] = []
    first = start
    for cut in (*cuts, end):
        stops = origins[first - start : cut - start + 1]
        runs.append(
            Glyphs(
                stops[0],
                text[first:cut],
                faces[first],
                tuple(map(sub, stops[1:], stops)),
                bolds[first],
                stretches[first],
            )
        )
        first = cut
    return Line(start, end, tuple(runs), x - hang - trim, hang)
