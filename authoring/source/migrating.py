"""A tree of any past version of the schema in, one of the current version out. Pure; `MIGRATIONS` is the whole history.

A file may name its version (`schema: 1`); one that names none is of the current one, unless whoever reads it knows
better, as the archive does.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from authoring.diagnostics import Diagnostic, Finding, InvalidIssue, Message
from authoring.fields import whole_number
from authoring.model import SCHEMA_VERSION
from authoring.source.document import Document, Value

FIELD: Final = "schema"
"""The field that names a file's version."""

Migration = Callable[[dict[str, Any]], dict[str, Any]]
"""From the tree of one version to that of the next; it may change what it is given, which is a copy."""

MIGRATIONS: Final[Mapping[int, Migration]] = MappingProxyType({})
"""Version -> what makes the next one of it. Version 1 is the first and the current one."""

_MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What a migration raises on a tree that is not what its version wants: it need not look before it takes."""


def schema_version(document: Document, current: int = SCHEMA_VERSION) -> int:
    """The version of the schema that a file is written in: the one it names, else the current one."""
    return _stated(document.value) or current


def current_value(
    document: Document,
    version: int | None = None,
    migrations: Mapping[int, Migration] = MIGRATIONS,
    current: int = SCHEMA_VERSION,
) -> Value:
    """The document's tree in the current version, without the field that names a version.

    version: that of a file which names none (default: the current one). Raises InvalidIssue for a version newer than
    `current`, and for a tree that is not what its version wants. What is no version is left for the model to refuse.
    """
    value = document.value
    if not isinstance(value, dict):
        return value
    stated = _stated(value)
    if FIELD in value and stated is None:
        return value
    start = stated or version or current
    if start > current:
        raise InvalidIssue(_newer(document, start, current))
    rest = {key: part for key, part in value.items() if key != FIELD}
    if start == current:
        return rest
    tree = copy.deepcopy(rest)
    try:
        for number in range(start, current):
            tree = migrations[number](tree)
    except _MALFORMED:
        raise InvalidIssue(_unreadable(document, start)) from None
    return tree


def _stated(value: Value) -> int | None:
    """The version that a tree names; None where it names none, or what is no version."""
    try:
        found = whole_number(value.get(FIELD)) if isinstance(value, dict) else None
    except ValueError:
        return None
    return found if isinstance(found, int) and found > 0 else None


def _newer(document: Document, version: int, current: int) -> Diagnostic:
    finding = Finding(
        "F006",
        "error",
        (FIELD,),
        Message(
            f"稿件是第{version}版格式，本工具只认识到第{current}版",
            f"the file is of schema version {version}; this toolkit knows up to {current}",
        ),
        Message("更新本工具，再排这份稿件", "update the toolkit"),
    )
    return document.diagnostic(finding, Message("格式版本", FIELD))


def _unreadable(document: Document, version: int) -> Diagnostic:
    finding = Finding(
        "F006",
        "error",
        (FIELD,) if FIELD in document.value else (),
        Message(
            f"稿件不合第{version}版格式，升不到现行版本",
            f"the file is not as schema version {version} wants it; it cannot be migrated",
        ),
        Message(
            "检查格式版本写得对不对，各字段的层次对不对", "check the version, and how the fields are nested"
        ),
        on_key=True,
    )
    return document.diagnostic(finding, Message("格式版本", FIELD))
