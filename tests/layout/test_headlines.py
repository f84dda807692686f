"""Headlines: at whole words, even, and never where a reader would stumble."""

from __future__ import annotations

import pytest
from hypothesis import given

from authoring import style as st
from authoring.fonts import find_fonts
from authoring.layout import kinsoku
from authoring.layout.headlines import break_headline
from authoring.layout.typesetter import Typesetter
from authoring.model import Typesetting
from authoring.source import load
from tests import strategies
from tests.conftest import ROOT

SETTER = Typesetter(find_fonts(installed=False), Typesetting())
VOCABULARY = load(ROOT / "samples" / "050.yaml").publication.vocabulary


def broken(headline: str) -> str:
    """The headline with | where it breaks by itself."""
    paragraph = SETTER.paragraph(headline, st.HEADLINE)
    ends = break_headline(paragraph, st.PAGE.text_width, VOCABULARY).ends
    starts = (0, *ends)
    return "|".join(paragraph.text[start:end] for start, end in zip(starts, ends, strict=False))


@pytest.mark.parametrize(
    "wanted",
    [
        "福建省推动人工智能产业发展和赋能应用",
        "六部门联合印发《关于加强数字经济|创新型企业培育的若干措施》",
        "天津出台促进科技成果|“先使用后付费”实施办法",
        "我省布局建设“诸葛空间”人工智能|产业生态示范区",
        "天府绛溪实验室发布西南地区|首个全尺寸通用人形机器人",
        "工信部加快制造业中试平台|体系化布局和高水平建设",
        "江苏省进一步鼓励和规范|新型研发机构高质量发展",
        "我省“十四五”育种攻关|取得突破性进展和标志性成果",
        "科技部启动实施国家重点研发计划|“先进计算与新兴软件”重点专项",
        "广东发布支持人工智能与机器人|产业创新发展若干政策",
        "湖北以概念验证中心建设为抓手|打通科技成果转化“最初一公里”",
        "我省出台《四川省科技创新条例》|配套实施细则（2025年修订版）",
        "国务院印发《关于深入实施|“人工智能+”行动的意见》",
    ],
)
def test_headline_breaks_where_an_editor_would_break_it(wanted: str) -> None:
    assert broken(wanted.replace("|", "")) == wanted


def test_a_number_stays_with_its_unit() -> None:
    lines = broken("国家自然科学基金委员会发布2026年度项目指南新增人工智能专项").split("|")
    assert any("2026年度" in line for line in lines)


def test_a_long_headline_takes_the_fewest_lines_that_words_allow() -> None:
    lines = broken("国家发展改革委等部门印发《关于推动人工智能与制造业深度融合高质量发展的指导意见》").split(
        "|"
    )
    assert len(lines) == 3


@given(strategies.headlines)
def test_every_line_keeps_its_measure_and_breaks_well(headline: str) -> None:
    paragraph = SETTER.paragraph(headline, st.HEADLINE)
    if not paragraph.text:
        return
    ends = break_headline(paragraph, st.PAGE.text_width, VOCABULARY).ends
    assert ends[-1] == len(paragraph.text)
    for start, end in zip((0, *ends), ends, strict=False):
        assert paragraph.natural(start, end) <= st.PAGE.text_width
        if end < len(paragraph.text) and any(paragraph.allowed[start + 1 : end + 1]):
            assert not kinsoku.is_forbidden_break(paragraph.text, end)
