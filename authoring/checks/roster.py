"""The names a publication knows, indexed once so that a text's near misses are found in one pass."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import NamedTuple

from authoring.characters import is_han
from authoring.model import Body, Publication

PROVINCES = (
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东",
    "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "内蒙古", "广西", "西藏", "宁夏",
    "新疆", "台湾", "香港", "澳门"
)  # fmt: skip
_SHORTEST = 5  # a name of four characters differs by one from too many words that are right
_REGION = re.compile(r"(?:中共|国家)?[^省市州区]{1,7}?(?:省|市|自治区|自治州|州)|省|市")
_UNIVERSITY = re.compile(r"大学$|学院$")
_ACTS = re.compile(
    r"印发|发布|联合|出台|会同|牵头|召开|组织|举行|制定|修订|通报|共同|主办|承办|有关负责|等[一二三四五六七八九十\d]*部门"
)
_LOOKALIKES = {
    "厅": "斤厂庁听",
    "局": "句居",
    "部": "陪剖",
    "委": "季秀",
    "院": "完浣",
    "会": "全合",
    "室": "屋宝",
}
_ORGANS = frozenset("厅局委部院会办馆所署中站队库奖社行网法处组司")
_LONGER = re.compile(
    r"(?<=部)[门分署队长]|(?<=局)[部面势限]|(?<=院)[士校系长]|(?<=会)[议展场员同商见]|(?<=委)[托派]|(?<=办)[理学法好事]"
)


class NearMiss(NamedTuple):
    """Characters [start, end) of a text, and the name they nearly are. sole: no other name is as near."""

    start: int
    end: int
    name: str
    sole: bool


class _Seed(NamedTuple):
    """A half of a name, by which the name is found though its other half is wrong."""

    name: str
    is_head: bool
    rest: frozenset[str]
    spare: int

    @classmethod
    def of(cls, name: str, half: int, is_head: bool) -> _Seed:
        """rest: the characters of the other half; spare: how many of them a near miss may lack."""
        return cls(
            name, is_head, frozenset(name[half:] if is_head else name[:half]), 2 if len(name) >= 8 else 1
        )

    def is_near(self, text: str, start: int, end: int) -> bool:
        """Whether enough of the other half stands beside [start, end) of `text` to compare it."""
        size = len(self.name) + 1
        beside = text[end : start + size] if self.is_head else text[max(0, end - size) : start]
        return len(self.rest.difference(beside)) <= self.spare


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
            if len(name) >= _SHORTEST:
                half = len(name) // 2
                seeds[name[:half]].append(_Seed.of(name, half, True))
                seeds[name[half:]].append(_Seed.of(name, half, False))
        self._seeds = dict(seeds)
        starts: dict[str, set[str]] = defaultdict(set)
        lengths: dict[str, set[int]] = defaultdict(set)
        for seed in seeds:
            starts[seed[0]].add(seed[1])
            lengths[seed[:2]].add(len(seed))
        self._lengths = {start: tuple(sorted(sizes)) for start, sizes in lengths.items()}
        self._start = re.compile(
            "|".join(
                f"{re.escape(first)}(?=[{re.escape(''.join(sorted(seconds)))}])"
                for first, seconds in sorted(starts.items())
            )
            or r"(?!)"
        )

    def near_misses(self, text: str) -> Iterator[NearMiss]:
        """Every stretch of `text` that is nearly a name, first to last, never two that overlap."""
        found: dict[tuple[int, int], dict[str, int]] = {}
        for match in self._start.finditer(text):
            at = match.start()
            for length in self._lengths[text[at : at + 2]]:
                for seed in self._seeds.get(text[at : at + length], ()):
                    if not seed.is_near(text, at, at + length):
                        continue
                    self._compare(text, at, at + length, seed, found)
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
        self, text: str, start: int, end: int, seed: _Seed, found: dict[tuple[int, int], dict[str, int]]
    ) -> None:
        name = seed.name
        for change in (0, -1, 1):
            size = len(name) + change
            first = start if seed.is_head else end - size
            last = first + size
            if first < 0 or last > len(text):
                continue
            window = text[first:last]
            if window == name:
                return
            edits = _edits(window, name, partial(self._context, text, first, last))
            if (
                edits
                and not _LONGER.match(text, last)
                and all(is_han(char) or char in "（）" for char in window)
            ):
                found.setdefault((first, last), {}).setdefault(name, edits)

    def _context(self, text: str, first: int, last: int) -> bool:
        """Whether only a body can stand at [first, last): it acts, or stands in a list of bodies."""
        if _ACTS.match(text, last):
            return True
        after = text.startswith("、", last) and any(
            text[last + 1 : last + 1 + size] in self.known for size in range(3, self._longest)
        )
        ends = text[last : last + 1] in ("、", "，", "。", "；", "（", "等", "和")
        return after or (
            ends
            and text.startswith("、", max(0, first - 1))
            and any(
                text[max(0, first - 1 - size) : first - 1] in self.known for size in range(3, self._longest)
            )
        )

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


def _edits(window: str, name: str, acts: Callable[[], bool]) -> int:
    """By how many characters `window` is a mistake for `name`; 0 where it may well be right."""
    region = _region(name)
    if len(window) == len(name):
        wrong = [index for index, (one, other) in enumerate(zip(window, name, strict=True)) if one != other]
        if len(wrong) == 1:
            return int(_may_be_wrong(window, name, wrong[0], region, acts))
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(window) == sorted(name)
        inside = len(wrong) == 2 and wrong[0] >= max(region, 2) and wrong[1] < len(name) - 1
        if inside and (swapped or len(name) >= 8):
            return 1 if swapped else 2
        return 0
    if len(name) < 6 or window[0] != name[0] or window[-1] != name[-1]:
        return 0
    shorter, longer = sorted((window, name), key=len)
    at = next((index for index, char in enumerate(shorter) if char != longer[index]), len(shorter))
    return int(at >= max(region, 1) and shorter[at:] == longer[at + 1 :])


@cache
def _region(name: str) -> int:
    """How many characters at the start of `name` say where the body is; other places may have its like."""
    match = _REGION.match(name)
    return 2 if _UNIVERSITY.search(name) else match.end() if match else 0


def _is_rare(char: str, common_rows: int) -> bool:
    """Whether `char` lies beyond the given row of GB 2312 (55: everyday characters; 87: all that names use)."""
    code = char.encode("gb2312", "ignore")
    return len(code) != 2 or code[0] - 0xA0 > common_rows


def _may_be_wrong(window: str, name: str, at: int, region: int, acts: Callable[[], bool]) -> bool:
    last = len(name) - 1
    if _is_rare(window[at], 87 if at < region else 55):
        return True
    if at < region:  # another place may have the body too, unless no place of that kind is called so
        if region < 3 or name[region - 1] != "省":
            return False
        return (window[: region - 1] in PROVINCES) == (at == region - 1)
    if at != last:
        return True
    if window[last] in _LOOKALIKES.get(name[last], ""):
        return True
    return window[last] not in _ORGANS and acts()


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
