"""The lines of an imprint in, what each of them is out: recipients, issuer, date, print run."""

from __future__ import annotations

import re
from collections.abc import Sequence

from authoring.importers.dates import DATE
from authoring.importers.document import Classified, Sourced, SourceParagraph
from authoring.importers.signs_text import MOST_NAME, NAMED, is_date, likeness, spaced, squeezed
from authoring.inline import plain
from authoring.model import Publication

LABELS = re.compile(
    r"\s*(?:主\s*送|抄\s*送|分\s*送|报\s*送|抄\s*报|印\s*送|呈\s*送|呈\s*报|发\s*送|报|送|发)\s*(?:单\s*位|机\s*关)?\s*[:：]"
)
IMPRINT_DATE = re.compile(rf"{DATE}\s*印[发制]")
STAFF = re.compile(
    r"\s*(?:责任编辑|责\s*编|编\s*辑|审\s*核|校\s*对|核\s*稿|签\s*发|主\s*编|撰\s*稿|联\s*系\s*人|联系(?:电话|方式|地址)|电\s*话|传\s*真|邮\s*箱|地\s*址)\s*[:：]"
)
"""Lines of those who made the issue: no part of the format."""
_COPIES = re.compile(r"[*（(]*\s*(?:共?\s*印\s*发?|印\s*数\s*[:：])\s*\d+\s*份\s*[*）)]*")
_BEFORE_DATE = re.compile(rf"(?<=\S)\s*(?={DATE})")


def read_imprint(paragraphs: Sequence[SourceParagraph], publication: Publication) -> list[Classified]:
    """Recipients, issuer, date, print run. A line without its full stop goes on with the next."""
    issuers = [squeezed(plain(name)) for name in publication.masthead.issuers]
    issuers += [squeezed(plain(publication.imprint.issuer))] if publication.imprint.issuer else []
    found: list[Classified] = []
    closed = staffed = False
    for index, one in enumerate(paragraphs):
        content = spaced(one.content)
        text = content.text
        complete = bool(found) and found[-1].content.text.rstrip().endswith("。")
        date_follows = any(
            IMPRINT_DATE.search(other.content.text) for other in paragraphs[index + 1 : index + 2]
        )
        if STAFF.match(text):
            staffed = True
        elif LABELS.match(text) and not closed:
            found.append(Classified("recipients", one.content.strip()))
            staffed = False
        elif _COPIES.fullmatch(text):
            found.append(Classified("copies", content))
            closed = True
        elif IMPRINT_DATE.search(text) or is_date(text) or (is_date(text.rpartition("\t")[2])):
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
    return len(text) <= MOST_NAME and likeness(text, issuers) >= NAMED
