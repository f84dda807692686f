"""The index of an archive, up to date: as it lies there, or else made; the makers are loaded only then."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from authoring.archive.index import Found, IssueRow, current, find, list_issues
from authoring.archive.tree import Tree, existing_tree
from authoring.diagnostics import CannotRun, Message

Progress = Callable[[int, int, str], None]


def index_of(archive: Path, tree: Tree, progress: Progress) -> sqlite3.Connection:
    """An index that says what `tree`, the tree of `archive`, does."""
    connection = current(archive, tree)
    if connection is not None:
        return connection
    return _made(archive, tree, progress)


def search(archive: Path, asked: str, section: str, since: str, limit: int, progress: Progress) -> Found:
    """The items that hold every word of `asked`. Raises CannotRun where nothing was asked for or there is no archive."""
    if not asked.strip():
        raise CannotRun.because("find", Message("没有写要找的词", "no word to find"))
    tree = existing_tree(archive)
    try:
        return find(index_of(archive, tree, progress), asked, section, since, limit)
    except sqlite3.Error:  # damaged where only a search looks
        return find(_made(archive, tree, progress, anew=True), asked, section, since, limit)


def listed(archive: Path, tree: Tree, progress: Progress) -> list[IssueRow]:
    """Every issue of `tree` at a glance."""
    try:
        return list_issues(index_of(archive, tree, progress))
    except sqlite3.Error:
        return list_issues(_made(archive, tree, progress, anew=True))


def _made(archive: Path, tree: Tree, progress: Progress, *, anew: bool = False) -> sqlite3.Connection:
    from authoring.archive.indexing import refresh  # loads the models of an issue: a fifth of a second

    return refresh(archive, tree, progress, anew=anew)
