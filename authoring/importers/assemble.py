"""Classified paragraphs in, the issue's tree out: what an editor would have typed, every text with its place.

What the format makes itself (brackets, numbers, labels, the contents) is understood and left out; what the publication
supplies is stated only where the source differs from it. Numbers that are out of order stay in the text as they were
typed, for the checks to report: nothing is repaired here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from authoring.diagnostics import Message, NodePath
from authoring.importers.document import EMPTY, HEADING_LEVELS, Classified, Note, Recovered, Sourced
from authoring.importers.signs_text import cut_leader, section_number
from authoring.importers.sourced import between_lines, folded, joined, split_at, typed_value
from authoring.inline import plain
from authoring.model import Publication
from authoring.wording import NUMERALS, heading_label, imprint_issuer

_NUMBER = re.compile(r"第\s*(?P<number>[0-9０-９]+|[〇一二三四五六七八九十百]+)\s*期")
_DATE = re.compile(r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日")
_CLASSIFIED_NUMBER = re.compile(r"(?:№|No\.?|编号[:：]?)?\s*[0-9]{4,8}")
_BRACKETS = "【】［］[]〔〕〖〗"
_COPIES = re.compile(r"共印\s*(?P<copies>[0-9]+)\s*份")
_LABEL = re.compile(r"\s*(?P<label>[^:：]{1,8}?)\s*(?P<colon>[:：])\s*")
_POINT = re.compile(r"（(?P<number>[0-9]{1,9})）")


def assemble(paragraphs: Iterable[Classified], publication: Publication) -> Recovered:
    """The issue that `paragraphs` are, as one of `publication`."""
    found = Recovered(value={"publication": publication.id})
    by_part = {name: list(group) for name, group in _parts(paragraphs)}
    _read_masthead(found, by_part.get("masthead", []), publication)
    _read_contents(found, by_part.get("contents", []))
    _read_sections(found, by_part.get("body", []))
    _read_imprint(found, by_part.get("imprint", []), publication)
    found.furniture += [one.content for one in by_part.get("none", [])]
    return found


_PARTS: Final = {
    "classification": "masthead",
    "title": "masthead",
    "number_line": "masthead",
    "issuer": "masthead",
    "date": "masthead",
    "contents_title": "contents",
    "contents_section": "contents",
    "contents_item": "contents",
    "recipients": "imprint",
    "more_recipients": "imprint",
    "imprint_issuer": "imprint",
    "imprint_date": "imprint",
    "copies": "imprint",
    "folio": "none",
}


def _parts(paragraphs: Iterable[Classified]) -> Iterable[tuple[str, list[Classified]]]:
    parts: dict[str, list[Classified]] = {}
    for one in paragraphs:
        parts.setdefault(_PARTS.get(one.kind, "body"), []).append(one)
    return parts.items()


def _read_masthead(found: Recovered, paragraphs: Sequence[Classified], publication: Publication) -> None:
    head = publication.masthead
    stated: dict[str, object] = {}
    issuers: list[Sourced] = []
    for kind, content in ((one.kind, one.content) for one in paragraphs):
        if kind == "classification":
            for part in split_at(content, "\t"):
                numbered = _CLASSIFIED_NUMBER.fullmatch(part.text)
                stated["copy_number" if numbered else "classification"] = part
        elif kind == "title":
            title = folded(content)
            if plain(title.text) != plain(head.title):
                stated["title"] = title
            else:
                found.furniture.append(content)
        elif kind == "number_line":
            _read_number(found, content, stated, head.number_line)
        elif kind in ("issuer", "date"):
            for part in split_at(content, "\t"):
                date = _DATE.search(part.text)
                if date and not part.text[: date.start()].strip() and not part.text[date.end() :].strip():
                    _read_date(found, part, found.value, "date")
                else:
                    issuers.append(folded(part))
    if [plain(issuer.text) for issuer in issuers] != [plain(issuer) for issuer in head.issuers]:
        if issuers:
            stated["issuers"] = issuers
    else:
        found.furniture += issuers
    for name in ("classification", "copy_number"):
        mark = stated.get(name)
        if isinstance(mark, Sourced) and plain(mark.text) == plain(getattr(head, name) or ""):
            found.furniture.append(mark)
            del stated[name]
    if stated:
        found.value["masthead"] = stated


def _read_number(found: Recovered, content: Sourced, stated: dict[str, object], usual: str) -> None:
    """第50期; a line that says more than the publication's becomes the issue's own number line."""
    match = _NUMBER.search(content.text)
    if match is None:
        found.notes.append(
            Note("F002", "error", Message("期号看不明白", "the number cannot be read"), at=content)
        )
        return
    start, end = match.span("number")
    digits = content.cut(start, end)
    written = digits.text
    number = written if written.isdecimal() else str(NUMERALS.get(written, ""))
    found.value["number"] = typed_value(digits, str(int(number)) if number else "")
    found.furniture.append(content)
    before, after = content.cut(0, start), content.cut(end)
    line = before.join(digits.typed("{number}")).join(after)
    if plain(line.text) != plain(usual):
        stated["number_line"] = folded(line)


def _read_date(found: Recovered, content: Sourced, into: dict[str, object], name: str) -> None:
    match = _DATE.search(content.text)
    assert match is not None
    year, month, day = (int(match[part]) for part in ("year", "month", "day"))
    if match["month"].startswith("0") or match["day"].startswith("0"):
        told = Message("日期的月、日不加0", "no leading zeros in a date")
        hint = Message(
            f"已写作{year}年{month}月{day}日，不用另改", "it is set without them; nothing is to be done"
        )
        found.notes.append(Note("D001", "error", told, hint, content.cut(*match.span())))
    into[name] = typed_value(content.cut(*match.span()), f"{year:04d}-{month:02d}-{day:02d}")
    found.furniture.append(content)


def _read_contents(found: Recovered, paragraphs: Sequence[Classified]) -> None:
    if not paragraphs:
        return
    found.contents = []
    for one in paragraphs:
        found.furniture.append(one.content)
        entry = cut_leader(one.content.cut(one.mark))
        if one.kind == "contents_item":
            found.contents.append(folded(entry))
        elif one.kind == "contents_section":
            page = re.search(r"[0-9]+", one.content.text[one.mark + len(entry.text) :])
            entry = entry.strip()
            name = folded(entry.cut(section_number(entry.text)).strip("* ").strip(_BRACKETS))
            found.listed_sections.append((name, int(page[0]) if page else 0))


def _read_sections(found: Recovered, paragraphs: Sequence[Classified]) -> None:
    sections: list[object] = []
    found.value["sections"] = sections
    bodies: list[tuple[NodePath, dict[str, object], list[Classified]]] = []

    def begin(items: list[object], headline: Sourced) -> None:
        item: dict[str, object] = {"headline": headline, "body": []}
        items.append(item)
        path: NodePath = ("sections", len(sections) - 1, "items", len(items) - 1, "body")
        bodies.append((path, item, []))

    for one in paragraphs:
        if one.kind == "section":
            found.furniture.append(one.content)
            sections.append(
                {"name": folded(one.content.cut(one.mark).strip("* ").strip(_BRACKETS)), "items": []}
            )
            continue
        if not sections:
            sections.append({"name": EMPTY, "items": []})
        items = _last_list(sections, "items")
        if one.kind == "headline":
            begin(items, _headline(one.content))
            continue
        if not items:
            begin(items, EMPTY)
        bodies[-1][2].append(one)
    for path, item, body in bodies:
        item["body"] = _blocks(found, body, path)


def _last_list(nodes: list[object], name: str) -> list[object]:
    last = nodes[-1]
    assert isinstance(last, dict)
    result: list[object] = last[name]
    return result


def _headline(content: Sourced) -> Sourced:
    """A headline on one line, `|` where the source broke it."""
    parts = [folded(part) for part in split_at(content, "\n")]
    line = parts[0] if parts else EMPTY
    for part in parts[1:]:
        line = line.join(part.cut(0, 1).typed("|")).join(part)
    return line


def _blocks(found: Recovered, body: Sequence[Classified], path: NodePath) -> list[object]:
    """The blocks of an item; numbers become points and headings where they are in order, else stay typed."""
    points_in_order = _points_in_order(body)
    headings_in_order = _headings_in_order(body)
    blocks: list[object] = []
    points: list[object] | None = None
    last = 0
    for one in body:
        level = HEADING_LEVELS.get(one.kind, 0)
        if one.kind == "point" and points_in_order:
            number = _point_number(one)
            found.furniture.append(one.content.cut(0, one.mark))
            if points is None or number != last + 1 or one.starts_block:
                points = []
                block: dict[str, object] = {"points": points}
                if number != 1:
                    block["start"] = typed_value(one.content.cut(0, 1), str(number))
                blocks.append(block)
            node: NodePath = (*path, len(blocks) - 1, "points", len(points))
            points.append(_running(found, one.content.cut(one.mark), node))
            last = number
            continue
        points = None
        if level and headings_in_order:
            blocks.append(_heading(found, one, level, (*path, len(blocks))))
        else:
            bullet = one.mark if one.kind == "paragraph" else 0
            found.furniture.append(one.content.cut(0, bullet))
            blocks.append(_running(found, one.content.cut(bullet), (*path, len(blocks))))
    return blocks


def _heading(found: Recovered, one: Classified, level: int, path: NodePath) -> dict[str, object]:
    found.furniture.append(one.content.cut(0, one.mark))
    end = one.mark + one.heading if one.heading else None
    block: dict[str, object] = {"heading": folded(one.content.cut(one.mark, end))}
    if level != 1:
        block["level"] = typed_value(one.content.cut(0, 1), str(level))
    if end is not None and one.content.text[end:].strip():
        block["text"] = _running(found, one.content.cut(end), (*path, "text"))
    return block


def _running(found: Recovered, content: Sourced, path: NodePath) -> Sourced:
    """Running text on one line; where a page of the source cut it is remembered."""
    text, ends = between_lines(content)
    found.page_ends += [(path, end) for end in ends]
    return text


def _point_number(one: Classified) -> int:
    match = _POINT.match(one.content.text[: one.mark].strip())
    return int(match["number"]) if match else 0


def _points_in_order(body: Sequence[Classified]) -> bool:
    """Whether every number is written （n） and is 1 or one more than the one before, or known to begin a block."""
    last = 0
    for one in (one for one in body if one.kind == "point"):
        number = _point_number(one)
        if not number or (number not in (1, last + 1) and not one.starts_block):
            return False
        if number == 1 and last == 1 and not one.starts_block:
            return False
        last = number
    return True


def _headings_in_order(body: Sequence[Classified]) -> bool:
    """Whether every heading's label is the one that the format would give it."""
    counts = {1: 0, 2: 0, 3: 0}
    for one in body:
        level = HEADING_LEVELS.get(one.kind)
        if level is None:
            continue
        counts[level] += 1
        counts |= {deeper: 0 for deeper in counts if deeper > level}
        if one.content.text[: one.mark].strip("* \t\u3000") != heading_label(level, counts[level]):
            return False
    return True


def _read_imprint(found: Recovered, paragraphs: Sequence[Classified], publication: Publication) -> None:
    usual = publication.imprint
    stated: dict[str, object] = {}
    distribution: list[dict[str, object]] = []
    issuer: Sourced | None = None
    for one in paragraphs:
        content = one.content
        if one.kind == "recipients":
            distribution.append(_labelled(found, content))
        elif one.kind == "more_recipients" and distribution:
            _last_list(list(distribution), "recipients").append(folded(content))
        elif one.kind == "copies":
            match = _COPIES.search(content.text)
            found.furniture.append(content)
            if match and int(match["copies"]) != usual.copies:
                stated["copies"] = typed_value(content.cut(*match.span("copies")), match["copies"])
        else:
            for part in split_at(content, "\t"):
                if _DATE.search(part.text):
                    _read_imprint_date(found, part, stated)
                elif part.text.strip():
                    issuer = folded(part)
    if distribution:
        names = [
            (plain(entry.label), [plain(text) for text in entry.recipients]) for entry in usual.distribution
        ]
        here = [(plain(_text(entry["label"])), _texts(entry["recipients"])) for entry in distribution]
        if names != here:
            stated["distribution"] = distribution
        else:
            for entry in distribution:
                found.furniture += _list([entry["label"], *_list(entry["recipients"])])
    if issuer is not None:
        if plain(issuer.text) != _usual_imprint_issuer(found, publication):
            stated["issuer"] = issuer
        else:
            found.furniture.append(issuer)
    if stated:
        found.value["imprint"] = stated


def _usual_imprint_issuer(found: Recovered, publication: Publication) -> str:
    """Who stands at the foot if the issue says nothing of it."""
    masthead = found.value.get("masthead")
    issuers = masthead.get("issuers") if isinstance(masthead, dict) else None
    if publication.imprint.issuer is None and isinstance(issuers, list) and issuers:
        return plain(issuers[0].text)
    return imprint_issuer(publication)


def _labelled(found: Recovered, content: Sourced) -> dict[str, object]:
    match = _LABEL.match(content.text)
    if match is None:
        return {"label": EMPTY, "recipients": [folded(content)]}
    colon = content.cut(*match.span("colon"))
    found.furniture.append(colon)
    if colon.text == ":":
        found.notes.append(
            Note(
                "P002",
                "error",
                Message("冒号应为全角", "the colon should be full-width"),
                Message("排版时用全角，不用另改", "it is set so; nothing is to be done"),
                colon,
            )
        )
    recipients = [folded(content.cut(match.end()))] if content.text[match.end() :].strip() else []
    label = joined(split_at(content.cut(*match.span("label")), " ", "\u3000"))
    return {"label": label, "recipients": recipients}


def _read_imprint_date(found: Recovered, part: Sourced, stated: dict[str, object]) -> None:
    date = found.value.get("date")
    if not isinstance(date, Sourced):  # the masthead has none: the foot's is the issue's
        _read_date(found, part, found.value, "date")
        return
    read: dict[str, object] = {}
    _read_date(found, part, read, "date")
    if _text(read["date"]) != date.text:
        stated["date"] = read["date"]


def _text(value: object) -> str:
    return value.text if isinstance(value, Sourced) else ""


def _list(value: object) -> list[Sourced]:
    return [one for one in value if isinstance(one, Sourced)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [plain(one.text) for one in _list(value)]
