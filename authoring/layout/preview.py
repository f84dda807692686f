"""What layout would say of an issue, without setting it: characters and headlines only, a twentieth of the time.

`authoring check` looks at many drafts in one call; most of a layout's work finds nothing that an editor is told.
"""

from __future__ import annotations

from authoring.diagnostics import Finding, UnsettableText
from authoring.fonts import FontSet
from authoring.layout.coverage import check_characters
from authoring.layout.pages import lay_out, set_headline
from authoring.layout.room import long_lines
from authoring.layout.typesetter import Typesetter
from authoring.model import Issue, Publication


def preview_findings(
    issue: Issue, publication: Publication, fonts: FontSet, *, pages: bool = False
) -> tuple[Finding, ...]:
    """The findings of `lay_out(issue, publication, fonts)`, which is run only for `pages` or where a setting needs them:
    `avoid_single_character_line` (H002) and `even_page` (I001). Without, what only pages tell (H003) is left to `build`.

    publication: the issue's publication; the issue's overrides are applied here. Raises UnsettableText as layout does.
    """
    effective = publication.for_issue(issue)
    if pages or effective.typesetting.avoid_single_character_line or effective.imprint.even_page:
        return lay_out(issue, publication, fonts).findings
    findings = check_characters(issue, effective, fonts)
    setter = Typesetter(fonts, effective.typesetting)
    misfits = long_lines(setter, effective)
    if misfits:
        raise UnsettableText(misfits)
    for number, section in enumerate(issue.sections):
        for position, item in enumerate(section.items):
            set_headline(setter, item, ("sections", number, "items", position), effective, findings)
    return tuple(findings)
