"""The stuff of the text: sentences broken by a newline, leftovers of other programs, spaces inside Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from authoring.characters import fills_cell, name
from authoring.checks.draft import Draft, Problem, TextNode
from authoring.checks.marks import HAN
from authoring.diagnostics import Edit, Fix, Message
from authoring.inline import BOLD

_NEWLINES = re.compile(r"(?<![ \t])[ \t]*\n[ \t\n]*(?=\S)")
_ENDS = "。！？…；：—.!?;:"
_TAIL = " \t\n　*”’」』）)》〉】"
_SENTENCE = re.compile("[。！？；]")
_LABEL = re.compile(
    "(?:联系人|联系方式|电话|传真|地址|网址|邮箱|来源|供稿|撰稿|编辑|责任编辑|审核|单位|注|附件?|图|表)[0-9一二三四五]?[：:]"
)
_ADDRESS_END = re.compile(r"[!-~]{6,}$")
_ASIDE = re.compile("[。！？][”’』」]?(?:[*]{2})?[（(][^。]{1,60}[）)](?:[*]{2})?$")
"""（完）, （记者张三） or a source behind the last stop: the paragraph is closed."""
_CANNOT_BEGIN = "，。、；：？！"
_LONG_ENOUGH = 25


def broken_sentence(draft: Draft) -> Iterator[Problem]:
    """句子被换行、空行打断，或者段末没有句号。

    为什么：从别处粘贴来的文字常在半句处断开；段末没有句号，往往是漏了半句，或一句话被拆成两段。
    例：推动全国算力资源⏎有序池化 → 推动全国算力资源有序池化
    例：“……加快场景落地”（段末）→ “……加快场景落地。”
    改法：把断开的句子接上；补上句号。
    不报：标题、小标题、表格、很短的条目、“联系人：……”一类；以冒号、分号结束的段。
    依据：GB/T 15834—2011 4.1（句号）。
    修复：要 --unsafe-fixes；一句拆成两段的要人来接。
    ---
    A newline inside a sentence, a running paragraph without a closing mark, a paragraph that begins with a mark that
    cannot begin one. Silent on headlines, headings, short entries, labels. Fix: on request.
    """
    nodes = draft.nodes
    open_end = False
    for index, node in enumerate(nodes):
        if not node.is_running:
            open_end = False
            continue
        text = node.text
        if "\n" in text:
            yield from _newlines(node)
        body = text.strip(" \t\n　*")
        if body[:1] in _CANNOT_BEGIN and body and not open_end:
            at = text.index(body[0])
            yield Problem(
                node.path,
                Message(
                    f"段首不能是“{body[0]}”：句子被拆成两段？", f"a paragraph cannot begin with {body[0]}"
                ),
                Message("与上一段接成一段", "join it to the paragraph before"),
                (at, at + 1),
            )
        open_end = False
        if not text or text[-1] == "。" or not _lacks_end(body):
            continue
        open_end = True
        following = nodes[index + 1] if index + 1 < len(nodes) else None
        yield _open_ended(
            node, following is not None and following.is_running and following.item == node.item
        )


def _newlines(node: TextNode) -> Iterator[Problem]:
    text = node.text
    for match in _NEWLINES.finditer(text):
        before, after = text[max(0, match.start() - 16) : match.start()].rstrip(_TAIL)[-1:], text[match.end()]
        if not before or before in _ENDS:
            continue
        chinese = fills_cell(text[match.start() - 1]) or fills_cell(after)
        yield Problem(
            node.path,
            Message("句子中间换了行", "a line break inside a sentence"),
            Message("把两行接起来", "join the lines"),
            match.span(),
            Fix(False, (Edit(node.path, match.start(), match.end(), "" if chinese else " "),)),
        )


def _lacks_end(body: str) -> bool:
    """Whether a paragraph is a sentence that nothing closes."""
    if _ASIDE.search(body[-80:].rstrip(" \t\n\u3000")):
        return False
    core = body.rstrip(_TAIL)
    if not core or core[-1] in _ENDS or (body[0] in "（(" and body[-1] in "）)"):
        return False
    if core[-1] in "，、":
        return True
    sentence = _SENTENCE.search(body) is not None or (len(body) >= _LONG_ENOUGH and "，" in body)
    return sentence and _LABEL.match(body) is None and _ADDRESS_END.search(body[-40:]) is None


def _open_ended(node: TextNode, followed: bool) -> Problem:
    text = node.text
    end = len(text.rstrip(" \t\n　"))
    bold_end = len(text[:end].rstrip("*"))
    last = text[bold_end - 1]
    if last in "，、":
        edits = (Edit(node.path, bold_end - 1, bold_end, "。"),)
        return Problem(
            node.path,
            Message(f"段末是“{last}”，句子没有写完", f"the paragraph ends in {last}"),
            Message("接上下一段，或改为句号", "join the next paragraph, or end it with 。"),
            (bold_end - 1, bold_end),
            None if followed else Fix(False, edits),
        )
    return Problem(
        node.path,
        Message("段末没有句号", "no mark closes the paragraph"),
        Message("补上句号；如果一句话拆成了两段，接起来", "add 。, or join the paragraphs of one sentence"),
        (bold_end - 1, bold_end),
        Fix(False, (Edit(node.path, end, end, "。"),)),
    )


_INVISIBLE = "\xad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010fffd\ufffd"
_TAGS = "br|p|b|i|u|s|em|strong|span|div|font|sub|sup|a|img|table|tbody|tr|td|th|ul|ol|li|h[1-6]|o:p"
_ENTITIES: Final = {
    "nbsp": " ", "ensp": " ", "emsp": " ", "thinsp": " ", "quot": '"', "amp": "&", "ldquo": "“", "rdquo": "”",
    "lsquo": "‘", "rsquo": "’", "middot": "·", "mdash": "—", "ndash": "–", "hellip": "…", "times": "×",
}  # fmt: skip
_LEFTOVER = re.compile(
    rf"(?P<zero>[{_INVISIBLE}]+)|(?P<private>[{_PRIVATE}])|(?P<control>[\x00-\x08\x0e-\x1f\x7f]+)"
    rf"|(?P<tab>\t+)|(?P<tag></?(?:{_TAGS})(?:\s[^<>]*)?/?>|<!--[^<>]*-->)"
    rf"|(?P<entity>&(?:{'|'.join(_ENTITIES)}|lt|gt|apos|\#\d{{1,6}}|\#x[0-9a-fA-F]{{1,5}});)|(?P<tick>`+)"
    rf"|(?P<lead>(?:\A|(?<=\n))[ ]*(?:(?:\#{{1,6}}|[-+>])[ ]+)+(?=\S))"
)
_SUSPECT = re.compile(rf"[\t`<&*\x00-\x08\x0e-\x1f\x7f{_INVISIBLE}{_PRIVATE}]|(?:\A|\n) *[-#+>]")


def leftover_markup(draft: Draft) -> Iterator[Problem]:
    """别的软件留下的记号：不起作用的 **、制表符、看不见的字符、HTML 和 Markdown 记号。

    为什么：这些记号会原样印出来，或者看不见却妨碍查找和断行。
    例：办法所称**科技成果是指 → 办法所称科技成果是指
    例：科技&nbsp;成果 → 科技成果
    例：`## `重点任务 → 重点任务
    改法：删去。加粗要在两头各写两个星号。
    不报：成对的 **加粗**。
    依据：本刊的书写约定（**…** 加粗）。
    修复：安全（--fix）；私用区的字和 &lt; &gt; 要人看原件。
    ---
    A ** that bolds nothing, tabs, zero-width, bidirectional and private-use characters, HTML entities and tags,
    Markdown's #, -, > and backticks. Silent on paired bold. Fix: safe; none for private-use characters and &lt; &gt;.
    """
    for node in draft.nodes:
        text = node.text
        if _SUSPECT.search(text) is None:
            continue
        found = [_leftover(node, match) for match in _LEFTOVER.finditer(text)]
        if BOLD in text:
            found += _stray_bold(node)
        kept = _without(text, found).replace("*", "").replace("|", "").strip()
        yield from found if kept else (problem._replace(fix=None) for problem in found)


def _without(text: str, found: list[Problem]) -> str:
    """What is left of `text` without the places found."""
    at, pieces = 0, []
    for start, end in sorted(problem.at or (0, 0) for problem in found):
        pieces.append(text[at:start])
        at = max(at, end)
    return "".join(pieces) + text[at:]


def _leftover(node: TextNode, match: re.Match[str]) -> Problem:
    text, written = node.text, match.group()
    start, end = match.span()
    kind = match.lastgroup or ""
    right: str | None = ""
    zh, en = f"多余的记号{written.strip()}", f"leftover {written.strip()}"
    beside_latin = not (
        fills_cell(text[start - 1 : start] or "，") or fills_cell(text[end : end + 1] or "，")
    )
    if kind == "zero":
        zh, en = f"看不见的字符{name(written[0])}", f"invisible {name(written[0])}"
    elif kind == "private":
        right = None
        zh, en = f"字库外的字符U+{ord(written):04X}，印不出来", f"U+{ord(written):04X} is no real character"
    elif kind == "control":
        zh, en = f"控制字符U+{ord(written[0]):04X}", f"control character U+{ord(written[0]):04X}"
    elif kind == "tab":
        zh, en = "制表符", "a tab"
        right = " " if beside_latin else ""
    elif kind == "entity":
        right = _character(written[1:-1], text[end:], beside_latin)
    hint = Message("删去" if not right else f"改为{right}", "delete it" if not right else f"write {right}")
    if right is None:
        hint = Message("对照原件改", "compare with the source")
    fix = Fix(True, (Edit(node.path, start, end, right),)) if right is not None else None
    return Problem(node.path, Message(zh, en), hint, (start, end), fix)


def _character(entity: str, behind: str, beside_latin: bool) -> str | None:
    """What `&entity;` stands for; None where putting it in could make another leftover."""
    if entity.startswith("#"):
        code = int(entity[2:], 16) if entity[1] in "xX" else int(entity[1:])
        character = chr(code) if 0 < code < 0x110000 else "\ufffd"
    else:
        character = _ENTITIES.get(entity, "<")
    if character.isspace():
        return " " if beside_latin else ""
    spoils = character in "<>*`&'#-+" or unicodedata.category(character)[0] == "C"
    return None if spoils and not (character == "&" and not re.match(r"#?\w+;", behind)) else character


def _stray_bold(node: TextNode) -> Iterator[Problem]:
    text = node.text
    at = [match.start() for match in re.finditer(r"\*\*", text)]
    pairs = list(zip(at[::2], at[1::2], strict=False))
    for start, end in pairs:
        if not text[start + 2 : end].strip():
            yield _bold(node, start, end + 2)
    if len(at) % 2:
        yield _bold(node, at[-1], at[-1] + 2)


def _bold(node: TextNode, start: int, end: int) -> Problem:
    return Problem(
        node.path,
        Message("** 没有加粗任何文字，会原样印出", "** that bolds nothing"),
        Message("删去，或在另一头补上 **", "delete it, or add its other half"),
        (start, end),
        Fix(True, (Edit(node.path, start, end, ""),)),
    )


_SPACE = "[ \xa0\u2000-\u200a\u202f\u205f]+"
_INNER_SPACE = re.compile(rf"(?<=[{HAN}]){_SPACE}(?=[{HAN}0-9])|(?<=[0-9%％]){_SPACE}(?=[{HAN}])")


def inner_space(draft: Draft) -> Iterator[Problem]:
    """汉字之间、汉字与数字之间多了空格。

    为什么：字间的空隙由排版统一处理，存在稿子里的空格只会妨碍查找，换一种排法还会忽宽忽窄。
    例：科技 成果 → 科技成果
    例：到 2027 年 → 到2027年
    改法：删去空格。确要空出一个字，用全角空格。
    不报：全角空格；外文词之间、汉字与外文词之间的空格；标准名称里分隔各段的空格。
    依据：本刊的书写约定（字间的空隙由排版画）。
    修复：安全（--fix）。
    ---
    A space between two Chinese characters, or between Chinese and figures, which layout spaces itself. Silent on the
    full-width space, beside Latin words and in titles of standards. Fix: safe.
    """
    for node in draft.nodes:
        if _ANY_SPACE.search(node.text) is None:
            continue
        titles = [match.span() for match in _STANDARD.finditer(node.text)]
        for match in _INNER_SPACE.finditer(node.text):
            if any(start < match.start() < end for start, end in titles):
                continue
            yield Problem(
                node.path,
                Message("多了空格", "a space that layout draws itself"),
                Message("删去空格", "delete it"),
                match.span(),
                Fix(True, (Edit(node.path, match.start(), match.end(), ""),)),
            )


_ANY_SPACE = re.compile(_SPACE)
_STANDARD = re.compile(r"(?<=[0-9])《[^《》]*》|《[^《》]*第\s?[0-9]+\s?部分[^《》]*》")
"""Titles of standards, whose parts are divided by spaces."""
