"""A DOCX that we never made: the same issue, whatever the office's habits."""

from __future__ import annotations

import pytest

from authoring.importers import read, recover
from authoring.importers.imported import Imported
from tests.importers.foreign import ISSUE, OFFICES
from tests.renderers.docx_reader import PUBLICATION


def without_breaks(value: object) -> object:
    """Breaks of headlines are layout's question, answered later."""
    if isinstance(value, dict):
        return {key: without_breaks(node) for key, node in value.items()}
    if isinstance(value, list):
        return [without_breaks(node) for node in value]
    return value.replace("|", "") if isinstance(value, str) else value


@pytest.mark.parametrize("office", OFFICES)
def test_the_issue_is_found_whole(office: str) -> None:
    reading = read(OFFICES[office]().type(), "稿件.docx")
    assert reading.own is None
    one = Imported(reading, recover(reading, PUBLICATION))
    assert without_breaks(one.value) == ISSUE
    assert [piece.text for piece in one.coverage().unplaced] == []
