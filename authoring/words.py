"""Text in, its words out: where a headline may break, and whether a slip of a name would be a word.

The words and frequencies are those of jieba 0.42.1 (Sun Junyi, https://github.com/fxsjy/jieba, MIT licence,
see ``words.LICENSE.txt``), trimmed by ``tools/build_words.py`` into ``words.txt`` beside this file. They ship
with the package because a headline must break at the same place in ten years, whatever is installed then. The
method is jieba's without its hidden Markov model: of all ways to cut a text into dictionary words, the most
probable one.

``words.txt`` holds lines ``word<TAB>frequency`` in the order of their UTF-8 bytes. It is mapped and searched
in place, so nothing is read at import and a headline touches a few thousand lines. Its first line, the empty
word, carries the sum of all frequencies.
"""

import math
import mmap
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).with_name("words.txt")

# A run of letters and digits with the marks inside it ("2.5", "1+N") and the sign after it ("AI+", "30%");
# else one character. Either keeps the combining marks and variation selectors after it, never alone.
_ALNUM = "[0-9A-Za-z０-９Ａ-Ｚａ-ｚ\u00c0-\u024f\u0370-\u03ff]+"
_INNER = "(?:(?<=[0-9])[.,](?=[0-9])|[-+])"
_MARKS = "[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
_ATOM = re.compile(f"(?:{_ALNUM}(?:{_INNER}{_ALNUM})*[+%‰]?|.){_MARKS}", re.DOTALL)

# Characters that are words by themselves in official prose; any other one left alone may be a part of a name.
_FUNCTION_WORDS = frozenset(
    "的和与及等在为了将对从到以是新并或其于由向把被让给各每该此本我"
    "不也都又再就还更最很多上下中内外前后年月日个省市县"
)


class _Path(NamedTuple):
    """The best way from one atom to the end of the text; of two, the greater is the better."""

    covered: int  # characters inside a publication's terms: terms win over any dictionary word
    probability: float  # logarithm
    end: int  # the atom after the first word; of two equal ways, the one with the longer first word
    term: bool  # the first word is a term


def _is_han(character: str) -> bool:
    # Not a regular expression: compiling one over these ranges costs more than a headline.
    return (
        "\u3400" <= character <= "\u9fff"
        or character == "\u3007"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


@lru_cache(maxsize=1)
def _dictionary() -> mmap.mmap:
    with _DATA.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


@lru_cache(maxsize=8192)
def _frequency(word: str) -> int | None:
    """Look up the frequency of ``word``: 0 if it only begins longer words, None if no word begins so."""
    data, key = _dictionary(), word.encode("utf-8", "surrogatepass")
    low, high = 0, len(data)
    while low < high:  # both stay at starts of lines
        middle = (low + high) // 2
        start = max(low, data.rfind(b"\n", low, middle) + 1)
        end = data.find(b"\n", middle) + 1
        if data[start:end] < key:
            low = end
        else:
            high = start
    found, _, frequency = data[low : data.find(b"\n", low) + 1].partition(b"\t")
    if not found.startswith(key):
        return None
    return int(frequency) if found == key else 0


def is_word(text: str) -> bool:
    """Whether the dictionary has ``text``."""
    return bool(text and _frequency(text))


def _words_at(atoms: tuple[str, ...], start: int) -> Iterator[tuple[int, int]]:
    """Give the words that begin at atom ``start``, itself first: the atom after each and its frequency."""
    yield start + 1, _frequency(atoms[start]) or 1
    word = atoms[start]
    for end in range(start + 1, len(atoms)):
        word += atoms[end]
        frequency = _frequency(word)
        if frequency is None:
            return
        if frequency:
            yield end + 1, frequency


def _best_paths(atoms: tuple[str, ...], terms: frozenset[str]) -> list[_Path]:
    """Find for every atom the best way to cut what begins there."""
    text = "".join(atoms)
    offsets = tuple(accumulate(map(len, atoms), initial=0))
    at_offset = {offset: atom for atom, offset in enumerate(offsets)}
    present = [term for term in terms if term and term in text]
    rarest = -math.log(_frequency("") or 1)  # a word seen once
    paths = [_Path(0, 0.0, 0, False)] * (len(atoms) + 1)
    for start in reversed(range(len(atoms))):
        ways = []
        for end, frequency in _words_at(atoms, start):
            after = paths[end]
            ways.append(_Path(after.covered, rarest + math.log(frequency) + after.probability, end, False))
        for term in present:
            # A term ends where an atom does: "AI" is not found in "AIGC". No atom ends at 0.
            end = at_offset.get(offsets[start] + len(term), 0)
            if end and text.startswith(term, offsets[start]):
                after = paths[end]
                ways.append(_Path(after.covered + len(term), rarest + after.probability, end, True))
        paths[start] = max(ways)
    return paths


def segment(text: str, terms: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Cut ``text`` into words; joined together they are ``text`` again.

    ``terms`` is a publication's vocabulary: a term is never cut inside, and where terms overlap, as many
    characters as can be are inside one. A run of Latin letters and digits is one word, each punctuation mark
    and space is its own. Single Han characters side by side that are neither terms nor function words are
    taken for an unknown name and joined.
    """
    atoms = tuple(_ATOM.findall(text))
    paths = _best_paths(atoms, terms)
    words: list[str] = []
    start, in_name = 0, False
    while start < len(atoms):
        path = paths[start]
        word = "".join(atoms[start : path.end])
        single = path.end == start + 1 and not path.term
        nameable = single and word not in _FUNCTION_WORDS and _is_han(word[0])
        if nameable and in_name:
            words[-1] += word
        else:
            words.append(word)
        start, in_name = path.end, nameable
    return tuple(words)
