"""The full-text index: a cache beside the issues, asked here. Made in `indexing`, from the tree, at any time.

SQLite's FTS5 knows no Chinese words, so the text goes in as overlapping pairs: 科技成果 as 科技 技成 成果 果. A word of two
characters or more is then a phrase of pairs and is found wherever it stands, exactly; one character is the beginning of
a pair. Latin words and numbers go in whole, in lower case. What is asked for is taken apart the same way; nothing of it
reaches FTS5 but such words in quotes.

Light on purpose: nothing but the standard library is loaded to answer.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from authoring.archive.tree import CACHE, ISSUE, LOCK, Place, Tree, place_of

FILE: Final = "index.sqlite3"
VERSION: Final = 1
"""Of the tables below; an index of another version is made anew."""

SCHEMA: Final = """
CREATE TABLE issues(folder TEXT PRIMARY KEY, stamp TEXT, date TEXT, publication TEXT, pages INTEGER, items INTEGER,
                    attached INTEGER);
CREATE TABLE items(id INTEGER PRIMARY KEY AUTOINCREMENT, folder TEXT, date TEXT, section TEXT, headline TEXT);
CREATE INDEX of_folder ON items(folder);
CREATE TABLE texts(id INTEGER PRIMARY KEY, text TEXT, folded TEXT, pages TEXT);
CREATE VIRTUAL TABLE grams USING fts5(words, content='', tokenize='ascii');
"""
"""An item's row keeps its number for good: the words of one that is taken out stay in `grams` and lead nowhere."""

_PAIRED: Final = r"\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS: Final = re.compile(f"[{_PAIRED}]+|[^\\W_{_PAIRED}]+")
_IS_PAIRED: Final = re.compile(f"[{_PAIRED}]")
_NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x130: ord("i"), 0x3000: ord(" ")}
_BEFORE, _AFTER = 18, 40
"""Characters that a snippet shows before and after the beginning of what was found."""


class IssueRow(NamedTuple):
    """An archived issue at a glance; pages is 0 where its record cannot be read."""

    place: Place
    date: str
    publication: str
    pages: int
    items: int
    attached: bool


class Hit(NamedTuple):
    """An item in which something was found: where it stands, and the text around the first find (before, it, after)."""

    place: Place
    date: str
    page: int
    section: str
    headline: str
    snippet: tuple[str, str, str]


class Found(NamedTuple):
    """How many items hold what was asked for, and the first of them, the latest issue's first.

    sections: those that there are, where none is called as asked; else nothing.
    """

    total: int
    hits: tuple[Hit, ...]
    sections: tuple[str, ...] = ()


def stamps(archive: Path, places: Iterable[Place]) -> dict[str, str]:
    """By folder, what changes when an issue or its lock does."""
    found = {}
    for folder in (place.folder for place in places):
        try:  # text, not paths: two thousand of them are looked at before an answer
            issue, lock = os.stat(f"{archive}/{folder}/{ISSUE}"), os.stat(f"{archive}/{folder}/{LOCK}")
            found[folder] = f"{issue.st_mtime_ns}:{issue.st_size} {lock.st_mtime_ns}:{lock.st_size}"
        except OSError:
            found[folder] = "?"
    return found


def current(archive: Path, tree: Tree) -> sqlite3.Connection | None:
    """The index of `archive`, if it is there, whole, and says what the tree does now."""
    file = archive / CACHE / FILE
    if not file.is_file():
        return None
    connection = None
    try:
        connection = sqlite3.connect(file, timeout=60)
        if connection.execute("PRAGMA user_version").fetchone() == (VERSION,):
            known = dict(connection.execute("SELECT folder, stamp FROM issues"))
            if known == stamps(archive, tree.places):
                return connection
    except sqlite3.Error:
        pass
    if connection is not None:
        connection.close()
    return None


def list_issues(connection: sqlite3.Connection) -> list[IssueRow]:
    """Every issue, by year and number."""
    rows = []
    query = "SELECT folder, date, publication, pages, items, attached FROM issues"
    for folder, date, publication, pages, items, attached in connection.execute(query):
        place = place_of(folder)
        if place is not None:
            rows.append(IssueRow(place, date, publication, pages, items, bool(attached)))
    return sorted(rows)


def find(
    connection: sqlite3.Connection, asked: str, section: str = "", since: str = "", limit: int = 20
) -> Found:
    """The items in which every word of `asked` stands.

    section: only those of sections whose name has it. since: only of issues of that day (2024-01-01) or later.
    """
    terms = terms_of(asked)
    values: dict[str, object] = {"section": section, "since": since, "limit": limit}
    tables, where = "items", ["instr(items.section, :section)", "items.date >= :since"]
    match = " AND ".join(phrase for term in terms if (phrase := _phrase(term)))
    if match:
        tables = "grams JOIN items ON items.id = grams.rowid"
        where = ["grams MATCH :match", *where]
        values["match"] = match
    for number, term in enumerate(term for term in terms if not _RUNS.fullmatch(term)):
        where.append(f"instr(texts.folded, :term{number})")  # the index knows no marks
        values[f"term{number}"] = term
    if "texts.folded" in where[-1]:
        tables += " JOIN texts USING (id)"
    chosen = f"FROM {tables} WHERE {' AND '.join(where)}"
    # numbers are compared as numbers: the folder of No. 1000 sorts before that of No. 999
    order = "ORDER BY items.date DESC, length(items.folder) DESC, items.folder DESC, items.id LIMIT :limit"
    (total,) = connection.execute(f"SELECT count(*) {chosen}", values).fetchone()
    numbers = [number for (number,) in connection.execute(f"SELECT items.id {chosen} {order}", values)]
    sections = _sections(connection) if section and not total else ()
    unknown = not any(section in name for name in sections)
    hits = tuple(_hit(connection, number, terms) for number in numbers)
    return Found(total, hits, sections if unknown else ())


def _sections(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The names of sections, in the order in which issues came to have them."""
    names = connection.execute("SELECT section FROM items GROUP BY section ORDER BY min(id)")
    return tuple(name for (name,) in names)


def terms_of(asked: str) -> list[str]:
    """The words that `asked` asks for; quotes of a keyboard are none of the text's."""
    return fold(asked).replace('"', " ").split()


def words_of(text: str) -> str:
    """`text` as it goes into the index: pairs and words, a space between them."""
    return " ".join(gram for run in _RUNS.findall(fold(text)) for gram in _grams(run))


def fold(text: str) -> str:
    """`text` in lower case and half width, character for character."""
    return text.translate(_NARROW).lower()


def _grams(run: str) -> Iterator[str]:
    if _IS_PAIRED.match(run):
        yield from (run[index : index + 2] for index in range(len(run)))
    else:
        yield run


def _phrase(term: str) -> str:
    """`term` as a phrase of FTS5; nothing where there is no word in it.

    The last character of the term may go on in the text, so it counts only as the end of a pair, or, alone, as the
    beginning of one.
    """
    runs = _RUNS.findall(term)
    grams = [gram for run in runs for gram in _grams(run)]
    if not runs or not term.endswith(runs[-1]) or not _IS_PAIRED.match(runs[-1]):
        return f'"{" ".join(grams)}"' if grams else ""
    if len(runs[-1]) == 1:
        return f'"{" ".join(grams)}" *'
    return f'"{" ".join(grams[:-1])}"'


def _hit(connection: sqlite3.Connection, number: int, terms: list[str]) -> Hit:
    folder, date, section, headline, text, folded, pages = connection.execute(
        "SELECT folder, date, section, headline, text, folded, pages FROM items JOIN texts USING (id) WHERE id = ?",
        (number,),
    ).fetchone()
    place = place_of(folder)
    assert place is not None
    start, end = _first(folded, terms)
    before, after = text[max(0, start - _BEFORE) : start], text[end : start + _AFTER]
    before = ("…" if start > _BEFORE else "") + before
    after += "…" if start + _AFTER < len(text) else ""
    snippet = (before.replace("\n", " "), text[start:end], after.replace("\n", " "))
    return Hit(place, date, _page_at(pages, start), section, headline, snippet)


def _first(text: str, terms: list[str]) -> tuple[int, int]:
    """The first place in `text` where one of `terms` stands."""
    found = [(at, at + len(term)) for term in terms if (at := _at(text, term)) >= 0]
    return min(found, default=(0, 0))


def _at(text: str, term: str) -> int:
    """Where `term` stands; a Latin word as a whole one."""
    if _RUNS.fullmatch(term) and not _IS_PAIRED.match(term):
        return next((run.start() for run in _RUNS.finditer(text) if run[0] == term), -1)
    return text.find(term)


def _page_at(pages: str, offset: int) -> int:
    """The page of the character at `offset`. pages: `0:2 350:3`, from which character on which page."""
    page = 0
    for entry in pages.split():
        start, _, number = entry.partition(":")
        if int(start) > offset:
            break
        page = int(number)
    return page
