"""One printed issue in the habits of several offices: what a raw text may look like, made from the clean one."""

from __future__ import annotations

import re
from collections.abc import Callable

Variant = Callable[[str], bytes]
_PARAGRAPH = 40
"""Lines longer than this are paragraphs of the printed texts; headlines are shorter."""


def headlines(text: str) -> list[str]:
    return [line[1:] for line in text.splitlines() if line.startswith("●")]


def as_it_is(text: str) -> bytes:
    return text.encode()


def windows(text: str) -> bytes:
    """Notepad's ANSI with Windows line ends."""
    return text.replace("\n", "\r\n").encode("gb18030")


def utf16(text: str) -> bytes:
    return text.encode("utf-16")


def markdown(text: str) -> bytes:
    text = text.replace("创新驱动要参\n", "# 创新驱动要参\n", 1).replace("本期要点\n", "## 本期要点\n", 1)
    text = re.sub(r"^(\w{4})\.+(\d)", r"**\1** …… \2", text, flags=re.M)
    text = re.sub("^●", "* ", text, flags=re.M)
    text = re.sub(r"^(【.*】)$", r"## \1", text, flags=re.M)
    for headline in headlines(text.replace("* ", "●")):
        text = text.replace(f"\n\n{headline}\n", f"\n\n### {headline}\n")
    return text.encode()


def indented(text: str) -> bytes:
    """No blank lines; paragraphs begin with two full-width spaces."""
    return "\n".join(_indented(line) for line in text.splitlines() if line.strip()).encode()


def wrapped(text: str) -> bytes:
    """Indented, and every line cut at 30 characters, as text copied from a page is."""
    lines = (_indented(line) for line in text.splitlines() if line.strip())
    return "\n".join(piece for line in lines for piece in re.findall(".{1,30}", line)).encode()


def other_contents(text: str) -> bytes:
    """Bullets, leaders and page numbers of another hand, tabs, entries on two lines."""
    text = re.sub("^●", "\t◆ ", text, flags=re.M)
    text = re.sub(r"^(\w{4})\.{5}(\d)", r"\1\t（\2）", text, count=1, flags=re.M)
    text = re.sub(r"^(\w{4})\.{5}(\d)", r"\1………………………\2", text, count=1, flags=re.M)
    text = re.sub(r"^(\w{4})\.{5}(\d)", r"【\1】 · · · · · · \2", text, count=1, flags=re.M)
    first = headlines(text.replace("\t◆ ", "●"))[0]
    return text.replace(f"◆ {first}", f"◆ {first[:14]}\n{first[14:]}", 1).encode()


def cut_by_pages(text: str) -> bytes:
    """A folio and a form feed inside sentences; the recipients on several lines."""
    paragraphs = [line for line in text.splitlines() if len(line) > 3 * _PARAGRAPH]
    for number, line in enumerate(paragraphs[1:12:4], 2):
        at = line.index("，", len(line) // 2) - 1
        text = text.replace(line, f"{line[:at]}\n\n— {number} —\n\f{line[at:]}", 1)
    return (
        text.replace("副主任、委员，", "副主任、委员，\n")
        .replace("中央在川和省属科研院所，", "\n中央在川和省属科研院所，")
        .encode()
    )


def without_brackets(text: str) -> bytes:
    """Section headers as bare names."""
    return re.sub(r"^【(.*)】$", r"\1", text, flags=re.M).encode()


def spaced_masthead(text: str) -> bytes:
    """Letter-spaced title, issuer and date on one line, full-width spaces around."""
    text = text.replace("创新驱动要参\n", "　　创 新 驱 动 要 参\n", 1).replace("第 54 期", "（第 54 期）", 1)
    return re.sub(r"四川省科学技术厅\n\n(.*日)", r"四川省科学技术厅　　　　　\1", text, count=1).encode()


def numbered(text: str) -> bytes:
    """Sections numbered and without brackets, the date in Chinese numerals, entries with page numbers and numbers."""
    text = text.replace("2025 年 11 月 14 日", "二〇二五年十一月十四日", 1)
    for number, name in zip("一二三", re.findall("^【(.*)】$", text, flags=re.M), strict=True):
        text = re.sub(rf"^【{name}】$", f"{number}、{name}", text, flags=re.M)
        text = re.sub(rf"^{name}\.+(\d)$", rf"{number}、{name}（P\1）", text, flags=re.M)
    for at, headline in enumerate(headlines(text), 1):
        text = text.replace(f"●{headline}", f"{at}．{headline} / {at}", 1)
        text = text.replace(f"\n\n{headline}\n", f"\n\n{at}．{headline}\n")
    return text.encode()


def ornamented(text: str) -> bytes:
    """Ornaments around sections, bold headlines, page numbers without dashes, labels broken, a line of the staff."""
    text = re.sub(r"^【(.*)】$", r"◎ \1 ◎", text, flags=re.M)
    for headline in headlines(text):
        text = text.replace(f"\n\n{headline}\n", f"\n\n**{headline}**\n")
    paragraphs = [line for line in text.splitlines() if len(line) > 3 * _PARAGRAPH]
    for number, line in enumerate(paragraphs[1:12:4], 2):
        at = line.index("，", len(line) // 2) - 1
        text = text.replace(line, f"{line[:at]}\n        {number}\n\f{line[at:]}", 1)
    return text.replace("主送：", "主\n送：", 1).replace("抄送：", "抄　送 ：", 1).encode()


def one_line_masthead(text: str) -> bytes:
    """Number, issuers and date beside each other; the title in bold."""
    head, rest = text.split("本期要点", 1)
    one = "**创新驱动要参**（第54期）\n中共四川省委科技委员会办公室 四川省科学技术厅 | 2025-11-14\n\n"
    assert "第 54 期" in head
    return f"{one}本期要点：{rest}".encode()


def numbered_contents(text: str) -> bytes:
    """Entries of the contents numbered （1）（2）…, each with its page."""
    numbers = iter(range(1, 20))
    return re.sub("^●(.*)$", lambda match: f"（{next(numbers)}）{match[1]} …… 3", text, flags=re.M).encode()


def numbered_sections(text: str) -> bytes:
    """Section headers as 一、部委动态."""
    numbers = iter("一二三四五")
    return re.sub(r"^【(.*)】$", lambda match: f"{next(numbers)}、{match[1]}", text, flags=re.M).encode()


def crowded_masthead(text: str) -> bytes:
    """Title, number and date on one line, both issuers on the next."""
    head = "创新驱动要参  第五十四期  2025年11月14日\n中共四川省委科技委员会办公室 四川省科学技术厅\n\n"
    return (head + text[text.index("本期要点") :]).encode()


def bold_headlines(text: str) -> bytes:
    """Headlines and section headers bold as a whole, a rule before the recipients, the label on a line of its own."""
    for headline in headlines(text):
        text = text.replace(f"\n\n{headline}\n", f"\n\n**{headline}**\n")
    text = re.sub(r"^(【.*】)$", r"**\1**", text, flags=re.M)
    return text.replace("主送：", "────────────\n主送：\n").encode()


def _indented(line: str) -> str:
    return f"　　{line}" if len(line) > _PARAGRAPH or re.match(r"（\d", line) else line


VARIANTS: dict[str, tuple[str, Variant]] = {
    "as it is": ("txt", as_it_is),
    "GB18030, CRLF": ("txt", windows),
    "UTF-16": ("txt", utf16),
    "Markdown": ("md", markdown),
    "indented, no blank lines": ("txt", indented),
    "lines wrapped": ("txt", wrapped),
    "another contents list": ("txt", other_contents),
    "cut by pages": ("txt", cut_by_pages),
    "sections without brackets": ("txt", without_brackets),
    "numbered contents": ("txt", numbered_contents),
    "numbered sections": ("txt", numbered_sections),
    "crowded masthead": ("txt", crowded_masthead),
    "bold headlines": ("txt", bold_headlines),
    "masthead spaced out": ("txt", spaced_masthead),
    "sections numbered, date in Chinese": ("txt", numbered),
    "ornaments, bold, bare page numbers": ("txt", ornamented),
    "masthead in one line": ("txt", one_line_masthead),
}
