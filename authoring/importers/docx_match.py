"""The paragraphs of an edited document held against the record of what they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from authoring.record import Record, fingerprint, pieces


class Alignment(NamedTuple):
    """matched: paragraph -> the record's position of the same text. replaced: a paragraph that is not matched -> the
    position of the one that it stands for, where as many stand between two matched ones as stood there."""

    matched: dict[int, int]
    replaced: dict[int, int]


def align(shown: Sequence[str], record: Record | None) -> Alignment:
    """Match paragraphs by what they show. Linear: beginning and end first, then each text's occurrences in order, so
    that a paragraph which was moved is known again."""
    if record is None:
        return Alignment({}, {})
    here, there = [fingerprint(text) for text in shown], pieces(record.marks)
    least = min(len(here), len(there))
    head = next((at for at in range(least) if here[at] != there[at]), least)
    tail = next((at for at in range(least - head) if here[-1 - at] != there[-1 - at]), least - head)
    matched = {at: at for at in range(head)}
    matched |= {len(here) - at: len(there) - at for at in range(tail, 0, -1)}
    waiting: dict[str, list[int]] = defaultdict(list)
    for at in range(len(there) - tail - 1, head - 1, -1):
        waiting[there[at]].append(at)
    for at in range(head, len(here) - tail):
        if waiting[here[at]]:
            matched[at] = waiting[here[at]].pop()
    return Alignment(matched, dict(_replaced(matched, len(here), len(there))))


def _replaced(matched: dict[int, int], here: int, there: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    before, before_there = -1, -1
    taken = set(matched.values())
    for at in [*sorted(matched), here]:
        position = matched.get(at, there)
        gap = at - before - 1
        if gap and position - before_there - 1 == gap:
            pairs += [
                (before + n, before_there + n) for n in range(1, gap + 1) if before_there + n not in taken
            ]
        before, before_there = at, position
    return pairs
