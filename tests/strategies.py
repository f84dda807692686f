"""Random issues as an editor might write them: Chinese with marks, digits, Latin, quotes and bold."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from authoring.inline import headline_lines, plain
from authoring.model import Heading, Issue, Item, Points, Section, Typesetting

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
