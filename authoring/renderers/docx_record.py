"""The record of an issue (`authoring.record`) as a custom XML part: what Word, WPS and LibreOffice carry along unread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from authoring.inline import Run, headline_lines, markup, parse, plain
from authoring.layout.document import Layout
from authoring.model import Distribution, Issue, Item, Model, Points, Publication
from authoring.record import (
    AS_SHOWN,
    BODY_SEPARATOR,
    FIELDS,
    NAMESPACE,
    NUMBER,
    Record,
    Spec,
    StatedContents,
    StatedDistribution,
    StatedImprint,
    StatedMasthead,
    break_offsets,
    encode,
    fingerprint,
    headline_as_shown,
    spec_of,
)
from authoring.renderers.docx_custom import CustomPart
from authoring.renderers.docx_xml import foreign
from authoring.wording import (
    body_paragraphs,
    imprint_date,
    imprint_issuer,
    number_line,
    print_run,
    recipients_label,
    section_header,
)


def record_part(layout: Layout) -> CustomPart:
    """The record as a custom part."""
    return CustomPart(NAMESPACE, foreign(NAMESPACE, "record", encode(record_of(layout))))


def record_of(layout: Layout) -> Record:
    """What the pages of `layout` do not show of its issue."""
    issue, publication = layout.issue, layout.publication
    entries = list(_entries(layout))
    values: dict[str, Any] = {
        "publication": issue.publication,
        "marks": "".join(fingerprint(entry.shown) for entry in entries),
        "shown": "".join(fingerprint(text) for text in _shown_fields(issue, publication)),
    }
    raw = {n: entry.specs for n, entry in enumerate(entries) if any(spec != AS_SHOWN for spec in entry.specs)}
    blocks = tuple(n for n, entry in enumerate(entries) if entry.starts_block)
    optional = {
        "raw": raw,
        "breaks": {n: entry.breaks for n, entry in enumerate(entries) if entry.breaks},
        "blocks": blocks,
        "number": None if NUMBER in publication.masthead.number_line else issue.number,
        "masthead": _stated_masthead(issue, publication),
        "contents": _stated_contents(issue),
        "imprint": _stated_imprint(issue),
        "typesetting": _values(issue.typesetting),
    }
    values |= {
        name: value for name, value in optional.items() if value not in (None, {}, ()) or _empty(issue, name)
    }
    return Record(**values)


def _empty(issue: Issue, name: str) -> bool:
    """Whether the issue has the part `name` and states nothing in it."""
    return isinstance(getattr(issue, name, None), Model)


class _Entry(NamedTuple):
    """A section header, a headline or a body paragraph. shown: what its hash is of."""

    shown: str
    specs: tuple[Spec, ...]
    starts_block: bool = False
    breaks: tuple[int, ...] = ()


def _entries(layout: Layout) -> Iterator[_Entry]:
    for number, section in enumerate(layout.issue.sections):
        header = markup(parse(section_header(section.name)))
        yield _Entry(header, (spec_of(section.name, plain(header)[1:-1], header[1:-1]),))
        for position, item in enumerate(section.items):
            path = ("sections", number, "items", position, "headline")
            lines = layout.headlines.get(path) or headline_lines(item.headline)
            spec = spec_of(item.headline, "".join(lines), headline_as_shown(lines))
            yield _Entry("".join(lines), (spec,), breaks=break_offsets(lines))
            yield from _body_entries(item)


def _body_entries(item: Item) -> Iterator[_Entry]:
    for paragraph in body_paragraphs(item):
        block = item.body[int(paragraph.path[1])]
        if isinstance(block, Points):
            position = int(paragraph.path[3])
            previous = item.body[int(paragraph.path[1]) - 1] if paragraph.path[1] else None
            goes_on = position == 0 and isinstance(previous, Points) and block.start != 1
            yield _Entry(_shown(block.points[position]), (_spec(block.points[position]),), goes_on)
        elif isinstance(block, str):
            shown = markup(paragraph.text)
            yield _Entry(shown, (spec_of(block, _plain(paragraph.text), shown),))
        else:
            text = _shown(block.text or "")
            shown = _shown(block.heading) + BODY_SEPARATOR + text
            yield _Entry(shown, (_spec(block.heading), *([_spec(block.text)] if block.text else [])))


def _shown(raw: str) -> str:
    return markup(parse(raw))


def _plain(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _spec(raw: str | None) -> Spec:
    return None if raw is None else spec_of(raw, plain(raw), _shown(raw))


def _bare(raw: str | None) -> Spec:
    """Of a text that is set without its bold."""
    return None if raw is None else spec_of(raw, plain(raw), plain(raw))


def _shown_fields(issue: Issue, publication: Publication) -> list[str]:
    """What the pages show of each of FIELDS."""
    head, imprint = publication.masthead, publication.imprint
    shown = {
        "classification": _shown(head.classification or ""),
        "copy_number": _shown(head.copy_number or ""),
        "title": _shown(head.title),
        "number_line": number_line(issue, publication),
        "issuers": "\n".join(_shown(issuer) for issuer in head.issuers),
        "bullet": _shown(publication.contents.bullet),
        "distribution": "\n".join(_shown_recipients(imprint.distribution)),
        "issuer": imprint_issuer(publication),
        "date": imprint_date(issue, publication),
        "copies": "" if imprint.copies is None else print_run(imprint.copies),
    }
    titles = {"masthead": shown["title"], "contents": _shown(publication.contents.title)}
    return [titles[part] if name == "title" else shown[name] for part, name in FIELDS]


def _shown_recipients(distribution: Sequence[Distribution]) -> Iterator[str]:
    for entry in distribution:
        for position, recipients in enumerate(entry.recipients):
            label = () if position else (Run(recipients_label(entry.label), bold=False),)
            yield markup((*label, *parse(recipients)))


def _stated_masthead(issue: Issue, publication: Publication) -> StatedMasthead | None:
    head = issue.masthead
    if head is None:
        return None
    specs: dict[str, Spec | tuple[Spec, ...]] = {
        "title": _spec(head.title) if head.title else None,
        "classification": _spec(head.classification),
        "copy_number": _spec(head.copy_number),
        "issuers": tuple(_spec(issuer) for issuer in head.issuers),
        "number_line": spec_of(
            head.number_line, number_line(issue, publication), "", {NUMBER: str(issue.number)}
        ),
    }
    return StatedMasthead.model_validate({name: specs[name] for name in _fields(head)})


def _stated_contents(issue: Issue) -> StatedContents | None:
    contents = issue.contents
    if contents is None:
        return None
    return StatedContents.model_validate({name: _spec(getattr(contents, name)) for name in _fields(contents)})


def _stated_imprint(issue: Issue) -> StatedImprint | None:
    imprint = issue.imprint
    if imprint is None:
        return None
    values: dict[str, Any] = {
        "distribution": tuple(_stated_distribution(entry) for entry in imprint.distribution),
        "issuer": _bare(imprint.issuer),
        "date": None if imprint.date is None else AS_SHOWN,
        "copies": None if imprint.copies is None else AS_SHOWN,
        "even_page": imprint.even_page,
    }
    return StatedImprint.model_validate({name: values[name] for name in _fields(imprint)})


def _stated_distribution(entry: Distribution) -> StatedDistribution:
    label = plain(entry.label)
    values: dict[str, Any] = {
        "label": _bare(entry.label),
        "recipients": tuple(_spec(text) for text in entry.recipients),
    }
    if "：" in label:
        values["label_length"] = len(label)
    if "one_off" in entry.model_fields_set:
        values["one_off"] = entry.one_off
    return StatedDistribution.model_validate(values)


def _fields(part: Model) -> list[str]:
    """The fields that an issue states, in the order of the model."""
    return [name for name in type(part).model_fields if name in part.model_fields_set]


def _values(part: Model | None) -> dict[str, Any] | None:
    return None if part is None else {name: getattr(part, name) for name in _fields(part)}
