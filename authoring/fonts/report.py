"""What fonts a run would use: as a table for a person, as a fontconfig file for LibreOffice."""

from __future__ import annotations

from xml.sax.saxutils import escape

from authoring.diagnostics import Lang, columns
from authoring.fonts.roles import FontSet


def font_table(fonts: FontSet, lang: Lang) -> str:
    """A line a role: what it is for, the official font, the file it resolves to, whether that is a substitute."""
    head = ("用途", "公文字体", "所用文件", "") if lang == "zh" else ("role", "official font", "file", "")
    rows = [head]
    for role, resolved in fonts.roles.items():
        purpose = resolved.spec.title if lang == "zh" else role
        mark = ("代用" if lang == "zh" else "substitute") if resolved.substituted else ""
        rows.append((purpose, resolved.spec.official, str(resolved.face.path), mark))
    widths = [max(columns(row[index]) for row in rows) for index in range(3)]
    lines = []
    for row in rows:
        cells = [cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=False)]
        lines.append("  ".join([*cells, row[3]]).rstrip())
    substituted = sum(resolved.substituted for resolved in fonts.roles.values())
    if substituted:
        lines.append("")
        lines.append(
            f"{substituted} 种用途以开源字体代用。有正式字体的，放进一个文件夹，用 --fonts 指给它。"
            if lang == "zh"
            else f"{substituted} roles use open substitutes. Put licensed fonts into a folder and pass --fonts."
        )
    return "\n".join(lines) + "\n"


def fontconfig_file(fonts: FontSet) -> str:
    """A fontconfig file in which every official name is the face that `fonts` resolves it to.

    It lists those faces' folders and nothing else of the system, and rewrites a request for an official name into one for
    the face's own family, so that LibreOffice sets a DOCX with the same faces as the PDF. A face that is bold by itself
    is asked for as bold; of others the weight asked for stays, for LibreOffice to embolden what a draft has in bold.
    """
    folders = sorted(
        {str(face.path.parent) for item in fonts.roles.values() for face in (item.face, *item.fallbacks)}
    )
    targets: dict[str, tuple[str, int]] = {}
    for resolved in fonts.roles.values():
        for name in (resolved.spec.official, *resolved.spec.families):
            targets.setdefault(name, (resolved.face.family, resolved.face.weight))
    lines = ['<?xml version="1.0"?>', '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">', "<fontconfig>"]
    lines += [f"  <dir>{escape(folder)}</dir>" for folder in folders]
    lines.append('  <cachedir prefix="xdg">fontconfig</cachedir>')
    for name, (family, weight) in targets.items():
        lines += [
            '  <match target="pattern">',
            f'    <test name="family" qual="any"><string>{escape(name)}</string></test>',
            f'    <edit name="family" mode="assign" binding="strong"><string>{escape(family)}</string></edit>',
        ]
        if weight >= _BOLD:
            lines.append('    <edit name="weight" mode="assign" binding="strong"><const>bold</const></edit>')
        lines.append("  </match>")
    return "\n".join([*lines, *_EMBOLDEN, "</fontconfig>"]) + "\n"


_EMBOLDEN = (
    '  <match target="font">',
    '    <test name="weight" compare="less_eq"><const>medium</const></test>',
    '    <test target="pattern" name="weight" compare="more_eq"><const>bold</const></test>',
    '    <edit name="embolden" mode="assign"><bool>true</bool></edit>',
    '    <edit name="weight" mode="assign"><const>bold</const></edit>',
    "  </match>",
)
"""What fontconfig's stock configuration does for a face that has no bold cut."""

_BOLD = 600
"""OpenType weight from which a face is bold."""
