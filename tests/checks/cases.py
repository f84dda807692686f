"""Reads tests/checks/cases/*.txt (cases/README.md describes them), builds their drafts and runs a rule over them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from authoring.checks import Draft, History, Problem, Rule, draft_of
from authoring.diagnostics import Edit, NodePath
from authoring.model import Issue, Publication
from authoring.source import known_publications, load_publication

FOLDER = Path(__file__).parent / "cases"
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|[nts\\〔〕])")
_ESCAPES = {"n": "\n", "t": "\t", "s": " ", "\\": "\\", "〔": "〔", "〕": "〕"}
_KINDS = (
    "section|headline|paragraph|points?|heading|recipients|list|once|number|date|masthead|numbering|issuer|printed|"
    "earlier|archived|contents|sections|distribution|issuers"
)
_KIND = re.compile(rf"\[({_KINDS})(?: (\d+))?\]")


class Text(NamedTuple):
    """A line of a case. marks: the places to be found in it. fixed, message: as expected, where the case says so."""

    kind: str
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
    """What a case stands for: the plain issue, the place of each of its texts, and what else is known of it.

    contents: the entries of the contents list it had. earlier: the issues before it, `complete` where they are all.
    """

    issue: dict[str, Any]
    paths: tuple[NodePath, ...]
    contents: tuple[str, ...] | None = None
    earlier: tuple[dict[str, Any], ...] | None = None
    complete: bool = False

    @property
    def draft(self) -> Draft:
        return self.draft_with(self.issue)

    def draft_with(self, issue: dict[str, Any]) -> Draft:
        """The draft of another `issue` of which the same is known."""
        history = None
        if self.earlier is not None:
            history = History(map(Issue.model_validate, self.earlier), complete=self.complete)
        validated = Issue.model_validate(issue)
        return draft_of(validated, publication(), contents=self.contents, history=history)


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
        kind, number = match[1], int(match[2] or 0)
        text = text[match.end() :].lstrip(" ")
    if sign == "-":
        return Text(kind, number, unescaped(text))
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
    return Text(kind, number, plain, tuple(marks))


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
    builder = _Builder()
    paths = tuple(builder.add(text) for text in case.texts)
    return builder.built(paths)


class _Builder:
    """Puts one text after the other where it belongs in an issue."""

    def __init__(self) -> None:
        self._sections: list[dict[str, Any]] = []
        self._own: dict[str, Any] = {}
        self._masthead: dict[str, Any] = {}
        self._imprint: dict[str, Any] = {}
        self._contents: list[str] | None = None
        self._earlier: list[dict[str, Any]] | None = None
        self._complete = False

    def built(self, paths: tuple[NodePath, ...]) -> Built:
        sections = self._sections or [self._section("部委动态")]
        for section in sections:
            for item in section["items"] or [self._item("标题", section)]:
                item["body"] = item["body"] or ["正文。"]
        issue = _issue(**self._own, sections=sections)
        for name, part in (("masthead", self._masthead), ("imprint", self._imprint)):
            if part:
                issue[name] = part
        contents = None if self._contents is None else tuple(self._contents)
        earlier = None if self._earlier is None else tuple(self._earlier)
        return Built(issue, paths, contents, earlier, self._complete)

    def add(self, text: Text) -> NodePath:
        """Put a text where it belongs; its place."""
        match text.kind:
            case "number" | "date":
                self._own[text.kind] = text.text
                return (text.kind,)
            case "masthead":
                issuers = self._masthead.setdefault("issuers", [])
                issuers.append(text.text)
                return ("masthead", "issuers", len(issuers) - 1)
            case "numbering":
                self._masthead["number_line"] = text.text
                return ("masthead", "number_line")
            case "issuer" | "printed":
                field = "date" if text.kind == "printed" else text.kind
                self._imprint[field] = text.text
                return ("imprint", field)
            case "list" | "once" | "recipients":
                return self._recipients(text)
            case "earlier" | "archived":
                return self._before(text)
            case "contents":
                self._contents = [*(self._contents or ()), *([text.text] if text.text else ())]
                return ("contents",)
            case "sections":
                return ("sections",)
            case "distribution" | "issuers":
                return ("imprint", "distribution") if text.kind == "distribution" else ("masthead", "issuers")
            case _:
                return self._text(text)

    def _recipients(self, text: Text) -> NodePath:
        lists = self._imprint.setdefault("distribution", [])
        path: NodePath = ("imprint", "distribution")
        if text.kind != "recipients":
            lists.append({"label": text.text, "recipients": [], "one_off": text.kind == "once"})
            return (*path, len(lists) - 1, "label")
        if not lists:
            lists.append({"label": "主送", "recipients": []})
        names = lists[-1]["recipients"]
        names.append(text.text)
        return (*path, len(lists) - 1, "recipients", len(names) - 1)

    def _before(self, text: Text) -> NodePath:
        """An issue that came before: its number, then its date, headline and opening (a number_line where it is none)."""
        date, _, rest = text.text.partition(" ")
        headline, _, opening = rest.partition(" ")
        item = {"headline": headline or f"第{text.number}期的标题", "body": [opening or "正文。"]}
        old = _issue(number=text.number, date=date, sections=[{"name": "部委动态", "items": [item]}])
        if "增刊" in headline:
            old["masthead"] = {"number_line": "增刊第{number}期"}
        self._earlier = [*(self._earlier or ()), *([old] if date else ())]
        self._complete = text.kind == "archived"
        return ("earlier", len(self._earlier))

    def _text(self, text: Text) -> NodePath:
        if text.kind == "section":
            self._section(text.text)
            return ("sections", len(self._sections) - 1, "name")
        section = self._sections[-1] if self._sections else self._section("部委动态")
        in_section: NodePath = ("sections", len(self._sections) - 1, "items")
        if text.kind == "headline":
            self._item(text.text, section)
            return (*in_section, len(section["items"]) - 1, "headline")
        item = section["items"][-1] if section["items"] else self._item("标题", section)
        body: list[Any] = item["body"]
        follows = text.kind == "point" and not text.number and body and "points" in body[-1]
        if follows:
            body[-1]["points"].append(text.text)
        elif text.kind in ("point", "points"):
            body.append({"points": [text.text], "start": text.number or 1})
        elif text.kind == "heading":
            body.append({"heading": text.text, "level": text.number or 1})
        else:
            body.append(text.text)
        path: NodePath = (*in_section, len(section["items"]) - 1, "body", len(body) - 1)
        if text.kind == "heading":
            return (*path, "heading")
        if text.kind in ("point", "points"):
            return (*path, "points", len(body[-1]["points"]) - 1)
        return path

    def _section(self, name: str) -> dict[str, Any]:
        self._sections.append({"name": name, "items": []})
        return self._sections[-1]

    def _item(self, headline: str, section: dict[str, Any]) -> dict[str, Any]:
        section["items"].append({"headline": headline, "body": []})
        item: dict[str, Any] = section["items"][-1]
        return item


def _issue(**fields: Any) -> dict[str, Any]:
    return {"publication": publication().id, "number": 50, "date": "2025-10-13", **fields}


def _text_at(issue: Any, path: NodePath) -> str:
    """The text or figure at `path` of a plain issue; empty where a whole part of it stands there."""
    for part in path:
        if isinstance(issue, dict) and part not in issue:
            return ""
        issue = issue[part]
    return "" if isinstance(issue, dict | list) else str(issue)


def marked(issue: dict[str, Any], problems: Iterable[Problem]) -> dict[NodePath, str]:
    """What was found, in the notation of the cases: each text with its marked places in brackets."""
    found: dict[NodePath, list[tuple[int, int]]] = {}
    for problem in problems:
        text = _text_at(issue, problem.path)
        found.setdefault(problem.path, []).append(problem.at or (0, len(text)))
    return {path: with_marks(_text_at(issue, path), marks) for path, marks in found.items()}


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
    known = built(case)
    issue, paths, draft = known.issue, known.paths, known.draft
    problems = list(rule.find(draft))
    expected = {
        path: with_marks(text.text, text.marks)
        for path, text in zip(paths, case.texts, strict=True)
        if text.marks
    }
    assert marked(issue, problems) == expected
    for path, text in zip(paths, case.texts, strict=True):
        if text.message is not None:
            first = min(
                (found for found in problems if found.path == path), key=lambda found: found.at or (0, 0)
            )
            assert text.message in f"{first.message.zh} {first.hint.zh}"
    mended = after(issue, problems)
    fixed = known.draft_with(mended)
    for path, text in zip(paths, case.texts, strict=True):
        if path[0] in mended and (text.fixed is not None or not text.marks):
            assert _text_at(mended, path) == (text.text if text.fixed is None else text.fixed)
    assert len(list(rule.find(fixed))) == sum(1 for problem in problems if problem.fix is None)
    for other in others:
        new, old = list(other.find(fixed)), list(other.find(draft))
        assert len(new) <= len(old), f"the fix leaves {other.code}: {marked(mended, new)}"
