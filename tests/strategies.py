"""Random issues as an editor might write them: Chinese with marks, digits, Latin, quotes and bold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import strategies as st

from authoring.inline import headline_lines, plain
from authoring.model import (
    Contents,
    Distribution,
    Heading,
    Imprint,
    Issue,
    Item,
    Masthead,
    Points,
    Section,
    Typesetting,
)

M = TypeVar("M")

HAN = "中国科技创新驱动发展成果转化产业数字经济人工智能平台企业四川省天府实验室的与和在为一二三喆〇𬀩"
MARKS = "，。、；：！？“”‘’（）《》〈〉【】—…·％%／/～-"
LATIN = "0123456789abcXYZ+.@ "

characters = st.one_of(
    st.sampled_from(HAN), st.sampled_from(HAN), st.sampled_from(MARKS), st.sampled_from(LATIN)
)
words = st.sampled_from(
    ["科技成果", "数字经济", "《关于加强创新的若干措施》", "“先使用后付费”", "2027年", "50%", "AI+", "——", "……", "100万元",
     "https://example.org/a/b?c=d", "name@example.org", "Joyinside", "（科技厅）", "，", "。", "、", "**重点**", " "]
)  # fmt: skip
texts = (
    st.lists(st.one_of(words, characters), min_size=1, max_size=80)
    .map("".join)
    .filter(lambda text: bool(plain(text).strip()))
)

habits = st.builds(
    Typesetting,
    quotes=st.sampled_from(["full", "half"]),
    line_end=st.sampled_from(["squeeze", "hang", "none"]),
    han_latin_gap=st.sampled_from(["quarter", "none"]),
    adjacent_marks=st.sampled_from(["share", "full"]),
    pull_in=st.sampled_from(["clreq", "never"]),
    avoid_single_character_line=st.booleans(),
)

blocks = st.one_of(
    texts,
    st.lists(texts, min_size=1, max_size=4).map(lambda points: Points(points=tuple(points))),
    st.builds(Heading, heading=texts, level=st.sampled_from([1, 2, 3]), text=st.none() | texts),
)
headlines = (
    st.lists(st.one_of(words, characters), min_size=1, max_size=14)
    .map("".join)
    .filter(lambda text: bool(headline_lines(text)))
)
items = st.builds(Item, headline=headlines, body=st.lists(blocks, min_size=1, max_size=4).map(tuple))
names = st.text(st.sampled_from(HAN), min_size=1, max_size=8)
sections = st.builds(Section, name=names, items=st.lists(items, min_size=1, max_size=3).map(tuple))
issues = st.builds(
    Issue,
    publication=st.just("chuangxin-qudong-yaocan"),
    number=st.integers(1, 9999),
    date=st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)),
    sections=st.lists(sections, min_size=1, max_size=4).map(tuple),
    typesetting=st.none() | habits,
)


# What a page does not show, and whatever else an editor may do to a text
ODDITIES = (
    "\t",
    "\u3000",
    " ",
    "  ",
    "\n",
    "\u200b",
    "\ufeff",
    "\u00ad",
    "\u2028",
    "\xa0",
    "**",
    "*",
    "|",
    "：",
    "（3）",
    "一、",
    "1.",
    "【",
    "】",
    "－",
)
odd_texts = (
    st.lists(st.one_of(words, characters, st.sampled_from(ODDITIES)), min_size=1, max_size=30)
    .map("".join)
    .filter(lambda text: bool(plain(text).strip()))
)
short_texts = (
    st.lists(
        st.one_of(st.sampled_from(HAN), st.sampled_from("《》、·A1"), st.sampled_from(ODDITIES)),
        min_size=1,
        max_size=8,
    )
    .map("".join)
    .filter(lambda text: bool(plain(text).strip()))
)
odd_headlines = odd_texts.filter(lambda text: bool(headline_lines(text)))
number_lines = st.one_of(
    st.sampled_from(
        [
            "第{number}期",
            "第{number}期（总第120期）",
            "增刊第 {number} 期",
            "增刊",
            "2{number}",
            "**第{number}期**",
        ]
    ),
    st.tuples(short_texts, short_texts).map("{number}".join),
)


def stated(kind: Callable[..., M], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[M]:
    """A part of an issue that states some of these fields."""
    return st.fixed_dictionaries({}, optional=fields).map(lambda values: kind(**values))


mastheads = stated(
    Masthead,
    title=short_texts,
    number_line=number_lines,
    issuers=st.lists(short_texts, max_size=3).map(tuple),
    classification=st.none() | short_texts,
    copy_number=st.none() | short_texts | st.sampled_from(["000001", "No. 12"]),
)
distributions = st.builds(
    lambda optional, **values: Distribution(**values, **optional),
    st.just({}) | st.fixed_dictionaries({"one_off": st.booleans()}),
    label=short_texts,
    recipients=st.lists(odd_texts, min_size=1, max_size=3).map(tuple),
)
imprints = stated(
    Imprint,
    distribution=st.lists(distributions, max_size=3).map(tuple),
    issuer=st.none() | short_texts,
    date=st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)),
    copies=st.none() | st.integers(1, 99999),
    even_page=st.booleans(),
)
odd_blocks = st.one_of(
    odd_texts,
    odd_texts.map("\u3000\u3000{}".format),
    st.builds(
        Points,
        points=st.lists(odd_texts, min_size=1, max_size=3).map(tuple),
        start=st.just(1) | st.integers(1, 30),
    ),
    st.builds(Heading, heading=odd_texts, level=st.sampled_from([1, 2, 3]), text=st.none() | odd_texts),
)
odd_items = st.builds(
    Item, headline=odd_headlines | headlines, body=st.lists(odd_blocks, min_size=1, max_size=6).map(tuple)
)
odd_sections = st.builds(
    Section, name=short_texts, items=st.lists(odd_items, min_size=1, max_size=2).map(tuple)
)
any_issues = st.builds(
    Issue,
    publication=st.just("chuangxin-qudong-yaocan"),
    number=st.integers(1, 99999),
    date=st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)),
    sections=st.lists(odd_sections, min_size=1, max_size=3).map(tuple),
    masthead=st.none() | mastheads,
    contents=st.none() | stated(Contents, title=short_texts, bullet=short_texts),
    imprint=st.none() | imprints,
    typesetting=st.none() | habits,
)
"""Issues that state whatever an issue may state, in texts as nobody should write them."""
