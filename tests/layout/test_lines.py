"""Lines: what may begin and end them, how wide they are, what is squeezed, stretched and hung."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.fonts import FontSet, find_fonts
from authoring.inline import Run, plain
from authoring.layout import kinsoku
from authoring.layout.lines import Line, line_ends, set_lines
from authoring.layout.paragraph import Paragraph
from authoring.layout.typesetter import Typesetter
from authoring.model import Typesetting
from authoring.style import BODY, CELL, INDENT, PAGE
from tests import strategies

FONTS: FontSet = find_fonts(installed=False)
PRINTED_050 = Typesetting(line_end="hang", han_latin_gap="none", adjacent_marks="full", pull_in="never")
PRINTED_054 = Typesetting(quotes="half", adjacent_marks="full", pull_in="never")
HOUSE = Typesetting()
MEASURE = int(PAGE.text_width)


def lines_of(text: str, habits: Typesetting = HOUSE, indent: int = 0) -> tuple[Paragraph, tuple[Line, ...]]:
    setter = Typesetter(FONTS, habits)
    paragraph = setter.measured([(Run(plain(text), False), BODY.role)], BODY)
    ends = line_ends(paragraph, MEASURE, indent, habits)
    return paragraph, set_lines(paragraph, ends, MEASURE, indent, habits)


def shown(text: str, habits: Typesetting = HOUSE, indent: int = 0) -> list[str]:
    paragraph, lines = lines_of(text, habits, indent)
    return [paragraph.text[line.start : line.end] for line in lines]


def advances(line: Line) -> dict[str, float]:
    """Each character's advance in cells (of a line in which no character repeats)."""
    return {
        char: advance / CELL
        for run in line.runs
        for char, advance in zip(run.text, run.advances, strict=True)
    }


HAN = "中" * 100


def test_a_full_line_is_28_cells_and_exactly_as_wide_as_the_text_area() -> None:
    _, lines = lines_of(HAN)
    assert [line.end - line.start for line in lines] == [28, 28, 28, 16]
    assert {line.width for line in lines[:3]} == {MEASURE}


def test_the_first_line_of_a_body_paragraph_holds_26_cells() -> None:
    _, lines = lines_of(HAN, indent=int(INDENT))
    assert [line.end - line.start for line in lines] == [26, 28, 28, 18]


def test_a_digit_is_half_a_cell() -> None:
    _, lines = lines_of("1" * 8 + "中" * 24, PRINTED_050)
    assert len(lines) == 1
    assert lines[0].width == MEASURE


@pytest.mark.parametrize("mark", "，。、；：！？”’）》〉」』】〕")
def test_a_closing_mark_that_does_not_fit_hangs_where_the_habit_is_to_hang(mark: str) -> None:
    _, lines = lines_of("中" * 28 + mark + "文" * 5, PRINTED_050)
    assert lines[0].end == 29
    assert (lines[0].width, lines[0].hang) == (MEASURE, CELL)


@pytest.mark.parametrize("mark", "，。、；：！？）》〉」』】〕")
def test_a_closing_mark_that_needs_half_a_cell_is_squeezed_where_the_habit_is_to_squeeze(mark: str) -> None:
    _, lines = lines_of(
        "1" + "中" * 27 + mark + "文" * 5, PRINTED_054.model_copy(update={"han_latin_gap": "none"})
    )
    assert lines[0].end == 29
    assert lines[0].width == MEASURE


def test_a_closing_mark_that_needs_a_whole_cell_takes_the_character_before_it_down() -> None:
    assert shown("中" * 27 + "国，" + "文" * 5, PRINTED_054)[1].startswith("国，")


def test_with_neither_hanging_nor_squeezing_the_mark_takes_its_character_down() -> None:
    habits = Typesetting(line_end="none", pull_in="never")
    assert shown("中" * 27 + "国，" + "文" * 5, habits)[1].startswith("国，")


def test_only_one_mark_hangs() -> None:
    assert shown("中" * 27 + "国》。" + "文" * 5, PRINTED_050)[1].startswith("国》。")
    assert shown("中" * 27 + "》。" + "文" * 5, PRINTED_050)[1].startswith("文")


@pytest.mark.parametrize("habits", [HOUSE, PRINTED_050, PRINTED_054], ids=["house", "050", "054"])
@pytest.mark.parametrize(
    "whole",
    ["2027", "Joyinside", "50%", "20℃", "——", "……", "AI+", "1,000", "3.5", "12:30", "￥50", "1350"],
)
def test_unbreakables_stay_whole(habits: Typesetting, whole: str) -> None:
    for before in range(20, 30):
        lines = shown("中" * before + whole + "文" * 30, habits)
        assert any(whole in line for line in lines), lines


def test_an_address_breaks_after_its_separators_only() -> None:
    address = "https://example.org/innovation/briefing/2025/050"
    lines = shown("中" * 20 + address + "文" * 30)
    assert "".join(lines) == "中" * 20 + address + "文" * 30
    inside = [line for line in lines[:-1] if not line.endswith("文") and not line.endswith("中")]
    assert inside
    assert all(line[-1] in kinsoku.URL_SEPARATORS for line in inside)


def test_the_gap_between_han_and_latin_is_a_quarter_em_and_none_beside_marks_or_at_an_edge() -> None:
    _, (line,) = lines_of("甲1乙，2丙（3）丁")
    gap = 0.25
    assert advances(line) == pytest.approx(
        {
            "甲": 1 + gap,
            "1": 0.5 + gap,
            "乙": 1,
            "，": 1,
            "2": 0.5 + gap,
            "丙": 1,
            "（": 1,
            "3": 0.5,
            "）": 1,
            "丁": 1,
        },
        abs=0.08,  # marks that a face draws narrower than a cell are centred in it
    )


def test_adjacent_marks_share_one_and_a_half_cells_or_take_two() -> None:
    def width(text: str, habits: Typesetting) -> float:
        _, (line,) = lines_of(text, habits)
        return line.width / CELL

    for pair in ("》《", "”“", "。”", "，“", "）。", "》）", "“《"):
        assert width(f"中{pair}文", HOUSE) == 3.5, pair
        assert width(f"中{pair}文", PRINTED_050) == 4, pair
    assert width("中“”文", HOUSE) == 4
    assert width("中。，文", HOUSE) == 4


def test_half_wide_quotes_come_from_the_latin_face() -> None:
    _, (line,) = lines_of("中“文”", PRINTED_054)
    assert line.width == 3 * CELL
    quotes = [run for run in line.runs if run.text in "“”"]
    assert {run.face.path.name for run in quotes} == {"Tinos-Regular.ttf"}


def test_two_dashes_fill_two_cells_without_a_gap() -> None:
    _, (line,) = lines_of("中——文")
    dashes = next(run for run in line.runs if "—" in run.text)
    face = dashes.face
    left, right = face.ink("—")
    ink = (right - left) * BODY.size / face.upem * dashes.stretch
    assert dashes.text == "——"
    assert ink >= CELL
    assert sum(dashes.advances) == pytest.approx(2 * CELL, abs=CELL / 20)


def test_pulling_in_takes_from_brackets_before_commas_and_from_stops_last() -> None:
    # 29 cells: the stop at the end gives half a cell, the brackets inside must give the other half.
    text = "（中）" + "文" * 11 + "，" + "文" * 10 + "12末。" + "终" * 9
    paragraph, lines = lines_of("前" + text, Typesetting(han_latin_gap="none"))
    assert paragraph.text[lines[0].end - 1] == "。"
    by_character = advances(lines[0])  # of 中 and 文, which repeat, the last
    assert by_character["，"] == pytest.approx(1, abs=0.1)
    assert by_character["）"] == pytest.approx(0.75, abs=0.05)  # both brackets give alike


def test_the_opening_number_stands_alike_in_every_paragraph() -> None:
    for tail in range(20, 40):
        _, lines = lines_of("（1）" + "中、" * 4 + "文" * tail + "，" + "文" * 20, indent=int(INDENT))
        first = [(char, x) for run in lines[0].runs for char, x in zip(run.text, run.advances, strict=True)]
        opening = dict(first[:2])
        assert opening["（"] + 0 <= CELL * 1.05
        assert [char for char, _ in first[:3]] == ["（", "1", "）"]
        assert next(x for char, x in first if char == "）") >= CELL * 0.99


def test_a_last_line_of_one_character_is_mended_where_the_house_style_asks() -> None:
    text = "中" * 28 + "文。"
    assert shown(text)[-1] == "文。"
    assert shown(text, Typesetting(avoid_single_character_line=True))[-1] == "中文。"


@given(strategies.texts, strategies.habits, st.sampled_from([0, int(INDENT)]))
@settings(max_examples=300, deadline=None)
def test_lines_hold_every_character_keep_their_measure_and_begin_and_end_well(
    text: str, habits: Typesetting, indent: int
) -> None:
    paragraph, lines = lines_of(text, habits, indent)
    again, same = lines_of(text, habits, indent)
    assert lines == same
    assert again.text == paragraph.text

    assert "".join(run.text for line in lines for run in line.runs).replace(
        " ", ""
    ) == paragraph.text.replace(" ", "")
    for line in lines:
        assert line.width <= MEASURE
        if line.end < len(paragraph.text) and _could_break_well(paragraph, line):
            assert not kinsoku.is_forbidden_break(paragraph.text, line.end)


def _could_break_well(paragraph: Paragraph, line: Line) -> bool:
    """Whether the line holds any place where a break is allowed: a run of closing marks longer than a line does not."""
    return any(paragraph.allowed[index] for index in range(line.start + 1, line.end + 1))
