"""Reads tests/checks/cases/*.txt (cases/README.md describes them), builds their drafts and runs a rule over them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

from authoring.checks import Draft, Problem, Rule, draft_of
from authoring.checks.draft import Kind
from authoring.diagnostics import Edit, NodePath
from authoring.model import Issue, Publication
from authoring.source import known_publications, load_publication

FOLDER = Path(__file__).parent / "cases"
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|[nts\\〔〕])")
_ESCAPES = {"n": "\n", "t": "\t", "s": " ", "\\": "\\", "〔": "〔", "〕": "〕"}
_KIND = re.compile(r"\[(points?|heading|headline|section|recipients)(?: (\d+))?\]")
_KINDS: dict[str, Kind] = {"points": "point", **{kind: kind for kind in get_args(Kind)}}


class Text(NamedTuple):
    """A line of a case. marks: the places to be found in it. fixed, message: as expected, where the case says so."""

    kind: Kind
    number: int
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    fixed: str | None = None
    message: str | None = None


class Case(NamedTuple):
    """Texts of one draft. line: where they begin in the file."""

    line: int
    texts: tuple[Text, ...]

    @property
    def fires(self) -> bool:
        return any(text.marks for text in self.texts)


class Built(NamedTuple):
    """The draft of a case, and the place of each of its texts in it."""

    issue: dict[str, Any]
    paths: tuple[NodePath, ...]

    @property
    def draft(self) -> Draft:
        return draft_with(self.issue)


def cases(code: str) -> tuple[Case, ...]:
    """The cases of the rule `code`, in the order of its file."""
    return tuple(_read((FOLDER / f"{code}.txt").read_text(encoding="utf-8")))


def _read(source: str) -> Iterator[Case]:
    texts: list[Text] = []
    begun, grouped = 0, False
    for number, line in enumerate(source.split("\n"), 1):
        sign, text = line[:1], line[2:]
        if not line.strip() or sign == "#":
            continue
        if line.rstrip() == "---" or (sign in "+-" and not grouped):
            if texts:
                yield Case(begun, tuple(texts))
            texts, begun = [], number
        if line.rstrip() == "---":
            grouped = not grouped
        elif sign in "+-":
            texts.append(_text(sign, text))
        elif texts and (sign == ">" or (sign == "!" and texts[-1].marks)):
            last = texts[-1]
            texts[-1] = last._replace(fixed=unescaped(text)) if sign == ">" else last._replace(message=text)
        else:
            raise ValueError(f"line {number}: {line}")
    if grouped:
        raise ValueError(f"line {begun}: a group that nothing closes")
    if texts:
        yield Case(begun, tuple(texts))


def _text(sign: str, text: str) -> Text:
    kind, number = "paragraph", 0
    if match := _KIND.match(text):
        kind, number = match[1], int(match[2] or match[1] == "points")
        text = text[match.end() :].lstrip(" ")
    if sign == "-":
        return Text(_KINDS[kind], number, unescaped(text))
    plain, marks, opened = "", [], 0
    for piece in re.split(r"(?<!\\)([〔〕])", text):
        if piece == "〔":
            opened = len(plain)
        elif piece == "〕":
            marks.append((opened, len(plain)))
        else:
            plain += unescaped(piece)
    if not marks:
        raise ValueError(f"nothing is marked in {text}")
    return Text(_KINDS[kind], number, plain, tuple(marks))


def unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1]) or chr(int(match[1][1:], 16)), text)


@cache
def publication() -> Publication:
    """创新驱动要参, as shipped."""
    name = "chuangxin-qudong-yaocan"
    return load_publication(known_publications(Path())[name])[0]


def draft_with(issue: dict[str, Any]) -> Draft:
    """The draft of an issue given as plain values."""
    return draft_of(Issue.model_validate(issue), publication())


def built(case: Case) -> Built:
    """The issue that a case stands for."""
    sections: list[dict[str, Any]] = []
    recipients: list[str] = []
    paths = tuple(_add(text, sections, recipients) for text in case.texts)
    for section in sections or [_section("部委动态", sections)]:
        for item in section["items"] or [_item("标题", section)]:
            item["body"] = item["body"] or ["正文。"]
    issue: dict[str, Any] = {
        "publication": publication().id, "number": 50, "date": "2025-10-13", "sections": sections,
    }  # fmt: skip
    if recipients:
        issue["imprint"] = {"distribution": [{"label": "主送", "recipients": recipients}]}
    return Built(issue, paths)


def _section(name: str, sections: list[dict[str, Any]]) -> dict[str, Any]:
    sections.append({"name": name, "items": []})
    return sections[-1]


def _item(headline: str, section: dict[str, Any]) -> dict[str, Any]:
    section["items"].append({"headline": headline, "body": []})
    item: dict[str, Any] = section["items"][-1]
    return item


def _add(text: Text, sections: list[dict[str, Any]], recipients: list[str]) -> NodePath:
    """Put a text where it belongs; its place."""
    if text.kind == "recipients":
        recipients.append(text.text)
        return ("imprint", "distribution", 0, "recipients", len(recipients) - 1)
    if text.kind == "section":
        _section(text.text, sections)
        return ("sections", len(sections) - 1, "name")
    section = sections[-1] if sections else _section("部委动态", sections)
    in_section: NodePath = ("sections", len(sections) - 1, "items")
    if text.kind == "headline":
        _item(text.text, section)
        return (*in_section, len(section["items"]) - 1, "headline")
    item = section["items"][-1] if section["items"] else _item("标题", section)
    body: list[Any] = item["body"]
    follows = text.kind == "point" and not text.number and body and "points" in body[-1]
    if follows:
        body[-1]["points"].append(text.text)
    elif text.kind == "point":
        body.append({"points": [text.text], "start": text.number or 1})
    elif text.kind == "heading":
        body.append({"heading": text.text, "level": text.number or 1})
    else:
        body.append(text.text)
    path: NodePath = (*in_section, len(section["items"]) - 1, "body", len(body) - 1)
    if text.kind == "heading":
        return (*path, "heading")
    return (*path, "points", len(body[-1]["points"]) - 1) if text.kind == "point" else path


def marked(draft: Draft, problems: Iterable[Problem]) -> dict[NodePath, str]:
    """What was found, in the notation of the cases: each text with its marked places in brackets."""
    texts = {node.path: node.text for node in draft.nodes}
    found: dict[NodePath, list[tuple[int, int]]] = {}
    for problem in problems:
        found.setdefault(problem.path, []).append(problem.at or (0, 0))
    return {path: with_marks(texts[path], marks) for path, marks in found.items()}


def with_marks(text: str, marks: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(marks, reverse=True):
        text = f"{text[:start]}〔{text[start:end]}〕{text[end:]}"
    return text


def after(issue: dict[str, Any], problems: Iterable[Problem]) -> dict[str, Any]:
    """The issue with the fixes of `problems` applied: edits that say the same are one, overlapping ones an error."""
    edits: dict[NodePath, set[Edit]] = {}
    for problem in problems:
        for edit in problem.fix.edits if problem.fix else ():
            edits.setdefault(edit.path, set()).add(edit)
    for path, changes in edits.items():
        issue = _edited(issue, path, sorted(changes, key=lambda edit: (edit.start, edit.end)))
    return issue


def _edited(value: Any, path: NodePath, edits: list[Edit]) -> Any:
    if not path:
        pieces, at = [], 0
        for edit in edits:
            assert at <= edit.start <= edit.end <= len(value), (
                f"edits overlap or lie outside of {value}: {edits}"
            )
            pieces += [value[at : edit.start], edit.text]
            at = edit.end
        return "".join(pieces) + value[at:]
    changed: Any = dict(value) if isinstance(value, dict) else list(value)
    changed[path[0]] = _edited(value[path[0]], path[1:], edits)
    return changed


def verify(case: Case, rule: Rule, others: Iterable[Rule] = ()) -> None:
    """Assert all that a case says of `rule`; its fixes must end its findings, and begin none of `others`."""
    issue, paths = built(case)
    draft = draft_with(issue)
    problems = list(rule.find(draft))
    expected = {
        path: with_marks(text.text, text.marks)
        for path, text in zip(paths, case.texts, strict=True)
        if text.marks
    }
    assert marked(draft, problems) == expected
    for path, text in zip(paths, case.texts, strict=True):
        if text.message is not None:
            first = min(
                (found for found in problems if found.path == path), key=lambda found: found.at or (0, 0)
            )
            assert text.message in f"{first.message.zh} {first.hint.zh}"
    fixed = draft_with(after(issue, problems))
    texts = {node.path: node.text for node in fixed.nodes}
    for path, text in zip(paths, case.texts, strict=True):
        if text.fixed is not None or not text.marks:
            assert texts[path] == (text.text if text.fixed is None else text.fixed)
    assert len(list(rule.find(fixed))) == sum(1 for problem in problems if problem.fix is None)
    for other in others:
        new, old = list(other.find(fixed)), list(other.find(draft))
        assert len(new) <= len(old), f"the fix leaves {other.code}: {marked(fixed, new)}"
