"""Fixes in, the YAML's text with exactly those characters changed out. Reads and writes nothing.

A fix's edits name characters of a value; `authoring.source.scalars` knows where each stands in the raw text. A fix that
cannot be told exactly, or that the scalar could hold only in other quotes, is left out. What is done is proved: the new
text is parsed, and its values must be the old ones with just these edits applied. Comments, quoting and layout stay as
they are because nothing else is touched.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from authoring.diagnostics import AuthoringError, Diagnostic, Edit, Message
from authoring.source.document import Document, parse
from authoring.source.raw import RawEdit, line_starts, overlap, replaced, stretch, text_at


class LeftOut(NamedTuple):
    """A fix that was not applied, and why."""

    diagnostic: Diagnostic
    reason: Message


class Fixed(NamedTuple):
    """The text after the fixes that were applied, and those that were not."""

    text: str
    applied: tuple[Diagnostic, ...]
    left_out: tuple[LeftOut, ...]


class _Candidate(NamedTuple):
    """A fix that may be applied: its edits, and the changes to the file's text that make them."""

    diagnostic: Diagnostic
    edits: tuple[Edit, ...]
    changes: tuple[RawEdit, ...]


OUTSIDE = Message("不在这份稿件里（在刊物文件里）", "it stands in the publication's file")
NO_PLACE = Message("在 YAML 里的位置说不准", "its place in the YAML cannot be told exactly")
NEEDS_QUOTES = Message("改后要换引号或转义，请手工改", "it would need other quotes or an escape here")
OVERLAPS = Message("与另一处改动重叠", "it overlaps another fix")
NOT_PROVED = Message(
    "改后的稿件与预期不符，一处都没有改", "the result is not what was meant; nothing was changed"
)


def apply_fixes(document: Document, diagnostics: Iterable[Diagnostic], *, unsafe: bool = False) -> Fixed:
    """The text of `document` with the fixes of `diagnostics` applied: the safe ones, with `unsafe` every one.

    A fix is applied whole or not at all. Of two that overlap, the first is. Should the proof fail for all of them
    together, the text is returned as it was.
    """
    left_out: list[LeftOut] = []
    candidates: list[_Candidate] = []
    repeats: list[_Candidate] = []
    made: set[Edit] = set()
    changes: list[RawEdit] = []
    starts = line_starts(document)
    for diagnostic in diagnostics:
        if diagnostic.fix is None or not (diagnostic.fix.safe or unsafe):
            continue
        edits = tuple(dict.fromkeys(diagnostic.fix.edits))
        found = _changes(document, starts, edits)
        if isinstance(found, Message):
            left_out.append(LeftOut(diagnostic, found))
        elif made.issuperset(edits):
            repeats.append(_Candidate(diagnostic, edits, ()))  # another rule has asked for the same
        elif overlap([*changes, *found]):
            left_out.append(LeftOut(diagnostic, OVERLAPS))
        else:
            candidates.append(_Candidate(diagnostic, edits, tuple(found)))
            made.update(edits)
            changes += found
    kept = _provable(document, candidates)
    proved = set(kept)
    left_out += [LeftOut(one.diagnostic, NEEDS_QUOTES) for one in candidates if one not in proved]
    if not _proves(document, kept):
        return Fixed(document.text, (), (*left_out, *(LeftOut(one.diagnostic, NOT_PROVED) for one in kept)))
    done = {edit for one in kept for edit in one.edits}
    for one in repeats:
        if done.issuperset(one.edits):
            kept.append(one)
        else:
            left_out.append(LeftOut(one.diagnostic, NEEDS_QUOTES))
    text = replaced(document.text, [change for one in kept for change in one.changes])
    return Fixed(text, tuple(one.diagnostic for one in kept), tuple(left_out))


def edited(value: Any, edits: Iterable[Edit]) -> Any:
    """A copy of the tree `value` with `edits` applied to its texts; they may not overlap."""
    result = copy.deepcopy(value)
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        holder = result
        for part in edit.path[:-1]:
            holder = holder[part]
        text = holder[edit.path[-1]]
        holder[edit.path[-1]] = text[: edit.start] + edit.text + text[edit.end :]
    return result


def _changes(document: Document, starts: Sequence[int], edits: Sequence[Edit]) -> list[RawEdit] | Message:
    """Where `edits` fall in the file's text, or why they cannot be made."""
    changes: list[RawEdit] = []
    for edit in edits:
        span = document.spans.get(edit.path)
        text = text_at(document.value, edit.path)
        if span is None or text is None:
            return OUTSIDE
        if not 0 <= edit.start <= edit.end <= len(text):
            return NO_PLACE
        found = document.places(edit.path)
        if not found:
            return NO_PLACE
        style = document.lines[span.line - 1][span.column - 1]
        if _needs_escape(edit.text, style, plain=edit.path in document.plain):
            return NEEDS_QUOTES
        raw = stretch(document, starts, found, edit)
        if raw is None:
            return NO_PLACE
        changes.append(RawEdit(*raw, edit.text))
    return changes if not overlap(changes) else OVERLAPS


def _needs_escape(text: str, style: str, *, plain: bool) -> bool:
    if any(char in "\n\r\x85\u2028\u2029" or (char < " " and char != "\t") for char in text):
        return True
    return not plain and ((style == "'" and "'" in text) or (style == '"' and ('"' in text or "\\" in text)))


def _provable(document: Document, candidates: list[_Candidate]) -> list[_Candidate]:
    """Those of `candidates` that can be proved: all together, else each half by itself."""
    if not candidates or _proves(document, candidates):
        return candidates
    if len(candidates) == 1:
        return []
    half = len(candidates) // 2
    return _provable(document, candidates[:half]) + _provable(document, candidates[half:])


def _proves(document: Document, candidates: Sequence[_Candidate]) -> bool:
    """Whether the text with `candidates` applied parses to the old values with just their edits, styles unchanged."""
    text = replaced(document.text, [change for one in candidates for change in one.changes])
    try:
        result = parse(text, document.file)
    except AuthoringError:
        return False
    edits = [edit for one in candidates for edit in one.edits]
    return bool(result.value == edited(document.value, edits)) and result.plain == document.plain
