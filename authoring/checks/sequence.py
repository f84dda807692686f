"""Whether numbers follow one another: those that begin paragraphs, and 一是……二是…… within them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from authoring.checks.draft import Draft, Problem, TextNode
from authoring.checks.markers import Marked, items, typed
from authoring.diagnostics import Edit, Fix, Message, NodePath
from authoring.markers import CIRCLED, IS, POINT, TH, Marker, label, opening_marker
from authoring.wording import NUMERALS, numeral


def marker_sequence(draft: Draft) -> Iterator[Problem]:
    """序号不连续：中间缺号，或者重号。

    为什么：改稿时增删、调换段落，最容易忘记改序号；印出来读者会以为漏了一段。
    例：（1）（2）（4）→ （1）（2）（3）
    例：（1）（2）（2）（4）→ （1）（2）（3）（4）
    例：一是……；二是……；四是…… → 一是……；二是……；三是……
    改法：改成应有的序号；如果真是漏了一段，把它补上。
    不报：另一条、另一个小标题下面重新从 1 编起；只有一个序号；句中不从 1 编起的，如引用第（三）（五）项。
    依据：GB/T 9704—2012 7.3.3（层次序数依次标注）。
    修复：要 --unsafe-fixes，从这里起连续的序号一并改。
    ---
    A gap or a repeat in the typed numbers of an item, or in 一是……二是……, 第一，……第二，……, （1）……（2）…… within its texts.
    Silent where a series begins again at 1, under another heading or in another item, and on numbers within a text that
    do not begin at 1. Fix: on request; it renumbers the stretch that begins here.
    """
    ends: dict[int, int] = {}
    for nodes in items(draft):
        for run in _series_within(nodes):
            yield from _check_run(run, {})
        before = dict(ends)
        for run in _runs(nodes):
            yield from _check_run(run, before)
            ends[run[0].marker.level] = run[-1].marker.number


def _runs(nodes: tuple[TextNode, ...]) -> Iterator[list[Marked]]:
    """The series of typed numbers of an item; a higher level, other text or a heading lets a lower one begin again."""
    found = {one.node.path: one for one in typed(nodes)}
    if not found:
        return
    following: dict[NodePath, int] = {}
    latest: dict[int, int] = {}
    for path, (_, marker) in reversed(found.items()):
        following[path] = latest.get(marker.level, 0)
        latest[marker.level] = marker.number
    open_runs: dict[int, list[Marked]] = {}
    interrupted = False
    automatic = 0
    for node in nodes:
        one = found.get(node.path)
        if one is None:
            if node.kind == "heading":
                yield from open_runs.values()
                open_runs = {}
            elif node.kind == "point":
                automatic = int(node.path[-1]) + 1
            interrupted = True
            continue
        level, number = one.marker.level, one.marker.number
        for deeper in [other for other in open_runs if other > level]:
            yield open_runs.pop(deeper)
        run = open_runs.get(level)
        if run is not None and number == 1:
            last = run[-1].marker.number
            repeated = not interrupted and last == 1
            if not repeated and (interrupted or following[node.path] != last + 2):
                yield open_runs.pop(level)
                run = None
        if run is None and automatic and number != 1:
            interrupted = False  # it goes on from points that number themselves
            automatic = 0
            continue
        if run is None:
            open_runs[level] = [one]
        else:
            run.append(one)
        interrupted = False
    yield from open_runs.values()


def _check_run(run: list[Marked], ends: dict[int, int]) -> Iterator[Problem]:
    values = [one.marker.number for one in run]
    level, first = run[0].marker.level, 1
    if len(values) == 1:
        return
    if values[1] != 2 and values[2:3] != [3]:
        first = values[0]
        if first == 2 and ends.get(level) != 1:
            yield _wrong(run[0], 1, None, Message("补上前面的序号", "add the numbers before it"))
    shift, index = 0, 0
    while index < len(values):
        expected = first + index
        ahead = [
            value == expected + shift + 1 + step for step, value in enumerate(values[index + 1 : index + 3])
        ]
        if values[index] == expected + shift:
            index += 1
            continue
        stretch = 1
        gap = not any(ahead)
        if gap:
            shift = values[index] - expected
            while index + stretch < len(values) and values[index + stretch] == values[index] + stretch:
                stretch += 1
        edits = tuple(
            edit for step in range(stretch) for edit in _renumber(run[index + step], first + index + step)
        )
        right = label(level, expected)
        also = "，后面的顺次改" if stretch > 1 else ""
        missing = "；如果漏了一段，把它补上" if gap and values[index] > expected else ""
        hint = Message(
            f"改为{right}{also}{missing}", f"write {right}" + (" and renumber what follows" if also else "")
        )
        yield _wrong(run[index], expected, Fix(False, edits) if len(edits) == stretch else None, hint)
        index += stretch


def _renumber(one: Marked, number: int) -> Iterator[Edit]:
    marker, text = one.marker, one.node.text
    digits = text[marker.digits : marker.digits_end]
    if digits in (str(marker.number), numeral(marker.number)):
        right = str(number) if marker.level in (3, POINT) else numeral(number)
        yield Edit(one.node.path, marker.digits, marker.digits_end, right)


def _wrong(one: Marked, expected: int, fix: Fix | None, hint: Message) -> Problem:
    marker = one.marker
    right = label(marker.level, expected)
    return Problem(
        one.node.path,
        Message(f"应为{right}，实为{marker.label}", f"expected {right}, found {marker.label}"),
        hint,
        (marker.start, marker.end),
        fix,
    )


_NUMERAL = "[一二三四五六七八九十]{1,3}"
_WITHIN = re.compile(
    rf"""(?:(?<=[，。；：、？！])|^[*　\s]*)(?:(?P<is>{_NUMERAL})(?=是(?!否|非))|第(?P<th>{_NUMERAL})，)
    |(?:(?<=[。；：？！])|(?<=：“)|^[*　\s]*)(?:[（(](?P<point>\d{{1,2}}|{_NUMERAL})[）)](?!式)|(?P<circled>[①-⑳]))""",
    re.VERBOSE,
)
_MAY_BE_WITHIN = re.compile(
    r"[一二三四五六七八九十]是|第[一二三四五六七八九十]{1,3}，|[（(][1-9一二三四五六七八九十]{1,3}[）)]|[①-⑳]"
)
_NEAR: Final = 240
"""Characters between two numbers of one series within a text; more than that, and a series may have ended unseen."""
_LEVELS: Final = {"is": IS, "th": TH, "point": POINT, "circled": CIRCLED}


def _series_within(nodes: tuple[TextNode, ...]) -> Iterator[list[Marked]]:
    """The series 一是, 二是 … within the texts of an item: those that begin at 1 and have a second number.

    A series may hold others; a number goes on with the innermost that it fits, else with the innermost if that is near.
    What fits none, and has none beside it, is no part of a series that can be followed.
    """
    open_runs: dict[int, list[list[Marked]]] = {}
    for node in nodes:
        if not node.is_running:
            continue
        for one in _within(node):
            stack = open_runs.setdefault(one.marker.level, [])
            number = one.marker.number
            fitting = next((run for run in reversed(stack) if run[-1].marker.number == number - 1), None)
            if number == 1:
                stack.append([one])
            elif fitting is not None:
                while stack[-1] is not fitting:
                    yield stack.pop()
                fitting.append(one)
            elif stack and _is_beside(stack[-1][-1], one):
                stack[-1].append(one)
            else:
                yield from reversed(stack)
                stack.clear()
    for stack in open_runs.values():
        yield from reversed(stack)


def _is_beside(before: Marked, one: Marked) -> bool:
    """Whether two numbers of a text are so near that they must be of one series."""
    return before.node.path == one.node.path and one.marker.start - before.marker.end <= _NEAR


def _within(node: TextNode) -> Iterator[Marked]:
    text = node.text
    if _MAY_BE_WITHIN.search(text) is None:
        return
    opening = opening_marker(text)
    for match in _WITHIN.finditer(text):
        kind = match.lastgroup or ""
        start, end = match.span(kind)
        if opening is not None and start < opening.end:
            continue
        written = match[kind]
        level = _LEVELS[kind]
        if level == CIRCLED:
            number = ord(written) - 0x245F
        else:
            number = int(written) if written.isdecimal() else NUMERALS.get(written, 0)
        if level == POINT and not written.isdecimal():
            level = 2
        if number:
            first, last = (start - 1, end + 1) if level in (2, POINT, TH) else (start, end + (level == IS))
            yield Marked(node, Marker(level, number, first, last, start, end, text[first:last]))
