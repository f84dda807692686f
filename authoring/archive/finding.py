"""The index of an archive, up to date: as it lies there, or else made; the makers are loaded only then."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final, TypeVar

from authoring.archive.index import Found, IssueRow, current, find, list_issues, terms_of
from authoring.archive.tree import Tree, existing_tree
from authoring.diagnostics import CannotRun, Message, Progress

T = TypeVar("T")

MOST_ASKED: Final = 100
"""More is no word, and FTS5 bounds the depth of what it is asked."""


def index_of(archive: Path, tree: Tree, progress: Progress) -> sqlite3.Connection:
    """An index that says what `tree`, the tree of `archive`, does."""
    connection = current(archive, tree)
    if connection is not None:
        return connection
    return _made(archive, tree, progress)


def search(archive: Path, asked: str, section: str, since: str, limit: int, progress: Progress) -> Found:
    """The items that hold every word of `asked`. Raises CannotRun where nothing was asked for or there is no archive."""
    asked, section = _sound(asked), _sound(section).strip(" \u3000【】")
    if not terms_of(asked):
        raise CannotRun.because("find", Message("没有写要找的词", "no word to find"))
    if len(asked) > MOST_ASKED:
        told = Message(f"要找的词太长，最多 {MOST_ASKED} 字", f"more than {MOST_ASKED} characters to find")
        raise CannotRun.because("find", told)
    tree = existing_tree(archive)
    return _answer(archive, tree, progress, lambda index: find(index, asked, section, since, limit))


def listed(archive: Path, tree: Tree, progress: Progress) -> list[IssueRow]:
    """Every issue of `tree` at a glance."""
    return _answer(archive, tree, progress, list_issues)


def _answer(archive: Path, tree: Tree, progress: Progress, ask: Callable[[sqlite3.Connection], T]) -> T:
    try:
        with closing(index_of(archive, tree, progress)) as connection:
            return ask(connection)
    except sqlite3.Error:  # damaged where only this question looks
        with closing(_made(archive, tree, progress, anew=True)) as connection:
            return ask(connection)


def _sound(text: str) -> str:
    """`text` without what is no character (bytes of another encoding on the command line)."""
    return text.encode("utf-8", "ignore").decode()


def _made(archive: Path, tree: Tree, progress: Progress, *, anew: bool = False) -> sqlite3.Connection:
    from authoring.archive.indexing import refresh  # loads the models of an issue: a fifth of a second

    return refresh(archive, tree, progress, anew=anew)
