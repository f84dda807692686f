"""Only what differs is changed: by case, what becomes of the file's text."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from authoring.inline import parse as inline
from authoring.source.document import parse
from authoring.updating import Update, updated

DRAFT = """\
# yaml-language-server: $schema=x.json
# 本期由甲编
number: 50  # 期号
date: 2025-10-13

sections:
  # 栏目一
  - name: 部委动态  # 不写【】
    items:
      # 头条
      - headline: '甲''乙'  # 题
        body:
          - 第一段的文字在这里。  # 一
          # 二的上面
          - >-
            第二段折行
            写在两行里。

          - points:  # 点
              - "第一点\\u3002内容"
              # 第二点的上面
              - 第二点。内容
          - |
            第三段是原样的
      - {headline: 短条, body: [甲文, 乙文]}  # 短
  - name: 省外速览
    items:
      - headline: 另一条
        body:
          - 文
# 尾
"""


def wanted(**edits: Any) -> Any:
    """DRAFT's tree; the functions in `edits` change it."""
    tree = parse(DRAFT, "x.yaml").value
    for edit in edits.values():
        edit(tree)
    return tree


def loose(old: str, new: str) -> bool:
    return inline(old) == inline(new)


def update(tree: Any, text: str = DRAFT) -> Update:
    result = updated(parse(text, "x.yaml"), tree, same=loose)
    again = updated(parse(result.text, "x.yaml"), tree, same=loose)
    assert (again.text, again.changes) == (result.text, ()), "what was done is done"
    return result


def body(tree: Any) -> Any:
    return tree["sections"][0]["items"][0]["body"]


def edited(edit: Any, *pairs: tuple[str, str]) -> Update:
    """The update of DRAFT by `edit`, which must be DRAFT with each pair's first text replaced by its second."""
    tree = parse(DRAFT, "x.yaml").value
    edit(tree)
    result = update(tree)
    expected = DRAFT
    for old, new in pairs:
        assert expected.count(old) == 1, old
        expected = expected.replace(old, new)
    assert result.text == expected
    windows = update(tree, DRAFT.replace("\n", "\r\n"))
    assert windows.text == expected.replace("\n", "\r\n")
    return result


def test_an_equal_tree_changes_nothing() -> None:
    assert update(parse(DRAFT, "x.yaml").value) == Update(DRAFT, ())


def test_a_text_that_is_the_same_when_set_stays_as_it_is_typed() -> None:
    def edit(tree: Any) -> None:
        body(tree)[1] = "第二段折行写在两行里。"
        body(tree)[3] = "第三段是原样的"

    assert edited(edit).changes == ()


@pytest.mark.parametrize(
    ("index", "old", "new", "raw"),
    [
        pytest.param(0, "文字", "文本", ("第一段的文字", "第一段的文本"), id="plain"),
        pytest.param(0, "第一段", "**第一段**", ("- 第一段的文字在这里。", "- '**第一段**的文字在这里。'"), id="plain that must be quoted"),
        pytest.param(0, "一段的", "**一段**的", ("第一段的文字", "第**一段**的文字"), id="bold"),
        pytest.param(1, "写在", "印在", ("写在两行", "印在两行"), id="folded"),
        pytest.param(1, "折行 写", "折", ("折行\n            写在", "折在"), id="across a fold"),
        pytest.param(3, "原样", "原来", ("原样", "原来"), id="literal"),
        pytest.param(3, "第三段是原样的", "全新写法", ("第三段是原样的", "全新写法"), id="literal, all of it"),
    ],
)  # fmt: skip
def test_only_changed_characters_change(index: int, old: str, new: str, raw: tuple[str, str]) -> None:
    def edit(tree: Any) -> None:
        text = body(tree)[index]
        assert old in text
        body(tree)[index] = text.replace(old, new).rstrip("\n")

    (change,) = edited(edit, raw).changes
    assert change.path == ("sections", 0, "items", 0, "body", index)
    assert (change.kind, change.rewritten) == ("changed", False)


def test_quotes_and_escapes_stay() -> None:
    def edit(tree: Any) -> None:
        tree["sections"][0]["items"][0]["headline"] = "甲'丙'"
        body(tree)[2]["points"][0] = '第一点。"新"内容'

    edited(edit, ("'甲''乙'", "'甲''丙'''"), ('"第一点\\u3002内容"', '"第一点\\u3002\\"新\\"内容"'))


def test_numbers_and_dates() -> None:
    def edit(tree: Any) -> None:
        tree.update(number="51", date="2025-10-14")

    result = edited(edit, ("number: 50", "number: 51"), ("10-13", "10-14"))
    assert [change.message.zh for change in result.changes] == [
        "期号：“50”改为“51”",
        "日期：“2025-10-13”改为“2025-10-14”",
    ]


@pytest.mark.parametrize(
    ("typed", "given"),
    [("number: 054", "54"), ("number: ５４", "54"), ("date: 2025年11月8日", "2025-11-08"), ("date: 2025/11/8", "2025-11-08")],
)  # fmt: skip
def test_numbers_and_dates_that_are_read_the_same_stay(typed: str, given: str) -> None:
    field = typed.partition(":")[0]
    assert updated(parse(f"{typed}\n", "x.yaml"), {field: given}).changes == ()


def test_a_paragraph_is_split() -> None:
    def edit(tree: Any) -> None:
        body(tree)[:1] = ["第一段的文字", "在这里。"]

    result = edited(edit, ("第一段的文字在这里。  # 一\n", "第一段的文字  # 一\n          - 在这里。\n"))
    assert [change.kind for change in result.changes] == ["added", "changed"] or [
        change.kind for change in result.changes
    ] == ["changed", "added"]


def test_a_point_is_added_and_one_removed() -> None:
    def edit(tree: Any) -> None:
        body(tree)[2]["points"] = ["又一条完全不同的话", "第一点。内容"]

    edited(
        edit,
        ("              # 第二点的上面\n              - 第二点。内容\n", ""),
        ('              - "第一点', '              - 又一条完全不同的话\n              - "第一点'),
    )


def test_a_comment_above_goes_with_its_entry_and_one_beside_stays_with_a_changed_one() -> None:
    def edit(tree: Any) -> None:
        del body(tree)[1]
        body(tree)[0] = "第一段的文字改了。"

    edited(
        edit,
        ("          # 二的上面\n          - >-\n            第二段折行\n            写在两行里。\n", ""),
        ("文字在这里。  # 一", "文字改了。  # 一"),
    )


def test_an_item_is_added_a_section_removed() -> None:
    def edit(tree: Any) -> None:
        del tree["sections"][1]
        tree["sections"][0]["items"].append({"headline": "新条", "body": ["新文。", {"points": ["点"]}]})

    edited(
        edit,
        (
            "乙文]}  # 短\n  - name: 省外速览\n    items:\n      - headline: 另一条\n        body:\n          - 文\n",
            "乙文]}  # 短\n      - headline: 新条\n        body:\n          - 新文。\n          - points:\n              - 点\n",
        ),
    )


def test_an_entry_moves_with_its_comments() -> None:
    def edit(tree: Any) -> None:
        tree["sections"].reverse()

    result = edited(
        edit,
        ("sections:\n  # 栏目一\n", "sections:\n@"),
        (
            "@",
            "  - name: 省外速览\n    items:\n      - headline: 另一条\n        body:\n          - 文\n  # 栏目一\n",
        ),
        (
            "# 短\n  - name: 省外速览\n    items:\n      - headline: 另一条\n        body:\n          - 文\n",
            "# 短\n",
        ),
    )
    assert [change.kind for change in result.changes] == ["moved"]


def test_an_item_moves_to_another_section_with_its_comments() -> None:
    def edit(tree: Any) -> None:
        tree["sections"][1]["items"].append(tree["sections"][0]["items"].pop(0))

    at, end = DRAFT.index("      # 头条"), DRAFT.index("      - {headline")
    item = DRAFT[at:end]
    result = edited(edit, (item, ""), ("          - 文\n", f"          - 文\n{item}"))
    assert [change.kind for change in result.changes] == ["moved"]


def test_in_brackets() -> None:
    def edit(tree: Any) -> None:
        tree["sections"][0]["items"][1] = {"headline": "短条", "body": ["甲文", "新, 文", "乙: 文"]}

    edited(edit, ("[甲文, 乙文]", "[甲文, '新, 文', '乙: 文']"))


def test_a_text_becomes_points_and_points_a_text() -> None:
    def edit(tree: Any) -> None:
        body(tree)[0] = {"points": ["第一段的文字", "在这里。"]}
        body(tree)[2] = "第一点。内容第二点。内容"

    edited(
        edit,
        (
            "          - 第一段的文字在这里。  # 一\n",
            "          # 一\n          - points:\n              - 第一段的文字\n              - 在这里。\n",
        ),
        (
            '          - points:  # 点\n              - "第一点\\u3002内容"\n              # 第二点的上面\n              - 第二点。内容\n',
            "          # 点\n          # 第二点的上面\n          - 第一点。内容第二点。内容\n",
        ),
    )


def test_overrides_are_added_where_the_model_has_them_and_dropped() -> None:
    def edit(tree: Any) -> None:
        tree["typesetting"] = {"quotes": "half"}
        tree["masthead"] = {"copy_number": "000001"}

    result = edited(
        edit,
        (
            "          - 文\n# 尾\n",
            "          - 文\nmasthead:\n  copy_number: '000001'\ntypesetting:\n  quotes: half\n# 尾\n",
        ),
    )
    back = updated(parse(result.text, "x.yaml"), parse(DRAFT, "x.yaml").value, same=loose)
    assert back.text == DRAFT


def test_the_first_field_behind_a_dash_goes_and_comes() -> None:
    text = "a:\n  - x: 甲  # 一\n    # 二\n    y: 乙\n  - z: 丙\n"
    tree = {"a": [{"y": "乙"}, {"z": "丙"}]}
    result = updated(parse(text, "x.yaml"), tree)
    assert result.text == "a:\n  - y: 乙\n    # 二\n  - z: 丙\n"
    assert updated(parse(result.text, "x.yaml"), {"a": [{"y": "乙", "z": "丁"}, {"z": "丙"}]}).text == (
        "a:\n  - y: 乙\n    z: 丁\n    # 二\n  - z: 丙\n"
    )


def test_blank_lines_between_entries_stay_and_an_added_one_has_them_too() -> None:
    text = "a:\n  - 甲一二三\n\n  - 乙一二三\n\n  # 分隔\n\n  - 丙一二三\n"
    document = parse(text, "x.yaml")
    added = updated(document, {"a": ["甲一二三", "乙一二三", "丙一二三", "丁四五六"]})
    assert added.text == text + "\n  - 丁四五六\n"
    removed = updated(document, {"a": ["甲一二三", "丙一二三"]})
    assert removed.text == "a:\n  - 甲一二三\n\n  # 分隔\n\n  - 丙一二三\n"
    assert updated(document, {"a": ["甲一二三"]}).text == "a:\n  - 甲一二三\n\n  # 分隔\n\n"


@pytest.mark.parametrize(
    ("text", "tree", "expected"),
    [
        pytest.param("a: 甲", {"a": "乙"}, "a: 乙", id="no line end"),
        pytest.param("a:\n- 甲", {"a": ["甲", "乙"]}, "a:\n- 甲\n- 乙", id="no line end behind an added entry"),
        pytest.param("a:\n- 甲\n- 乙\n", {"a": ["乙"]}, "a:\n- 乙\n", id="dashes that are not indented"),
        pytest.param("a:\nb: 乙\n", {"a": "甲", "b": "乙"}, "a: 甲\nb: 乙\n", id="nothing becomes a text"),
        pytest.param("a: {}  # 空\n", {"a": {"b": "甲"}}, "a:  # 空\n  b: 甲\n", id="empty brackets"),
        pytest.param("a:\n  - 甲  # 一\n", {"a": []}, "a: []  # 一\n", id="emptied"),
        pytest.param("- 甲\n", {"a": "甲"}, "a: 甲\n", id="another kind of file"),
        pytest.param("{a: 甲, b: 乙} # 注\n", {"a": "丙", "b": "乙"}, "{a: 丙, b: 乙} # 注\n", id="all in brackets"),
        pytest.param("{a: 甲,\n b: 乙} # 注\n", {"b": "乙"}, "# 注\nb: 乙\n", id="brackets over lines"),
        pytest.param("a: [甲, # 一\n  乙]\n", {"a": ["甲"]}, "a:  # 一\n  - 甲\n", id="brackets with a comment"),
        pytest.param("a: |  # 注\n  甲\n", {"a": "乙 #"}, "a: '乙 #'  # 注\n", id="a block's comment"),
        pytest.param("---\na: 甲\n...\n", {"a": "乙", "b": "丙"}, "---\na: 乙\nb: 丙\n...\n", id="markers"),
        pytest.param("a:\n  -\n    k: 甲乙丙\n  - 乙\n", {"a": [{"k": "甲乙丁"}, "乙"]}, "a:\n  -\n    k: 甲乙丁\n  - 乙\n", id="a dash by itself"),
        pytest.param("'a b': 甲\n", {"a b": "乙"}, "'a b': 乙\n", id="a quoted field"),
        pytest.param("a: 甲\n    乙\n", {"a": "甲 丙: 丁"}, "a: '甲 丙: 丁'\n", id="a plain text on two lines that needs quotes"),
    ],
)  # fmt: skip
def test_odd_files(text: str, tree: Any, expected: str) -> None:
    assert updated(parse(text, "x.yaml"), tree).text == expected


def test_a_renamed_field_keeps_what_it_holds() -> None:
    text = "a:\n  - old:  # 一\n      - '甲'  # 二\n    k: v\n"
    result = updated(parse(text, "x.yaml"), {"a": [{"new": ["甲"], "k": "v"}]})
    assert result.text == text.replace("old", "new")
    assert [(change.path, change.kind) for change in result.changes] == [(("a", 0, "new"), "changed")]


def test_a_field_moves_into_another_mapping() -> None:
    text = "one:\n  # 上\n  k:  # 旁\n    - '甲'\n  l: m\ntwo:\n  - n: o\n"
    result = updated(parse(text, "x.yaml"), {"one": {"l": "m"}, "two": [{"n": "o", "p": ["甲"]}]})
    assert result.text == "one:\n  l: m\ntwo:\n  - n: o\n    # 上\n    p:  # 旁\n      - '甲'\n"


def test_samples_are_edited_in_place(samples: Path) -> None:
    text = (samples / "050.yaml").read_text(encoding="utf-8")
    document = parse(text, "050.yaml")
    tree = copy.deepcopy(document.value)
    items = tree["sections"][2]["items"]
    items[1]["body"][0] = items[1]["body"][0].replace("成都高新区", "**成都高新区**")
    items.insert(1, {"headline": "新条目", "body": ["新的一段。"]})
    del tree["sections"][0]["items"][0]["body"][1]["points"][3]
    result = updated(document, tree)
    lines, after = text.split("\n"), result.text.split("\n")
    assert [line for line in after if line not in lines] == [
        "      - headline: 新条目",
        "          - 新的一段。",
        next(line for line in lines if "成都高新区" in line).replace("成都高新区", "**成都高新区**"),
    ]
    assert len(after) == len(lines) - 1 + 3
    assert [change.kind for change in result.changes] == ["removed", "added", "changed"]


def test_many_entries_are_aligned_in_linear_time() -> None:
    """Quadratic, this took over a minute."""
    entries = [f"第{number}段文字" for number in range(5000)]
    document = parse("a:\n" + "".join(f"  - {entry}\n" for entry in entries), "x.yaml")
    result = updated(document, {"a": entries[2500:], "b": entries[2499::-1]})
    assert parse(result.text, "x.yaml").value == {"a": entries[2500:], "b": entries[2499::-1]}
