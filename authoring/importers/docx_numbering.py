"""The numbers that a word processor draws before paragraphs (17.9): they are no text, and an issue's numbers are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from authoring.importers.docx_styles import ParagraphLook, Stylesheet
from authoring.importers.docx_xml import Element, child, local, number, switch, value
from authoring.wording import numeral

_LEVELS: Final = 9
_PLACEHOLDER: Final = re.compile(r"%([1-9])")
_DIGITS: Final = "〇一二三四五六七八九"
_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_BULLET: Final = "●"


class _Level(NamedTuple):
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    """A w:num: the abstract list it draws on, and what it says otherwise."""

    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of a document, which `label` must be asked in order."""

    sheet: Stylesheet
    abstracts: dict[str, dict[int, _Level]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    lists: dict[str, _List] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, look: ParagraphLook) -> str:
        """What is drawn before the paragraph, without the white space behind it; empty for nothing."""
        list_id, level = self._place(look)
        entry = self.lists.get(list_id)
        if entry is None or not 0 <= level < _LEVELS:
            return ""
        abstract = self._abstract(entry.abstract)
        rows = {**self.abstracts.get(abstract, {}), **entry.levels}
        if level not in rows:
            return ""
        self._count(list_id, entry, abstract, rows, level)
        return self._drawn(rows, self.counters[abstract], level)

    def _place(self, look: ParagraphLook) -> tuple[str, int]:
        """The list and the level of a paragraph, from itself or its styles. A style's level may be told by the list."""
        direct = child(look.properties, "numPr")
        if direct is not None and child(direct, "numId") is not None:
            return value(child(direct, "numId")), number(child(direct, "ilvl")) or 0
        for style in look.styles:
            stated = child(style.paragraph, "numPr")
            list_id = value(child(stated, "numId"))
            if not list_id:
                continue
            entry = self.lists.get(list_id)
            rows = self.abstracts.get(self._abstract(entry.abstract), {}) if entry else {}
            linked = next((level for level, row in rows.items() if row.style == style.id), None)
            own = number(child(direct, "ilvl"))
            level = next((n for n in (own, number(child(stated, "ilvl")), linked) if n is not None), 0)
            return list_id, level
        return "", 0

    def _abstract(self, abstract: str) -> str:
        """The abstract list itself, where this one only names the style that has it."""
        for _ in range(_LEVELS):
            style = self.sheet.by_id.get(self.links.get(abstract, ""))
            if style is None:
                break
            entry = self.lists.get(value(child(style.paragraph, "numPr", "numId")))
            if entry is None:
                break
            abstract = entry.abstract
        return abstract

    def _count(
        self, list_id: str, entry: _List, abstract: str, rows: Mapping[int, _Level], level: int
    ) -> None:
        counter = self.counters.setdefault(abstract, {})
        if (list_id, level) not in self.begun and level in entry.starts:
            counter[level] = entry.starts[level]
        elif level in counter:
            counter[level] += 1
        else:
            counter[level] = rows[level].start
        self.begun.add((list_id, level))
        for deeper in [n for n in counter if n > level]:
            restart = rows[deeper].restart if deeper in rows else None
            if restart is None or (restart != 0 and level < restart):
                del counter[deeper]

    def _drawn(self, rows: Mapping[int, _Level], counter: Mapping[int, int], level: int) -> str:
        row = rows[level]
        if row.format == "bullet":
            return row.text if row.text and not "\ue000" <= row.text[0] <= "\uf8ff" else _BULLET

        def figure(match: re.Match[str]) -> str:
            shown = int(match.group(1)) - 1
            if shown not in rows:
                return ""
            format_ = "decimal" if row.legal and shown != level else rows[shown].format
            return _figure(format_, counter.get(shown, rows[shown].start))

        return _PLACEHOLDER.sub(figure, row.text).strip()


def read_numbering(root: Element | None, sheet: Stylesheet) -> Numbering:
    numbering = Numbering(sheet)
    for element in () if root is None else root:
        if local(element.tag) == "abstractNum":
            id_ = value(element, "abstractNumId")
            numbering.abstracts[id_] = {
                level: _level(row) for row in element if (level := number(row, "ilvl")) is not None
            }
            numbering.links[id_] = value(child(element, "numStyleLink"))
        elif local(element.tag) == "num":
            entry = _List(value(child(element, "abstractNumId")))
            for override in element.iterchildren(element.tag.replace("}num", "}lvlOverride")):
                level = number(override, "ilvl") or 0
                start = number(child(override, "startOverride"))
                if start is not None:
                    entry.starts[level] = start
                row = child(override, "lvl")
                if row is not None:
                    entry.levels[level] = _level(row)
            numbering.lists[value(element, "numId")] = entry
    return numbering


def _level(row: Element) -> _Level:
    start = number(child(row, "start"))
    return _Level(
        1 if start is None else start,
        value(child(row, "numFmt")) or "decimal",
        value(child(row, "lvlText")),
        number(child(row, "lvlRestart")),
        bool(switch(row, "isLgl")),
        value(child(row, "pStyle")),
    )


def _figure(format_: str, count: int) -> str:
    """A number in one of the formats of 17.18.59; in Arabic figures where the format is unknown or has no such number."""
    if format_ == "none":
        return ""
    make = _FORMATS.get(format_)
    return (make(count) if make and count > 0 else "") or str(count)


def _roman(count: int) -> str:
    if count >= 4000:
        return ""
    letters = ""
    for amount, letter in _ROMAN:
        times, count = divmod(count, amount)
        letters += letter * times
    return letters


def _letters(count: int) -> str:
    """a to z, then aa, bb: as Word counts."""
    return chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, 10)


def _row(characters: str) -> Callable[[int], str]:
    return lambda count: characters[count - 1] if count <= len(characters) else ""


def _run(first: str, length: int) -> Callable[[int], str]:
    return lambda count: chr(ord(first) + count - 1) if count <= length else ""


def _positional(digits: str) -> Callable[[int], str]:
    return lambda count: "".join(digits[int(figure)] for figure in str(count))


def _counted(count: int) -> str:
    """一, 十, 二十一, 一百零一."""
    if count < 100:
        return numeral(count)
    return _spelled(count, _DIGITS.replace("〇", "零"), "百千")


def _legal(count: int) -> str:
    return _spelled(count, _LEGAL, "佰仟", "拾")


def _spelled(count: int, digits: str, hundreds: str, ten: str = "十") -> str:
    if count >= 10_000:
        return ""
    units = ["", ten, *hundreds]
    text, gap = "", False
    for position, figure in enumerate(reversed(str(count))):
        if figure != "0":
            text = digits[int(figure)] + units[position] + (digits[0] if gap and text else "") + text
            gap = False
        else:
            gap = bool(text)
    return text


_FORMATS: Final[Mapping[str, Callable[[int], str]]] = MappingProxyType(
    {
        "decimalZero": lambda count: f"{count:02d}",
        "decimalFullWidth": lambda count: "".join(chr(0xFF10 + int(figure)) for figure in str(count)),
        "decimalFullWidth2": lambda count: "".join(chr(0xFF10 + int(figure)) for figure in str(count)),
        "lowerRoman": _roman,
        "upperRoman": lambda count: _roman(count).upper(),
        "lowerLetter": _letters,
        "upperLetter": lambda count: _letters(count).upper(),
        "decimalEnclosedCircle": _run("①", 20),
        "decimalEnclosedCircleChinese": _run("①", 20),
        "decimalEnclosedFullstop": _run("⒈", 20),
        "decimalEnclosedParen": _run("⑴", 20),
        "ideographEnclosedCircle": _run("㊀", 10),
        "chineseCounting": _counted,
        "chineseCountingThousand": _counted,
        "japaneseCounting": _counted,
        "taiwaneseCounting": _counted,
        "taiwaneseCountingThousand": _counted,
        "koreanDigital2": _counted,
        "ideographDigital": _positional(_DIGITS),
        "japaneseDigitalTenThousand": _positional(_DIGITS),
        "taiwaneseDigital": _positional(_DIGITS),
        "chineseLegalSimplified": _legal,
        "ideographLegalTraditional": _legal,
        "ideographTraditional": _row(_STEMS),
        "ideographZodiac": _row(_BRANCHES),
    }
)
