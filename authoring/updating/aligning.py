"""Two lists in, which entry of the one became which of the other: by what they say, not by where they stand."""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from authoring.fields import day_of, whole_number, yes_or_no

ALIKE = 0.4
"""Two entries that share this much are one that was edited: half of a paragraph that was split is like the whole."""
MOVED = 0.6
"""An entry out of its order must share more to be the same one moved."""
_MOST = 10_000
"""Pairs that are compared by similarity; entries beyond are paired where they are equal or stand at the same place."""
_UNSEEN = re.compile(r"[\s*|]+")


Equal = Callable[[Any, Any], bool]
Same = Callable[[str, str], bool]
"""Whether two texts count as equal, so that the old one may stay as it is typed."""

_DIGITS = ("schema", "number", "start", "level", "copies")
_FLAGS = ("one_off", "even_page", "avoid_single_character_line")
_READ: dict[str, Callable[[object], object]] = {
    **dict.fromkeys(_DIGITS, whole_number),
    **dict.fromkeys(_FLAGS, yes_or_no),
    "date": day_of,
}


class Planned(NamedTuple):
    """An entry of a collection as it shall be: its new key, the old one's that it was (None: added), and whether it
    stands out of the old order."""

    old: str | int | None
    new: str | int
    moved: bool = False


def same_tree(old: Any, new: Any, same: Same, field: str = "") -> bool:
    """Whether two trees say the same: their texts by `same`, numbers, dates, yes and no by what they are read as."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(same_tree(old[key], new[key], same, key) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(same_tree(*pair, same) for pair in zip(old, new, strict=True))
    if old == new or not isinstance(old, str) or not isinstance(new, str):
        return bool(old == new)
    return same(old, new) if field not in _READ else _same_reading(old, new, _READ[field])


def _same_reading(old: str, new: str, read: Callable[[object], object]) -> bool:
    try:
        return read(old) == read(new)
    except PydanticCustomError:
        return False


def plan(
    old: dict[str, Any] | list[Any], new: dict[str, Any] | list[Any], equal: Equal, order: Sequence[str]
) -> tuple[Planned, ...]:
    """What `new` is made of, two mappings or two lists, neither empty. order: of the fields of a mapping."""
    if isinstance(old, list):
        return align(old, list(new), equal)
    assert isinstance(new, dict)
    came = [key for key in order if key in new and key not in old]
    renamed = _renamed(
        {key: old[key] for key in old if key not in new}, {key: new[key] for key in came}, equal
    )
    planned = [Planned(key, renamed.get(key, key)) for key in old if key in new or key in renamed]
    names = [one.new for one in planned]
    for key in came:
        if key not in names:  # behind the nearest field that goes before it
            before = [other for other in order[: order.index(key)] if other in names]
            at = names.index(before[-1]) + 1 if before else 0
            names.insert(at, key)
            planned.insert(at, Planned(None, key))
    return tuple(planned)


def _renamed(gone: dict[str, Any], came: dict[str, Any], equal: Equal) -> dict[str, str]:
    """The fields that have another name now: their values are equal, or much the same."""
    found: dict[str, str] = {}
    for key, value in gone.items():
        free = [other for other in came if other not in found.values()]
        likely = [other for other in free if equal(value, came[other])] or [
            other for other in free if similarity(_features(value), _features(came[other])) >= MOVED
        ]
        if likely:
            found[key] = likely[0]
    return found


def align(old: Sequence[Any], new: Sequence[Any], equal: Equal) -> tuple[Planned, ...]:
    """Pair the entries of two lists of trees: equal ones first, in order and then moved ones; the most similar ones in order,
    then moved ones; last, texts that are left alone between the same neighbours, which were rewritten.

    equal: whether two entries count as the same. Linear where little has changed; else bounded.
    """
    olds: list[int | None] = [None] * len(new)
    forms = [form(entry) for entry in old], [form(entry) for entry in new]
    for first, start, size in difflib.SequenceMatcher(None, *forms).get_matching_blocks():
        olds[start : start + size] = range(first, first + size)
    moved = _find_equal(*forms, olds)
    for here, there in _gaps(len(old), olds, moved):
        if len(here) * len(there) <= _MOST:
            scores = _similarities([old[index] for index in here], [new[index] for index in there], equal)
            for row, column in _most_similar(scores):
                olds[there[column]] = here[row]
    moved |= _find_similar(old, new, olds, equal)
    for here, there in _gaps(len(old), olds, moved):
        if len(here) == len(there):
            for one, other in zip(here, there, strict=True):
                if isinstance(old[one], str) and isinstance(new[other], str):
                    olds[other] = one
    return tuple(Planned(partner, index, index in moved) for index, partner in enumerate(olds))


def _gaps(size: int, olds: list[int | None], moved: set[int]) -> list[tuple[list[int], list[int]]]:
    """The old and the new entries that have no partner yet, between each two pairs that are in order."""
    kept = [
        (partner, index) for index, partner in enumerate(olds) if partner is not None and index not in moved
    ]
    paired = set(olds)
    found = []
    for (here, there), (next_here, next_there) in pairwise([(-1, -1), *kept, (size, len(olds))]):
        ours = [index for index in range(here + 1, next_here) if index not in paired]
        theirs = [index for index in range(there + 1, next_there) if olds[index] is None]
        if ours and theirs:
            found.append((ours, theirs))
    return found


def _most_similar(scores: list[list[float]]) -> list[tuple[int, int]]:
    """The pairs in order, each at least ALIKE, whose similarities have the greatest sum."""
    rows, columns = len(scores), len(scores[0]) if scores else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in reversed(range(rows)):
        for column in reversed(range(columns)):
            score = scores[row][column]
            paired = score + best[row + 1][column + 1] if score >= ALIKE else 0.0
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    found, row, column = [], 0, 0
    while row < rows and column < columns:
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            found.append((row, column))
            row, column = row + 1, column + 1
    return found


def _find_similar(old: Sequence[Any], new: Sequence[Any], olds: list[int | None], equal: Equal) -> set[int]:
    """Put into `olds` what is left on both sides and alike enough to be the same entry moved; the new ones' numbers."""
    moved: set[int] = set()
    paired = set(olds)
    here = [index for index in range(len(old)) if index not in paired]
    there = [index for index, partner in enumerate(olds) if partner is None]
    if here and there and len(here) * len(there) <= _MOST:
        scores = _similarities([old[index] for index in here], [new[index] for index in there], equal)
        ranked = sorted(
            (-score, row, column)
            for row, line in enumerate(scores)
            for column, score in enumerate(line)
            if score >= MOVED
        )
        taken: set[int] = set()
        for _, row, column in ranked:
            if row not in taken and olds[there[column]] is None:
                taken.add(row)
                olds[there[column]] = here[row]
                moved.add(there[column])
    return moved


def _find_equal(old: Sequence[str], new: Sequence[str], olds: list[int | None]) -> set[int]:
    """Put into `olds` the entries left on both sides whose forms are equal; the new ones' numbers."""
    paired = set(olds)
    free: dict[str, list[int]] = {}
    for index in reversed(range(len(old))):
        if index not in paired:
            free.setdefault(old[index], []).append(index)
    moved: set[int] = set()
    for index, partner in enumerate(olds):
        if partner is None and free.get(new[index]):
            olds[index] = free[new[index]].pop()
            moved.add(index)
    return moved


def _similarities(old: Sequence[Any], new: Sequence[Any], equal: Equal) -> list[list[float]]:
    ours, theirs = [_features(entry) for entry in old], [_features(entry) for entry in new]
    scores = [[similarity(one, other) for other in theirs] for one in ours]
    for row, line in enumerate(scores):
        for column, score in enumerate(line):
            if score >= 0.9 and equal(old[row], new[column]):
                line[column] = 1.0 + score
    return scores


class Features(NamedTuple):
    """What a similarity is measured by: the pairs of characters of an entry's name or headline, and of all its texts."""

    head: Counter[str]
    whole: Counter[str]


def similarity(one: Features, other: Features) -> float:
    """From 0, nothing in common, to 1; the better of all the text and of headline and text in equal parts (Dice)."""
    whole = _dice(one.whole, other.whole)
    if one.head and other.head:
        return max(whole, (_dice(one.head, other.head) + whole) / 2)
    return whole


def text_similarity(one: str, other: str) -> float:
    return _dice(_bigrams(one), _bigrams(other))


def _features(entry: Any) -> Features:
    head = entry.get("headline") or entry.get("name") or entry.get("label") if isinstance(entry, dict) else ""
    whole: Counter[str] = Counter()
    for text in _texts(entry):
        whole += _bigrams(text)
    return Features(_bigrams(head) if isinstance(head, str) else Counter(), whole)


def _texts(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, (dict, list)):
        for part in entry.values() if isinstance(entry, dict) else entry:
            yield from _texts(part)


def _bigrams(text: str) -> Counter[str]:
    seen = _UNSEEN.sub("", text)
    return Counter(seen[at : at + 2] for at in range(max(1, len(seen) - 1))) if seen else Counter()


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def form(entry: Any) -> str:
    """Entries of one form are equal."""
    return json.dumps(entry, ensure_ascii=False, sort_keys=True)
