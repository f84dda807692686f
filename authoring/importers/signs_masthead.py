"""The lines before the contents in, what each of a masthead they are out: title, number, issuers, date, 密级."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from authoring.importers.document import Classified, Sourced, SourceParagraph
from authoring.importers.signs_text import (
    COPY_NUMBER,
    MOST_NAME,
    NAMED,
    is_date,
    is_number_line,
    likeness,
    spaced,
    squeezed,
)
from authoring.importers.sourced import unbold
from authoring.inline import plain
from authoring.model import Publication

_WIDE = re.compile(r"\s*\t\s*|[ \u3000]{2,}|\u3000|\s*[|｜]\s*")
_NARROW = re.compile(r"(?<=[^\s\d第月年日]{4})[ ](?=[^\s\d第月年日]{4})|(?<=[期日]) (?=\S)")
"""What stands between two things on one line of a masthead."""
_ISSUER_LABEL = re.compile(r"\s*(?:编发|编印|编制|编辑|主办|承办|主管|印发)(?:单位|机关|部门)\s*[:：]\s*")
_CLASSIFICATION = re.compile(
    r"(?:密级[:：]\s*)?(?:内部(?:资料|刊物|文件|参阅)|秘\s*密|机\s*密|绝\s*密|注意保存).{0,12}"
)
_COPY_NUMBER = re.compile(COPY_NUMBER)
_TITLE_AND_NUMBER = re.compile(r"(?P<title>[^第（(].*?)[\s\u3000]*(?P<number>[（(]?\s*(?:增刊|特刊)?\s*第.*)")
_TOTAL = re.compile(r"[（(]?\s*总第\s*\d+\s*期\s*[）)]?")
_SHORTEST_PART: Final = 3
_LONGEST_LINE: Final = 200
"""Of a masthead; what is longer is not looked into."""


def apart(paragraphs: Sequence[SourceParagraph], title: str) -> tuple[list[SourceParagraph], list[Sourced]]:
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


def read_masthead(paragraphs: Sequence[SourceParagraph], publication: Publication) -> list[Classified]:
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
            found.append(Classified("classification", spaced(content)))
        elif (
            re.search(r"\w", text)
            and not re.search("[。：:]", text)
            and len(text) <= MOST_NAME
            and (titled <= index)
        ):
            found.append(Classified("issuer", spaced(content)))
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
    if likeness(text, [title]) >= NAMED:
        return True
    following = paragraphs[index + 1].content.text if index + 1 < len(paragraphs) else ""
    return len(text) <= 12 and is_number_line(following) and not text.endswith(("办公室", "厅", "委", "局"))


def _both(text: str) -> bool:
    parts = re.split(r"\s{2,}|\t", text)
    return len(parts) == 2 and bool(_CLASSIFICATION.fullmatch(parts[0]) and _COPY_NUMBER.fullmatch(parts[1]))
