"""What the importers pass on: text that knows where it came from, paragraphs with what a word processor says of them.

reader (text, docx) -> Reading -> classified paragraphs -> Recovered -> Imported. A place is a line of a text file, or a paragraph of a
DOCX counted in reading order, and a column in it, both from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, Protocol

from authoring.diagnostics import NOTHING, Message, NodePath, Severity
from authoring.model import Publication


class Place(NamedTuple):
    """A character of the source."""

    line: int
    column: int


class Sourced(NamedTuple):
    """Text, and the place that each of its characters came from (as long as `text`).

    A character that the reader puts in itself (the `**` of a bold run) has the place of its neighbour.
    """

    text: str
    places: tuple[Place, ...]

    def cut(self, start: int, end: int | None = None) -> Sourced:
        return Sourced(self.text[start:end], self.places[start:end])

    def strip(self, chars: str | None = None) -> Sourced:
        start = len(self.text) - len(self.text.lstrip(chars))
        return self.cut(start, max(start, len(self.text.rstrip(chars))))

    def join(self, other: Sourced) -> Sourced:
        return Sourced(self.text + other.text, self.places + other.places)

    def typed(self, text: str) -> Sourced:
        """`text` in place of this one's, each character at this one's first place: a value read from it."""
        return Sourced(text, (self.places[0],) * len(text) if self.places else ())


EMPTY = Sourced("", ())


def line_of(text: str, number: int) -> Sourced:
    """`text` as line `number` of a source."""
    return Sourced(text, tuple(Place(number, column) for column in range(1, len(text) + 1)))


LIST_ITEM: Final = "list item"
"""The style of a paragraph that begins with a list's or a quotation's mark of Markdown."""


class Hints(NamedTuple):
    """What a word processor says of a paragraph beyond its text; a text file says nothing.

    style: the name of its style. outline: its level in the navigation pane from 1, 0 none. size: of most of its
    characters, in points, 0 unknown. bold: all of it. centred, page_break: as they say. label: a number that the word
    processor draws before it ("（1）"), which is not part of the text. cell: it stands in a table.
    """

    style: str = ""
    outline: int = 0
    size: float = 0.0
    bold: bool = False
    centred: bool = False
    label: str = ""
    cell: bool = False
    page_break: bool = False


class SourceParagraph(NamedTuple):
    """A paragraph of the source: its text with `**bold**` markup, and hints. A tab is a tab, a line break a newline."""

    content: Sourced
    hints: Hints = Hints()


class Note(NamedTuple):
    """What a reader or the structure found worth telling; `at`: the text it is about, empty for the whole file."""

    code: str
    severity: Severity
    message: Message
    hint: Message = NOTHING
    at: Sourced = EMPTY


class Own(Protocol):
    """A file that we made ourselves and that knows its issue. publication: the id of the issue's, empty if it is lost."""

    @property
    def publication(self) -> str: ...
    def recovered(self, publication: Publication) -> Recovered: ...


class Reading(NamedTuple):
    """A file as a reader gives it. lines: every line or paragraph as a report quotes it, in order. own: where we made it."""

    file: str
    lines: tuple[str, ...]
    paragraphs: tuple[SourceParagraph, ...]
    notes: tuple[Note, ...] = ()
    own: Own | None = None


Kind = Literal[
    "classification",  # 内部资料, and behind a tab the copy number
    "title",  # 创新驱动要参
    "number_line",  # 第50期
    "issuer",  # a body in the masthead, and behind a tab the date
    "date",  # the masthead's date on a line of its own
    "contents_title",  # 本期要点
    "contents_section",
    "contents_item",
    "section",  # 【部委动态】
    "headline",  # a newline where a line breaks
    "paragraph",
    "point",  # （1）…
    "heading_1",  # 一、 （一） 1.
    "heading_2",
    "heading_3",
    "recipients",  # 主送：…
    "more_recipients",  # further ones of the same label
    "imprint_issuer",  # and behind a tab the date with 印发
    "imprint_date",
    "copies",  # （共印120份）
    "folio",  # — 2 —
]
"""What a paragraph is in an issue."""


HEADING_LEVELS: Final[Mapping[str, int]] = MappingProxyType({"heading_1": 1, "heading_2": 2, "heading_3": 3})


class Classified(NamedTuple):
    """A paragraph, and what it is. mark: characters at its beginning that are its number or bullet (（1）, ●, the - of Markdown), not its text;
    heading: for heading_1 to heading_3, how many characters from `mark` on are the heading where text runs on from it in
    the same paragraph, 0 where all is heading. starts_block: a point that begins a block of points of its own."""

    kind: Kind
    content: Sourced
    mark: int = 0
    heading: int = 0
    starts_block: bool = False


@dataclass(slots=True)
class Recovered:
    """An issue as structure recovery found it.

    value: the tree of an issue (`sections`, `number`, … as in the YAML) whose scalars are `Sourced`. furniture: text that was
    understood and that no issue states, since the format makes it: 本期要点, brackets, numbers, page numbers.
    contents: the headlines that the contents list names, None where there is no such list. listed_sections: its sections,
    each with the page number beside it, 0 where there is none. page_ends: for each place where
    a page's end cut a paragraph of the source, the node's path and how many of its characters stand before the cut.
    settled: headlines whose breaks are known to be the editor's own or layout's.
    """

    value: dict[str, object] = field(default_factory=dict)
    furniture: list[Sourced] = field(default_factory=list)
    contents: list[Sourced] | None = None
    listed_sections: list[tuple[Sourced, int]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    page_ends: list[tuple[NodePath, int]] = field(default_factory=list)
    settled: set[NodePath] = field(default_factory=set)


def leaves(node: object, path: NodePath = ()) -> Iterator[tuple[NodePath, Sourced]]:
    """Every text of a tree with its path, in order."""
    if isinstance(node, Sourced):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from leaves(value, (*path, index))


def texts(node: object) -> object:
    """The tree with its texts alone."""
    if isinstance(node, Sourced):
        return node.text
    if isinstance(node, dict):
        return {key: texts(value) for key, value in node.items()}
    if isinstance(node, list):
        return [texts(value) for value in node]
    return node


def visible(pieces: Iterable[Sourced]) -> set[Place]:
    """The places of what can be seen in `pieces`: white space and format characters do not count."""
    return {
        place
        for piece in pieces
        for char, place in zip(piece.text, piece.places, strict=True)
        if not char.isspace()
    }
