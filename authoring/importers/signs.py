"""Paragraphs in, what each of them is out: told from the text's own signs and from what a word processor says.

masthead │ contents │ body │ imprint: the four parts are found first, then each is read line by line. What has no sign
is left out here and reported as unplaced; what was decided by likelihood is noted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from authoring.importers.document import Classified, Note, Reading, Sourced, SourceParagraph, line_of
from authoring.importers.signs_body import MOST_HEADLINE, read_body
from authoring.importers.signs_imprint import IMPRINT_DATE, LABELS, STAFF, read_imprint
from authoring.importers.signs_masthead import apart, read_masthead
from authoring.importers.signs_text import (
    BRACKETED,
    MOST_NAME,
    bare_name,
    cut_leader,
    is_contents_title,
    is_date,
    is_furniture,
    likeness,
    squeezed,
)
from authoring.importers.sourced import split_at
from authoring.inline import plain
from authoring.model import Publication

_BULLET = re.compile(
    r"\s*(?:[-–—•●·◆◇■□▪▫○◎★☆※▲△►▶▷➢➤*＊①-⑳]|[（(]?\d{1,2}[.．、）)]|[一二三四五六七八九十]{1,3}、)\s*"
)
_MOST_PAGES: Final = 2
"""Digits of a page's number."""
MOST_LINES: Final = 400
"""Short lines of a body that an entry of the contents is compared with: an issue has some twenty headlines."""


class _Parts(NamedTuple):
    """Where the parts of an issue begin among its paragraphs: [0, contents), [contents, body), [body, imprint), rest."""

    contents: int
    body: int
    imprint: int


def classify(reading: Reading, publication: Publication) -> tuple[list[Classified], list[Note]]:
    """What each paragraph of `reading` is, and what is worth telling of how that was found."""
    paragraphs = _lines([_labelled(one) for one in reading.paragraphs])
    bare = _bare_folios(paragraphs)
    folios = [one for one in paragraphs if _is_folio(one, bare)]
    rest = _whole_labels([one for one in paragraphs if not _is_folio(one, bare)])
    parts = _find_parts(rest, publication)
    names = {squeezed(name) for name in publication.sections}
    contents = _contents(rest[parts.contents : parts.body], rest[parts.body : parts.imprint], names)
    entries = [(one.kind, squeezed(cut_leader(one.content.cut(one.mark)).text)) for one in contents]
    listed = [entry for kind, entry in entries if kind == "contents_item"]
    names |= {bare_name(entry) for kind, entry in entries if kind == "contents_section"}
    title = squeezed(plain(publication.masthead.title))
    masthead, marks = apart(rest[: parts.contents], title)
    head = read_masthead(masthead, publication)
    furniture = [*(one.content for one in folios), *marks]
    body, notes = read_body(rest[parts.body : parts.imprint], names, listed)
    foot = read_imprint(rest[parts.imprint :], publication)
    return [*head, *contents, *body, *foot, *(Classified("folio", one) for one in furniture)], notes


def _labelled(paragraph: SourceParagraph) -> SourceParagraph:
    """The paragraph with the number that a word processor draws before it as a part of its text."""
    label = paragraph.hints.label
    if not label or BRACKETED.fullmatch(paragraph.content.text.strip()):
        return paragraph
    return paragraph._replace(content=paragraph.content.cut(0, 1).typed(label).join(paragraph.content))


def _find_parts(paragraphs: Sequence[SourceParagraph], publication: Publication) -> _Parts:
    texts = [one.content.text.strip() for one in paragraphs]
    imprint = _imprint_start(texts)
    title = next((at for at, text in enumerate(texts[:imprint]) if is_contents_title(text)), None)
    body = _body_start(texts[:imprint], 0 if title is None else title + 1, title is not None, publication)
    return _Parts(body if title is None else title, body, imprint)


def _imprint_start(texts: Sequence[str]) -> int:
    """The first label of recipients behind which nothing of a body stands; else the closing date line's issuer."""
    sections = [at for at, text in enumerate(texts) if BRACKETED.fullmatch(text)]
    first = sections[-1] + 1 if sections else 0
    for at in range(first, len(texts)):
        if LABELS.match(texts[at]):
            above = at
            while above > first and STAFF.match(texts[above - 1]):
                above -= 1
            return above
    for at in range(len(texts) - 1, max(first, len(texts) - 4) - 1, -1):
        if IMPRINT_DATE.search(texts[at]):
            alone = is_date(IMPRINT_DATE.sub("", texts[at]) or texts[at]) or IMPRINT_DATE.fullmatch(texts[at])
            return at - 1 if alone and at > first and len(texts[at - 1]) <= MOST_NAME else at
    return len(texts)


def _body_start(texts: Sequence[str], first: int, listed: bool, publication: Publication) -> int:
    """The first section's header. A header that is repeated below stood in the contents the first time."""
    headers = [at for at in range(first, len(texts)) if BRACKETED.fullmatch(texts[at])]
    if headers and listed:
        name = squeezed(texts[headers[0]])
        again = [at for at in headers[1:] if squeezed(texts[at]) == name]
        return again[0] if again else headers[0]
    if headers:
        return headers[0]
    names = {squeezed(name) for name in publication.sections}
    named = [at for at in range(first, len(texts)) if bare_name(_entry(texts[at])) in names]
    if named:
        name = bare_name(_entry(texts[named[0]]))
        again = [at for at in named[1:] if bare_name(_entry(texts[at])) == name]
        return again[0] if again and listed else named[0]
    long = (at for at in range(first, len(texts)) if "。" in texts[at])
    return max(first, next(long, len(texts)) - 1)


def _entry(text: str) -> str:
    return cut_leader(line_of(text, 1)).text


def _lines(paragraphs: Sequence[SourceParagraph]) -> list[SourceParagraph]:
    """The paragraphs that hold text; one that was broken into lines by hand is as many. Indents stay: they are a sign."""
    result: list[SourceParagraph] = []
    for one in paragraphs:
        text = one.content.text
        pieces = split_at(one.content, "\n") if "\n" in text.strip() else [one.content]
        result += [one._replace(content=piece) for piece in pieces if piece.text.strip()]
    return result


def _is_folio(paragraph: SourceParagraph, bare: frozenset[str]) -> bool:
    text = paragraph.content.text.strip()
    return not paragraph.hints.cell and (is_furniture(text) or text in bare)


def _bare_folios(paragraphs: Sequence[SourceParagraph]) -> frozenset[str]:
    """Page numbers without dashes: numbers alone on their lines that count on by one; others are figures of a table."""
    texts = [one.content.text.strip() for one in paragraphs if not one.hints.cell]
    numbers = [text for text in texts if text.isdecimal()]
    counted = all(len(text) <= _MOST_PAGES for text in numbers) and all(
        int(right) == int(left) + 1 for left, right in pairwise(numbers)
    )
    return frozenset(numbers) if counted else frozenset()


def _whole_labels(paragraphs: Sequence[SourceParagraph]) -> list[SourceParagraph]:
    """The paragraphs, a label of recipients that its line's end cut (主 / 送：) in one."""
    result: list[SourceParagraph] = []
    for one in paragraphs:
        last = result[-1] if result else None
        if last is not None and len(last.content.text.strip()) == 1:
            whole = last.content.strip().join(one.content.strip())
            if LABELS.match(whole.text) and not LABELS.match(last.content.text):
                result[-1] = one._replace(content=whole)
                continue
        result.append(one)
    return result


def _contents(
    paragraphs: Sequence[SourceParagraph], body: Sequence[SourceParagraph], known: set[str]
) -> list[Classified]:
    """本期要点: sections with their page numbers, headlines behind bullets."""
    lines = [squeezed(one.content.text) for one in body if len(one.content.text) <= MOST_HEADLINE][
        :MOST_LINES
    ]
    headers = [squeezed(one.content.text) for one in body if BRACKETED.fullmatch(one.content.text.strip())]
    names = {*known, *headers}
    bulleted = any(_is_bulleted(one) for one in paragraphs)
    found: list[Classified] = []
    for one in paragraphs:
        content = one.content.strip()
        if not found and is_contents_title(content.text):
            found.append(Classified("contents_title", content))
            continue
        entry = cut_leader(content)
        leader = content.cut(len(entry.text))
        bullet = _BULLET.match(entry.text)
        last = found[-1] if found else None
        if bare_name(entry.text) in names or (BRACKETED.fullmatch(entry.text) and leader.text):
            found.append(Classified("contents_section", content))
        elif bullet or not bulleted:
            found.append(Classified("contents_item", content, bullet.end() if bullet else 0))
        elif last is not None and last.kind == "contents_item" and _goes_on(last, entry, leader, lines):
            found[-1] = last._replace(content=last.content.join(content))
        else:
            found.append(Classified("contents_section", content))
    return found


def _goes_on(last: Classified, entry: Sourced, leader: Sourced, lines: Sequence[str]) -> bool:
    """Whether a line of the contents without a bullet is more of the headline before it; with a page number it may be a
    section that the body calls otherwise."""
    if not leader.text:
        return True
    alone = squeezed(last.content.text[last.mark :])
    whole = alone + squeezed(entry.text)
    return likeness(whole, lines) > likeness(alone, lines)


def _is_bulleted(paragraph: SourceParagraph) -> bool:
    return _BULLET.match(paragraph.content.text) is not None
