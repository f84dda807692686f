"""A headline into lines: at whole words, as even as can be (GB/T 9704 7.3.1: 词意完整, 梯形 or 菱形)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from authoring.layout.lines import line_ends
from authoring.layout.paragraph import Paragraph
from authoring.model import Typesetting

MOST_CHARACTERS = 200
"""A longer “headline” is a paragraph in the wrong field: it is broken line by line, not weighed."""

INSIDE_WORD = 400.0
AFTER_QUOTE = 100.0
AFTER_NUMBER = 100.0
INSIDE_QUOTES = 60.0
BEFORE_POSTPOSITION = 60.0
AFTER_CONJUNCTION = 40.0
BEFORE_PARTICLE = 30.0
INSIDE_TITLE = 20.0
BEFORE_CONJUNCTION = 10.0
AFTER_ENUMERATION = -15.0
AFTER_PAUSE = -40.0
"""What a break costs, in squared ems of unevenness: inside a word; between a quoted name and the noun it names
(“诸葛空间”|人工智能); between a number and its unit (2026|年度); inside quotes; before 上 after a noun (大会|上); after 与
and its like; before 的 and its like; inside 《》, where the print does break; before 与. A break after 、 and after ，； is
welcome: it costs less than nothing."""

_POSTPOSITIONS = frozenset("上下中内外里间后前时")
_PARTICLES = frozenset("的地得了着等之")
_CONJUNCTIONS = frozenset("和与及或暨")
_LEAST_LINE = 3
"""A line shorter than this many ems costs as much as a word cut."""
_NO_SQUEEZING = Typesetting(line_end="none", pull_in="never")


class HeadlineBreak(NamedTuple):
    """Where a headline's lines end (exclusive), and whether one of them ends inside a word."""

    ends: tuple[int, ...]
    cuts_word: bool


def break_headline(paragraph: Paragraph, measure: int, terms: Iterable[str] = ()) -> HeadlineBreak:
    """Break a headline that is wider than `measure` into the fewest lines that whole words allow, evenly.

    Evenness is the sum of squared differences from the mean line; what a reader would stumble over costs extra.
    Words come from `authoring.words`, the publication's `terms` first.
    """
    text = paragraph.text
    count = len(text)
    if paragraph.natural(0, count) <= measure:
        return HeadlineBreak((count,), cuts_word=False)
    line_by_line = HeadlineBreak(line_ends(paragraph, measure, 0, _NO_SQUEEZING), cuts_word=True)
    if count > MOST_CHARACTERS:
        return line_by_line
    from authoring.words import segment  # its dictionary is opened only for a long headline

    words: dict[int, str] = {}
    at = 0
    for word in segment(text, frozenset(terms)):
        words[at] = word
        at += len(word)
    costs = _costs(paragraph, words)
    whole_words = {index: cost for index, cost in costs.items() if index in words}
    fewest = -(-paragraph.natural(0, count) // measure)
    for candidates in (whole_words, costs):
        for lines in range(fewest, fewest + 3):
            ends = _most_even(paragraph, measure, lines, candidates)
            if ends:
                return HeadlineBreak(ends, cuts_word=any(end not in words for end in ends[:-1]))
    return line_by_line


def _costs(paragraph: Paragraph, words: dict[int, str]) -> dict[int, float]:
    """What a break before each character costs, for every place where kinsoku allows one."""
    text = paragraph.text
    quoted = _depths(text, "“‘", "”’")
    titled = _depths(text, "《", "》")
    costs: dict[int, float] = {}
    for index in range(1, len(text)):
        if not paragraph.allowed[index]:
            continue
        left, right = text[index - 1], text[index]
        cost = 0.0 if index in words else INSIDE_WORD
        cost += AFTER_QUOTE if left in "”’" else 0
        cost += AFTER_NUMBER if left.isdigit() else 0
        cost += INSIDE_QUOTES if quoted[index] else 0
        cost += INSIDE_TITLE if titled[index] else 0
        cost += BEFORE_POSTPOSITION if words.get(index) in _POSTPOSITIONS else 0
        cost += AFTER_CONJUNCTION if left in _CONJUNCTIONS else 0
        cost += BEFORE_CONJUNCTION if right in _CONJUNCTIONS else 0
        cost += BEFORE_PARTICLE if right in _PARTICLES else 0
        cost += AFTER_PAUSE if left in "，；：" else 0
        cost += AFTER_ENUMERATION if left == "、" else 0
        costs[index] = cost
    return costs


def _depths(text: str, openers: str, closers: str) -> list[int]:
    """How many pairs are open before each character."""
    steps = ((char in openers) - (char in closers) for char in text)
    return list(accumulate(steps, lambda depth, step: max(0, depth + step), initial=0))


def _most_even(
    paragraph: Paragraph, measure: int, lines: int, costs: dict[int, float]
) -> tuple[int, ...] | None:
    """The cheapest way to set the paragraph on exactly `lines` lines breaking only where `costs` has a price."""
    count = len(paragraph.text)
    em = paragraph.em
    steps = (width + space for width, space in zip(paragraph.widths, paragraph.space, strict=True))
    upto = list(
        accumulate(steps, initial=0)
    )  # width of what stands before each character, the space before it apart
    mean = paragraph.natural(0, count) / lines
    stops = [*sorted(costs), count]
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for line in range(lines):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in best.items():
            for stop in stops:
                if stop <= start or (stop == count) != (line == lines - 1):
                    continue
                width = upto[stop] - upto[start] - (paragraph.space[start] if start < count else 0)
                if width > measure:
                    break
                price = cost + ((width - mean) / em) ** 2 + costs.get(stop, 0.0)
                if width < _LEAST_LINE * em:
                    price += INSIDE_WORD
                if stop not in reached or price < reached[stop][0]:
                    reached[stop] = (price, (*ends, stop))
        best = reached
    return best[count][1] if count in best else None
