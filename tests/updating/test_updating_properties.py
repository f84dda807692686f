"""Whatever is edited, the file holds it afterwards, and what was not edited is as it was typed, comments and all."""

from __future__ import annotations

import copy
import re
from collections import Counter
from typing import Any

import yaml
from hypothesis import given, reject
from hypothesis import strategies as st

from authoring.diagnostics import InvalidIssue, NodePath
from authoring.inline import parse as inline
from authoring.model import Issue
from authoring.source.document import Document, parse, value_at
from authoring.source.raw import Raw
from authoring.source.writing import issue_value
from authoring.updating import updated
from tests.conftest import ROOT
from tests.source.test_writing import odd
from tests.strategies import blocks, issues, items, sections, texts

SAMPLES = [
    parse((ROOT / "samples" / name).read_text(encoding="utf-8"), name).value
    for name in ("050.yaml", "054.yaml")
]


def loose(old: str, new: str) -> bool:
    return inline(old) == inline(new)


@st.composite
def files(draw: st.DrawFn, value: Any) -> Document:
    """`value` as a file that a person may have: any of YAML's styles, comments and blank lines anywhere, either line end."""
    written = yaml.dump(
        value,
        Dumper=yaml.SafeDumper,
        default_style=draw(st.sampled_from([None, None, "'", '"', "|", ">"])),
        default_flow_style=draw(st.sampled_from([False, False, False, None])),
        allow_unicode=True,
        width=draw(st.sampled_from([20, 60, 100_000])),
        indent=draw(st.sampled_from([2, 4])),
        sort_keys=False,
    )
    try:
        plain = parse(written, "x.yaml")
    except InvalidIssue:  # a line of a folded text that begins with a dash
        reject()
    entries = _entry_lines(plain)
    lines = list(plain.lines)
    chosen = draw(st.sets(st.sampled_from(sorted(entries)), max_size=8))
    for line in sorted(chosen, reverse=True):
        above = draw(st.sampled_from(["", "\n", "# 注 {}\n", "\n# 注 {}\n\n", "# 注 {}\n# noqa\n"]))
        text = lines[line - 1]
        indent = text[: len(text) - len(text.lstrip(" "))]
        rows = [indent + row if row else "" for row in above.format(line).splitlines()]
        lines[line - 1 : line - 1] = rows
    text = draw(st.sampled_from(["\n", "\n", "\r\n"])).join(lines)
    document = parse(text, "x.yaml")
    assert document.value == plain.value
    return document


def _entry_lines(document: Document) -> set[int]:
    """The lines that an entry of a block collection begins on."""
    raw = Raw(document)
    found = set()
    for path in document.spans:
        value = value_at(document.value, path)
        if isinstance(value, (dict, list)) and value and not raw.style(path):
            found |= {raw.line_of(entry.start) for entry in raw.entries(path) if entry.own_line}
    return found or {1}


def _lists(value: Any, path: NodePath = ()) -> list[tuple[NodePath, str]]:
    """Every list of an issue's tree, and what it is a list of."""
    found: list[tuple[NodePath, str]] = []
    if isinstance(value, dict):
        for key, part in value.items():
            if isinstance(part, list):
                found.append(((*path, key), key))
            found += _lists(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            found += _lists(part, (*path, index))
    return found


block_values = blocks.map(lambda block: block if isinstance(block, str) else issue_value(block))
item_values = items.map(issue_value)


@st.composite
def edited(draw: st.DrawFn, value: Any) -> Any:
    """`value` with some edits of the kinds that a person makes in Word."""
    tree = copy.deepcopy(value)
    for _ in range(draw(st.integers(1, 4))):
        path, kind = draw(st.sampled_from(_lists(tree)))
        entries = value_at(tree, path)
        at = draw(st.integers(0, len(entries) - 1))
        edit = draw(st.sampled_from(["text", "bold", "split", "insert", "remove", "move", "retype"]))
        whole = entries[at]
        if edit in ("text", "bold", "split") and isinstance(whole, str):
            cut = draw(st.integers(0, len(whole)))
            if edit == "text":
                entries[at] = whole[:cut] + draw(texts | odd) + whole[cut + draw(st.integers(0, 3)) :]
            elif edit == "bold":
                entries[at] = whole[:cut] + "**" + whole[cut : cut + 4] + "**" + whole[cut + 4 :]
            else:
                entries[at : at + 1] = [whole[:cut], whole[cut:]]
        elif edit == "insert":
            new = {"sections": sections.map(issue_value), "items": item_values, "body": block_values}
            entries.insert(at, draw(new.get(kind, texts)))
        elif edit == "remove" and len(entries) > 1:
            del entries[at]
        elif edit == "move":
            entries.insert(draw(st.integers(0, len(entries) - 1)), entries.pop(at))
        elif edit == "retype" and kind == "body":
            entries[at] = draw(block_values)
    field = draw(st.sampled_from(["", "number", "date", "typesetting", "masthead"]))
    if field in ("number", "date"):
        tree[field] = {"number": "7", "date": "2031-01-02"}[field]
    elif field and tree.pop(field, None) is None:
        tree[field] = {"quotes": "half"} if field == "typesetting" else {"issuers": ["科技厅", "省科协"]}
    return tree


@st.composite
def cases(draw: st.DrawFn) -> tuple[Document, Any]:
    value = draw(st.sampled_from(SAMPLES) | issues.map(issue_value))
    return draw(files(value)), draw(edited(value))


@given(cases())
def test_the_file_holds_the_edited_tree(case: tuple[Document, Any]) -> None:
    document, tree = case
    result = updated(document, tree)
    after = parse(result.text, "x.yaml")
    assert after.value == tree
    assert ("\r\n" in result.text) == ("\r\n" in document.text) or "\n" not in result.text
    assert result.text.count("\n") == result.text.count("\r\n") or "\r\n" not in document.text
    assert updated(after, tree).text == result.text
    assert bool(result.changes) == (document.value != tree)
    assert all(change.path for change in result.changes), "never the whole file"


@given(cases())
def test_comments_of_entries_that_are_still_there_survive(case: tuple[Document, Any]) -> None:
    document, tree = case
    result = updated(document, tree)
    before, after = Raw(document), Raw(parse(result.text, "x.yaml"))
    kept = set(after.comments(0, len(result.text)))
    gone = [change.path for change in result.changes if change.kind == "removed"]
    gone = [path for path in gone if not before.style(path[:-1])]  # no comment stands in brackets here
    lost = set(before.comments(0, len(document.text))) - kept
    for path in gone:
        entry = next(entry for entry in before.entries(path[:-1]) if entry.key == path[-1])
        lost -= set(before.comments(entry.lead, entry.end))
    assert lost == set()


@given(cases())
def test_a_text_that_is_still_there_is_as_it_was_typed(case: tuple[Document, Any]) -> None:
    document, tree = case
    result = updated(document, tree)
    if any(
        isinstance(value_at(tree, one.path), (dict, list)) for one in result.changes if one.kind == "changed"
    ):
        return  # written anew
    raw, made = Raw(document), _unindented(result.text)
    before, after = Counter(_all(document.value)), Counter(_all(tree))
    gone = {one.path for one in result.changes if one.kind == "removed"}
    added = [value_at(tree, one.path) for one in result.changes if one.kind in ("added", "changed")]
    fresh = [text for value in added for text in _all(value)]
    for path in document.spans:
        value = value_at(document.value, path)
        if any(path[:depth] in gone for depth in range(len(path) + 1)) or value in fresh:
            continue  # what is added elsewhere happens to say the same
        if isinstance(value, str) and value and before[value] == after[value] == 1:
            start, end = raw.extent(path)
            assert _unindented(document.text[start:end]) in made


def _unindented(text: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", text)


@given(issues, issues)
def test_any_issue_becomes_any_other(one: Issue, other: Issue) -> None:
    document = parse(yaml.safe_dump(issue_value(one), allow_unicode=True), "x.yaml")
    assert parse(updated(document, issue_value(other)).text, "x.yaml").value == issue_value(other)


@given(st.data())
def test_an_equal_tree_changes_nothing(data: st.DataObject) -> None:
    value = issue_value(data.draw(issues))
    document = data.draw(files(value))
    assert updated(document, value).text == document.text


@given(cases())
def test_what_is_the_same_when_set_counts_as_equal(case: tuple[Document, Any]) -> None:
    document, tree = case
    result = parse(updated(document, tree, same=loose).text, "x.yaml")
    assert [inline(text) for text in _all(result.value)] == [inline(text) for text in _all(tree)]


def _all(value: Any) -> list[str]:
    """The texts of a tree, by field, then in order."""
    if isinstance(value, str):
        return [value]
    parts = [value[key] for key in sorted(value)] if isinstance(value, dict) else value
    return [text for part in parts for text in _all(part)]
