"""Properties of the rules on any text: they bear it, their places lie in it, and their fixes come to rest."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authoring.checks import RULES, draft_of
from authoring.model import Heading, Issue, Item, Points, Section
from tests.checks.cases import after, draft_with, publication
from tests.strategies import issues

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
            assert 0 <= start <= end <= len(texts.get(problem.path, ""))
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
