"""What kind of character a character is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.characters import fills_cell, is_alphanumeric, is_han, name


@pytest.mark.parametrize("char", "一龥㐀喆𠀀𬀩豈⺀〇々〆")
def test_han(char: str) -> None:
    assert is_han(char)


@pytest.mark.parametrize("char", "aA1１Ａ，。“《ー（●①のア한 \u3000")
def test_not_han(char: str) -> None:
    assert not is_han(char)


@pytest.mark.parametrize("char", "创，。、；：？！“”‘’（）《》【】—…·×÷±％１Ａ●①〇の　～→")
def test_fills_a_cell(char: str) -> None:
    assert fills_cell(char)


@pytest.mark.parametrize("char", "aZ09%.,-+/()é©αβЖж «»°")
def test_keeps_its_own_width(char: str) -> None:
    assert not fills_cell(char)


@pytest.mark.parametrize("char", "aZ09éαж")
def test_alphanumeric(char: str) -> None:
    assert is_alphanumeric(char)


@pytest.mark.parametrize("char", "创，１Ａ%+-. “①")
def test_not_alphanumeric(char: str) -> None:
    assert not is_alphanumeric(char)


@pytest.mark.parametrize(
    ("char", "expected"),
    [
        ("喆", "U+5586 CJK UNIFIED IDEOGRAPH-5586"),
        ("𬀩", "U+2C029 CJK UNIFIED IDEOGRAPH-2C029"),
        ("\x07", "U+0007"),
        ("\ue000", "U+E000"),
    ],
)
def test_name_as_messages_give_it(char: str, expected: str) -> None:
    assert name(char) == expected


@given(st.characters())
def test_han_fills_a_cell_and_no_cell_is_alphanumeric(char: str) -> None:
    assert not is_han(char) or fills_cell(char)
    assert not (fills_cell(char) and is_alphanumeric(char))
