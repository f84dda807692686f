"""Inline text: `**bold**` and white space, read once into runs that every later stage uses as they are.

>>> parse("办法所称**科技成果**是指")
(Run(text='办法所称', bold=False), Run(text='科技成果', bold=True), Run(text='是指', bold=False))
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from authoring.characters import fills_cell

BOLD = "**"
HEADLINE_BREAK = "|"
"""Marks an explicit line break in a headline."""

_SPACES = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f]+")
_IGNORABLE = re.compile(
    r"[\xad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)


class Run(NamedTuple):
    """A stretch of text of one weight."""

    text: str
    bold: bool


def parse(source: str) -> tuple[Run, ...]:
    """The runs of one paragraph's markup.

    `**` opens and closes bold; one that nothing closes is text and stays. White space is folded as Chinese is set:
    a space beside a Chinese character or mark is an artefact (of a line folded in YAML, of a word processor) and goes,
    since layout draws the gap between Han and Latin itself; any other stretch of it becomes one space. The full-width
    space U+3000 is deliberate and stays. Invisible format characters (`ignorable`) go.
    """
    parts = _IGNORABLE.sub("", source).split(BOLD)
    if len(parts) % 2 == 0:  # an odd number of marks: the last opens nothing
        parts[-2:] = [parts[-2] + BOLD + parts[-1]]
    runs: list[Run] = []
    whole = "".join(parts)
    at = 0
    for index, part in enumerate(parts):
        text = _fold(part, whole, at)
        at += len(part)
        if text:
            runs.append(Run(text, bold=index % 2 == 1))
    return tuple(runs)


def plain(source: str) -> str:
    """The text of `source` as it is set, without markup."""
    return "".join(run.text for run in parse(source))


def markup(runs: Iterable[Run]) -> str:
    """Runs as text with markup, of which `parse` makes the same runs again.

    Markup has no escape: where asterisks of the text stand so that the marks would be read otherwise, the text is
    given without its bold.
    """
    parts = [""]
    for run in runs:
        if run.text and run.bold == (len(parts) % 2 == 1):
            parts.append("")
        parts[-1] += run.text
    if len(parts) % 2 == 0:
        parts.append("")
    text = BOLD.join(parts)
    read = text.split(BOLD)
    if len(read) % 2 == 0:
        read[-2:] = [read[-2] + BOLD + read[-1]]
    return text if read == parts else "".join(parts)


def headline_lines(source: str) -> tuple[str, ...]:
    """A headline's text cut at its explicit breaks; one part where there are none."""
    parts = (plain(part) for part in plain(source).split(HEADLINE_BREAK))
    return tuple(part for part in parts if part)


def headline_text(source: str) -> str:
    """A headline's text on one line, its explicit breaks taken out; AI|Agent keeps its words apart."""
    return plain(" ".join(headline_lines(source)))


def squeezed(source: str) -> str:
    """The text of `source` as it is compared: without markup, explicit breaks and white space, U+3000 included."""
    return "".join(plain(source).replace(HEADLINE_BREAK, "").split())


def is_folded(char: str) -> bool:
    """Whether `char` is white space that folds away or into one space."""
    return _SPACES.fullmatch(char) is not None


def ignorable(source: str) -> list[tuple[int, str]]:
    """The invisible format characters of `source` (zero-width and the like), with their offsets."""
    return [(match.start(), match.group()) for match in _IGNORABLE.finditer(source)]


def _fold(part: str, whole: str, at: int) -> str:
    """`part` (found at `whole[at:]`) with its white space folded; its neighbours may lie in other parts."""

    def replacement(match: re.Match[str]) -> str:
        before, after = at + match.start(), at + match.end()
        left, right = whole[before - 1 : before], whole[after : after + 1]
        if not left or not right or left.isspace() or fills_cell(left) or fills_cell(right):
            return ""
        return " "

    return _SPACES.sub(replacement, part)
