"""Inline markup: what is bold, what is white space, and that nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.inline import headline_lines, ignorable, parse, plain


def drawn(source: str) -> str:
    """The runs of `source`, bold ones in brackets."""
    return "".join(f"[{run.text}]" if run.bold else run.text for run in parse(source))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("办法所称**科技成果**是指", "办法所称[科技成果]是指", id="inside"),
        pytest.param("**一**和**二**", "[一]和[二]", id="twice"),
        pytest.param("**全文**", "[全文]", id="all"),
        pytest.param("一**二", "一**二", id="never closed"),
        pytest.param("一**二**三**四", "一[二]三**四", id="the last never closed"),
        pytest.param("**", "**", id="alone"),
        pytest.param("一****二", "一二", id="nothing between"),
        pytest.param("2*3*4", "2*3*4", id="single asterisks"),
        pytest.param("***一***", "[*一]*", id="three asterisks"),
        pytest.param("", "", id="empty"),
    ],
)
def test_bold(source: str, expected: str) -> None:
    assert drawn(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("提升 创新", "提升创新", id="between Han"),
        pytest.param("提升 AI 能力", "提升AI能力", id="between Han and Latin"),
        pytest.param("New   York\tTimes", "New York Times", id="between Latin"),
        pytest.param("AI\n能力", "AI能力", id="line break beside Han"),
        pytest.param("open\nsource", "open source", id="line break between Latin"),
        pytest.param(" AI ", "AI", id="at the ends"),
        pytest.param("a ， b", "a，b", id="beside a Chinese mark"),
        pytest.param("“a b” c", "“a b”c", id="beside a quote"),
        pytest.param("一\u3000二", "一\u3000二", id="full-width space"),
        pytest.param("a\u3000 b", "a\u3000b", id="beside a full-width space"),
        pytest.param("a\xa0\u2009b", "a b", id="no-break and thin spaces"),
        pytest.param("a **b** c", "a [b] c", id="around bold"),
        pytest.param("a** b**", "a[ b]", id="at a bold edge"),
        pytest.param("一 **二** 三", "一[二]三", id="around bold Han"),
        pytest.param("创\u200b新\ufeff", "创新", id="invisible characters"),
    ],
)
def test_white_space_is_folded_as_chinese_is_set(source: str, expected: str) -> None:
    assert drawn(source) == expected


@pytest.mark.parametrize(
    ("headline", "lines"),
    [
        ("六部门联合印发|若干措施", ("六部门联合印发", "若干措施")),
        ("六部门 | 若干措施", ("六部门", "若干措施")),
        ("六部门||若干措施|", ("六部门", "若干措施")),
        ("标题", ("标题",)),
    ],
)
def test_headline_breaks_at_its_bars(headline: str, lines: tuple[str, ...]) -> None:
    assert headline_lines(headline) == lines


def test_ignorable_characters_are_told_with_their_offsets() -> None:
    assert ignorable("创\u200b新\ufeff") == [(1, "\u200b"), (3, "\ufeff")]


def visible(text: str) -> str:
    """`text` without white space (the deliberate U+3000 apart) and without what is never drawn."""
    invisible = {char for _, char in ignorable(text)}
    return "".join(
        char for char in text if char not in invisible and (char == "\u3000" or not char.isspace())
    )


markup = st.text(
    st.one_of(st.sampled_from("创新，“” \n\t\u3000ab1*\u200b\u2028𬀩|"), st.characters()), max_size=60
)


@given(markup)
def test_no_visible_character_is_lost_or_added(source: str) -> None:
    before, after = visible(source), visible(plain(source))
    dropped = before.count("*") - after.count("*")
    assert after.replace("*", "") == before.replace("*", "")
    assert dropped >= 0
    assert dropped % 4 == 0  # in pairs of `**`


@given(markup)
def test_text_without_asterisks_stays_in_one_run(source: str) -> None:
    assert len(parse(source.replace("*", ""))) <= 1


@given(markup)
def test_spaces_are_never_doubled_nor_at_the_ends(source: str) -> None:
    text = plain(source)
    assert text == text.strip(" \t\n")
    assert "  " not in text


@given(markup.filter(lambda text: "*" not in text))
def test_set_text_is_read_as_itself(source: str) -> None:
    assert plain(plain(source)) == plain(source)
