"""Text and style to positioned runs: what cover, body and imprint share."""

from __future__ import annotations

from collections.abc import Iterable

from authoring.diagnostics import NodePath
from authoring.fonts import FontSet
from authoring.inline import Run, parse
from authoring.layout.breaks import Breaks, LineEnds
from authoring.layout.document import BLACK, Colour, TextRun
from authoring.layout.lines import Line, line_ends, set_lines, set_single_line
from authoring.layout.paragraph import Paragraph, collect, measures
from authoring.model import Typesetting
from authoring.style import Length, Role, TextStyle

ASCENT = 0.88
"""Share of a full-width character above the baseline, the same for every face: fonts disagree on their own."""


class Typesetter:
    """Sets text with one set of fonts and habits. line_ends: where the lines of each paragraph ended."""

    def __init__(self, fonts: FontSet, habits: Typesetting, recorded: Breaks | None = None) -> None:
        self.fonts = fonts
        self.habits = habits
        self.line_ends = LineEnds(recorded)

    def paragraph(self, text: str, style: TextStyle) -> Paragraph:
        """`text` with its markup read, measured."""
        return self.measured(((run, style.role) for run in parse(text)), style)

    def measured(self, runs: Iterable[tuple[Run, Role]], style: TextStyle) -> Paragraph:
        """Runs that each bring their role, measured as one paragraph."""
        half_quotes = self.habits.quotes == "half"
        with_measures = ((run, measures(self.fonts, role, style.em, half_quotes)) for run, role in runs)
        return collect(with_measures, style, self.habits)

    def lines(self, paragraph: Paragraph, measure: int, path: NodePath, indent: int = 0) -> tuple[Line, ...]:
        """The lines of the paragraph at `path`, broken as `line_ends` chooses."""
        return self._lines(paragraph, measure, path, indent, self.habits)

    def lines_without_runt(self, paragraph: Paragraph, measure: int, path: NodePath) -> tuple[Line, ...]:
        """Lines of which the last is more than one character, whatever the habit for body text (孤字)."""
        habits = self.habits.model_copy(update={"avoid_single_character_line": True})
        return self._lines(paragraph, measure, path, 0, habits)

    def single_line(self, text: str, style: TextStyle) -> Line:
        """`text` on one line, read as it stands (no markup, spaces kept)."""
        return set_single_line(self.measured([(Run(text, bold=False), style.role)], style))

    def _lines(
        self, paragraph: Paragraph, measure: int, path: NodePath, indent: int, habits: Typesetting
    ) -> tuple[Line, ...]:
        ends = self.line_ends.choose(
            path, paragraph.text, lambda: line_ends(paragraph, measure, indent, habits)
        )
        return set_lines(paragraph, ends, measure, indent, habits)


def draw(
    line: Line, x: int, top: int, style: TextStyle, path: NodePath, colour: Colour = BLACK
) -> list[TextRun]:
    """The runs of `line` with its left edge at `x`, in the line box of `style` whose top is `top`."""
    y = Length(top + (style.pitch - style.size) // 2 + round(style.size * ASCENT))
    return [
        TextRun(
            Length(x + run.x),
            y,
            run.text,
            run.face,
            style.size,
            run.advances,
            path,
            colour,
            run.bold,
            run.stretch,
        )
        for run in line.runs
    ]
