"""What layout has to say of a setting that is right but does not look well. A remark's docstring is its page, as a
rule's is: `authoring explain H001` prints it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from authoring.diagnostics import Finding, Message, NodePath, Severity
from authoring.inline import plain
from authoring.layout.document import Page, TextRun
from authoring.model import Publication

MOST_LINES = 2
"""Lines that a headline should not exceed."""


class Remark(NamedTuple):
    """A kind of remark: code, name, severity, title in both languages, and the function that makes it."""

    code: str
    name: str
    severity: Severity
    title: Message
    find: Callable[..., Iterator[Finding]]


def headline_break(path: NodePath, lines: int, *, cuts_word: bool) -> Iterator[Finding]:
    """标题自动分行时断在了词的中间，或者标题超过两行。

    为什么：标题回行要词意完整、长短适宜；断在词中间读不通，超过两行太长。
    例：……“先使用后付费”实施办|法 → ……“先使用后付费”|实施办法
    改法：在合适的地方写一条竖线 | 定断行处；或者压缩字数。刊物常用的词登记到“专用词”，就不会从中间断开。
    不报：编辑用 | 定的断行；能在词的边界断开的标题。
    依据：GB/T 9704—2012 7.3.1（标题回行词意完整、排列对称、长短适宜、间距恰当）；不超过两行是惯例。
    修复：无，在哪里断要人来定。
    ---
    A headline whose automatic break falls inside a word, or that takes more than two lines. Silent on breaks that the
    editor marked with | and on those between words. The publication's vocabulary is never cut. Fix: none.
    """
    if cuts_word:
        yield Finding(
            "H001",
            "info",
            path,
            Message("标题的自动断行落在词中间", "the headline's automatic break falls inside a word"),
            Message("在合适的地方写一条竖线 | 定断行处", "mark the break with | where it should fall"),
        )
    if lines > MOST_LINES:
        yield Finding(
            "H001",
            "info",
            path,
            Message(f"标题排了{lines}行，一般不超过两行", f"the headline takes {lines} lines"),
            Message("压缩标题字数", "shorten it"),
        )


def section_moved(path: NodePath, name: str, page: int) -> Iterator[Finding]:
    """栏目名挪到了下一页：留在页末，就和它的正文分开了。

    为什么：栏目名、标题不能孤零零留在页末，排版时连同后面的第一行正文一起移到下一页，这一页末尾就空出几行。
    例：第4页末尾只放得下【省内要情】和标题 → 一并移到第5页，第4页末尾空几行
    改法：不介意空几行的，不用管；介意的，增减前面的正文。
    不报：这一页连栏目名也放不下的；栏目名本来就在页首的。
    依据：排版惯例（标题不留页末）；GB/T 9704—2012 没有规定。
    修复：无。
    ---
    A section's name had room at the foot of a page, but not with its headline and a line of text: it went to the next
    page with them, and the page ends with blank lines. Told where pages are set: by `build`, `archive add`, and `check` of
    up to 20 drafts in one call. Fix: none.
    """
    yield Finding(
        "H003",
        "info",
        path,
        Message(
            f"栏目“{name}”移到了第{page + 1}页：留在第{page}页末会与正文分开",
            f"section “{name}” went to page {page + 1}: at the foot of page {page} it would stand without its text",
        ),
        Message(f"介意第{page}页末空行的，增减前面的正文", "change the length of what precedes it"),
    )


def single_character_line(pages: Iterable[Page]) -> Iterator[Finding]:
    """段末一行只剩一个字（标点不算）。

    为什么：孤零零一个字占一行，不好看，也费版面。
    例：……推动高质量发|展。 → 增减几个字，让末行至少有两个字
    改法：增减几个字。
    不报：排版习惯没有写 avoid_single_character_line 的（默认不管）。
    依据：排版惯例。
    修复：无。
    ---
    A paragraph whose last line holds one character, marks not counted. Looked for only where the typesetting sets
    avoid_single_character_line. Fix: none.
    """
    lines: dict[NodePath, dict[tuple[int, int], str]] = {}
    for page in pages:
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


def imprint_page(publication: Publication, page: int) -> Iterator[Finding]:
    """版记没有落在偶数页。

    为什么：双面印刷的文件，有的单位要求版记在最后一面（偶数页）。
    例：全文7页，版记在第7页 → 增减正文，让版记落在第8页
    改法：增减正文；不要求的，取消 even_page。
    不报：版记没有写 even_page 的（默认不管）。
    依据：惯例；各单位做法不一。
    修复：无。
    ---
    The imprint falls on an odd page. Looked for only where the imprint sets even_page. Fix: none.
    """
    if publication.imprint.even_page and page % 2:
        yield Finding(
            "I001",
            "warning",
            ("imprint",),
            Message(f"版记落在第{page}页，不是偶数页", f"the imprint falls on page {page}, which is odd"),
            Message("增减正文，或取消 even_page", "change the length of the text, or drop even_page"),
        )


REMARKS: Final[tuple[Remark, ...]] = (
    Remark(
        "H001",
        "headline-break",
        "info",
        Message("标题的断行不好看，或超过两行", "a headline breaks badly, or takes over two lines"),
        headline_break,
    ),
    Remark(
        "H002",
        "single-character-line",
        "info",
        Message("段末一行只剩一个字", "a last line of one character"),
        single_character_line,
    ),
    Remark(
        "H003",
        "section-moved",
        "info",
        Message("栏目名移到了下一页", "a section's name that would have been stranded"),
        section_moved,
    ),
    Remark(
        "I001",
        "imprint-page",
        "warning",
        Message("版记没有落在偶数页", "the imprint falls on an odd page"),
        imprint_page,
    ),
)
"""Every remark."""
