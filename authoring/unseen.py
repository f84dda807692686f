"""What an issue's file says and no page shows, put beside what was read from its pages: the tree that an update wants."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from authoring.inline import parse
from authoring.model import Issue, Model, Publication

Value = Any
"""dict of str, list, str or None: an issue's tree."""

UNSEEN: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "masthead": frozenset(),
        "contents": frozenset(),
        "imprint": frozenset({"even_page"}),
        "typesetting": frozenset(
            {
                "quotes",
                "line_end",
                "han_latin_gap",
                "adjacent_marks",
                "pull_in",
                "avoid_single_character_line",
            }
        ),
    }
)
"""Part -> its fields that a page does not show: they stay as the file has them."""


def with_unseen(file: Value, issue: Issue, read: Value, as_read: Issue, publication: Publication) -> Value:
    """`read`, the tree read from a document, with what `file`, the tree of the issue's YAML, says beyond the pages.

    issue, as_read: the models of both trees. A field that both set alike is stated as the file states it, or not at all
    where the file leaves it to the publication; so a field is touched only where the pages changed.
    """
    wanted = {name: value for name, value in read.items() if name not in UNSEEN}
    wanted |= {name: value for name, value in file.items() if name not in wanted and name not in UNSEEN}
    before, after = publication.for_issue(issue), publication.for_issue(as_read)
    for part, hidden in UNSEEN.items():
        stated, found = file.get(part) or {}, read.get(part) or {}
        fields: dict[str, Value] = {}
        for name in dict.fromkeys([*stated, *found]):
            alike = _as_set(getattr(getattr(before, part), name)) == _as_set(
                getattr(getattr(after, part), name)
            )
            source = stated if alike or name in hidden else found
            if name in source:
                fields[name] = source[name]
        if fields:
            wanted[part] = fields
    return wanted


def same_when_set(old: str, new: str) -> bool:
    """Whether two texts look the same on a page: white space that folds, format characters, marks of bold around nothing."""
    return old == new or parse(old) == parse(new)


def _as_set(value: object) -> object:
    """A field's value as a page shows it."""
    if isinstance(value, str):
        return parse(value)
    if isinstance(value, tuple):
        return tuple(_as_set(one) for one in value)
    if isinstance(value, Model):
        fields = (name for name in type(value).model_fields if name != "one_off")
        return tuple(_as_set(getattr(value, name)) for name in fields)
    return value
