"""Slips of names of three or four characters. One character wrong leaves too little to know such a name by, so that what
stands around it must tell that a body is meant, and a dictionary that the slip is no word of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from authoring.characters import is_han
from authoring.checks.slips import CORES, NAMED, SHORTEST, Stretch, name_of

_ORGAN: Final = "厅部委局办署协社"
_ALONE: Final = re.compile(
    rf"(?:(?<=[、，。；：（从由经据])|(?<=按照|根据|会同)|(?<=听取了)|^)[\u4e00-\u9fff]{{2,5}}?[{_ORGAN}](?=[、，等和及]|{NAMED.pattern})"
)
"""What may be a short name: it stands between marks, or acts."""
_OFFICE: Final = re.compile("[厅署]")
"""Few things but bodies end so: 科枝厅 is a slip wherever it begins a clause."""
_OPENS: Final = (
    "从",
    "由",
    "经",
    "据",
    "向",
    "请",
    "按",
    "与",
    "和",
    "及",
    "按照",
    "根据",
    "会同",
    "联合",
    "听取了",
)
"""What leads to a body's name."""
_PROVINCIAL: Final = re.compile(rf"省(?:[\u4e00-\u9fff]府|政[\u4e00-\u9fff](?={NAMED.pattern}|办公厅))")
"""省政府 behind any province's name."""
_TAILS: Final = frozenset(
    "厅局委部院会办馆所署中站队库奖社行网法处组司台园校口界系线类家者员人科股室所段级队团层面方群帮"
    "可要将应也与和及已正拟会能须需并均都又再仍由从被把让使或而但则就才更最很只不未没等为是在有的先同共还亦即曾常若虽因故暂既便尚各另"
)
"""What may stand behind 教育 and be right: another organ, a kind of people, a word that leads to what is done."""


class ShortNames:
    """The names of `known` that have three or four characters."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        names = sorted(name for name in known if len(name) < SHORTEST)
        self._by_organ = _grouped((name[-1], name) for name in names)
        self._by_stem = _grouped((name[:-1], name) for name in names)
        stems = "|".join(map(re.escape, sorted(self._by_stem, key=len, reverse=True))) or r"(?!)"
        self._stem = re.compile(f"(?:{stems})(?=[\u4e00-\u9fff](?:[、等和及]|{NAMED.pattern}))")

    def near_misses(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and name of every stretch of `text` that is a slip of a short name."""
        for match in _ALONE.finditer(text):
            yield from self._among_bodies(text, *match.span())
        for match in _OFFICE.finditer(text):
            for size in (3, 4):
                if match.end() >= size and _begins(text, match.end() - size):
                    yield from self._office(text, match.end() - size, match.end())
        if "省政府" in self._known:
            for match in _PROVINCIAL.finditer(text):
                written = match.group()
                at = 2 if written[1] == "政" else 1
                if (
                    written not in self._known
                    and written[at] not in _TAILS
                    and not _says_something(written, at)
                ):
                    yield *match.span(), "省政府"
        for match in self._stem.finditer(text):
            if _begins(text, match.start()):
                yield from self._wrong_tail(text, match.start(), match.end() + 1)

    def _among_bodies(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Between two marks in a list of bodies, or acting: any slip of a name with the same organ."""
        written = text[start:end]
        if (
            written in self._known
            or written[:-1] in CORES
            or written[1:-1] in CORES
            or not Stretch(text, start, end, self._known).is_body
        ):
            return
        for name in self._by_organ.get(written[-1], ()):
            if _is_slip(written, name):
                yield start, end, name

    def _office(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """At the beginning of a clause: one character of 科技厅 wrong, where what stands there is no word."""
        written = text[start:end]
        if written in self._known or any(core in CORES for core in (written[:-1], written[1:-1])):
            return
        for name in self._by_organ.get(written[-1], ()):
            wrong = [at for at, (one, other) in enumerate(zip(written, name, strict=False)) if one != other]
            if len(name) == len(written) and len(wrong) == 1 and not _says_something(written, wrong[0]):
                yield start, end, name

    def _wrong_tail(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """In a list of bodies, or acting: 审计们 for 审计厅, where 审计 alone is no body and what stands there no word."""
        written = text[start:end]
        names = self._by_stem[written[:-1]]
        if written in self._known or written[-1] in _TAILS:
            return
        if Stretch(text, start, end, self._known).is_body and not _says_something(written, len(written) - 1):
            yield from ((start, end, name) for name in names)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, name in pairs:
        found[key].append(name)
    return {key: tuple(names) for key, names in found.items()}


def _begins(text: str, start: int) -> bool:
    """Whether a name may begin at `start`: nothing, a mark or a word that leads to it stands before."""
    return start == 0 or not is_han(text[start - 1]) or text.endswith(_OPENS, 0, start)


def _says_something(written: str, wrong: int) -> bool:
    """Whether the character at `wrong` makes a word with those beside it, so that it may be meant: 服务厅 for 商务厅."""
    from authoring.words import is_word  # only where something is nearly a name: it maps a dictionary

    return any(
        is_word(written[first:last])
        for first in range(wrong + 1)
        for last in range(max(wrong + 1, first + 2), len(written) + 1)
    )


def _is_slip(written: str, name: str) -> bool:
    """Whether `written`, of the same organ, is one slip away from a name of three or four characters."""
    if len(written) == len(name):
        wrong = [index for index, (one, other) in enumerate(zip(written, name, strict=True)) if one != other]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(written) == sorted(name)
        start, end = name_of(name).core
        return swapped or (len(wrong) == 1 and end - start >= 2 and wrong[0] >= start)
    if len(written) == len(name) + 1 and len(name) > 2:
        return any(written[:at] + written[at + 1 :] == name for at in range(1, len(written) - 1))
    return len(name) == 4 and any(name[:at] + name[at + 1 :] == written for at in range(1, 3))
