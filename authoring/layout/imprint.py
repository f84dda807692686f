"""The imprint at the foot of the last page (版记, GB/T 9704 7.4)."""

from __future__ import annotations

from authoring import style as st
from authoring.diagnostics import NodePath
from authoring.layout.document import PageItem, Stroke
from authoring.layout.typesetter import Typesetter, draw
from authoring.model import Issue, Publication
from authoring.style import PAGE, Length
from authoring.wording import imprint_date, imprint_issuer, print_run, recipients_label

_LEFT = PAGE.left + st.IMPRINT_INSET
_RIGHT = PAGE.right_edge - st.IMPRINT_INSET


def set_imprint(setter: Typesetter, issue: Issue, publication: Publication) -> tuple[list[PageItem], Length]:
    """The imprint's items, with heights counted from its first rule, and its whole height.

    Thick rule, recipients, thin rule, issuer and date, thick rule. The last rule's lower edge is the imprint's end,
    which page make-up puts on the bottom of the text area.
    """
    imprint = publication.imprint
    style = st.IMPRINT
    items: list[PageItem] = []
    y = 0

    def rule(width: Length) -> None:
        nonlocal y
        middle = Length(y + width // 2)
        items.append(Stroke(PAGE.left, middle, PAGE.right_edge, middle, width))
        y += width

    rule(st.IMPRINT_THICK)
    for number, entry in enumerate(imprint.distribution):
        label = setter.single_line(recipients_label(entry.label), style)
        inset = label.width
        for position, recipients in enumerate(entry.recipients):
            path: NodePath = ("imprint", "distribution", number, "recipients", position)
            if position == 0:
                items += draw(label, _LEFT, y, style, ("imprint", "distribution", number, "label"))
            for line in setter.lines(setter.paragraph(recipients, style), _RIGHT - _LEFT - inset, path):
                items += draw(line, _LEFT + inset, y, style, path)
                y += style.pitch
    if imprint.distribution:
        rule(st.IMPRINT_THIN)
    date = setter.single_line(imprint_date(issue, publication), style)
    issuer = imprint_issuer(publication)
    room = _RIGHT - _LEFT - date.width - style.em
    for line in setter.lines(setter.paragraph(issuer, style), room, ("imprint", "issuer")):
        items += draw(line, _LEFT, y, style, ("imprint", "issuer"))
        y += style.pitch
    if not issuer:
        y += style.pitch
    items += draw(date, _RIGHT - date.width, y - style.pitch, style, ("imprint", "date"))
    if imprint.copies is not None:
        copies = setter.single_line(print_run(imprint.copies), style)
        items += draw(copies, _RIGHT - copies.width, y, style, ("imprint", "copies"))
        y += style.pitch
    rule(st.IMPRINT_THICK)
    return items, Length(y)
