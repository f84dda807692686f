"""Paragraphs in, what each of them is out: told from the text's own signs and from what a word processor says.

masthead │ contents │ body │ imprint: the four parts are found first, then each is read line by line. What has no sign
is left out here and reported as unplaced; what was decided by likelihood is noted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from authoring.importers.dates import DATE
from authoring.importers.document import Classified, Note, Reading, Sourced, SourceParagraph, line_of
from authoring.importers.signs_body import MOST_HEADLINE, read_body
from authoring.importers.signs_text import (
    BRACKETED,
    COPY_NUMBER,
    bare_name,
    cut_leader,
    is_contents_title,
    is_date,
    is_furniture,
    is_number_line,
    likeness,
    squeezed,
)
from authoring.importers.sourced import split_at, unbold
from authoring.inline import plain
from authoring.model import Publication

_LABELS = re.compile(
    r"\s*(?:主\s*送|抄\s*送|分\s*送|报\s*送|抄\s*报|印\s*送|呈\s*送|呈\s*报|发\s*送|报|送|发)\s*(?:单\s*位|机\s*关)?\s*[:：]"
)
_IMPRINT_DATE = re.compile(rf"{DATE}\s*印[发制]")
_COPIES = re.compile(r"[*（(]*\s*(?:共?\s*印\s*发?|印\s*数\s*[:：])\s*\d+\s*份\s*[*）)]*")
_BEFORE_DATE = re.compile(rf"(?<=\S)\s*(?={DATE})")
_GAPS = re.compile(rf"[ \u3000]*\t\s*|[ \u3000]{{2,}}|\u3000|(?<=\S) (?={DATE})")
_WIDE = re.compile(r"\s*\t\s*|[ \u3000]{2,}|\u3000|\s*[|｜]\s*")
_NARROW = re.compile(r"(?<=[^\s\d第月年日]{4})[ ](?=[^\s\d第月年日]{4})|(?<=[期日]) (?=\S)")
"""What stands between two things on one line of a masthead."""
_STAFF = re.compile(
    r"\s*(?:责任编辑|责\s*编|编\s*辑|审\s*核|校\s*对|核\s*稿|签\s*发|主\s*编|撰\s*稿|联\s*系\s*人|联系(?:电话|方式|地址)|电\s*话|传\s*真|邮\s*箱|地\s*址)\s*[:：]"
)
"""Lines of those who made the issue: no part of the format."""
_ISSUER_LABEL = re.compile(r"\s*(?:编发|编印|编制|编辑|主办|承办|主管|印发)(?:单位|机关|部门)\s*[:：]\s*")
_CLASSIFICATION = re.compile(
    r"(?:密级[:：]\s*)?(?:内部(?:资料|刊物|文件|参阅)|秘\s*密|机\s*密|绝\s*密|注意保存).{0,12}"
)
_COPY_NUMBER = re.compile(COPY_NUMBER)
_TITLE_AND_NUMBER = re.compile(r"(?P<title>[^第（(].*?)[\s\u3000]*(?P<number>[（(]?\s*(?:增刊|特刊)?\s*第.*)")
_TOTAL = re.compile(r"[（(]?\s*总第\s*\d+\s*期\s*[）)]?")
_BULLET = re.compile(
    r"\s*(?:[-–—•●·◆◇■□▪▫○◎★☆※▲△►▶▷➢➤*＊①-⑳]|[（(]?\d{1,2}[.．、）)]|[一二三四五六七八九十]{1,3}、)\s*"
)
_NAMED: Final = 0.7
"""Two names as alike as this are one body, misspelt."""
_MOST_NAME: Final = 40
_SHORTEST_PART: Final = 3
_LONGEST_LINE: Final = 200
"""Of a masthead; what is longer is not looked into."""
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
    masthead, marks = _apart(rest[: parts.contents], title)
    head = _masthead(masthead, publication)
    furniture = [*(one.content for one in folios), *marks]
    body, notes = read_body(rest[parts.body : parts.imprint], names, listed)
    foot = _imprint(rest[parts.imprint :], publication)
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
        if _LABELS.match(texts[at]):
            above = at
            while above > first and _STAFF.match(texts[above - 1]):
                above -= 1
            return above
    for at in range(len(texts) - 1, max(first, len(texts) - 4) - 1, -1):
        if _IMPRINT_DATE.search(texts[at]):
            alone = is_date(_IMPRINT_DATE.sub("", texts[at]) or texts[at]) or _IMPRINT_DATE.fullmatch(
                texts[at]
            )
            return at - 1 if alone and at > first and len(texts[at - 1]) <= _MOST_NAME else at
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
            if _LABELS.match(whole.text) and not _LABELS.match(last.content.text):
                result[-1] = one._replace(content=whole)
                continue
        result.append(one)
    return result


def _apart(paragraphs: Sequence[SourceParagraph], title: str) -> tuple[list[SourceParagraph], list[Sourced]]:
    """The lines of a masthead, what stands side by side on one apart; and the bars and marks of bold between."""
    result: list[SourceParagraph] = []
    marks: list[Sourced] = []
    for one in paragraphs:
        content, around = unbold(one.content.strip())
        marks += around
        if len(content.text) > _LONGEST_LINE or _is_one_thing(content.text, title):
            pieces = [content]
        else:
            pieces = []
            for wide in _between(content, _WIDE, marks):
                whole = _is_one_thing(wide.text, title)
                pieces += [wide] if whole else _between(wide, _NARROW, marks)
        for piece in (part for whole in pieces for part in _title_and_number(whole)):
            bare, around = unbold(piece)
            marks += around
            result.append(one._replace(content=bare))
    return result, marks


def _title_and_number(content: Sourced) -> list[Sourced]:
    """A title and the number behind it as two; anything else as it is."""
    match = _TITLE_AND_NUMBER.fullmatch(content.text[: _LONGEST_LINE + 1])
    if match and is_number_line(match["number"]) and not is_number_line(content.text):
        return [content.cut(*match.span("title")), content.cut(*match.span("number"))]
    return [content]


def _is_one_thing(text: str, title: str) -> bool:
    whole = squeezed(text) == title or is_date(text) or is_number_line(text)
    return whole or _CLASSIFICATION.fullmatch(text) is not None


def _between(content: Sourced, gaps: re.Pattern[str], marks: list[Sourced]) -> list[Sourced]:
    """The parts of a line between `gaps`, which are added to `marks`; the letters of a spaced-out name are no parts."""
    parts: list[Sourced] = []
    between: list[Sourced] = []
    start = 0
    for gap in gaps.finditer(content.text):
        parts.append(content.cut(start, gap.start()))
        between.append(content.cut(*gap.span()))
        start = gap.end()
    parts = [part for part in [*parts, content.cut(start)] if part.text.strip()]
    if any(len(part.text) < _SHORTEST_PART for part in parts):
        return [content]
    marks += between
    return parts


def _masthead(paragraphs: Sequence[SourceParagraph], publication: Publication) -> list[Classified]:
    found: list[Classified] = []
    title = squeezed(plain(publication.masthead.title))
    numbered = any(is_number_line(one.content.text) for one in paragraphs)
    seen_title = False
    titled = next((at for at, one in enumerate(paragraphs) if squeezed(one.content.text) == title), 0)
    for index, one in enumerate(paragraphs):
        label = _ISSUER_LABEL.match(one.content.text)
        content = one.content.cut(label.end()) if label else one.content
        text = content.text.strip()
        if label:
            found.append(Classified("folio", one.content.cut(0, label.end())))
        if is_number_line(text) or (numbered and _TOTAL.fullmatch(text)):
            _add_number_line(found, content)
        elif squeezed(text) == title or (not seen_title and _is_title(paragraphs, index, title)):
            found.append(Classified("title", content))
            seen_title = True
        elif is_date(text):
            found.append(Classified("date", content))
        elif _CLASSIFICATION.fullmatch(text) or _COPY_NUMBER.fullmatch(text) or _both(text):
            found.append(Classified("classification", _spaced(content)))
        elif (
            re.search(r"\w", text)
            and not re.search("[。：:]", text)
            and len(text) <= _MOST_NAME
            and (titled <= index)
        ):
            found.append(Classified("issuer", _spaced(content)))
    return found


def _add_number_line(found: list[Classified], content: Sourced) -> None:
    """第50期 and （总第120期） on a line of its own are one number line."""
    if found and found[-1].kind == "number_line":
        found[-1] = Classified("number_line", found[-1].content.join(content))
    else:
        found.append(Classified("number_line", content))


def _is_title(paragraphs: Sequence[SourceParagraph], index: int, title: str) -> bool:
    """Whether a line that is not the known name is nevertheless the name: misspelt, or right before the number."""
    text = squeezed(paragraphs[index].content.text)
    if likeness(text, [title]) >= _NAMED:
        return True
    following = paragraphs[index + 1].content.text if index + 1 < len(paragraphs) else ""
    return len(text) <= 12 and is_number_line(following) and not text.endswith(("办公室", "厅", "委", "局"))


def _both(text: str) -> bool:
    parts = re.split(r"\s{2,}|\t", text)
    return len(parts) == 2 and bool(_CLASSIFICATION.fullmatch(parts[0]) and _COPY_NUMBER.fullmatch(parts[1]))


def _spaced(content: Sourced) -> Sourced:
    """`content` with every wide gap (tabs, two spaces and more, a full-width space) as one tab."""
    result = content.strip()
    for match in reversed(list(_GAPS.finditer(result.text))):
        gap = result.cut(match.start(), match.start() + 1).typed("\t")
        result = result.cut(0, match.start()).join(gap).join(result.cut(match.end()))
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


def _imprint(paragraphs: Sequence[SourceParagraph], publication: Publication) -> list[Classified]:
    """Recipients, issuer, date, print run. A line without its full stop goes on with the next."""
    issuers = [squeezed(plain(name)) for name in publication.masthead.issuers]
    issuers += [squeezed(plain(publication.imprint.issuer))] if publication.imprint.issuer else []
    found: list[Classified] = []
    closed = staffed = False
    for index, one in enumerate(paragraphs):
        content = _spaced(one.content)
        text = content.text
        complete = bool(found) and found[-1].content.text.rstrip().endswith("。")
        date_follows = any(
            _IMPRINT_DATE.search(other.content.text) for other in paragraphs[index + 1 : index + 2]
        )
        if _STAFF.match(text):
            staffed = True
        elif _LABELS.match(text) and not closed:
            found.append(Classified("recipients", one.content.strip()))
            staffed = False
        elif _COPIES.fullmatch(text):
            found.append(Classified("copies", content))
            closed = True
        elif _IMPRINT_DATE.search(text) or is_date(text) or (is_date(text.rpartition("\t")[2])):
            found.append(Classified("imprint_date", before_date(content)))
            closed = True
        elif _is_issuer(squeezed(text), issuers) or (complete and date_follows and not text.endswith("。")):
            found.append(Classified("imprint_issuer", content))
            closed = True
        elif found and not closed and not staffed:
            last = found[-1]
            behind_label = re.fullmatch(r".*[:：]\s*", last.content.text)
            if complete and not behind_label:
                found.append(Classified("more_recipients", one.content.strip()))
            else:
                gap = last.content.cut(len(last.content.text) - 1).typed("\n")
                found[-1] = last._replace(content=last.content.join(gap).join(one.content.strip()))
    return found


def before_date(content: Sourced) -> Sourced:
    """A tab between an issuer and the date that stands on its line."""
    match = _BEFORE_DATE.search(content.text)
    if match is None or "\t" in content.text:
        return content
    tab = content.cut(match.end(), match.end() + 1).typed("\t")
    return content.cut(0, match.start()).join(tab).join(content.cut(match.end()))


def _is_issuer(text: str, issuers: Sequence[str]) -> bool:
    return len(text) <= _MOST_NAME and likeness(text, issuers) >= _NAMED
