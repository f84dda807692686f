"""What kind of character a character is. Pure functions of one code point, remembered."""

from __future__ import annotations

import unicodedata
from functools import cache

QUOTES = frozenset("“”‘’")
"""The quotes whose width is a setting; Unicode gives Chinese and English the same code points."""

_LATIN1_CELLS = frozenset("·×÷±")


@cache
def is_han(char: str) -> bool:
    """Whether `char` is a Chinese character (〇 々 〆 and radicals included)."""
    code = ord(char)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x3FFFF
        or 0xF900 <= code <= 0xFAFF
        or 0x2E80 <= code <= 0x2FDF
        or char in "〇々〆"
    )


@cache
def fills_cell(char: str) -> bool:
    """Whether `char` is set in a full cell of the grid: Han, kana, full-width forms, Chinese marks, symbols.

    Characters of ambiguous width (UAX #11) are Chinese here, save letters and the Latin-1 block, which are set with
    their own advances in the Latin face.
    """
    if is_han(char) or char in _LATIN1_CELLS:
        return True
    width = unicodedata.east_asian_width(char)
    if width in "WF":
        return True
    return width == "A" and ord(char) > 0xFF and unicodedata.category(char)[0] in "SNP"


@cache
def is_alphanumeric(char: str) -> bool:
    """Whether `char` is a letter or a digit that Chinese sets a gap beside: Latin, Greek, Cyrillic, 0–9."""
    return not fills_cell(char) and unicodedata.category(char)[0] in "LN"


def name(char: str) -> str:
    """`char` as a message names it: U+2C029 and its Unicode name, where it has one."""
    label = unicodedata.name(char, "")
    return f"U+{ord(char):04X}" + (f" {label}" if label else "")
