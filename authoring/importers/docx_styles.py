"""How a DOCX shows its text: bold, size, alignment, outline, through direct formatting, styles and defaults (17.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from authoring.importers.docx_xml import Element, child, local, number, switch, value

_DEEPEST: Final = 50
"""Styles based on one another; Word allows eleven."""
_DEFAULT_SIZE: Final = 10.0
"""Points, where nothing states a size (17.3.2.38)."""
_LARGEST: Final = 1638.0


class Style(NamedTuple):
    """A row of styles.xml. name: as the user sees it. based_on: an id, empty for none."""

    id: str
    name: str
    kind: str
    based_on: str
    paragraph: Element | None
    run: Element | None


class RunLook(NamedTuple):
    """How a run shows. styled_bold: bold by its paragraph's style. style: the name of its character style."""

    bold: bool
    styled_bold: bool
    size: float
    hidden: bool
    struck: bool
    style: str


@dataclass(slots=True)
class Stylesheet:
    """The styles of a document by id."""

    by_id: dict[str, Style] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    run_defaults: Element | None = None
    paragraph_defaults: Element | None = None
    _chains: dict[str, tuple[Style, ...]] = field(default_factory=dict)

    def chain(self, style_id: str) -> tuple[Style, ...]:
        """The style and those that it is based on, nearest first; bounded, since styles may be based on themselves."""
        if style_id not in self._chains:
            self._chains[style_id] = tuple(self._ancestors(style_id))
        return self._chains[style_id]

    def _ancestors(self, style_id: str) -> Iterator[Style]:
        seen: set[str] = set()
        while style_id in self.by_id and style_id not in seen and len(seen) < _DEEPEST:
            seen.add(style_id)
            yield self.by_id[style_id]
            style_id = self.by_id[style_id].based_on

    def of_paragraph(self, properties: Element | None) -> tuple[Style, ...]:
        """The chain of the paragraph style that these properties name, or of the default one."""
        named = value(child(properties, "pStyle"))
        return self.chain(named if named in self.by_id else self.defaults.get("paragraph", ""))


def read_styles(root: Element | None) -> Stylesheet:
    sheet = Stylesheet()
    if root is None:
        return sheet
    sheet.run_defaults = child(root, "docDefaults", "rPrDefault", "rPr")
    sheet.paragraph_defaults = child(root, "docDefaults", "pPrDefault", "pPr")
    for element in root:
        if local(element.tag) != "style":
            continue
        style = Style(
            value(element, "styleId"),
            value(child(element, "name")),
            value(element, "type") or "paragraph",
            value(child(element, "basedOn")),
            child(element, "pPr"),
            child(element, "rPr"),
        )
        sheet.by_id.setdefault(style.id, style)
        if value(element, "default") in ("1", "true", "on"):
            sheet.defaults.setdefault(style.kind, style.id)
    return sheet


@dataclass(frozen=True)
class ParagraphLook:
    """What the properties of a paragraph come to."""

    sheet: Stylesheet
    properties: Element | None

    @cached_property
    def styles(self) -> tuple[Style, ...]:
        return self.sheet.of_paragraph(self.properties)

    @cached_property
    def _all(self) -> tuple[Element, ...]:
        """The properties that hold, nearest first."""
        stated = [self.properties, *(style.paragraph for style in self.styles), self.sheet.paragraph_defaults]
        return tuple(element for element in stated if element is not None)

    def find(self, name: str) -> Element | None:
        """The nearest statement of a property."""
        return next((found for one in self._all if (found := child(one, name)) is not None), None)

    @property
    def style(self) -> str:
        return self.styles[0].name if self.styles else ""

    @property
    def centred(self) -> bool:
        return value(self.find("jc")) == "center"

    @property
    def page_break(self) -> bool:
        return next((on for one in self._all if (on := switch(one, "pageBreakBefore")) is not None), False)

    @property
    def outline(self) -> int:
        """The level in the navigation pane from 1, 0 for body text."""
        level = number(self.find("outlineLvl"))
        return level + 1 if level is not None and 0 <= level <= 8 else 0

    def run(self, properties: Element | None) -> RunLook:
        """How a run with these properties shows in this paragraph."""
        return self._plain_run if properties is None or not len(properties) else self._run(properties)

    @cached_property
    def _plain_run(self) -> RunLook:
        """What most runs are."""
        return self._run(None)

    def _run(self, properties: Element | None) -> RunLook:
        character = self.sheet.chain(value(child(properties, "rStyle")))
        sources = [style.run for style in (*character, *self.styles) if style.run is not None]
        size = next(
            (found for one in (properties, *sources, self.sheet.run_defaults) if (found := _size(one))), _DEFAULT_SIZE
        )  # fmt: skip
        direct = switch(properties, "b")
        styled = self._toggle("b", ())
        return RunLook(
            bold=self._toggle("b", character) if direct is None else direct,
            styled_bold=styled,
            size=size,
            hidden=self._is("vanish", properties, character),
            struck=self._is("strike", properties, character) or self._is("dstrike", properties, character),
            style=character[0].name if character else "",
        )

    def _is(self, name: str, properties: Element | None, character: tuple[Style, ...]) -> bool:
        direct = switch(properties, name)
        return self._toggle(name, character) if direct is None else direct

    def _toggle(self, name: str, character: tuple[Style, ...]) -> bool:
        """A toggle property of the styles (17.7.3): a character style that says so turns the paragraph style's over."""
        if switch(self.sheet.run_defaults, name):
            return True
        return _stated(name, self.styles) != _stated(name, character)


def _stated(name: str, chain: tuple[Style, ...]) -> bool:
    """What a chain of styles says of a toggle property."""
    return next((on for style in chain if (on := switch(style.run, name)) is not None), False)


def _size(properties: Element | None) -> float | None:
    """Points; None where none is stated, or an absurd one."""
    half_points = number(child(properties, "sz"))
    return half_points / 2 if half_points is not None and 0 < half_points <= 2 * _LARGEST else None
