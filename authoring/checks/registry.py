"""The rules as one table that can be read, and the function that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from authoring.checks import imprint, markers, marks, names, numbers, phrases, sequence, text
from authoring.checks.draft import Draft, Problem
from authoring.diagnostics import Finding, Message, Severity


class Rule(NamedTuple):
    """A rule: code, name (what is wrong, as a slug), severity, title in both languages, and the function that finds it."""

    code: str
    name: str
    severity: Severity
    title: Message
    find: Callable[[Draft], Iterable[Problem]]


RULES: Final[tuple[Rule, ...]] = (
    # the gravest: CI stops for these
    Rule(
        "T001",
        "contents-differs",
        "error",
        Message("要点目录与标题不一致", "the contents differ from the headlines"),
        imprint.contents_differ,
    ),
    Rule(
        "O001",
        "name-near-miss",
        "error",
        Message("单位名称疑有误", "a body's name is nearly another"),
        names.name_near_miss,
    ),
    Rule(
        "M001",
        "issuer-date-differ",
        "error",
        Message("版记与报头不一致", "the foot is unlike the masthead"),
        imprint.issuer_date_differ,
    ),
    Rule(
        "N001",
        "marker-form",
        "error",
        Message("序号写法不一致", "a marker's form differs"),
        markers.marker_form,
    ),
    Rule(
        "N002",
        "marker-sequence",
        "error",
        Message("序号不连续", "a gap or repeat in the numbering"),
        sequence.marker_sequence,
    ),
    Rule(
        "P001",
        "unpaired",
        "error",
        Message("引号、括号不配对", "quotes or brackets are unpaired"),
        marks.unpaired,
    ),
    Rule(
        "P002",
        "halfwidth-mark",
        "error",
        Message("汉字旁用了半角标点", "a half-width mark beside Chinese"),
        marks.halfwidth_mark,
    ),
    Rule("D001", "date", "error", Message("日期有误", "a wrong date"), numbers.date),
    Rule(
        "S001",
        "series",
        "error",
        Message("期号、日期或内容与前几期不符", "number, date or item against earlier issues"),
        imprint.series,
    ),
    Rule(
        "R001",
        "recipients",
        "error",
        Message("分送范围有误", "distribution list differs"),
        imprint.recipients,
    ),
    # worth a look
    Rule(
        "X001",
        "broken-sentence",
        "warning",
        Message("句子断开或没有收尾", "a broken or unfinished sentence"),
        text.broken_sentence,
    ),
    Rule(
        "X002",
        "leftover-markup",
        "warning",
        Message("残留的标记或看不见的字符", "leftover markup"),
        text.leftover_markup,
    ),
    Rule(
        "X003",
        "inner-space",
        "warning",
        Message("文字中间有空格", "a space inside the text"),
        text.inner_space,
    ),
    Rule(
        "C001",
        "borrowed-viewpoint",
        "warning",
        Message("照搬外地口吻", "viewpoint borrowed from the source"),
        phrases.borrowed_viewpoint,
    ),
    Rule(
        "A001",
        "undefined-short-form",
        "warning",
        Message("文件简称没有交代", "short form never introduced"),
        phrases.undefined_short_form,
    ),
    Rule("O002", "short-name", "warning", Message("不是规范简称", "colloquial short name"), names.short_name),
    Rule(
        "V001",
        "name-variant",
        "warning",
        Message("同一名称两种写法", "one name in two forms"),
        names.name_variant,
    ),
    Rule(
        "P003",
        "enumeration-comma",
        "warning",
        Message("多余的顿号", "a needless enumeration comma"),
        marks.enumeration_comma,
    ),
    Rule(
        "U001",
        "range",
        "warning",
        Message("数值范围写法有误", "a range written wrongly"),
        numbers.number_range,
    ),
    Rule("K001", "count", "warning", Message("数目与列举不符", "a count unlike its list"), numbers.count),
    Rule(
        "G001",
        "sentence-frame",
        "warning",
        Message("句式杂糅", "broken sentence frame"),
        phrases.sentence_frame,
    ),
    Rule("B001", "banned-word", "warning", Message("不宜用的词", "word to avoid"), phrases.banned_word),
    # for information
    Rule(
        "L001",
        "unglossed-letters",
        "info",
        Message("外文缩写没有说明", "letters without a gloss"),
        names.unglossed_letters,
    ),
    Rule(
        "U002",
        "numeral-form",
        "info",
        Message("数字写法不统一", "two numeral forms in one series"),
        numbers.numeral_form,
    ),
)
"""Every rule, in the order of their codes' first appearance in a report: gravest first."""


def check(draft: Draft, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """Every finding of `rules` in `draft`, in the order of the rules (places are the reporter's to sort by)."""
    return tuple(
        Finding(rule.code, rule.severity, found.path, found.message, found.hint, found.at, fix=found.fix)
        for rule in rules
        for found in rule.find(draft)
    )
