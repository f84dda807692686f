"""The rules of text, marks, markers and numbers: their cases, the two samples, random issues."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authoring.checks import Rule, draft_of
from authoring.checks.markers import marker_form, marker_sequence
from authoring.checks.marks import enumeration_comma, halfwidth_mark, unpaired
from authoring.checks.numbers import count, date, number_range, numeral_form
from authoring.checks.numbers import date as rule_date
from authoring.checks.text import broken_sentence, inner_space, leftover_markup
from authoring.diagnostics import NOTHING
from authoring.model import Heading, Issue, Item, Points, Section
from authoring.source import load
from tests.checks.cases import Case, after, built, cases, draft_with, publication, verify
from tests.conftest import ROOT
from tests.strategies import issues

RULES = (
    Rule("N001", "marker-form", "error", NOTHING, marker_form),
    Rule("N002", "marker-sequence", "error", NOTHING, marker_sequence),
    Rule("P001", "unpaired", "error", NOTHING, unpaired),
    Rule("P002", "halfwidth-mark", "error", NOTHING, halfwidth_mark),
    Rule("D001", "date", "error", NOTHING, date),
    Rule("X001", "broken-sentence", "warning", NOTHING, broken_sentence),
    Rule("X002", "leftover-markup", "warning", NOTHING, leftover_markup),
    Rule("X003", "inner-space", "warning", NOTHING, inner_space),
    Rule("P003", "enumeration-comma", "warning", NOTHING, enumeration_comma),
    Rule("U001", "range", "warning", NOTHING, number_range),
    Rule("K001", "count", "warning", NOTHING, count),
    Rule("U002", "numeral-form", "info", NOTHING, numeral_form),
)


@pytest.mark.parametrize(
    ("rule", "case"),
    [pytest.param(rule, case, id=f"{rule.code}:{case.line}") for rule in RULES for case in cases(rule.code)],
)
def test_rule_finds_what_its_cases_mark(rule: Rule, case: Case) -> None:
    verify(case, rule, RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_rule_has_enough_cases_of_both_kinds(rule: Rule) -> None:
    texts = [text for case in cases(rule.code) for text in case.texts]
    assert sum(bool(text.marks) for text in texts) >= 12
    assert sum(not text.marks for text in texts) >= 12


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_rule_has_a_page_in_both_languages(rule: Rule) -> None:
    page = rule.find.__doc__ or ""
    chinese, _, english = page.partition("\n    ---\n")
    assert all(part in chinese for part in ("为什么：", "例：", "改法：", "不报：", "依据：", "修复："))
    assert "fix" in english.lower()


ON_SAMPLES: dict[str, list[tuple[str, str]]] = {
    "050.yaml": [],
    "054.yaml": [
        # 三类主体19项尽职事项、15类免责情形: one series, two forms.
        ("U002", "三"),
    ],
}
"""Every finding of these rules on the two printed issues, with the reason it is right."""


@pytest.mark.parametrize("name", ON_SAMPLES)
def test_rules_find_in_a_sample_only_what_is_listed(name: str) -> None:
    source = load(ROOT / "samples" / name)
    draft = draft_of(source.issue, source.publication)
    texts = {node.path: node.text for node in draft.nodes}
    found = [
        (rule.code, texts[problem.path][slice(*(problem.at or (0, 0)))])
        for rule in RULES
        for problem in rule.find(draft)
    ]
    assert found == ON_SAMPLES[name]


@pytest.mark.parametrize(
    ("date", "found"),
    [("2025-10-10", True), ("2025-10-13", False), ("2025-10-20", False), (None, False)],
)
def test_an_imprint_before_the_issue_is_found(date: str | None, found: bool) -> None:
    issue, _ = built(Case(1, ()))
    if date:
        issue["imprint"] = {"date": date}
    problems = list(rule_date(draft_with(issue)))
    assert [problem.path for problem in problems] == [("imprint", "date")] * found


_ODD = (
    "（1）", "（2）", "（3）", "（5）", "(2)", "3）", "1.", "2、", "一、", "三、", "（二）", "⑴", ",", ";", ":", "(", ")", '"', "?", "!", ".",
    "[", "]", "**", "*", "****", "\t", "\n", "\n\n", "\u200b", "\ue000", "&nbsp;", "&amp;", "&lt;", "<br>", "</b>", "# ", "- ", "`", " ",
    "\xa0", "2月30日", "09月", "13月", "2025年02月29日", "5～10%", "3亿4500万", "2025-2027年", "10-20家", "六部门", "财政部、科技部", "四合一",
    "“甲+乙”", "三类", "19项", "等", "“", "”", "‘", "’", "《", "》", "〈", "〉", "、", "。", "，", "科技", "成果", "AI", "http://a.cn/b?c=1,2",
    "12", "万", "号", "人工智能",
)  # fmt: skip
_odd_texts = (
    st.lists(st.sampled_from(_ODD), min_size=1, max_size=24)
    .map("".join)
    .filter(lambda text: bool(text.strip(" *|\t\n\u200b\xa0")))
)
_odd_issues = st.builds(
    lambda issue, blocks: issue.model_copy(
        update={"sections": (Section(name="要情", items=(Item(headline="题", body=tuple(blocks)),)),)}
    ),
    issues,
    st.lists(
        st.one_of(
            _odd_texts,
            st.lists(_odd_texts, min_size=1, max_size=4).map(lambda points: Points(points=tuple(points))),
            st.builds(
                Heading, heading=_odd_texts, level=st.sampled_from([1, 2, 3]), text=st.none() | _odd_texts
            ),
        ),
        min_size=1,
        max_size=8,
    ),
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(issue=st.one_of(issues, _odd_issues))
def test_rules_bear_any_issue_and_their_fixes_end_what_they_found(issue: Issue) -> None:
    draft = draft_of(issue, publication())
    texts = {node.path: node.text for node in draft.nodes}
    plain = issue.model_dump(mode="json", exclude_unset=True)
    for rule in RULES:
        problems = list(rule.find(draft))
        for problem in problems:
            start, end = problem.at or (0, 0)
            assert 0 <= start <= end <= len(texts[problem.path])
            assert problem.message.zh
            assert problem.message.en
        once = after(plain, problems)
        again = after(once, rule.find(draft_with(once)))
        assert again == once or rule.code in CASCADES
        for _ in range(8):
            again = after(once, rule.find(draft_with(once)))
            if again == once:
                break
            once = again
        else:
            pytest.fail(f"{rule.code} never comes to rest")


CASCADES = frozenset({"X002"})
"""Rules of which a fix may uncover another finding in text that nobody writes (a # behind a zero-width space)."""
