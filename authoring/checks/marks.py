"""Punctuation: pairs that do not match, half-width marks in Chinese, 、 where the standard wants none (GB/T 15834)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from authoring.checks.draft import Draft, Problem, TextNode
from authoring.diagnostics import NOTHING, Edit, Fix, Message
from authoring.markers import opening_marker

HAN: Final = "㐀-鿿〇\U00020000-\U0003ffff"
"""The inside of a character class: Chinese characters."""

LATIN_SPAN: Final = re.compile(
    r"(?:(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,20}://|www\.)[!-~]*[0-9A-Za-z/#=&_-]"
    r"|(?<![0-9A-Za-z_.+-])[0-9A-Za-z_.+-]{1,64}@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+"
)
"""Web and mail addresses, without the mark that may follow them."""

_PAIRS: Final = {
    "“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "【": "】", "〔": "〕", "﹝": "﹞",
    "[": "]", "{": "}", "「": "」", "『": "』",
}  # fmt: skip
_OPENER_OF: Final = {closing: opening for opening, closing in _PAIRS.items()}
_BRACKETS = re.compile(r"[“”‘’《》〈〉（）()【】〔〕﹝﹞\[\]{}「」『』]")
_NOT_A_PAIR = re.compile(
    r"(?:^|(?<=[；。：，、;,:\s]))[0-9A-Za-z]{1,2}[)）]"  # an enumerator: 1）
    r"|[\[(（][-+]?[\d.]{0,9}∞? ?[,，] ?[-+]?[\d.]{0,9}∞?[\])）]"  # an interval: [0,1)
    r"|(?<=[A-Za-z])’"  # an apostrophe
    r"|[:;]-?[()]"
)
_DIFFERENT_INSIDE: Final = {"“": ("‘", "’"), "《": ("〈", "〉")}
"""Pairs that may not stand in their own kind, and what the inner ones are."""


class _Mark(NamedTuple):
    kind: str
    at: int
    char: str


def unpaired(draft: Draft) -> Iterator[Problem]:
    """引号、书名号、括号不成对，或者套错了。

    为什么：少了半边，读者不知道引到哪里、书名到哪里为止；这是改稿时最常留下的错。
    例：探索“先使用后付费机制和模式 → 探索“先使用后付费”机制和模式
    例：《五年规划（2021—2025年》） → 《五年规划（2021—2025年）》
    例：《关于印发《实施办法》的通知》 → 《关于印发〈实施办法〉的通知》
    改法：补上或删去半边；引号里再用引号，里层用‘’；书名号里再用书名号，里层用〈〉。
    不报：《…〈…〉…》；1）2）这样的序号；一段引文分成几段、每段开头都有前引号。
    依据：GB/T 15834—2011 4.8（引号）、4.9（括号）、4.15（书名号）。
    修复：不能自动改，要人看缺在哪里。
    ---
    Quotes, title marks or brackets of a paragraph that are not paired or are wrongly nested. Silent on 《〈〉》, on
    enumerators such as 1）, and on a quotation that runs over several paragraphs. No fix.
    """
    nodes = draft.nodes
    for index, node in enumerate(nodes):
        marks = _BRACKETS.findall(node.text)
        if marks and not _plainly_paired(marks):
            following = nodes[index + 1] if index + 1 < len(nodes) else None
            yield from _pair(node, following is not None and _goes_on(node, following))


def _goes_on(node: TextNode, following: TextNode) -> bool:
    """Whether a quotation runs on from `node`: the next paragraph begins with its “, which ends that paragraph or not
    at all; a “name” that happens to open it is closed before."""
    text = following.text.strip("　 *")
    return (
        node.is_running
        and (following.section, following.item) == (node.section, node.item)
        and text.startswith("“")
        and text.find("”") in (-1, *range(len(text) - 2, len(text)))
    )


def _plainly_paired(marks: list[str]) -> bool:
    """Whether the marks are pairs side by side, none inside another: what most paragraphs are."""
    return len(marks) % 2 == 0 and all(
        _PAIRS.get(opening) == closing for opening, closing in zip(marks[::2], marks[1::2], strict=True)
    )


def _pair(node: TextNode, goes_on: bool) -> Iterator[Problem]:
    text = node.text
    skipped = {at for match in _NOT_A_PAIR.finditer(text) for at in range(*match.span())}
    marker = opening_marker(text)
    if marker is not None:
        skipped.update(range(marker.start, marker.end))
    stack: list[_Mark] = []
    orphans: list[_Mark] = []  # closings without an opening
    left: list[
        tuple[_Mark, _Mark | None]
    ] = []  # openings without a closing, and the closing that jumped over them
    inside: list[tuple[_Mark, _Mark]] = []  # a pair's opening directly inside one of its own kind
    closed: set[_Mark] = set()
    for match in _BRACKETS.finditer(text):
        at, char = match.start(), match.group()
        if at in skipped:
            continue
        kind = {"(": "（", ")": "）"}.get(char, char)
        if kind in _PAIRS:
            stack.append(_Mark(kind, at, char))
            continue
        kind = _OPENER_OF[kind]
        closing = _Mark(kind, at, char)
        if not any(mark.kind == kind for mark in stack[-8:]):
            orphans.append(closing)
            continue
        while stack[-1].kind != kind:
            left.append((stack.pop(), closing))
        opening = stack.pop()
        closed.add(opening)
        if kind in _DIFFERENT_INSIDE and stack and stack[-1].kind == kind:
            inside.append((opening, stack[-1]))
    left += [(mark, None) for mark in stack]
    if '"' in text:  # half of the pair may be half-width, which is another rule's
        orphans = [mark for mark in orphans if mark.kind != "“"]
        left = [(mark, over) for mark, over in left if mark.kind != "“"]
    if goes_on and stack and stack[-1].kind == "“":
        left = [(mark, over) for mark, over in left if mark != stack[-1]]
    crossed: list[_Mark] = []
    for mark, over in list(left) if len(left) + len(orphans) <= _DEEPEST else ():
        late = next((one for one in orphans if one.kind == mark.kind and over and one.at > over.at), None)
        if late is not None and over is not None:
            orphans.remove(late)
            left.remove((mark, over))
            crossed.append(over)
            too_many = next((one for one in orphans if one.kind == over.kind and one.at > late.at), None)
            if too_many is not None:  # the one that crosses is the one too many
                orphans.remove(too_many)
    yield from _report(node, (mark for mark, _ in left), orphans)
    for mark in dict.fromkeys(crossed):
        yield _unpaired(node, mark, f"{mark.char} 与另一对标点交叉", f"{mark.char} crosses another pair")
    for opening, outer in inside:
        if outer in closed:
            pair = "".join(_DIFFERENT_INSIDE[opening.kind])
            name = "引号" if opening.kind == "“" else "书名号"
            yield _unpaired(
                node, opening, f"{name}里再用{name}，里层用{pair}", f"the inner pair is {pair}",
                Message(f"里层改为{pair}", f"write {pair} inside"),
            )  # fmt: skip


def _report(node: TextNode, left: Iterable[_Mark], orphans: list[_Mark]) -> Iterator[Problem]:
    openings = list(left)
    if len(openings) == 2 and openings[0].kind == openings[1].kind in ("“", "‘") and not orphans:
        late = max(openings, key=lambda mark: mark.at)
        right = _PAIRS[late.kind]
        hint = Message(f"后一个{late.char}大概应为{right}", f"the second is perhaps {right}")
        yield _unpaired(node, late, f"{late.char} 不成对", f"{late.char} is not closed", hint)
        return
    if len(orphans) == 2 and orphans[0].kind == orphans[1].kind in ("“", "‘") and not openings:
        first = orphans[0]
        hint = Message(f"前一个{first.char}大概应为{first.kind}", f"the first is perhaps {first.kind}")
        yield _unpaired(node, first, f"{first.char} 不成对", f"{first.char} is not opened", hint)
        return
    for mark in openings:
        other = ")" if mark.char == "(" else _PAIRS[mark.kind]
        hint = Message(f"补上{other}，或删去{mark.char}", f"add {other}, or delete {mark.char}")
        yield _unpaired(node, mark, f"{mark.char} 没有配对的 {other}", f"{mark.char} without {other}", hint)
    for mark in orphans:
        other = "(" if mark.char == ")" else mark.kind
        hint = Message(f"补上{other}，或删去{mark.char}", f"add {other}, or delete {mark.char}")
        yield _unpaired(node, mark, f"{mark.char} 前面没有 {other}", f"{mark.char} without {other}", hint)


def _unpaired(node: TextNode, mark: _Mark, zh: str, en: str, hint: Message = NOTHING) -> Problem:
    return Problem(node.path, Message(zh, en), hint, (mark.at, mark.at + 1))


_HALF = re.compile(r'[,;:()"?!.]')
_CHINESE = f"{HAN}、。，；：！？（）“”‘’《》〈〉【】〔〕—…％"
_IS_CHINESE = re.compile(f"[{_CHINESE}]")
_BESIDE = re.compile(
    rf"(?:(?<=[{_CHINESE}])|(?<=[{_CHINESE}]\*\*))(?:[,;:?!](?![,;:?!.])|\.(?=[”’）》】]*(?:\*\*)?\s*$|[{HAN}“《]))"
    rf"|[,;:](?=(?:\*\*)?[{_CHINESE}])|(?<=[0-9%])[,;](?=[ ][{HAN}])"
)
_FULL: Final = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！", ".": "。"}
_ENTITY = re.compile(r"&#?\w{2,8};|\.{2,}")
_AT_END = re.compile(r"[*”’）》】\s]*\Z")
_PASSES = 8
"""How far a mark's mending is followed to its neighbours; no real text needs more than two."""
_DEEPEST = 32
"""Parentheses nested deeper than this are not text."""
_PARENTHESES = re.compile(r"[()（）]")
_QUOTES = re.compile(r"[“”\"]")


def halfwidth_mark(draft: Draft) -> Iterator[Problem]:
    """汉字旁边用了半角标点。

    为什么：半角标点只占半个字，不合公文标点，与全角混排参差不齐；多半是输入法没有切换。
    例：近日,科技厅印发办法 → 近日，科技厅印发办法
    例：《工作指引(试行)》 → 《工作指引（试行）》
    例：探索"先使用后付费"机制 → 探索“先使用后付费”机制
    改法：改成全角标点。
    不报：网址、邮箱、小数（3.5）、时间（9:30）、比例（1:3）、版本号（V2.0）、外文词句里的标点、公式。
    依据：GB/T 15834—2011 第4章（各种标点的形式）。
    修复：安全（--fix）；句中的半角句点要 --unsafe-fixes。
    ---
    , ; : ( ) " ? ! and . beside a Chinese character. Silent in addresses, decimals, times, ratios, versions, Latin
    phrases and formulae. Fix: safe; on request for a full stop within the text.
    """
    for node in draft.nodes:
        text = node.text
        if _HALF.search(text) is None:
            continue
        yield from _halfwidths(node)


def _halfwidths(node: TextNode) -> Iterator[Problem]:
    """Every half-width mark of a text. A mark beside one that becomes full-width stands beside Chinese, too."""
    text = node.text
    skipped = {
        at for pattern in (LATIN_SPAN, _ENTITY) for m in pattern.finditer(text) for at in range(*m.span())
    }
    marker = opening_marker(text)
    if marker is not None:
        skipped.update(range(marker.start, marker.end))
    for _ in range(_PASSES):
        mended = list(node.text)
        for problem in _beside_chinese(node, skipped):
            at = problem.at[0] if problem.at else 0
            if at not in skipped:
                skipped.add(at)
                yield problem
                mended[at] = problem.fix.edits[0].text if problem.fix else mended[at]
        text = "".join(mended)
        if text == node.text:
            return
        node = node._replace(text=text)


def _beside_chinese(node: TextNode, skipped: set[int]) -> Iterator[Problem]:
    text = node.text
    for match in _BESIDE.finditer(text):
        at, char = match.start(), match.group()
        if at not in skipped:
            yield _halfwidth(
                node, at, _FULL[char], safe=char != "." or _AT_END.match(text, at + 1) is not None
            )
    if "(" in text or ")" in text:
        yield from _parentheses(node, skipped)
    if '"' in text:
        yield from _straight_quotes(node, skipped)


def _halfwidth(node: TextNode, at: int, right: str | None, *, safe: bool = True) -> Problem:
    wrong = node.text[at]
    if right is None:
        message = Message(
            "汉字旁边用了半角引号，而且不成对", "a straight quote beside Chinese, and not paired"
        )
        return Problem(node.path, message, Message("改为“或”", "write “ or ”"), (at, at + 1))
    return Problem(
        node.path,
        Message(f"半角{wrong}应为全角{right}", f"half-width {wrong} beside Chinese"),
        Message(f"改为{right}", f"write {right}"),
        (at, at + 1),
        Fix(safe, (Edit(node.path, at, at + 1, right),)),
    )


def _parentheses(node: TextNode, skipped: set[int]) -> Iterator[Problem]:
    text = node.text
    stack: list[int] = []
    for match in _PARENTHESES.finditer(text):
        at = match.start()
        if at in skipped:
            continue
        if match.group() in "(（":
            stack.append(at)
            del stack[:-_DEEPEST]
        elif stack:
            yield from _parenthesis(node, stack.pop(), at)
        elif match.group() == ")" and _chinese_at(text, at - 1) and _chinese_at(text, at + 1):
            yield _halfwidth(node, at, "）")
    for at in stack:
        if text[at] == "(" and _chinese_at(text, at - 1) and _chinese_at(text, at + 1):
            yield _halfwidth(node, at, "（")


def _parenthesis(node: TextNode, start: int, end: int) -> Iterator[Problem]:
    text = node.text
    half = [at for at in (start, end) if text[at] in "()"]
    if not half:
        return
    before = text[max(0, start - 4) : start].rstrip(" *")[-1:]
    wrong = (
        len(half) == 1
        or _IS_CHINESE.search(text, start + 1, end)
        or _IS_CHINESE.match(before)
        or (not (before.isascii() and before.isalnum()) and _chinese_at(text, end + 1))
    )
    if not wrong:
        return
    is_year = re.fullmatch(r"(?:19|20)\d\d", text[start + 1 : end]) and re.match(
        r"第?\d{1,5}号", text[end + 1 : end + 8]
    )
    opening, closing = "〔〕" if is_year and len(half) == 2 else "（）"
    for at in half:
        yield _halfwidth(node, at, opening if at == start else closing)


def _chinese_at(text: str, at: int) -> bool:
    return at >= 0 and _IS_CHINESE.match(text, at) is not None


def _straight_quotes(node: TextNode, skipped: set[int]) -> Iterator[Problem]:
    text = node.text
    marks = [(m.start(), m.group()) for m in _QUOTES.finditer(text) if m.start() not in skipped]
    own = [char for _, char in marks if char != '"']
    straight = [at for at, char in marks if char == '"']
    whole = own == ["“", "”"] * (len(own) // 2)
    if not whole:  # a pair of which one half is half-width
        depth = 0
        for at, char in marks:
            if char == '"' and (depth or _touches(text, at)):
                yield _halfwidth(node, at, "”" if depth else "“")
            depth = (0 if depth else 1) if char == '"' else int(char == "“")
        return
    if len(straight) % 2:
        yield from (
            _halfwidth(node, at, None)
            for at in straight
            if _touches(text, at) and not text[at - 1 : at].isdigit()
        )
        return
    for start, end in zip(straight[::2], straight[1::2], strict=True):
        if _touches(text, start) or _touches(text, end):
            nested = text.rfind("“", 0, start) > text.rfind("”", 0, start)
            yield _halfwidth(node, start, "‘" if nested else "“")
            yield _halfwidth(node, end, "’" if nested else "”")


def _touches(text: str, at: int) -> bool:
    return _chinese_at(text, at - 1) or _chinese_at(text, at + 1)


_BETWEEN = re.compile("(?<=[”’》〉])、(?=[“‘《〈])")
_NEXT_STOP = re.compile("[、，。；：！？（(]|$")


def enumeration_comma(draft: Draft) -> Iterator[Problem]:
    """并列的引号之间、并列的书名号之间多用了顿号。

    为什么：引号、书名号本身已经把并列的几项隔开，通常不再用顿号。
    例：发放“数据券”、“算法券” → 发放“数据券”“算法券”
    例：《管理办法》、《实施细则》 → 《管理办法》《实施细则》
    改法：删去顿号。
    不报：中间插有别的字的，如“瞪羚”企业、“独角兽”企业；带括注的，如《人民日报》（海外版）、《光明日报》。
    依据：GB/T 15834—2011 4.5.3.5。
    修复：安全（--fix）。
    ---
    、 between adjacent quoted items or titles, where the standard wants none. Silent in a list in which anything else
    stands between two of them. Fix: safe.
    """
    for node in draft.nodes:
        text = node.text
        for match in _BETWEEN.finditer(text):
            at = match.start()
            closing, opening = text[at - 1], text[at + 1]
            if _OPENER_OF[closing] == opening and _list_is_bare(text, at, opening, closing):
                yield Problem(
                    node.path,
                    Message(f"{closing}与{opening}之间不用顿号", f"no 、 between {closing} and {opening}"),
                    Message("删去顿号", "delete it"),
                    (at, at + 1),
                    Fix(True, (Edit(node.path, at, at + 1, ""),)),
                )


def _list_is_bare(text: str, at: int, opening: str, closing: str) -> bool:
    """Whether nothing but the marked items stands in the list around the 、 at `at`."""
    begin = text.rfind(opening, 0, at)
    if text[begin - 1 : begin] == "、" and text[begin - 2 : begin - 1] != closing:
        return False
    end = text.find(closing, at)
    stop = _NEXT_STOP.search(text, end)
    if end < 0 or stop is None:
        return False
    return stop.group() not in ("（", "(", "、") or (stop.group() == "、" and stop.start() == end + 1)
