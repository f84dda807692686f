"""The names a publication knows, indexed once so that a text's near misses are found in one pass."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from authoring.characters import is_han
from authoring.checks.short_names import ShortNames
from authoring.checks.slips import SHORTEST, Stretch, slips
from authoring.model import Body, Publication

_LONGER = re.compile(
    r"(?<=部)[门分署队长]|(?<=局)[部面势限]|(?<=院)[士校系长]|(?<=会)[议展场员同商见]|(?<=委)[托派]|(?<=办)[理学法好事]"
)
_CHANGES: Final = (0, -1, 1, -2)
"""How much longer than the name a slip of it may be."""


class NearMiss(NamedTuple):
    """Characters [start, end) of a text, and the name they nearly are. sole: no other name is as near."""

    start: int
    end: int
    name: str
    sole: bool


class _Seed(NamedTuple):
    """A part of a name, by which the name is found though its other part is wrong.

    before: how many characters of the name stand before the seed. rest: the characters of the other part; spare: how
    many of them a near miss may lack.
    """

    name: str
    before: int
    after: int
    rest: frozenset[str]
    spare: int

    def is_near(self, text: str, start: int, end: int) -> bool:
        """Whether enough of the rest stands around [start, end) of `text` to compare it."""
        ahead = text[max(0, start - self.before - 1) : start] if self.before else ""
        behind = text[end : end + self.after + 1] if self.after else ""
        return len(self.rest.difference(ahead, behind)) <= self.spare


def _seeds(name: str) -> Iterator[tuple[str, _Seed]]:
    """The halves of `name`: whatever is wrong leaves one of them whole. And its middle with the two characters that
    meet there swapped, which spoils both."""
    half = len(name) // 2
    spare = 2 if len(name) >= 8 else 1
    yield name[:half], _Seed(name, 0, len(name) - half, frozenset(name[half:]), spare)
    yield name[half:], _Seed(name, half, 0, frozenset(name[:half]), spare)
    if name[half - 1] != name[half]:
        swapped = name[half - 2 : half - 1] + name[half] + name[half - 1] + name[half + 1 : half + 2]
        around = frozenset(name[: half - 2] + name[half + 2 :])
        yield swapped, _Seed(name, max(0, half - 2), max(0, len(name) - half - 2), around, 0)


class Roster:
    """The names of `bodies`; `near_misses` finds those that a text gets wrong by one or two characters."""

    def __init__(self, bodies: tuple[Body, ...]) -> None:
        self._body = {
            form: body.name
            for body in reversed(bodies)
            for form in (body.name, body.short, *body.variants)
            if form
        }
        self.known = frozenset(self._body)
        self._longest = max(map(len, self.known), default=0)
        seeds: dict[str, list[_Seed]] = defaultdict(list)
        for name in sorted(self.known):
            if len(name) >= SHORTEST:
                for part, seed in _seeds(name):
                    seeds[part].append(seed)
        self._seeds = dict(seeds)
        starts: dict[str, set[str]] = defaultdict(set)
        lengths: dict[str, set[int]] = defaultdict(set)
        for part in seeds:
            starts[part[0]].add(part[1])
            lengths[part[:2]].add(len(part))
        self._lengths = {start: tuple(sorted(sizes)) for start, sizes in lengths.items()}
        self._start = re.compile(
            "|".join(
                f"{re.escape(first)}(?=[{re.escape(''.join(sorted(seconds)))}])"
                for first, seconds in sorted(starts.items())
            )
            or r"(?!)"
        )
        self._short = ShortNames(self.known)

    def near_misses(self, text: str, *, brief: bool = False) -> Iterator[NearMiss]:
        """Every stretch of `text` that is nearly a name, first to last, never two that overlap.

        brief: the text is a headline, where 四川科技厅 may stand for 四川省科技厅.
        """
        found: dict[tuple[int, int], dict[str, int]] = {}
        for match in self._start.finditer(text):
            at = match.start()
            for length in self._lengths[text[at : at + 2]]:
                for seed in self._seeds.get(text[at : at + length], ()):
                    if seed.is_near(text, at, at + length):
                        self._compare(text, at - seed.before, at + length + seed.after, seed, found, brief)
        for start, end, name in self._short.near_misses(text):
            found.setdefault((start, end), {}).setdefault(name, 1)
        reached = 0
        for (start, end), names in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
            if start < reached:
                continue
            least = min(names.values())
            nearest = sorted(
                (name for name in names if names[name] == least), key=lambda name: (-len(name), name)
            )
            if self._is_known(text, start, end, nearest[0]):
                continue
            sole = len({self._body[name] for name in nearest}) == 1
            yield NearMiss(start, end, nearest[0], sole)
            reached = end

    def _compare(
        self,
        text: str,
        start: int,
        end: int,
        seed: _Seed,
        found: dict[tuple[int, int], dict[str, int]],
        brief: bool,
    ) -> None:
        """Compare what stands at [start, end), or a little less or more of it, with the seed's name."""
        if text[max(0, start) : end] == seed.name:
            return
        for change in _CHANGES:
            first, last = (start, end + change) if not seed.before else (start - change, end)
            if first < 0 or last > len(text):
                continue
            stretch = Stretch(text, first, last, self.known, brief)
            written = stretch.written
            if written in self.known or _LONGER.match(text, last):
                continue
            edits = slips(stretch, seed.name)
            if edits and all(is_han(char) or char in "（）" for char in written):
                found.setdefault((first, last), {}).setdefault(seed.name, edits)

    def _is_known(self, text: str, start: int, end: int, name: str) -> bool:
        """Whether a name that is right begins before, or ends after, the stretch it shares characters with."""
        for first in range(max(0, start - self._longest), end):
            for last in range(
                max(first + 3, start + 1), min(len(text), first + self._longest, end + self._longest) + 1
            ):
                inner = last <= end and (first > start or name.startswith(text[start:last]))
                right = text[first:last] in self.known
                if right and not inner and not (text[last - 1] == "委" and text.startswith("员会", last)):
                    return True
        return False


_rosters: dict[int, tuple[tuple[Body, ...], Roster]] = {}


def roster(publication: Publication) -> Roster:
    """The roster of `publication`, made once for each list of bodies in memory (the last few are kept)."""
    bodies = publication.bodies
    kept = _rosters.get(id(bodies))
    if kept is None or kept[0] is not bodies:
        equal = next((old for seen, old in _rosters.values() if seen == bodies), None)
        if len(_rosters) >= 8:
            _rosters.pop(next(iter(_rosters)))
        kept = _rosters[id(bodies)] = (bodies, equal or Roster(bodies))
    return kept[1]


def informal_names(publication: Publication) -> dict[str, str]:
    """Colloquial short name -> standard one, both without 国家 or 省, which stay as they stand in the text."""
    names: dict[str, str] = {}
    for body in publication.bodies:
        for informal in body.informal:
            standard = body.short or body.name
            core = re.sub(r"^(?:国家|省)(?=.{4})", "", standard)
            names.setdefault(informal, core)
    return names
