"""What an imported issue owes to its print: headline breaks and typographic habits, told by setting it.

A printed break of a headline is stated only where the automatic one would fall elsewhere. The habits of the print are found
from its page ends: the publication's own, those it had before, then any that sets every page end where the print has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple, get_args

from authoring.diagnostics import NodePath
from authoring.fonts import FontSet
from authoring.inline import HEADLINE_BREAK, headline_lines, headline_text, plain
from authoring.layout import Layout, lay_out
from authoring.layout.page_ends import page_ends, visible_length
from authoring.model import Issue, Publication, Typesetting

LEAST_ENDS = 2
"""Page ends that a search through every habit needs: one alone is met by chance."""


class Match(NamedTuple):
    """habits: those that set the issue like its print, None for the publication's own. met: how many of its page ends
    fall as printed, of `known`. layout: the issue set so."""

    habits: Typesetting | None
    met: int
    known: int
    layout: Layout


def needless_breaks(issue: Issue, publication: Publication, fonts: FontSet) -> frozenset[NodePath]:
    """The headlines whose explicit breaks are those that layout would make by itself.

    Raises UnsettableText as layout does.
    """
    broken = {path: text for path, text in _headlines(issue) if HEADLINE_BREAK in text}
    if not broken:
        return frozenset()
    automatic = lay_out(_with_headlines_free(issue), publication, fonts).headlines
    return frozenset(
        path
        for path, text in broken.items()
        if tuple(plain(line) for line in automatic[path]) == headline_lines(text)
    )


def like_print(
    issue: Issue, publication: Publication, fonts: FontSet, ends: Iterable[tuple[NodePath, int]]
) -> Match:
    """The habits that set the page ends of `issue` as the print has them; its own where none do.

    ends: where the print's pages cut paragraphs, as (node, characters of its text before the cut). Raises UnsettableText as
    layout does.
    """
    wanted = {(path, _behind(issue, path, offset)) for path, offset in ends}
    layout = lay_out(issue, publication, fonts)
    met = len(wanted & page_ends(layout))
    if met < len(wanted):
        searched = _every_habit(publication.typesetting) if len(wanted) >= LEAST_ENDS else ()
        for habits in (*publication.past_typesetting, *searched):
            other = lay_out(issue.model_copy(update={"typesetting": habits}), publication, fonts)
            if wanted <= page_ends(other):
                return Match(habits, len(wanted), len(wanted), other)
    return Match(None, met, len(wanted), layout)


def _every_habit(usual: Typesetting) -> Iterator[Typesetting]:
    """Every combination of habits, those nearest to `usual` first."""
    fields = ("quotes", "line_end", "han_latin_gap", "adjacent_marks", "pull_in")
    choices = [get_args(Typesetting.model_fields[name].annotation) for name in fields]

    def distance(values: tuple[str, ...]) -> int:
        return sum(getattr(usual, name) != value for name, value in zip(fields, values, strict=True))

    for values in sorted(
        product(*choices), key=distance
    ):  # the sort is stable: the order of the model decides
        yield Typesetting.model_validate(dict(zip(fields, values, strict=True)))


def _behind(issue: Issue, path: NodePath, offset: int) -> int:
    """How many visible characters of the text at `path` stand behind its first `offset`."""
    text = str(_node(issue, path))
    return visible_length(plain(text)) - visible_length(plain(text[:offset]))


def _node(issue: Issue, path: NodePath) -> object:
    node: object = issue
    for part in path:
        node = getattr(node, part) if isinstance(part, str) else node[part]  # type: ignore[index]  # a tuple by its path
    return node


def _headlines(issue: Issue) -> Iterable[tuple[NodePath, str]]:
    for number, section in enumerate(issue.sections):
        for position, item in enumerate(section.items):
            yield ("sections", number, "items", position, "headline"), item.headline


def _with_headlines_free(issue: Issue) -> Issue:
    """`issue` without explicit breaks in its headlines."""
    sections = tuple(
        section.model_copy(
            update={
                "items": tuple(
                    item.model_copy(update={"headline": headline_text(item.headline)})
                    for item in section.items
                )
            }
        )
        for section in issue.sections
    )
    return issue.model_copy(update={"sections": sections})
