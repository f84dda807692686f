"""DOCX: build, then import, is the same issue; and the record that makes it so keeps no text of the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import BaseModel

from authoring.diagnostics import UnsettableText
from authoring.layout import Layout, lay_out
from authoring.model import Issue
from authoring.record import NUMBER, ShownEdit
from authoring.renderers.docx import render
from authoring.renderers.docx_record import record_of
from authoring.renderers.trace import render as trace
from tests import strategies
from tests.importers.docx_files import imported, without_record
from tests.renderers.docx_reader import FONTS, PUBLICATION, set_sample

TOUCHED = re.compile(r"[\s*|\u200b\ufeff\u00ad]*")
"""What a text may have and its page does not show, of the characters that the strategies use."""


def layout_of(issue: Issue) -> Layout | None:
    try:
        return lay_out(issue, PUBLICATION, FONTS)
    except UnsettableText:
        return None


def stated(issue: Issue) -> object:
    """The issue with what it states and what it leaves to its publication told apart."""
    parts = ("masthead", "contents", "imprint", "typesetting")
    return issue, [
        (name, None if part is None else part.model_dump(exclude_unset=True))
        for name in parts
        for part in [getattr(issue, name)]
    ]


@pytest.mark.parametrize("number", ["050", "054"])
def test_a_sample_comes_back_whole(number: str) -> None:
    layout = set_sample(number)
    one = imported(render(layout))
    assert one.notes == []
    assert stated(one.issue) == stated(layout.issue)
    coverage = one.imported.coverage()
    assert coverage.unplaced == ()
    assert coverage.placed == coverage.read > 3000


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(strategies.any_issues)
def test_any_issue_comes_back_whole(issue: Issue) -> None:
    layout = layout_of(issue)
    if layout is None:
        return
    one = imported(render(layout))
    assert stated(one.issue) == stated(issue)
    assert [note for note in one.notes if note.severity != "info"] == []
    assert one.imported.coverage().unplaced == ()


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(strategies.any_issues)
def test_the_record_keeps_no_text_of_the_pages(issue: Issue) -> None:
    layout = layout_of(issue)
    if layout is None:
        return
    for edit in raw_edits(record_of(layout)):
        assert TOUCHED.fullmatch(edit.text.replace(NUMBER, ""))


def raw_edits(node: object) -> Iterator[ShownEdit]:
    """Every edit that a record holds, wherever it stands."""
    if isinstance(node, ShownEdit):
        yield node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from raw_edits(getattr(node, name))
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from raw_edits(value)
    elif isinstance(node, tuple):
        for value in node:
            yield from raw_edits(value)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(strategies.issues)
def test_without_its_record_an_issue_is_set_the_same(issue: Issue) -> None:
    layout = layout_of(issue.model_copy(update={"typesetting": None}))
    if layout is None:
        return
    one = imported(without_record(render(layout)))
    again = layout_of(one.issue)
    assert again is not None
    assert trace(again).decode() == trace(layout).decode()
