"""Making the full-text index: whatever in the tree is new or changed since, or everything."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from authoring.archive.index import FILE, SCHEMA, VERSION, fold, stamps, words_of
from authoring.archive.keeping import cache_folder
from authoring.archive.lock import Lock
from authoring.archive.reading import lock_of
from authoring.archive.tree import ISSUE, Place, Tree, read_tree
from authoring.diagnostics import AuthoringError, Progress
from authoring.inline import headline_text, plain
from authoring.model import Item
from authoring.source import load_issue
from authoring.wording import body_paragraphs

_IN_MEMORY = ":memory:"


def refresh(archive: Path, tree: Tree, progress: Progress, *, anew: bool = False) -> sqlite3.Connection:
    """The index of `archive`, brought up to what `tree` holds; `anew`, or where it is damaged, made from nothing.

    Where it cannot be written it is made in memory, for this time.
    """
    try:
        file = cache_folder(archive) / FILE
    except AuthoringError:
        return _filled(_IN_MEMORY, archive, tree, progress)
    if anew:
        _remove(file)
    for again in (True, False):
        try:
            return _filled(file, archive, tree, progress)
        except sqlite3.Error:
            if again:
                _remove(file)
    return _filled(_IN_MEMORY, archive, tree, progress)


def refresh_quietly(archive: Path, progress: Progress) -> None:
    """Bring the index up to date where that can be done; whoever asks it next would else do so."""
    with suppress(AuthoringError, OSError, sqlite3.Error):
        refresh(archive, read_tree(archive), progress).close()


def _remove(file: Path) -> None:
    for name in (file.name, f"{file.name}-journal"):
        with suppress(OSError):
            file.with_name(name).unlink()


def _filled(file: Path | str, archive: Path, tree: Tree, progress: Progress) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=60, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # a cache: what a power cut breaks is made again
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables and version != VERSION:
            raise sqlite3.DatabaseError("an index of another version")
        if not tables:
            for statement in SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        _update(connection, archive, tree, progress)
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _update(connection: sqlite3.Connection, archive: Path, tree: Tree, progress: Progress) -> None:
    now = stamps(archive, tree.places)
    known = dict(connection.execute("SELECT folder, stamp FROM issues"))
    for folder in known:
        if known[folder] != now.get(folder):
            connection.execute(
                "DELETE FROM texts WHERE id IN (SELECT id FROM items WHERE folder = ?)", (folder,)
            )
            connection.execute("DELETE FROM items WHERE folder = ?", (folder,))
            connection.execute("DELETE FROM issues WHERE folder = ?", (folder,))
    fresh = [place for place in tree.places if known.get(place.folder) != now[place.folder]]
    for number, place in enumerate(fresh, 1):
        progress(number, len(fresh), place.folder)
        _add(connection, archive, place, now[place.folder])


def _add(connection: sqlite3.Connection, archive: Path, place: Place, stamp: str) -> None:
    """One issue. One that cannot be read is there with no items; `archive verify` says why."""
    lock = lock_of(archive, place)
    try:
        issue = load_issue(place.path(archive) / ISSUE, lock.schema if lock else None)
    except AuthoringError:
        connection.execute(
            "INSERT INTO issues VALUES(?, ?, ?, '', 0, 0, 0)", (place.folder, stamp, str(place.year))
        )
        return
    date = issue.date.isoformat()
    items = sum(len(section.items) for section in issue.sections)
    pages, attached = (lock.pages, lock.source_attached) if lock is not None else (0, False)
    facts = (place.folder, stamp, date, issue.publication, pages, items, attached)
    connection.execute("INSERT INTO issues VALUES(?, ?, ?, ?, ?, ?, ?)", facts)
    for number, section in enumerate(issue.sections):
        for position, item in enumerate(section.items):
            told = _text(item, number, position, lock)
            row = (place.folder, date, plain(section.name), headline_text(item.headline))
            added = connection.execute(
                "INSERT INTO items(folder, date, section, headline) VALUES(?, ?, ?, ?)", row
            )
            texts = (added.lastrowid, told.text, fold(told.text), told.pages)
            connection.execute("INSERT INTO texts VALUES(?, ?, ?, ?)", texts)
            connection.execute(
                "INSERT INTO grams(rowid, words) VALUES(?, ?)", (added.lastrowid, words_of(told.text))
            )


class _Text(NamedTuple):
    """An item's text, a line a paragraph, and where in it which page begins."""

    text: str
    pages: str


def _text(item: Item, section: int, position: int, lock: Lock | None) -> _Text:
    """Offsets of the lock count in the text as it was set, which is the text that is indexed."""
    parts: list[str] = []
    starts: list[str] = []
    at = page = 0
    for path, text in _paragraphs(item):
        lines = (
            lock.breaks.lines.get(("sections", section, "items", position, *path), ())
            if lock is not None
            else ()
        )
        begin = 0
        for line in lines:
            if line.page != page:
                page = line.page
                starts.append(f"{at + begin}:{page}")
            begin = line.end
        parts.append(text)
        at += len(text) + 1
    return _Text("\n".join(parts), " ".join(starts))


def _paragraphs(item: Item) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("headline",), headline_text(item.headline)
    for block in body_paragraphs(item):
        yield block.path, "".join(run.text for run in (*block.heading, *block.text))
