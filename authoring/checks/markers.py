"""Numbers that an editor typed at the start of a paragraph, a point or a heading: 一、 （一） 1. （1） (GB/T 9704 7.3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from authoring.checks.draft import Draft, Problem, TextNode
from authoring.diagnostics import Edit, Fix, Message
from authoring.inline import plain
from authoring.markers import POINT, Marker, label, opening_marker
from authoring.model import Heading, Points
from authoring.wording import numeral


class Marked(NamedTuple):
    node: TextNode
    marker: Marker


def typed(nodes: tuple[TextNode, ...]) -> tuple[Marked, ...]:
    """The paragraphs of an item that begin with a number; `3）` only where it stands in the series of （n）."""
    found = [
        Marked(node, marker)
        for node in nodes
        if node.kind == "paragraph" and node.path[-1] != "text" and (marker := opening_marker(node.text))
    ]
    kept: list[Marked] = []
    last, below = 0, False
    for index, one in enumerate(found):
        level, number, whole = one.marker.level, one.marker.number, one.marker.whole
        if level == POINT and not whole:
            following = [other.marker for other in found[index + 1 : index + 2]]
            opens = last == 0 and any(
                next_.level == POINT and next_.whole and next_.number == number + 1 for next_ in following
            )
            below = below or not ((last and number == last + 1) or opens)
            if below:
                continue
        elif level == POINT:
            below = False
        else:
            last, below = 0, False
        if level == POINT:
            last = number
        kept.append(one)
    return tuple(_of_its_series(kept, index) for index in range(len(kept)))


def _of_its_series(found: list[Marked], index: int) -> Marked:
    """A marker of another level between two of a series that lacks just its number is one of them: （1） 2. （3）."""
    one = found[index]
    if 0 < index < len(found) - 1:
        before, marker, after = found[index - 1].marker, one.marker, found[index + 1].marker
        lacking = before.level == after.level and (before.number, after.number) == (
            marker.number - 1,
            marker.number + 1,
        )
        if lacking and marker.level != before.level:
            return one._replace(marker=marker._replace(level=before.level))
    return one


def items(draft: Draft) -> Iterator[tuple[TextNode, ...]]:
    """The texts of each item, in one pass."""
    in_items = (node for node in draft.nodes if node.item >= 0)
    for _, nodes in groupby(in_items, key=lambda node: (node.section, node.item)):
        yield tuple(nodes)


def marker_form(draft: Draft) -> Iterator[Problem]:
    """序号写法不合规范，或者自己写了会自动编排的序号。

    为什么：公文的层次序数依次为“一、”“（一）”“1.”“（1）”，括号用全角，带括号的序号后面不再加顿号、句点。
    points 和 heading 的序号由排版自动编，再写一遍就会印出两个。
    例：(3)提升原始创新能力。→ （3）提升原始创新能力。
    例：（3）、提升原始创新能力。→ （3）提升原始创新能力。
    例：（1）…… 2.…… （3）…… → 中间一个改为（2）
    例：points 里写“（1）健全机制。”→ 健全机制。
    改法：改成同级的规范写法；points 和 heading 里的序号删去，要从别的数编起就写 start。
    不报：句中的（3）、公式编号；前后都写“1）2）3）”的下一级序号。
    依据：GB/T 9704—2012 7.3.3（层次序数）；GB/T 15834—2011 4.5（顿号）、4.9（括号）。
    修复：安全（--fix）；points、heading 里的序号与自动编的数不同时，要 --unsafe-fixes。
    ---
    A typed number is not written 一、 （一） 1. （1） (full-width brackets, nothing after them), or stands where
    `points` and `heading` number by themselves. Silent on numbers inside a sentence and on a consistent level below.
    Fix: safe; on request where the typed number differs from the automatic one.
    """
    for nodes in items(draft):
        found = typed(nodes)
        dotted = any(one.marker.level == 3 and one.marker.written.endswith(".") for one in found)
        for node, marker in found:
            if marker.written == marker.label or (marker.level == 3 and not dotted):
                continue
            yield Problem(
                node.path,
                Message(
                    f"序号应写作{marker.label}，实为{marker.written}",
                    f"write {marker.label}, not {marker.written}",
                ),
                Message(f"改为{marker.label}", f"write {marker.label}"),
                (marker.start, marker.end),
                Fix(True, tuple(_reshape(node, marker))),
            )
        yield from _doubled(draft, nodes)


def _reshape(node: TextNode, marker: Marker) -> Iterator[Edit]:
    """Edits that give `marker` its form; those of the number only where the number itself is oddly written."""
    number = numeral(marker.number) if marker.level < 3 else str(marker.number)
    before, _, behind = marker.label.partition(number)
    if marker.written[0] == chr(0x2473 + marker.number):
        yield Edit(node.path, marker.start, marker.end, marker.label)
        return
    for start, end, text in (
        (marker.start, marker.digits, before),
        (marker.digits, marker.digits_end, number),
        (marker.digits_end, marker.end, behind),
    ):
        if node.text[start:end] != text:
            yield Edit(node.path, start, end, text)


def _doubled(draft: Draft, nodes: tuple[TextNode, ...]) -> Iterator[Problem]:
    """Numbers typed in points and headings, which number themselves."""
    counts = {1: 0, 2: 0, 3: 0}
    for node in nodes:
        if node.kind not in ("point", "heading"):
            continue
        block = draft.issue.sections[node.section].items[node.item].body[int(str(node.path[5]))]
        level, number = POINT, 0
        if isinstance(block, Points):
            number = block.start + int(node.path[-1])
        elif isinstance(block, Heading):
            level = block.level
            counts[level] += 1
            counts |= {deeper: 0 for deeper in counts if deeper > level}
            number = counts[level]
        marker = opening_marker(node.text)
        if marker is None or (level == POINT and marker.level != POINT and marker.number != number):
            continue
        right = label(level, number)
        end = marker.end + len(node.text[marker.end :]) - len(node.text[marker.end :].lstrip(" "))
        hint = Message(f"删去{marker.written}", f"delete {marker.written}")
        if level == POINT and marker.number != number:
            hint = Message(
                f"删去{marker.written}；要从{marker.label}编起，就写 start: {marker.number}",
                f"delete {marker.written}; to begin with it, write start: {marker.number}",
            )
        same = marker.number == number and (level == POINT or marker.level == level)
        edits = (Edit(node.path, marker.start, end, ""),)
        rest = node.text[: marker.start] + node.text[end:]
        yield Problem(
            node.path,
            Message(
                f"序号自动编，不要自己写：会印成“{right}{marker.written}”",
                f"numbered automatically, so this would print {right}{marker.written}",
            ),
            hint,
            (marker.start, marker.end),
            Fix(same, edits) if plain(rest).strip() and opening_marker(rest) is None else None,
        )
