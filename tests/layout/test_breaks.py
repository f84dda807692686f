"""Recorded breaks given back to layout: the same pages, also under other rules of breaking; never text lost for it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.archive.compare import overfull
from authoring.layout import Breaks, Layout, LineBreak, TextRun, lay_out
from authoring.model import Issue, Typesetting
from authoring.source import load
from tests.conftest import ROOT
from tests.renderers.docx_reader import FONTS, PUBLICATION
from tests.strategies import habits, issues


def texts(layout: Layout) -> list[str]:
    """The text of every page, top to bottom."""
    return ["".join(item.text for item in page.items if isinstance(item, TextRun)) for page in layout.pages]


def solid(layout: Layout) -> str:
    """The body's text without spaces, which may stand at a line's end."""
    runs = (item for page in layout.pages for item in page.items if isinstance(item, TextRun))
    return "".join(run.text for run in runs if {"body", "headline", "name"} & set(run.path)).replace(" ", "")


def with_habits(issue: Issue, own: Typesetting | None) -> Issue:
    return issue.model_copy(update={"typesetting": own})


@settings(max_examples=40)
@given(issues)
def test_own_breaks_change_nothing(issue: Issue) -> None:
    layout = lay_out(issue, PUBLICATION, FONTS)
    again = lay_out(issue, PUBLICATION, FONTS, layout.breaks)
    assert (again.pages, again.breaks, again.contents, again.headlines) == (
        layout.pages,
        layout.breaks,
        layout.contents,
        layout.headlines,
    )


@settings(max_examples=40)
@given(issues, habits, habits)
def test_breaks_are_kept_under_other_rules(issue: Issue, then: Typesetting, now: Typesetting) -> None:
    first = lay_out(with_habits(issue, then), PUBLICATION, FONTS)
    kept = lay_out(with_habits(issue, now), PUBLICATION, FONTS, first.breaks)
    assert kept.breaks == first.breaks
    assert texts(kept) == texts(first)


@settings(max_examples=40)
@given(issues)
def test_no_line_that_layout_breaks_itself_stands_out(issue: Issue) -> None:
    assert list(overfull(lay_out(issue, PUBLICATION, FONTS))) == []


@settings(max_examples=40)
@given(issues)
def test_breaks_are_whole(issue: Issue) -> None:
    layout = lay_out(issue, PUBLICATION, FONTS)
    for lines in layout.breaks.lines.values():
        ends = [line.end for line in lines]
        assert all(earlier < later for earlier, later in pairwise([0, *ends]))
        assert all(earlier.page <= later.page <= earlier.page + 1 for earlier, later in pairwise(lines))
    assert layout.breaks.imprint == len(layout.pages)


@settings(max_examples=30)
@given(issues, st.data())
def test_senseless_breaks_lose_no_text(issue: Issue, data: st.DataObject) -> None:
    layout = lay_out(issue, PUBLICATION, FONTS)
    number = st.integers(-5, 400)
    lines = {
        path: data.draw(st.lists(st.builds(LineBreak, number, number), max_size=4).map(tuple))
        for path in layout.breaks.lines
    }
    wild = lay_out(issue, PUBLICATION, FONTS, Breaks(lines, data.draw(number)))
    assert solid(wild) == solid(layout)
    assert len(wild.pages) <= sum(map(len, wild.breaks.lines.values())) + 2


def test_page_begins_where_it_is_recorded() -> None:
    source = load(ROOT / "samples" / "050.yaml")
    layout = lay_out(source.issue, source.publication, FONTS)
    path = ("sections", 2, "items", 2, "headline")  # in the middle of page 7
    body = [place for place in layout.breaks.lines if place[0] == "sections"]
    moved = set(body[body.index(path) :])
    lines = {
        place: tuple(line._replace(page=line.page + (place in moved)) for line in lines)
        for place, lines in layout.breaks.lines.items()
    }
    apart = lay_out(source.issue, source.publication, FONTS, Breaks(lines, layout.breaks.imprint + 1))
    assert layout.breaks.lines[path][0].page == 7
    assert apart.breaks.lines[path][0].page == 8
    assert apart.contents[-1].y == apart.page_style.top


def test_imprint_has_a_page_of_its_own_where_that_is_recorded() -> None:
    source = load(ROOT / "samples" / "050.yaml")
    layout = lay_out(source.issue, source.publication, FONTS)
    apart = lay_out(source.issue, source.publication, FONTS, layout.breaks._replace(imprint=9))
    assert (len(layout.pages), len(apart.pages)) == (8, 9)
    assert {item.path[0] for item in apart.pages[-1].items if isinstance(item, TextRun)} == {
        "imprint",
        "folio",
    }


def test_line_too_many_for_a_page_goes_to_the_next() -> None:
    source = load(ROOT / "samples" / "050.yaml")
    layout = lay_out(source.issue, source.publication, FONTS)
    crowded = {
        path: tuple(LineBreak(line.end, min(line.page, 2)) for line in lines)
        for path, lines in layout.breaks.lines.items()
    }
    kept = lay_out(source.issue, source.publication, FONTS, Breaks(crowded, 2))
    assert len(kept.pages) >= len(layout.pages) - 1
    for page in kept.pages:
        lowest = max(item.y for item in page.items if isinstance(item, TextRun) and item.path != ("folio",))
        assert lowest <= kept.page_style.bottom_edge
