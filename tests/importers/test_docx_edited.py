"""A DOCX of ours that a person went on editing: what was changed comes back changed, and everything else as it was."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from authoring.model import Issue, Points
from authoring.renderers.docx import render
from tests.importers.docx_files import (
    Outcome,
    edited,
    imported,
    made,
    para,
    paragraph_with,
    run,
    style_of,
    text_of,
    with_numbering,
    with_related,
    without_record,
)
from tests.renderers.docx_reader import W, set_issue

Edit = Callable[[Any], None]

ODD = "甲段原文，　有**重点**在 内。"
"""Has what its page does not show."""
BODY = (
    ODD,
    {"points": ["第一点。说明。", "第二点。说明。", "第三点。说明。"]},
    "乙段原文。",
    {"heading": "总体要求"},
    {"heading": "目标。", "level": 2, "text": "到明年完成。"},
)


def base(**fields: Any) -> Issue:
    return set_issue(sections=sections(*BODY), **fields).issue


def sections(*body: Any) -> list[dict[str, Any]]:
    items = [
        {"headline": "第一条标题|写成两行", "body": list(body)},
        {"headline": "六部门联合印发《关于加强数字经济创新型企业培育的若干措施》", "body": ["第二条正文。"]},
    ]
    return [
        {"name": "部委动态", "items": items},
        {"name": "省内要情", "items": [{"headline": "末条", "body": ["末条正文。"]}]},
    ]


def after(edit: Edit, record: bool = True, **fields: Any) -> Outcome:
    data = render(set_issue(sections=sections(*BODY), **fields))
    return imported(edited(data if record else without_record(data), edit))


def same_but(one: Outcome, change: Callable[[dict[str, Any]], None], **fields: Any) -> None:
    """The import is the issue as it was, with `change` made to its tree."""
    wanted = base(**fields).model_dump(exclude_unset=True)
    change(wanted)
    assert one.issue.model_dump(exclude_unset=True) == Issue.model_validate(wanted).model_dump(
        exclude_unset=True
    )


def first_body(tree: dict[str, Any]) -> list[Any]:
    body = list(tree["sections"][0]["items"][0]["body"])
    tree["sections"][0]["items"][0]["body"] = body
    return body


def set_text(root: Any, text: str, new: str) -> None:
    paragraph = paragraph_with(root, text)
    for node in paragraph.iter(f"{W}t"):
        if text in node.text:
            node.text = node.text.replace(text, new)
            return
    raise AssertionError(text)


def test_nothing_changed_is_nothing_changed() -> None:
    one = after(lambda root: None)
    same_but(one, lambda tree: None)
    assert one.notes == []


def test_a_text_that_was_changed() -> None:
    one = after(lambda root: set_text(root, "乙段原文", "乙段新文"))

    def change(tree: dict[str, Any]) -> None:
        first_body(tree)[2] = "乙段新文。"

    same_but(one, change)


def test_what_the_page_does_not_show_goes_with_a_text_that_was_changed_and_with_no_other() -> None:
    one = after(lambda root: set_text(root, "甲段原文", "甲段新文"))

    def change(tree: dict[str, Any]) -> None:
        first_body(tree)[0] = "甲段新文，　有**重点**在内。"

    same_but(one, change)


def test_a_paragraph_that_was_split() -> None:
    def edit(root: Any) -> None:
        paragraph = paragraph_with(root, "乙段原文")
        second = copy.deepcopy(paragraph)
        paragraph.addnext(second)
        next(paragraph.iter(f"{W}t")).text = "乙段"
        next(second.iter(f"{W}t")).text = "原文。"

    def change(tree: dict[str, Any]) -> None:
        first_body(tree)[2:3] = ["乙段", "原文。"]

    same_but(after(edit), change)


def test_a_point_that_was_split_leaves_a_paragraph_and_the_numbers_as_they_show() -> None:
    def edit(root: Any) -> None:
        paragraph = paragraph_with(root, "（2）第二点")
        second = copy.deepcopy(paragraph)
        paragraph.addnext(second)
        next(paragraph.iter(f"{W}t")).text = "（2）第二点。"
        next(second.iter(f"{W}t")).text = "说明。"

    def change(tree: dict[str, Any]) -> None:
        first_body(tree)[1:2] = [
            {"points": ["第一点。说明。", "第二点。"]},
            "说明。",
            {"points": ["第三点。说明。"], "start": 3},
        ]

    same_but(after(edit), change)


def test_paragraphs_that_were_joined() -> None:
    def edit(root: Any) -> None:
        first, second = paragraph_with(root, "（3）第三点"), paragraph_with(root, "乙段原文")
        first.extend(second.findall(f"{W}r"))
        second.getparent().remove(second)

    def change(tree: dict[str, Any]) -> None:
        first_body(tree)[1:3] = [{"points": ["第一点。说明。", "第二点。说明。", "第三点。说明。乙段原文。"]}]

    same_but(after(edit), change)


@pytest.mark.parametrize("number", ["（3）", "（2）", "(3)", ""])
@pytest.mark.parametrize("style", ["Point", ""])
def test_a_point_added_in_the_middle_numbers_what_follows(number: str, style: str) -> None:
    if not number and not style:
        return
    numbering = "" if number else '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'

    def edit(root: Any) -> None:
        paragraph_with(root, "（2）第二点").addnext(made(para(f"{number}新的一点。", style, numbering)))

    one = after(edit)
    if not number:  # a style alone makes no number: the paragraph shows none
        assert one.bodies[0][1:4] == [  # type: ignore[index]
            {"points": ["第一点。说明。", "第二点。说明。"]},
            "新的一点。",
            {"points": ["第三点。说明。"], "start": "3"},
        ]
        return

    def change(tree: dict[str, Any]) -> None:
        first_body(tree)[1] = {"points": ["第一点。说明。", "第二点。说明。", "新的一点。", "第三点。说明。"]}

    same_but(one, change)
    assert [text for text in one.told("W008") if "（3）" in text and "（4）" in text]


def test_a_point_taken_out_numbers_what_follows() -> None:
    def edit(root: Any) -> None:
        paragraph = paragraph_with(root, "（2）第二点")
        paragraph.getparent().remove(paragraph)

    def change(tree: dict[str, Any]) -> None:
        first_body(tree)[1] = {"points": ["第一点。说明。", "第三点。说明。"]}

    one = after(edit)
    same_but(one, change)
    assert one.told("W008") == ["序号接不上：原作（3），已按次序编为（2）"]


def test_bold_switched_on_for_a_part_and_off() -> None:
    def edit(root: Any) -> None:
        paragraph = paragraph_with(root, "乙段原文")
        (only,) = paragraph.findall(f"{W}r")
        paragraph.replace(only, made(run("乙段")))
        for element in (
            run("原", "<w:b/><w:bCs/>"),
            run("文", '<w:b w:val="true"/>'),
            run("。", '<w:b w:val="0"/>'),
        ):
            paragraph.append(made(element))
        bold = paragraph_with(root, "甲段原文")
        for mark in list(bold.iter(f"{W}b")):
            mark.getparent().remove(mark)

    def change(tree: dict[str, Any]) -> None:
        first_body(tree)[0] = "甲段原文，　有重点在内。"
        first_body(tree)[2] = "乙段**原文**。"

    same_but(after(edit), change)


def test_a_paragraph_all_in_bold() -> None:
    def edit(root: Any) -> None:
        for element in paragraph_with(root, "乙段原文").findall(f"{W}r"):
            element.insert(0, made("<w:rPr><w:b/></w:rPr>"))

    def change(tree: dict[str, Any]) -> None:
        first_body(tree)[2] = "**乙段原文。**"

    same_but(after(edit), change)


@pytest.mark.parametrize("record", [True, False])
@pytest.mark.parametrize(
    "headline",
    [
        para("新条标题", "Headline"),
        para(run("新条标题", "<w:b/>"), "", '<w:jc w:val="center"/>'),
        para(run("新条标题", '<w:sz w:val="44"/>'), "", '<w:jc w:val="center"/>'),
    ],
)
def test_an_item_that_was_added(headline: str, record: bool) -> None:
    def edit(root: Any) -> None:
        last = paragraph_with(root, "第二条正文")
        last.addnext(made(para("新条正文。")))
        last.addnext(made(headline))

    one = after(edit, record)
    assert one.headlines[2] == "新条标题"
    assert one.bodies[2] == ["新条正文。"]
    assert one.bodies[1] == ["第二条正文。"]


@pytest.mark.parametrize(
    "header",
    [para("【省外速览】", "Section"), para(run("【省外速览】", "<w:b/>")), para("【省外速览】")],
)
def test_a_section_that_was_added(header: str) -> None:
    def edit(root: Any) -> None:
        last = paragraph_with(root, "第二条正文")
        for new in (para("新条正文。"), para("新条标题", "FirstHeadline"), header):
            last.addnext(made(new))

    def change(tree: dict[str, Any]) -> None:
        new = {"name": "省外速览", "items": [{"headline": "新条标题", "body": ["新条正文。"]}]}
        tree["sections"] = [tree["sections"][0], new, tree["sections"][1]]

    same_but(after(edit), change)


def test_items_that_changed_places_take_along_what_their_pages_do_not_show() -> None:
    def edit(root: Any) -> None:
        body = paragraph_with(root, "第一条标题").getparent()
        start = body.index(paragraph_with(root, "第一条标题"))
        end = body.index(paragraph_with(root, "六部门联合"))
        moved = body[start:end]
        for paragraph in reversed(moved):
            paragraph_with(root, "第二条正文").addnext(paragraph)

    def change(tree: dict[str, Any]) -> None:
        tree["sections"][0]["items"] = tree["sections"][0]["items"][::-1]

    same_but(after(edit), change)


@pytest.mark.parametrize(
    ("old", "new", "headline"),
    [
        ("六部门", "七部门", "七部门联合印发《关于加强数字经济创新型企业培育的若干措施》"),
        ("写成两行", "分成两行", "第一条标题|分成两行"),
    ],
)
def test_a_headline_that_was_changed_keeps_breaks_that_were_its_editors_own(
    old: str, new: str, headline: str
) -> None:
    assert headline in after(lambda root: set_text(root, old, new)).headlines


def test_a_headline_that_was_broken_anew() -> None:
    def edit(root: Any) -> None:
        set_text(root, "第一条标题", "第一条")
        set_text(root, "写成两行", "标题写成两行")

    assert after(edit).headlines[0] == "第一条|标题写成两行"


def test_contents_that_were_not_updated_are_told_apart() -> None:
    one = after(lambda root: set_text(root, "六部门", "七部门"))
    contents = one.imported.recovered.contents
    assert contents is not None
    assert contents[1].text.startswith("六部门")
    assert one.headlines[1].startswith("七部门")


def test_number_and_date_of_the_masthead() -> None:
    def edit(root: Any) -> None:
        set_text(root, "第7期", "第8期")
        set_text(root, "2024年2月29日", "2024年3月7日")

    one = after(edit)
    assert (one.issue.number, str(one.issue.date)) == (8, "2024-03-07")
    assert one.issue.masthead is None
    assert one.issue.imprint is not None  # the foot still says the old date
    assert str(one.issue.imprint.date) == "2024-02-29"


def test_a_date_behind_blanks_instead_of_the_tab() -> None:
    def edit(root: Any) -> None:
        paragraph = paragraph_with(root, "2024年2月29日")
        for mark in list(paragraph.iter(f"{W}tab")):
            mark.getparent().replace(mark, made('<w:t xml:space="preserve">      </w:t>'))

    same_but(after(edit), lambda tree: None)


def test_recipients_that_were_changed_are_stated() -> None:
    one = after(lambda root: set_text(root, "中央科技办", "中央科技委办公室"))
    assert one.issue.imprint is not None
    assert one.issue.imprint.model_fields_set == {"distribution"}
    first, second = one.issue.imprint.distribution
    assert first.label == "主送"
    assert first.recipients[0] == "省委科技委主任、副主任、委员，中央科技委办公室。"
    assert len(first.recipients) == 2
    assert second.label == "抄送"


def test_what_the_issue_stated_of_other_fields_stays_stated() -> None:
    imprint = {"copies": 120, "even_page": True, "issuer": "中共四川省委科技委员会办公室"}
    masthead = {"classification": "内 部 资料", "title": "创新驱动要参"}
    one = after(
        lambda root: set_text(root, "（共印120份）", "（共印130份）"), imprint=imprint, masthead=masthead
    )

    def change(tree: dict[str, Any]) -> None:
        tree["imprint"]["copies"] = 130

    same_but(one, change, imprint=imprint, masthead=masthead)


def test_a_field_that_was_taken_out_is_stated_as_none() -> None:
    def edit(root: Any) -> None:
        (paragraph,) = (p for p in root.iter(f"{W}p") if style_of(p) == "Classification")
        paragraph.getparent().remove(paragraph)

    one = after(edit, masthead={"classification": "内部资料"})
    assert one.issue.masthead is None  # the publication has none either


class TestChanges:
    INSERTED = '<w:ins w:id="1" w:author="王" w:date="2024-01-01T00:00:00Z">{}</w:ins>'
    DELETED = '<w:del w:id="2" w:author="李">{}</w:del>'

    def test_insertions_are_taken_and_deletions_dropped_and_both_are_told(self) -> None:
        def edit(root: Any) -> None:
            paragraph = paragraph_with(root, "乙段原文")
            (only,) = paragraph.findall(f"{W}r")
            gone = run("原").replace("w:t", "w:delText")
            for element in (
                run("乙段"),
                self.DELETED.format(gone),
                self.INSERTED.format(run("新")),
                run("文。"),
            ):
                paragraph.append(made(element))
            paragraph.remove(only)

        def change(tree: dict[str, Any]) -> None:
            first_body(tree)[2] = "乙段新文。"

        one = after(edit)
        same_but(one, change)
        assert one.told("W001", "W002") == ["修订：李删去“原”，已删", "修订：王插入“新”，已采用"]
        place = next(note.at for note in one.notes if note.code == "W001")
        line, column = place.places[0]
        assert one.reading.lines[line - 1][column - 1] == place.text == "新"

    def test_a_deleted_paragraph_mark_joins(self) -> None:
        def edit(root: Any) -> None:
            paragraph = paragraph_with(root, "第二条正文")
            paragraph.insert(0, made('<w:pPr><w:rPr><w:del w:id="3" w:author="李"/></w:rPr></w:pPr>'))
            paragraph.addnext(made(para("再一段。")))

        one = after(edit)
        assert one.bodies[1] == ["第二条正文。再一段。"]
        assert one.told("W002") == ["修订：李把两段并成一段，已采用"]

    def test_a_paragraph_deleted_whole_is_gone(self) -> None:
        def edit(root: Any) -> None:
            paragraph = paragraph_with(root, "（2）第二点")
            properties = paragraph.find(f"{W}pPr")
            properties.append(made('<w:rPr><w:del w:id="3" w:author="李"/></w:rPr>'))
            for element in paragraph.findall(f"{W}r"):
                for text in element.iter(f"{W}t"):
                    text.tag = f"{W}delText"
                change = made('<w:del w:id="4" w:author="李"/>')
                element.addprevious(change)
                change.append(element)

        def change(tree: dict[str, Any]) -> None:
            first_body(tree)[1] = {"points": ["第一点。说明。", "第三点。说明。"]}

        one = after(edit)
        same_but(one, change)
        assert "修订：李删去“（2）第二点。说明。”，已删" in one.told("W002")

    def test_a_move_is_taken_where_it_went(self) -> None:
        def edit(root: Any) -> None:
            paragraph = paragraph_with(root, "乙段原文")
            (only,) = paragraph.findall(f"{W}r")
            paragraph.replace(
                only, made('<w:moveFrom w:id="1" w:author="王">' + run("乙段原文。") + "</w:moveFrom>")
            )
            paragraph_with(root, "第二条正文").append(
                made('<w:moveTo w:id="2" w:author="王">' + run("乙段原文。") + "</w:moveTo>")
            )

        one = after(edit)
        assert one.bodies[1] == ["第二条正文。乙段原文。"]
        assert "乙段" not in str(one.bodies[0])

    def test_of_changed_formatting_the_new_one_counts(self) -> None:
        def edit(root: Any) -> None:
            (only,) = paragraph_with(root, "乙段原文").findall(f"{W}r")
            only.insert(
                0,
                made(
                    '<w:rPr><w:rPrChange w:id="1" w:author="王"><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr>'
                ),
            )

        same_but(after(edit), lambda tree: None)

    def test_rows_inserted_and_deleted(self) -> None:
        def edit(root: Any) -> None:
            rows = list(root.iter(f"{W}tr"))
            rows[0].find(f"{W}trPr").append(made('<w:del w:id="9" w:author="李"/>'))

        one = after(edit)
        assert one.issue.imprint is not None
        assert one.issue.imprint.distribution == ()
        assert any("主送：" in text for text in one.told("W002"))


def test_comments_are_listed_where_they_are() -> None:
    data = render(set_issue(sections=sections(*BODY)))
    comments = (
        f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="5" w:author="张处长"><w:p><w:r><w:t>请核数</w:t></w:r></w:p>'
        '<w:p><w:r><w:t>并补来源</w:t></w:r></w:p></w:comment></w:comments>'
    )  # fmt: skip

    def edit(root: Any) -> None:
        paragraph = paragraph_with(root, "乙段原文")
        (only,) = paragraph.findall(f"{W}r")
        for element in (
            run("乙段"), '<w:commentRangeStart w:id="5"/>', run("原文"), '<w:commentRangeEnd w:id="5"/>',
            '<w:r><w:commentReference w:id="5"/></w:r>', run("。"),
        ):  # fmt: skip
            only.addprevious(made(element))
        paragraph.remove(only)

    one = imported(with_related(edited(data, edit), "comments", comments))
    same_but(one, lambda tree: None)
    (note,) = [note for note in one.notes if note.code == "W003"]
    assert note.message.zh == "批注（张处长）：请核数 并补来源"
    assert note.at.text == "原文"


def test_text_pasted_from_elsewhere_is_read_by_its_looks() -> None:
    def edit(root: Any) -> None:
        last = paragraph_with(root, "末条正文")
        pasted = para(
            run("粘贴来的正文", '<w:rFonts w:ascii="宋体"/><w:sz w:val="24"/>') + run("，12号。"), "a3NotOurs"
        )
        last.addnext(made(pasted))

    assert after(edit).bodies[2] == ["末条正文。", "粘贴来的正文，12号。"]


def test_points_as_a_list_of_the_word_processor() -> None:
    """Who asks Word for its own numbering gets points as well."""

    def edit(root: Any) -> None:
        last = paragraph_with(root, "末条正文")
        for text in ("自动编号乙。", "自动编号甲。"):
            last.addnext(made(para(text, "", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')))

    data = with_numbering(edited(render(set_issue(sections=sections(*BODY))), edit), "（%1）", "decimal")
    one = imported(data)
    (paragraph, points) = one.issue.sections[1].items[0].body
    assert paragraph == "末条正文。"
    assert points == Points(points=("自动编号甲。", "自动编号乙。"))


def test_all_texts_find_their_place() -> None:
    """Whatever is edited, every character is in the issue or is what the format makes itself."""

    def edit(root: Any) -> None:
        for paragraph in root.iter(f"{W}p"):
            if style_of(paragraph) in ("Normal", "Point") and text_of(paragraph):
                paragraph.append(made(run("增补。")))

    coverage = after(edit).imported.coverage()
    assert coverage.unplaced == ()
