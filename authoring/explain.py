"""A rule's code in, its page out: what it finds, why, an example, how it is mended. A rule's page is its docstring.

A docstring is Chinese first; a line `---` divides it from the English.
"""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from authoring.checks import RULES, Rule
from authoring.diagnostics import SEVERITIES, CannotRun, Lang, Message, Severity

DIVIDER = "---"


class RulePage(NamedTuple):
    """What `authoring explain` says of a rule."""

    code: str
    name: str
    severity: Severity
    title: Message
    body: Message

    def text(self, lang: Lang) -> str:
        head = f"{self.code} {self.name}  {SEVERITIES[self.severity].text(lang)}\n{self.title.text(lang)}\n"
        body = self.body.text(lang)
        return head + (f"\n{body}\n" if body else "")


def _page(code: str, name: str, severity: Severity, zh: str, en: str, more_zh: str, more_en: str) -> RulePage:
    return RulePage(code, name, severity, Message(zh, en), Message(more_zh, more_en))


_OWN: Final[tuple[RulePage, ...]] = (
    _page("E000", "cannot-run", "error", "文件读不出或写不进", "a file cannot be read or written",
          "稿件本身没有查。检查文件名、文件夹和权限。", "The draft itself was not looked at. Check name, folder and permissions."),
    _page("Y001", "yaml-form", "error", "YAML 写法不对", "not well-formed YAML",
          "常见的是字段名后面用了全角冒号、缩进不齐、用了制表符、引号没有成对。", "Often a full-width colon, uneven indentation, a tab, or a quote left open."),
    _page("Y002", "duplicate-field", "error", "同一个字段写了两次", "a field stands twice",
          "YAML 只会留下后一个，前一个会不声不响地丢掉，所以不许。", "YAML would keep the last and drop the first in silence."),
    _page("Y003", "yaml-sign", "error", "文字的第一个符号被读成了 YAML 的标记", "text that begins with a sign of YAML's own",
          "以 * & ! 开头的文字要加引号。", "Quote a text that begins with *, & or !."),
    _page("Y004", "too-large", "error", "文件太大或层次太深", "too large or too deep to be an issue", "确认选的是稿件。", "Check that this is the draft."),
    _page("Y005", "encoding", "error", "文件不是 UTF-8 文本", "the file is not UTF-8 text",
          "在编辑器里“另存为”，编码选 UTF-8。", "Save it again as UTF-8."),
    _page("Y006", "one-document", "error", "一个文件应当正好是一期", "a file holds exactly one issue", "", ""),
    _page("Y007", "lost-comment", "error", "一段文字会被当作注释丢掉", "text that would be dropped as a comment",
          "空格后面的 # 在 YAML 里开始一条注释。是正文就给整段加引号。", "A # behind a space begins a comment. Quote the text."),
    _page("F001", "unknown-field", "error", "没有这个字段", "an unknown field", "多半是拼错了，提示里有最接近的字段名。", "Most often misspelt; the message names the nearest."),
    _page("F002", "missing-field", "error", "缺少必填的字段", "a field is missing", "", ""),
    _page("F003", "wrong-value", "error", "字段的内容不合要求", "a value that its field does not take", "", ""),
    _page("F004", "unknown-publication", "error", "没有这个刊物", "an unknown publication",
          "刊物文件放在稿件旁边，或旁边的 publications 文件夹里。", "A publication's file stands beside the issue, or in publications/ there."),
    _page("F006", "schema-version", "error", "格式版本读不了", "a schema version that cannot be read",
          "比工具新的稿件要先更新工具；旧版的稿件在读入时自动换算，authoring migrate 把文件升到现行版本。",
          "A file newer than the toolkit wants a newer toolkit. An older one is read all the same; authoring migrate moves it up."),
    _page("Z001", "no-font", "error", "没有字体能显示这个字", "no font has this character", "排不出来，必须换字或加字体。", "It cannot be set: use another character, or add a font."),
    _page("Z002", "fallback-font", "info", "这个字用后备字体排出", "a character set in a fallback font", "同一行里会有一个字的笔形略有不同。", "One character of the line looks slightly different."),
    _page("Z003", "invisible-character", "warning", "有看不见的字符", "an invisible character", "多是从网页或聊天软件里带来的，删去即可。", "It came from a web page or a chat; delete it."),
    _page("J001", "not-placed", "warning", "导入时有字没有归入稿件", "text that import found no place for",
          "原文里的这些字既不是稿件的内容，也不是排版自动生成的。该印的写进稿件；不该印的（联系人、编辑名单等）不用管。",
          "It is neither an issue's text nor made by the format. Put it into the issue where it should be printed."),
    _page("J002", "taken-for-headline", "info", "按位置和长短判断为标题", "taken for a headline by its place and length",
          "原文没有标明这一行是标题，目录里也没有。核对一下；不是标题的，在稿件里改回正文。", "Nothing in the source says so. Check it."),
    _page("J003", "unknown-masthead", "warning", "看不出是哪种刊物", "no known masthead",
          "用 --publication 指明刊物的代号。", "Name the publication with --publication."),
    _page("J004", "other-page-ends", "info", "换页处与原文不同", "pages end elsewhere than in the source",
          "各种排版习惯都试过了，没有一种能在原文的每一处换页。多半是原文改动过，或分页处抄错了。",
          "No habits set every page end where the source has it; most often the source was changed."),
    _page("J005", "other-page-number", "info", "目录的页码与现在的排版不同", "another page than the contents list",
          "目录的页码按排版自动生成，不用改。", "The contents are made anew; nothing is to be done."),
    _page("J006", "other-issuers", "warning", "报头的印发机关与刊物不同", "issuers other than the publication's",
          "报头里不认得的一行按印发机关导入；机关少了、次序换了也在这里报。核对报头：不是机关的，从 masthead 里删去。",
          "A line of the masthead that is nothing else was taken for an issuer; fewer ones or another order are told as well. Check it."),
    _page("J007", "number-before-headline", "info", "标题前的序号没有导入", "the number before a headline, not imported",
          "标题不编号；目录里有同一标题，所以知道它是序号。", "Headlines have no numbers; the contents list has the same headline without it."),
    _page("W001", "insertion", "info", "修订：插入的文字已采用", "a tracked insertion, accepted", "不采用的，在稿件里删去。", "Delete it in the draft if it is not wanted."),
    _page("W002", "deletion", "info", "修订：删去的文字没有导入", "a tracked deletion, dropped", "要保留的，在稿件里补上。", "Put it back in the draft if it is to stay."),
    _page("W003", "comment", "info", "批注没有导入", "a comment, not imported", "批注连同作者和位置列出，请逐条处理。", "Each is listed with its author and place."),
    _page("W004", "not-text", "warning", "图片、公式等不能导入", "a picture, a formula or the like, not imported", "稿件只收文字；需要的内容改写成文字。", "A draft holds text only."),
    _page("W005", "hidden-text", "warning", "隐藏文字、提示文字没有导入", "hidden text or a prompt, not imported", "要印的，在稿件里补上。", "Put it into the draft where it should be printed."),
    _page("W006", "footnote", "warning", "脚注没有导入", "a footnote, not imported", "要印的，写进正文。", "Put it into the text where it should be printed."),
    _page("W007", "header-footer", "info", "页眉、页脚没有导入", "a header or footer, not imported", "页码由排版自动生成。", "Page numbers are made by the format."),
    _page("W008", "typed-number", "warning", "序号与前后接不上", "a number out of step", "改过的文档里序号没有跟着改，核对后改正。", "The document was edited and its numbers were not."),
    _page("Q001", "stale-noqa", "warning", "noqa 注释没有用处了", "a noqa that silences nothing",
          "“# noqa: N002 原因”让它所在的一行不报 N002。这一行已经没有这种问题，或规则的代号写错了：删去这条注释。",
          "“# noqa: N002 reason” silences N002 on its line. There is nothing to silence, or no such rule: take it out."),
    _page("Q002", "more-of-the-same", "info", "同一种问题太多，没有全列", "too many of one kind to list them all",
          "改掉一部分再查，就会列出其余的。", "Mend some and check again: the others follow."),
)  # fmt: skip
"""What the toolkit finds outside the rules and layout's remarks: reading, the schema, fonts, the run itself."""


def docstring_page(
    code: str, name: str, severity: Severity, title: Message, function: Callable[..., object]
) -> RulePage:
    """The page that the docstring of `function` is."""
    text = inspect.getdoc(function) or ""
    lines = text.splitlines()
    if DIVIDER in lines:
        at = lines.index(DIVIDER)
        body = Message("\n".join(lines[:at]).strip(), "\n".join(lines[at + 1 :]).strip())
    else:
        body = Message(text, text)
    return RulePage(code, name, severity, title, body)


def rule_page(rule: Rule) -> RulePage:
    """The page that `rule`'s docstring is."""
    return docstring_page(rule.code, rule.name, rule.severity, rule.title, rule.find)


def _every(rules: Iterable[Rule]) -> Iterator[RulePage]:
    """Every page, the rules' own first, layout's remarks last."""
    yield from map(rule_page, rules)
    yield from _OWN
    from authoring.layout.remarks import (
        REMARKS,  # layout opens the fonts' libraries: a rule's page need not wait for it
    )

    for one in REMARKS:
        yield docstring_page(one.code, one.name, one.severity, one.title, one.find)


def pages(rules: Iterable[Rule] = RULES) -> dict[str, RulePage]:
    """Every page by its rule's code, the rules' own first."""
    return {page.code: page for page in _every(rules)}


def explain(word: str, lang: Lang, rules: Iterable[Rule] = RULES) -> str:
    """The page of the rule whose code or name is `word`. Raises CannotRun, with the nearest, where there is none."""
    for page in _every(rules):
        if word.upper() == page.code or word.lower() == page.name:
            return page.text(lang)
    raise unknown_rule(word, word, pages(rules))


def unknown_rule(shown: str, word: str, known: Mapping[str, RulePage]) -> CannotRun:
    """The error for a code that no rule has; `shown` is what the message begins with."""
    names = [*known, *(page.name for page in known.values())]
    near = difflib.get_close_matches(word.upper(), known, n=1, cutoff=0.6) or difflib.get_close_matches(
        word.lower(), names, n=1, cutoff=0.6
    )
    every = "、".join(known)
    return CannotRun.because(
        shown,
        Message(
            f"没有规则 {word}" + (f"，是不是 {near[0]}？" if near else ""),
            f"there is no rule {word}" + (f"; did you mean {near[0]}?" if near else ""),
        ),
        Message(f"现有：{every}", f"known: {', '.join(known)}"),
    )


def table(lang: Lang, rules: Iterable[Rule] = RULES) -> str:
    """Every rule, a line each: code, level, title."""
    return "".join(
        f"{page.code}  {SEVERITIES[page.severity].text(lang)}  {page.title.text(lang)}\n"
        for page in pages(rules).values()
    )
