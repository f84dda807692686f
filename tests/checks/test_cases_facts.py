"""The rules of names, phrases and the imprint: their cases, the two samples, the series, the publication's settings."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from authoring.checks import Problem, Rule, draft_of
from authoring.checks.imprint import History, contents_differ, issuer_date_differ, recipients, series
from authoring.checks.names import name_near_miss, name_variant, short_name, unglossed_letters
from authoring.checks.phrases import banned_word, borrowed_viewpoint, sentence_frame, undefined_short_form
from authoring.diagnostics import NOTHING
from authoring.model import BannedWords, Issue
from authoring.source import load
from tests.checks.cases import Case, after, cases, draft_with, publication, verify
from tests.conftest import ROOT

RULES = (
    Rule("O001", "name-near-miss", "error", NOTHING, name_near_miss),
    Rule("C001", "borrowed-viewpoint", "warning", NOTHING, borrowed_viewpoint),
    Rule("A001", "undefined-short-form", "warning", NOTHING, undefined_short_form),
    Rule("O002", "short-name", "warning", NOTHING, short_name),
    Rule("V001", "name-variant", "warning", NOTHING, name_variant),
    Rule("G001", "sentence-frame", "warning", NOTHING, sentence_frame),
    Rule("B001", "banned-word", "warning", NOTHING, banned_word),
    Rule("L001", "unglossed-letters", "info", NOTHING, unglossed_letters),
)
FRAMING = (issuer_date_differ, recipients, series)


@pytest.mark.parametrize(
    ("rule", "case"),
    [pytest.param(rule, case, id=f"{rule.code}:{case.line}") for rule in RULES for case in cases(rule.code)],
)
def test_rule_finds_what_its_cases_mark(rule: Rule, case: Case) -> None:
    verify(case, rule)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_has_ten_cases_of_each_kind(rule: Rule) -> None:
    firing = sum(case.fires for case in cases(rule.code))
    assert firing >= 10
    assert len(cases(rule.code)) - firing >= 10


@pytest.mark.parametrize("find", [*(rule.find for rule in RULES), *FRAMING, contents_differ])
def test_docstring_is_a_page_in_both_languages(find: Any) -> None:
    chinese, _, english = (find.__doc__ or "").partition("\n    ---\n")
    for part in ("为什么：", "例：", "改法：", "依据：", "修复："):
        assert part in chinese
    assert english.strip()


SAMPLES = {
    "050": [
        ("C001", "本市"),  # the 天津 item: copied from the city's own measures
        ("C001", "我市"),  # likewise
        ("A001", "办法所称"),  # the full title stands in another paragraph, and no 以下简称 with it
        ("V001", "Joyinside"),  # its owner writes JoyInside, and so does the vocabulary
    ],
    "054": [
        ("O002", "卫健委"),  # 四川省卫生健康委员会, in short 省卫生健康委
        (
            "G001",
            "除适用于利用财政性资金设立的省属高等学校、科研院所的基础上",
        ),  # 除…外 and 在…的基础上 in one
        ("G001", "构建关键分子标记挖掘、共性技术研发和数据共享为一体"),  # 集 is missing
    ],
}


@pytest.mark.parametrize("number", SAMPLES)
def test_samples(number: str) -> None:
    source = load(ROOT / "samples" / f"{number}.yaml")
    draft = draft_of(source.issue, source.publication)
    texts = {node.path: node.text for node in draft.nodes}
    found = [
        (rule.code, texts[problem.path][slice(*(problem.at or (0, 0)))])
        for rule in RULES
        for problem in rule.find(draft)
    ]
    assert found == SAMPLES[number]
    assert [problem for find in FRAMING for problem in find(draft)] == []


# The foot


def issue_with(**changes: Any) -> dict[str, Any]:
    sections = [{"name": "部委动态", "items": [{"headline": "标题", "body": ["正文。"]}]}]
    return {
        "publication": publication().id,
        "number": 50,
        "date": "2025-10-13",
        "sections": sections,
        **changes,
    }


FIRST, SECOND = "中共四川省委科技委员会办公室", "四川省科学技术厅"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("四川省科技厅", SECOND),
        ("四川省科技术厅", SECOND),
        ("科技厅", SECOND),
        ("四川省科学技术局", SECOND),
        ("成都市科学技术局", SECOND),
        ("省科学技术厅", SECOND),
        ("省委科技委员会办公室", FIRST),
        ("中共四川省委科技委办公室", FIRST),
        ("四川省委科技委员会办公室", FIRST),
        ("中共四川省委科技委员会", FIRST),
    ],
)
def test_issuer_unlike_the_mastheads(wrong: str, right: str) -> None:
    issue = issue_with(imprint={"issuer": wrong})
    problems = list(issuer_date_differ(draft_with(issue)))
    assert [(found.path, found.at) for found in problems] == [(("imprint", "issuer"), (0, len(wrong)))]
    assert problems[0].fix is not None
    assert problems[0].fix.safe
    fixed = after(issue, problems)
    assert fixed["imprint"]["issuer"] == right
    assert list(issuer_date_differ(draft_with(fixed))) == []


@pytest.mark.parametrize("issuer", [FIRST, SECOND, " " + FIRST])
@pytest.mark.parametrize("date", [None, "2025-10-13", "2025年10月13日", "2025/10/13"])
def test_imprint_as_the_masthead(issuer: str, date: str | None) -> None:
    assert (
        list(
            issuer_date_differ(
                draft_with(
                    issue_with(imprint={"issuer": issuer, "date": date} if date else {"issuer": issuer})
                )
            )
        )
        == []
    )


@pytest.mark.parametrize("date", ["2025-10-14", "2024-10-13", "2025-11-13", "2025年10月31日"])
def test_date_unlike_the_mastheads(date: str) -> None:
    found = list(issuer_date_differ(draft_with(issue_with(imprint={"date": date}))))
    assert [problem.path for problem in found] == [("imprint", "date")]


def test_masthead_changed_and_the_foot_forgotten() -> None:
    found = list(issuer_date_differ(draft_with(issue_with(masthead={"issuers": ["四川省财政厅"]}))))
    assert [problem.path for problem in found] == [("masthead", "issuers")]


def lists(*entries: tuple[str, list[str]], **more: Any) -> dict[str, Any]:
    distribution = [{"label": label, "recipients": names, **more} for label, names in entries]
    return issue_with(imprint={"distribution": distribution})


TO = list(publication().imprint.distribution[0].recipients)
COPY = list(publication().imprint.distribution[1].recipients)


@pytest.mark.parametrize(
    ("to", "copy", "safe"),
    [
        ([TO[0], TO[1].rstrip("。")], COPY, True),
        ([TO[0].rstrip("。"), TO[1]], COPY, True),
        (TO, [COPY[0].rstrip("。")], True),
        (TO, [COPY[0].replace("。", "，")], True),
        (TO, [COPY[0].replace("。", ".")], True),
        ([TO[0], TO[1].replace("，省政协办公厅", "")], COPY, True),
        ([TO[0], TO[1].replace("省人大常委会办公厅，", "")], COPY, True),
        ([TO[0], "省政府办公厅，省委办公厅，省人大常委会办公厅，省政协办公厅。"], COPY, True),
        ([TO[0], TO[1].replace("省政协", "省政府")], COPY, True),
        ([TO[0], TO[1].replace("省政协办公厅", "省政协办公室")], COPY, False),
        (TO, [COPY[0].replace("各市（州）科技局", "各市（州）科技局，省财政厅")], False),
        (TO, [COPY[0].replace("绵阳科技城管委会", "绵阳科技城委会")], False),
    ],
)
def test_recipients_unlike_the_publications(to: list[str], copy: list[str], safe: bool) -> None:
    issue = lists(("主送", to), ("抄送", copy))
    problems = list(recipients(draft_with(issue)))
    assert len(problems) == 1
    assert problems[0].fix is not None
    assert problems[0].fix.safe is safe
    assert list(recipients(draft_with(after(issue, problems)))) == []


def test_list_forgotten_or_invented() -> None:
    assert [found.path for found in recipients(draft_with(lists(("主送", TO))))] == [
        ("imprint", "distribution")
    ]
    extra = lists(("主送", TO), ("抄送", COPY), ("发", ["各县。"]))
    assert [found.path for found in recipients(draft_with(extra))] == [
        ("imprint", "distribution", 2, "label")
    ]


@pytest.mark.parametrize(
    "issue",
    [
        issue_with(),
        issue_with(imprint={"copies": 100}),
        lists(("主送", TO), ("抄送", COPY)),
        lists(("主送", ["，".join(name.rstrip("。") for name in TO) + "。"]), ("抄送", COPY)),
        lists(("主送", [f"{name} " for name in TO]), ("抄送", COPY)),
        lists(("主送", [name.replace("，", "， ") for name in TO]), ("抄送", COPY)),
        lists(("主送", ["省财政厅。"]), one_off="是"),
        lists(("主送", TO), ("抄送", [*COPY, "省财政厅。"]), one_off="是"),
        lists(("发", ["各县。"]), one_off="是"),
        lists(("主送", [TO[0]]), ("抄送", COPY), one_off="是"),
    ],
)
def test_recipients_in_order(issue: dict[str, Any]) -> None:
    assert list(recipients(draft_with(issue))) == []


# The series


def numbered(number: int, date: str, headline: str = "", **more: Any) -> Issue:
    item = {"headline": headline or f"标题{number}{date}", "body": ["正文。"]}
    return Issue.model_validate(
        issue_with(number=number, date=date, sections=[{"name": "部委动态", "items": [item]}], **more)
    )


RUN = (numbered(48, "2025-09-22"), numbered(49, "2025-09-29"), numbered(50, "2025-10-13"))


def found_in(issue: Issue, *earlier: Issue, complete: bool = False) -> list[Problem]:
    return list(series(draft_of(issue, publication()), History(earlier, complete=complete)))


@pytest.mark.parametrize(
    ("number", "date", "place"),
    [
        (50, "2025-10-20", ("number",)),
        (49, "2025-10-20", ("number",)),
        (48, "2025-10-20", ("number",)),
        (52, "2025-10-27", ("number",)),
        (53, "2025-10-27", ("number",)),
        (60, "2025-12-27", ("number",)),
        (150, "2025-12-27", ("number",)),
        (51, "2025-10-12", ("date",)),
        (51, "2025-09-29", ("date",)),
        (51, "2025-01-20", ("date",)),
    ],
)
def test_series_broken(number: int, date: str, place: tuple[str, ...]) -> None:
    found = list(series(draft_of(numbered(number, date), publication()), RUN))
    assert [problem.path for problem in found] == [place]


@pytest.mark.parametrize(
    ("issue", "earlier"),
    [
        (numbered(51, "2025-10-20"), RUN),
        (numbered(51, "2025-10-13"), RUN),
        (numbered(1, "2026-01-05"), RUN),
        (numbered(2, "2026-01-12"), RUN),
        (numbered(50, "2025-10-13"), ()),
        (numbered(54, "2025-11-14"), RUN[2:]),
        (numbered(1, "2025-10-20", masthead={"number_line": "增刊第{number}期"}), RUN),
        (numbered(50, "2025-10-20", masthead={"number_line": "特刊第{number}期"}), RUN),
        (
            numbered(51, "2025-10-20"),
            (*RUN, numbered(51, "2025-10-15", masthead={"number_line": "增刊第{number}期"})),
        ),
        (numbered(50, "2024-10-13"), RUN),
    ],
)
def test_series_in_order(issue: Issue, earlier: tuple[Issue, ...]) -> None:
    assert list(series(draft_of(issue, publication()), earlier)) == []


def test_gap_in_a_complete_series() -> None:
    assert [found.path for found in found_in(numbered(54, "2025-11-14"), RUN[2], complete=True)] == [
        ("number",)
    ]


def test_item_that_ran_before() -> None:
    old = numbered(50, "2025-10-13", "天津出台“先使用后付费”实施办法")
    again = numbered(51, "2025-10-20", "天津出台“先使用|后付费”实施办法")
    found = found_in(again, old)
    assert [problem.path[-1] for problem in found] == ["headline"]
    assert "第50期" in found[0].message.zh


# The contents list of an imported document


def titled(*headlines: str) -> dict[str, Any]:
    return issue_with(
        sections=[
            {"name": "部委动态", "items": [{"headline": text, "body": ["正文。"]} for text in headlines]}
        ]
    )


@pytest.mark.parametrize(
    ("listed", "number"),
    [
        (["六部门联合印发若干措施", "天津出台实施办法"], 0),
        (["六部门联合 印发若干措施", "天津 出台实施办法"], 0),
        (["天津出台实施办法", "六部门联合印发若干措施"], 0),
        (["六部门联合发布若干措施", "天津出台实施办法"], 1),
        (["六部门联合印发若干措施"], 1),
        (["六部门联合印发若干措施", "天津出台实施办法", "福建推动产业发展"], 1),
        ([], 2),
    ],
)
def test_contents(listed: list[str], number: int) -> None:
    draft = draft_with(titled("六部门联合印发|若干措施", "天津出台实施办法"))
    assert len(list(contents_differ(listed, draft))) == number


# The publication's settings


def test_publication_adds_and_excepts_words() -> None:
    words = BannedWords.model_validate({"add": ["遥遥领先"], "except": ["独一无二"]})
    issue = Issue.model_validate(
        issue_with(sections=[{"name": "a", "items": [{"headline": "b", "body": ["遥遥领先，独一无二。"]}]}])
    )
    draft = draft_of(issue, publication().model_copy(update={"banned_words": words}))
    assert [found.at for found in banned_word(draft)] == [(0, 4)]


def test_publication_without_bodies_or_region_is_left_alone() -> None:
    bare = publication().model_copy(update={"bodies": (), "region": None})
    issue = Issue.model_validate(titled("天津出台办法") | {"date": dt.date(2025, 10, 13)})
    draft = draft_of(issue, bare)
    assert [found for rule in RULES for found in rule.find(draft)] == []
