"""A text in a document and what it shall say in, the edits of its raw characters out: in its own style where that holds it."""

from __future__ import annotations

import difflib

from authoring.diagnostics import AuthoringError, Edit, NodePath
from authoring.source.document import parse
from authoring.source.raw import Raw, RawEdit, overlap, replaced, stretch
from authoring.source.writing import escaped, flow_yaml, scalar
from authoring.updating.aligning import ALIKE, Same, same_tree, text_similarity

_MOST = 4_000_000
"""Pairs of characters that are compared one by one; in longer texts what differs is one stretch."""


def text_edits(raw: Raw, path: NodePath, new: str | None, field: str, same: Same) -> list[RawEdit]:
    """The edits that make the text at `path` say `new`: its changed characters alone, else all of it in another style.

    field: whose value it is, "" for a list's entry. A comment beside the text stays.
    """
    old = raw.value(path)
    in_flow = any(raw.style(path[:depth]) for depth in range(len(path)))
    start, end = raw.extent(path)
    if isinstance(old, str) and isinstance(new, str):
        within = _within(raw, path, old, new, same)
        if within and _says(raw, start, replaced(raw.text, within, start, end), new, same, in_flow=in_flow):
            return within
    written = flow_yaml(new) if in_flow else scalar(new, field)
    if old is None and start == end:
        written = f" {written}"
    elif raw.style(path) in ("|", ">"):
        header = raw.text[start:end].splitlines()[0]
        written += f"  {header[header.index('#') :]}" if "#" in header else ""
    return [RawEdit(start, end, written)]


def _within(raw: Raw, path: NodePath, old: str, new: str, same: Same) -> list[RawEdit]:
    """The edits of the changed characters; none where the text's style cannot hold them."""
    found = raw.document.places(path)
    if not found:
        return []
    inner = old.strip()
    padded = old.replace(inner, new.strip(), 1) if inner else new
    edits = _edits(path, old, padded if same(padded, new) else new)
    visible = [edit for edit in edits if (old[edit.start : edit.end] + edit.text).strip()]
    if visible and len(visible) < len(edits) and same(_applied(old, visible), new):
        edits = visible  # the ends of the file's lines stay
    made: list[RawEdit] = []
    for edit in edits:
        place = stretch(raw.document, raw.starts, found, edit)
        text = escaped(edit.text, raw.style(path))
        if place is None or text is None:
            return []
        made.append(RawEdit(*place, text))
    return [] if overlap(made) else made


def _edits(path: NodePath, old: str, new: str) -> list[Edit]:
    """The least that turns `old` into `new`; one stretch where little of it stays or the texts are long."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    ours, theirs = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(ours) * len(theirs) > _MOST or text_similarity(ours, theirs) < ALIKE:
        return [Edit(path, head, len(old) - tail, theirs)]
    codes = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return [
        Edit(path, head + first, head + last, theirs[start:end])
        for tag, first, last, start, end in codes
        if tag != "equal"
    ]


def _applied(text: str, edits: list[Edit]) -> str:
    return replaced(text, [RawEdit(edit.start, edit.end, edit.text) for edit in edits])


def _says(raw: Raw, start: int, written: str, new: str, same: Same, *, in_flow: bool) -> bool:
    """Whether `written`, which begins at `start`, reads as `new` by itself."""
    line = raw.document.lines[raw.line_of(start) - 1]
    indent = " " * (len(line) - len(line.lstrip(" ")))
    text = f"[{written}\n]" if in_flow else f"{indent}- {written}\n"
    try:
        value = parse(text, raw.document.file).value
    except AuthoringError:
        return False
    return len(value) == 1 and same_tree(value[0], new, same)
