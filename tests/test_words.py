"""Segmentation: text in, the same text out in words; known headlines; the shape of the shipped dictionary."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from authoring import words
from authoring.words import segment

TERMS = frozenset({"数字经济", "先使用后付费", "新质生产力", "人工智能", "中试平台"})
DICTIONARY = Path(words.__file__).with_name("words.txt")

headline_text = st.text(
    st.sampled_from("数字经济创新型人工智能先使用后付费的新质生产力中试平台绛溪，“”A+5.０ \u0301\U00020bb7")
)
# No mark that combines: it belongs to the character before it, also at the edge of a term.
headline_without_marks = headline_text.map(lambda text: text.replace("\u0301", ""))


@given(st.text())
@example("𠮷野家在葛\U000e0100城")
@example("\ud83d")
@example("\r\n\t\x00")
def test_words_join_to_the_text(text: str) -> None:
    assert "".join(segment(text)) == text
    assert all(segment(text))


@given(headline_text, st.frozensets(st.text(min_size=1, max_size=6)))
def test_words_join_to_the_text_with_any_terms(text: str, terms: frozenset[str]) -> None:
    assert "".join(segment(text, TERMS | terms)) == text


@given(headline_without_marks, headline_without_marks, st.sampled_from(sorted(TERMS)))
def test_a_lone_term_is_never_cut(before: str, after: str, term: str) -> None:
    text = before + term + after
    starts = [at for at in range(len(text)) if text.startswith(term, at)]
    cuts, at = set(), 0
    for word in segment(text, frozenset({term})):
        at += len(word)
        cuts.add(at)
    # These terms cannot overlap themselves, so every occurrence can be whole.
    assert not any(start < cut < start + len(term) for start in starts for cut in cuts)


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        (
            "六部门联合印发《关于加强数字经济创新型企业培育的若干措施》",
            "六 部门 联合 印发 《 关于 加强 数字经济 创新型 企业 培育 的 若干 措施 》",
        ),
        (
            "天津出台促进科技成果“先使用后付费”实施办法",
            "天津 出台 促进 科技成果 “ 先使用后付费 ” 实施办法",
        ),
        ("我省加快推动科技型企业孵化器创新发展", "我省 加快 推动 科技型 企业 孵化器 创新 发展"),
        (
            "我省布局建设“诸葛空间”人工智能产业生态示范区",
            "我省 布局 建设 “ 诸葛 空间 ” 人工智能 产业 生态 示范区",
        ),
        (
            "天府绛溪实验室发布西南地区首个全尺寸通用人形机器人",
            "天府 绛溪 实验室 发布 西南地区 首个 全 尺寸 通用 人形 机器人",
        ),
        (
            "工信部加快制造业中试平台体系化布局和高水平建设",
            "工信部 加快 制造业 中试平台 体系化 布局 和 高水平 建设",
        ),
        ("福建省推动人工智能产业发展和赋能应用", "福建省 推动 人工智能 产业 发展 和 赋能 应用"),
    ],
)
def test_printed_headlines(headline: str, expected: str) -> None:
    assert " ".join(segment(headline, TERMS)) == expected


@pytest.mark.parametrize(
    "word", ["创新型", "人工智能", "西南地区", "首个", "机器人", "科技成果", "实施办法", "示范区"]
)
def test_the_dictionary_alone_knows(word: str) -> None:
    assert segment(word) == (word,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2027年", "到 2027 年"),
        ("打造AI+制造", "打造 AI+ 制造"),
        ("5G网络", "5G 网络"),
        ("“1+N”政策", "“ 1+N ” 政策"),
        ("增长3.5%，", "增长 3.5% ，"),
        ("政府+企业", "政府 + 企业"),
        ("……", "… …"),
        ("２０２７年", "２０２７ 年"),
    ],
)
def test_runs_and_marks(text: str, expected: str) -> None:
    assert " ".join(segment(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("天府绛溪实验室", "天府 绛溪 实验室"),  # neither character is a word of its own here
        ("绛的溪", "绛 的 溪"),  # a function word is no part of a name
        ("绛，溪", "绛 ， 溪"),
        ("绛5G溪", "绛 5G 溪"),
        ("𠮷𠮷", "𠮷𠮷"),
    ],
)
def test_unknown_single_characters_are_joined_to_a_name(text: str, expected: str) -> None:
    assert " ".join(segment(text)) == expected


def test_a_term_wins_over_dictionary_words_across_its_edges() -> None:
    assert segment("研究生命起源") == ("研究", "生命", "起源")
    assert segment("研究生命起源", frozenset({"究生"})) == ("研", "究生", "命", "起源")


def test_of_nested_terms_the_longer_wins() -> None:
    assert segment("科技成果转化", frozenset({"科技成果", "科技成果转化", "转化"})) == ("科技成果转化",)


def test_a_term_is_not_found_inside_a_latin_run() -> None:
    assert segment("AIGC应用", frozenset({"AI", "GC"})) == ("AIGC", "应用")


def test_a_term_is_not_joined_to_a_name() -> None:
    assert segment("绛溪", frozenset({"绛"})) == ("绛", "溪")


def test_an_empty_text_has_no_words() -> None:
    assert segment("") == ()


def test_the_dictionary_is_sorted_and_sums_up() -> None:
    rows = [line.split(b"\t") for line in DICTIONARY.read_bytes().splitlines()]
    assert rows[0][0] == b""
    assert all(first[0] < second[0] for first, second in pairwise(rows))
    assert int(rows[0][1]) == sum(int(count) for _, count in rows[1:])


@pytest.mark.parametrize("index", [1, 2, 1000, -1])
def test_search_finds_the_ends_of_the_dictionary(index: int) -> None:
    word, count = DICTIONARY.read_bytes().splitlines()[index].decode().split("\t")
    assert words._frequency(word) == int(count)
