"""What an issue is compared with beside itself: the issues that came before it, indexed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from authoring.inline import squeezed
from authoring.model import Issue, Item

_SUPPLEMENT = re.compile(r"增刊|特刊|专刊|号外")
_LONG_ENOUGH = 40
"""An opening paragraph this long is not the same twice by chance."""


class Before(NamedTuple):
    """Where an issue stands in its year. same: an earlier one of its number. last: the one of the next lower number.

    free: the first number that is not taken. follows_on: whether the numbers before it are known without gaps, so that
    it must have the number after `last`.
    """

    same: Issue | None
    last: Issue | None
    free: int
    follows_on: bool


class History:
    """The issues that came before, indexed: each further issue is compared with all of them at once.

    complete: they are the whole series (an archive), so that any gap is a skipped number. Otherwise a gap counts only
    after two consecutive numbers, since an editor may have named only some of the files.
    """

    def __init__(self, issues: Iterable[Issue] = (), *, complete: bool = False) -> None:
        self._complete = complete
        self._numbers: dict[tuple[str, int], dict[int, Issue]] = {}
        self._highest: dict[tuple[str, int], int] = {}
        self._items: dict[tuple[str, str], Issue] = {}
        for issue in issues:
            self.add(issue)

    def add(self, issue: Issue) -> None:
        """Let `issue` have come before those that are asked about from now on."""
        for section in issue.sections:
            for item in section.items:
                for key in _keys(item):
                    self._items.setdefault((issue.publication, key), issue)
        if not supplement(issue):
            year = (issue.publication, issue.date.year)
            self._numbers.setdefault(year, {}).setdefault(issue.number, issue)
            self._highest[year] = max(self._highest.get(year, 0), issue.number)

    def before(self, issue: Issue) -> Before:
        """Where `issue` stands among the numbers of its year."""
        year = (issue.publication, issue.date.year)
        numbers = self._numbers.get(year, {})
        highest = self._highest.get(year, 0)
        last = highest if highest < issue.number else max((n for n in numbers if n < issue.number), default=0)
        follows_on = bool(last) and (self._complete or last - 1 in numbers)
        return Before(_other(numbers.get(issue.number), issue), numbers.get(last), highest + 1, follows_on)

    def ran(self, issue: Issue, item: Item) -> Issue | None:
        """The issue not after `issue` that already has `item`, by its headline or its opening paragraph."""
        found = (_other(self._items.get((issue.publication, key)), issue) for key in _keys(item))
        return next((old for old in found if old is not None and old.date <= issue.date), None)


def _other(found: Issue | None, issue: Issue) -> Issue | None:
    return None if found is issue else found


def supplement(issue: Issue) -> str:
    """What an issue that is numbered apart is called on its masthead (增刊, 特刊); nothing for one of the series."""
    found = _SUPPLEMENT.search(issue.masthead.number_line) if issue.masthead is not None else None
    return found[0] if found is not None else ""


def _keys(item: Item) -> Iterator[str]:
    yield squeezed(item.headline)
    if isinstance(item.body[0], str):
        opening = squeezed(item.body[0])
        if len(opening) >= _LONG_ENOUGH:
            yield opening
