"""A headline into lines: at whole words, as even as can be (GB/T 9704 7.3.1: 词意完整, 梯形 or 菱形)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from authoring.layout.paragraph import Paragraph

INSIDE_WORD = 400.0
AFTER_QUOTE = 100.0
INSIDE_QUOTES = 60.0
AFTER_NUMBER = 100.0
AFTER_CONJUNCTION = 40.0
BEFORE_PARTICLE = 30.0
BEFORE_CONJUNCTION = 10.0
"""What a break costs, in squared ems of unevenness: inside a word; between a quoted name and the noun it names
(“诸葛空间”|人工智能); inside quotes; between a number and its unit (2026|年度); after 与 and its like; before 的 and its
like; before 与."""

_PARTICLES = frozenset("的地得了着等之")
_CONJUNCTIONS = frozenset("和与及或暨")
_LEAST_LINE = 3
"""A line shorter than this many ems costs as much as a word cut."""


class HeadlineBreak(NamedTuple):
    """Where a headline's lines end (exclusive), and whether one of them ends inside a word."""

    ends: tuple[int, ...]
    cuts_word: bool


def break_headline(paragraph: Paragraph, measure: int, terms: Iterable[str] = ()) -> HeadlineBreak:
    """Break a headline that is wider than `measure` into the fewest lines that whole words allow, evenly.

    Evenness is the sum of squared differences from the mean line; what a reader would stumble over costs extra.
    Words come from `authoring.layout.words`, the publication's `terms` first.
    """
    text = paragraph.text
    count = len(text)
    if paragraph.natural(0, count) <= measure:
        return HeadlineBreak((count,), cuts_word=False)
    from authoring.layout.words import segment  # its dictionary is opened only for a long headline

    boundaries: set[int] = set()
    at = 0
    for word in segment(text, frozenset(terms)):
        at += len(word)
        boundaries.add(at)
    costs = {
        index: _cost(text, index, index in boundaries)
        for index in range(1, count)
        if paragraph.allowed[index]
    }
    whole_words = {index: cost for index, cost in costs.items() if index in boundaries}
    fewest = -(-paragraph.natural(0, count) // measure)
    for candidates in (whole_words, costs, dict.fromkeys(range(1, count), INSIDE_WORD)):
        for lines in range(fewest, fewest + 3):
            ends = _most_even(paragraph, measure, lines, candidates)
            if ends:
                return HeadlineBreak(ends, cuts_word=any(end not in boundaries for end in ends[:-1]))
    return HeadlineBreak((count,), cuts_word=False)


def _cost(text: str, index: int, is_boundary: bool) -> float:
    cost = 0.0 if is_boundary else INSIDE_WORD
    if text[index - 1] in "”’":
        cost += AFTER_QUOTE
    if text.count("“", 0, index) > text.count("”", 0, index):
        cost += INSIDE_QUOTES
    if text[index - 1].isdigit():
        cost += AFTER_NUMBER
    if text[index - 1] in _CONJUNCTIONS:
        cost += AFTER_CONJUNCTION
    if text[index] in _CONJUNCTIONS:
        cost += BEFORE_CONJUNCTION
    elif text[index] in _PARTICLES:
        cost += BEFORE_PARTICLE
    return cost


def _most_even(
    paragraph: Paragraph, measure: int, lines: int, costs: dict[int, float]
) -> tuple[int, ...] | None:
    """The cheapest way to set the paragraph on exactly `lines` lines breaking only where `costs` has a price."""
    count = len(paragraph.text)
    mean = paragraph.natural(0, count) / lines
    em = paragraph.em
    stops = [*sorted(costs), count]
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for line in range(lines):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in best.items():
            for stop in stops:
                if stop <= start or (stop == count) != (line == lines - 1):
                    continue
                width = paragraph.natural(start, stop)
                if width > measure:
                    break
                price = cost + ((width - mean) / em) ** 2 + costs.get(stop, 0.0)
                if width < _LEAST_LINE * em:
                    price += INSIDE_WORD
                if stop not in reached or price < reached[stop][0]:
                    reached[stop] = (price, (*ends, stop))
        best = reached
    return best[count][1] if count in best else None
