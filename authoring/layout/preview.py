"""What layout would say of an issue, without setting it: characters and headlines only, a twentieth of the time.

`authoring check` looks at many drafts in one call; most of a layout's work finds nothing that an editor is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from authoring.diagnostics import Finding, Message, NodePath, UnsettableText
from authoring.fonts import FontSet
from authoring.inline import plain
from authoring.layout.coverage import check_characters
from authoring.layout.document import Layout, TextRun
from authoring.layout.pages import lay_out, set_headline
from authoring.layout.room import long_lines
from authoring.layout.typesetter import Typesetter
from authoring.model import Issue, Publication


def preview_findings(issue: Issue, publication: Publication, fonts: FontSet) -> tuple[Finding, ...]:
    """The findings of `lay_out(issue, publication, fonts)`, which is run only where a setting needs its pages:
    `avoid_single_character_line` (H002) and `even_page` (I001).

    publication: the issue's publication; the issue's overrides are applied here. Raises UnsettableText as layout does.
    """
    effective = publication.for_issue(issue)
    if effective.typesetting.avoid_single_character_line or effective.imprint.even_page:
        layout = lay_out(issue, publication, fonts)
        minds = effective.typesetting.avoid_single_character_line
        return layout.findings + (tuple(_single_characters(layout)) if minds else ())
    findings = check_characters(issue, effective, fonts)
    setter = Typesetter(fonts, effective.typesetting)
    misfits = long_lines(setter, effective)
    if misfits:
        raise UnsettableText(misfits)
    for number, section in enumerate(issue.sections):
        for position, item in enumerate(section.items):
            set_headline(setter, item, ("sections", number, "items", position), effective, findings)
    return tuple(findings)


def _single_characters(layout: Layout) -> Iterator[Finding]:
    """Paragraphs of the body whose last line is left with one character, a mark after it not counted."""
    lines: dict[NodePath, dict[tuple[int, int], str]] = {}
    for page in layout.pages:
        for item in page.items:
            if isinstance(item, TextRun) and "body" in item.path:
                of_node = lines.setdefault(item.path, {})
                key = (page.number, int(item.y))
                of_node[key] = of_node.get(key, "") + item.text
    for path, of_node in lines.items():
        last = plain(list(of_node.values())[-1]).rstrip("。！？；：，、”’）》…")
        if len(of_node) > 1 and len(last) <= 1:
            yield Finding(
                "H002",
                "info",
                path,
                Message(f"段末一行只剩“{last}”一个字", f"the last line holds one character only: “{last}”"),
                Message("增减几个字", "change the length of the paragraph"),
            )
