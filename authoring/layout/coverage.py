"""Every character looked up before anything is set: none is lost in silence."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from authoring import style as st
from authoring.characters import name
from authoring.diagnostics import Finding, Message, NodePath, UnsettableText
from authoring.fonts import FontSet
from authoring.inline import HEADLINE_BREAK, ignorable, is_folded
from authoring.model import Heading, Issue, Points, Publication
from authoring.style import Role


def check_characters(issue: Issue, publication: Publication, fonts: FontSet) -> list[Finding]:
    """What an editor should know of the issue's characters: fallbacks and dropped invisible ones.

    One finding for a character in a node, and one in all for a fallback, at its first place. Raises UnsettableText with those that no font has.
    """
    missing: list[Finding] = []
    notes: list[Finding] = []
    told: set[str] = set()
    for path, role, text in texts(issue, publication):
        odd: dict[str, str] = {}
        for char in set(text):
            verdict = _verdict(fonts, role, char)
            if verdict:
                odd[char] = verdict
        if not odd:
            continue
        for char, verdict in sorted(odd.items(), key=lambda pair: text.index(pair[0])):
            if verdict == "fallback" and char in told:
                continue
            told.add(char)
            (missing if verdict == "missing" else notes).append(_KINDS[verdict](path, text.index(char), char))
    if missing:
        raise UnsettableText(missing)
    return notes


def texts(issue: Issue, publication: Publication) -> Iterator[tuple[NodePath, Role, str]]:
    """Every text that is set, with its node and the role of the font it is set in."""
    head = publication.masthead
    yield ("masthead", "title"), st.MASTHEAD.role, head.title
    yield ("masthead", "number_line"), st.NUMBER_LINE.role, head.number_line
    for index, issuer in enumerate(head.issuers):
        yield ("masthead", "issuers", index), st.ISSUERS.role, issuer
    yield ("masthead", "classification"), st.CLASSIFICATION.role, head.classification or ""
    yield ("masthead", "copy_number"), st.COPY_NUMBER.role, head.copy_number or ""
    yield ("contents", "title"), st.CONTENTS_TITLE.role, publication.contents.title
    yield ("contents", "bullet"), st.CONTENTS_ITEM.role, publication.contents.bullet
    for number, section in enumerate(issue.sections):
        path: NodePath = ("sections", number)
        yield (*path, "name"), st.SECTION.role, section.name
        for position, item in enumerate(section.items):
            item_path = (*path, "items", position)
            yield (*item_path, "headline"), st.HEADLINE.role, item.headline.replace(HEADLINE_BREAK, " ")
            for index, block in enumerate(item.body):
                block_path = (*item_path, "body", index)
                if isinstance(block, Points):
                    for point, text in enumerate(block.points):
                        yield (*block_path, "points", point), st.BODY.role, text
                elif isinstance(block, Heading):
                    yield (*block_path, "heading"), st.HEADINGS[block.level].role, block.heading
                    yield (*block_path, "text"), st.BODY.role, block.text or ""
                else:
                    yield block_path, st.BODY.role, block
    for number, entry in enumerate(publication.imprint.distribution):
        yield ("imprint", "distribution", number, "label"), st.IMPRINT.role, entry.label
        for position, recipients in enumerate(entry.recipients):
            yield ("imprint", "distribution", number, "recipients", position), st.IMPRINT.role, recipients
    yield ("imprint", "issuer"), st.IMPRINT.role, publication.imprint.issuer or ""


@lru_cache(maxsize=1 << 16)
def _verdict(fonts: FontSet, role: Role, char: str) -> str:
    if is_folded(char):
        return ""
    if ignorable(char):
        return "invisible"
    if fonts.face(role, char) is None:
        return "missing"
    return "fallback" if fonts.is_fallback(role, char) else ""


def _missing(path: NodePath, offset: int, char: str) -> Finding:
    kind = unicodedata.category(char)
    if kind == "Cc":
        message = Message(f"正文里混进了控制字符 {name(char)}", f"control character {name(char)}")
        hint = Message("删去这个看不见的字符", "delete this invisible character")
    elif char in "\ufffc\ufffd":
        message = Message(
            f"这里有一个占位符 {name(char)}：原来的字在复制时丢了", f"{name(char)}: the original was lost"
        )
        hint = Message("对照原稿，重新输入这个字", "type it again from the original")
    elif kind == "Co":
        message = Message(
            f"私用区字符 {name(char)}，别的电脑上会变成另一个字或空白", f"private-use character {name(char)}"
        )
        hint = Message("换成标准编码的字", "use the character's standard code point")
    elif kind == "Cn":
        message = Message(
            f"“{char}”不是字：{name(char)} 没有分配给任何字符",
            f"{name(char)} is not assigned to any character",
        )
        hint = Message("删去，或重新输入这个字", "delete it, or type the character again")
    else:
        message = Message(f"没有字体能显示“{char}”（{name(char)}）", f"no font has “{char}” ({name(char)})")
        hint = Message(
            "把含有这个字的字体放进一个文件夹，用 --fonts 指给它",
            "put a font that has it into a folder and pass --fonts",
        )
    return Finding("Z001", "error", path, message, hint, (offset, offset + 1))


def _fallback(path: NodePath, offset: int, char: str) -> Finding:
    return Finding(
        "Z002",
        "info",
        path,
        Message(
            f"“{char}”（{name(char)}）本字体没有，用后备字体排出",
            f"“{char}” ({name(char)}) is set in a fallback font",
        ),
        at=(offset, offset + 1),
    )


def _invisible(path: NodePath, offset: int, char: str) -> Finding:
    return Finding(
        "Z003",
        "warning",
        path,
        Message(f"看不见的字符 {name(char)} 没有排出", f"the invisible character {name(char)} was left out"),
        Message("删去它", "delete it"),
        (offset, offset + 1),
    )


_KINDS = {"missing": _missing, "fallback": _fallback, "invisible": _invisible}
