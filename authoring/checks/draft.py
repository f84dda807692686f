"""What a rule looks at: the issue, its publication, and every text of it in order, with its place and kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from authoring.checks.history import History
from authoring.diagnostics import NOTHING, Fix, Message, NodePath
from authoring.model import Heading, Issue, Points, Publication

Kind = Literal["section", "headline", "paragraph", "point", "heading", "recipients", "masthead"]
RUNNING: frozenset[Kind] = frozenset({"paragraph", "point"})
"""Kinds that are running text: sentences, which end with a mark and obey the rules of prose."""


class TextNode(NamedTuple):
    """A text of the issue, as it stands in the YAML (markup included; offsets of findings count from its start).

    section, item: the positions it belongs to, -1 for the texts of masthead and imprint.
    """

    path: NodePath
    kind: Kind
    text: str
    section: int = -1
    item: int = -1

    @property
    def is_running(self) -> bool:
        return self.kind in RUNNING


class Draft(NamedTuple):
    """An issue to be checked. publication: its own, the issue's overrides applied. nodes: every text, in order.

    What not every issue comes with, and whose rules are silent without it: contents, the entries of the contents list
    that an imported document had; history, the issues before this one.
    """

    issue: Issue
    publication: Publication
    nodes: tuple[TextNode, ...]
    contents: tuple[str, ...] | None = None
    history: History | None = None

    def running(self) -> Iterator[TextNode]:
        """The paragraphs and points, in order."""
        return (node for node in self.nodes if node.is_running)

    def items(self) -> Iterator[tuple[TextNode, ...]]:
        """The texts of each item, its headline first."""
        for section, part in enumerate(self.issue.sections):
            for item in range(len(part.items)):
                yield tuple(node for node in self.nodes if (node.section, node.item) == (section, item))


class Problem(NamedTuple):
    """What a rule found: where, what, how to mend it. The rule's row adds code and severity.

    at: characters [start, end) of the node's text. fix: how a machine would mend it, where one can.
    """

    path: NodePath
    message: Message
    hint: Message = NOTHING
    at: tuple[int, int] | None = None
    fix: Fix | None = None


def draft_of(
    issue: Issue,
    publication: Publication,
    *,
    contents: Iterable[str] | None = None,
    history: History | None = None,
) -> Draft:
    """The draft of `issue` under its publication, with what else is known of it."""
    effective = publication.for_issue(issue)
    listed = None if contents is None else tuple(contents)
    return Draft(issue, effective, tuple(_nodes(issue, effective)), listed, history)


def _nodes(issue: Issue, publication: Publication) -> Iterator[TextNode]:
    for index, issuer in enumerate(publication.masthead.issuers):
        yield TextNode(("masthead", "issuers", index), "masthead", issuer)
    for number, section in enumerate(issue.sections):
        path: NodePath = ("sections", number)
        yield TextNode((*path, "name"), "section", section.name, number)
        for position, item in enumerate(section.items):
            item_path = (*path, "items", position)
            yield TextNode((*item_path, "headline"), "headline", item.headline, number, position)
            for index, block in enumerate(item.body):
                block_path = (*item_path, "body", index)
                if isinstance(block, Points):
                    for point, text in enumerate(block.points):
                        yield TextNode((*block_path, "points", point), "point", text, number, position)
                elif isinstance(block, Heading):
                    yield TextNode((*block_path, "heading"), "heading", block.heading, number, position)
                    if block.text is not None:
                        yield TextNode((*block_path, "text"), "paragraph", block.text, number, position)
                else:
                    yield TextNode(block_path, "paragraph", block, number, position)
    for number, entry in enumerate(publication.imprint.distribution):
        for position, recipients in enumerate(entry.recipients):
            where: NodePath = ("imprint", "distribution", number, "recipients", position)
            yield TextNode(where, "recipients", recipients)
    if publication.imprint.issuer is not None:
        yield TextNode(("imprint", "issuer"), "masthead", publication.imprint.issuer)
