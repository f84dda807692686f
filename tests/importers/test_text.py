"""Printed text in, the issue out: both printed issues, the habits of other hands, and mistakes that must be told."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.diagnostics import AuthoringError, Diagnostic
from authoring.fonts import find_fonts
from authoring.import_run import Import, Request, import_files, import_issue
from authoring.importers import read, recover
from authoring.importers.document import visible
from authoring.importers.imported import Imported
from authoring.source import load
from authoring.source.writing import issue_value
from tests.conftest import ROOT, Command
from tests.importers.variants import VARIANTS
from tests.renderers.docx_reader import PUBLICATION

PRINTED = ROOT / "tests" / "data" / "printed"
FONTS = find_fonts(installed=False)


def imported(content: bytes | str, folder: Path, name: str = "raw.txt") -> Import:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_issue(path, "", FONTS)


def shown(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{item.span.line}:{item.span.column} {item.rule}" for item in diagnostics if item.span]


def test_printed_050_gives_the_sample_byte_for_byte(run: Command, tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    shutil.copy(ROOT / "schemas" / "issue.schema.json", tmp_path / "schemas")
    done = run("import", PRINTED / "050.txt", "-o", tmp_path / "drafts")
    assert done.code == 0
    assert (tmp_path / "drafts" / "050.yaml").read_bytes() == (ROOT / "samples" / "050.yaml").read_bytes()
    assert "读入 3633 字，归位 3633 字，未归位 0 字" in done.out


def test_printed_054_gives_the_sample_but_for_the_habits_that_no_page_end_shows(tmp_path: Path) -> None:
    one = imported((PRINTED / "054.txt").read_bytes(), tmp_path)
    sample = load(ROOT / "samples" / "054.yaml").issue
    assert one.issue == sample.model_copy(update={"typesetting": None})
    assert one.imported.coverage().unplaced == ()


def test_findings_stand_where_the_source_has_them(tmp_path: Path) -> None:
    one = imported((PRINTED / "050.txt").read_bytes(), tmp_path)
    assert shown(one.diagnostics) == [
        "40:1 X001", "56:9 A001", "56:129 C001", "62:1 X001", "64:170 C001", "74:1 X001", "88:1 X001", "92:75 V001",
    ]  # fmt: skip


@pytest.mark.parametrize("name", VARIANTS)
def test_the_same_issue_in_the_habits_of_another_hand(name: str, tmp_path: Path) -> None:
    suffix, variant = VARIANTS[name]
    text = (PRINTED / "054.txt").read_text(encoding="utf-8")
    one = imported(variant(text), tmp_path, f"raw.{suffix}")
    sample = load(ROOT / "samples" / "054.yaml").issue
    assert one.issue is not None
    assert one.issue.sections == sample.sections
    assert (one.issue.number, one.issue.date, one.issue.imprint) == (
        sample.number,
        sample.date,
        sample.imprint,
    )
    assert one.imported.coverage().unplaced == ()


class Slip(NamedTuple):
    """A change to the printed text of issue 54, and what must be said of it: rule, and the text that its line holds."""

    old: str
    new: str
    rule: str
    line: str


SLIPS = {
    "contents differ": Slip("●福建省推动", "●福建省加快推动", "T001", "福建省推动人工智能产业发展和赋能应用"),
    "contents lack an item": Slip("●我省出台科技成果转化尽职免责工作指引\n", "", "T001", "我省出台科技成果转化"),
    "contents name another section": Slip("省内要情.....7", "省内要闻.....7", "T001", "省内要闻"),
    "issuer at the foot": Slip("中共四川省委科技委员会办公室\n\n2025年11月14日印发", "四川省教育厅\n\n2025年11月14日印发", "M001", "四川省教育厅"),
    "date at the foot": Slip("2025年11月14日印发", "2025年11月15日印发", "M001", "2025年11月15日"),
    "leading zero": Slip("2025 年 11 月 14 日", "2025 年 11 月 04 日", "D001", "04 日"),
    "issuer misspelt": Slip("四川省科学技术厅\n", "四川省科技术厅\n", "O001", "四川省科技术厅"),
    "half-width marker": Slip("（2）激活", "(2)激活", "N001", "(2)激活"),
    "marker left out": Slip("（2）激活", "（3）激活", "N002", "（3）激活"),
    "half-width comma": Slip("近日，福建省政府", "近日,福建省政府", "P002", "近日,"),
    "unpaired quote": Slip("“瞪羚”企业", "“瞪羚企业", "P001", "“瞪羚企业"),
    "space between Han": Slip("培优育强", "培优 育强", "X003", "培优 育强"),
    "newline in a sentence": Slip("引导中试平台围绕", "引导中试\n平台围绕", "X001", "平台围绕"),
    "recipients": Slip("，各市（州）科技局。", "，各市科技局。", "R001", "各市科技局"),
    "date in Chinese": Slip("2025 年 11 月 14 日", "二〇二五年十一月十四日", "D001", "二〇二五年"),
    "another issuer": Slip("四川省科学技术厅\n", "四川省科学技术厅\n星期五\n", "J006", "星期五"),
    "one issuer": Slip("四川省科学技术厅\n", "", "J006", "中共四川省委科技委员会办公室"),
    "names one a line": Slip("副主任、委员，中央科技办。", "副主任、委员\n中央科技办\n省科协\n省总工会。", "X001", "主送"),
    "short name": Slip("省卫健委等部门", "省发改委等部门", "O002", "省发改委"),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_a_mistake_of_the_source_is_told_at_its_place(name: str, tmp_path: Path) -> None:
    slip = SLIPS[name]
    text = (PRINTED / "054.txt").read_text(encoding="utf-8")
    assert slip.old in text
    one = imported(text.replace(slip.old, slip.new, 1), tmp_path)
    before = imported(text, tmp_path)
    new = [item for item in one.diagnostics if item.rule == slip.rule and item not in before.diagnostics]
    assert any(slip.line in item.source_line for item in new), [item.source_line for item in new]
    assert one.imported.coverage().unplaced == ()


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        pytest.param("2025 年 11 月 14 日", "", "masthead date", id="the foot's date is taken"),
        pytest.param("第 54 期", "", "F002", id="no number"),
        pytest.param("2025 年 11 月 14 日", "2025 年 2 月 30 日", "F003", id="no such day"),
    ],
)
def test_an_issue_that_lacks_something_is_checked_nevertheless(
    old: str, new: str, missing: str, tmp_path: Path
) -> None:
    text = (PRINTED / "054.txt").read_text(encoding="utf-8")
    assert old in text
    one = imported(text.replace(old, new, 1).replace("近日，福建省政府", "近日,福建省政府", 1), tmp_path)
    assert (one.issue is None) == missing.startswith("F")
    rules = [item.rule for item in one.diagnostics]
    assert {"P002", "O002"} <= set(rules)
    assert not missing.startswith("F") or missing in rules
    assert not any("2000" in item.message.zh for item in one.diagnostics)


def test_who_made_the_issue_is_told_and_not_taken_for_a_recipient(tmp_path: Path) -> None:
    text = (PRINTED / "054.txt").read_text(encoding="utf-8")
    for new in ("编辑：张三　审核：李四\n\n主送：", "主送："):
        staffed = text.replace("主送：", new, 1) + "\n联系人：王五\n"
        one = imported(staffed, tmp_path)
        assert one.issue == imported(text, tmp_path).issue
        assert "".join(piece.text for piece in one.imported.coverage().unplaced).endswith("联系人：王五")


def test_numbers_out_of_order_stay_as_they_were_typed(tmp_path: Path) -> None:
    text = (PRINTED / "054.txt").read_text(encoding="utf-8")
    one = imported(text.replace("（2）激活", "(2)激活", 1), tmp_path)
    assert one.issue is not None
    body = one.issue.sections[0].items[0].body
    assert [str(block)[:5] for block in body[1:]] == ["（1）做强", "(2)激活", "（3）补齐"]


lines = st.sampled_from(
    ["【部委动态】", "本期要点", "第 54 期", "2025年9月5日", "主送：省委。", "（1）健全机制。推进", "近日，四川省", "部委动态……3",
     "● 关于创新", "— 3 —", "", "  ", "一、总体要求", "关于加强创新的若干措施", "。", "**加粗", "\f", "创新驱动要参", "（共印50份）", "𬀩"]
)  # fmt: skip


@given(st.lists(st.one_of(lines, st.text(max_size=12)), max_size=25).map("\n".join))
def test_every_character_is_placed_or_reported(text: str) -> None:
    try:
        reading = read(text.encode(errors="ignore"), "raw.txt")
    except AuthoringError:
        return
    one = Imported(reading, recover(reading, PUBLICATION))
    coverage = one.coverage()
    assert coverage.read == coverage.placed + len(visible(coverage.unplaced))
    everything = visible(paragraph.content for paragraph in reading.paragraphs)
    assert coverage.read == len(everything)
    list(one.diagnostics([]))


def test_two_sources_of_one_number_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        shutil.copy(PRINTED / "054.txt", tmp_path / name)
    paths = (tmp_path / "a.txt", tmp_path / "b.txt")
    for overwrite in (False, True):
        request = Request(paths, tmp_path / f"out{overwrite}", overwrite=overwrite)
        first, second = import_files(request, lambda *_: None)
        assert (first.exit_code, second.exit_code) == (0, 2)
        assert second.target is None


def test_a_publication_is_found_beside_the_source_as_an_issue_finds_it(run: Command, tmp_path: Path) -> None:
    house = next((ROOT / "authoring" / "publications").glob("*.yaml"))
    text = house.read_text(encoding="utf-8").replace(house.stem, "another-office")
    (tmp_path / "another-office.yaml").write_text(text, encoding="utf-8")
    shutil.copy(PRINTED / "050.txt", tmp_path)
    found = run("import", tmp_path / "050.txt", "--publication", "another-office", "-o", tmp_path)
    assert found.code == 0
    assert load(tmp_path / "050.yaml").issue.publication == "another-office"


@pytest.mark.parametrize("name", ["no-such", "../another-office"])
def test_a_publication_that_is_not_known_is_told(run: Command, tmp_path: Path, name: str) -> None:
    done = run("import", PRINTED / "050.txt", "--publication", name, "-o", tmp_path)
    assert (done.code, done.out.count(f"没有代号为 {name} 的刊物")) == (2, 1)


def test_an_issue_that_is_there_is_not_overwritten(run: Command, tmp_path: Path) -> None:
    (tmp_path / "054.yaml").write_text("mine", encoding="utf-8")
    done = run("import", PRINTED / "054.txt", "-o", tmp_path)
    assert done.code == 2
    assert "没有覆盖" in done.out + done.err
    assert (tmp_path / "054.yaml").read_text(encoding="utf-8") == "mine"
    assert run("import", PRINTED / "054.txt", "-o", tmp_path, "--overwrite").code == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("a.txt", b"", "文件是空的", id="empty"),
        pytest.param("a.txt", b"\x00\x01\x02PK", "不是文本文件", id="binary"),
        pytest.param("a.txt", b"\xff\xfe\x00\xd8", "不是文本文件", id="broken UTF-16"),
        pytest.param("a.txt", b"\x81\x30\xff", "不是文本文件", id="no encoding"),
        pytest.param("a.txt", b"a\n" * 60_000, "不像一期简报", id="too many lines"),
        pytest.param("a.txt", b"a" * 5_000_000, "文件太大", id="too large"),
        pytest.param("a.pdf", b"%PDF-1.7", "不能导入这种文件", id="another kind"),
        pytest.param("a", b"text", "不能导入这种文件", id="no suffix"),
    ],
)
def test_what_is_no_source_is_refused(
    run: Command, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = run("import", tmp_path / name, "-o", tmp_path / "out")
    assert done.code in (1, 2)
    assert said in done.out + done.err
    assert not (tmp_path / "out").exists()


def test_text_that_is_no_issue_is_written_with_what_is_missing(run: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("会议通知\n\n定于下周一开会，请准时参加。\n", encoding="utf-8")
    done = run("import", tmp_path / "a.txt", "-o", tmp_path / "out", "--format", "concise")
    assert done.code == 1
    assert "缺少" in done.out
    assert "会议通知" in (tmp_path / "out" / "a.yaml").read_text(encoding="utf-8") + done.out


@pytest.mark.parametrize("number", ["052", "055", "061", "064"])
def test_another_hand_with_its_own_mistakes(number: str, tmp_path: Path, run: Command) -> None:
    """The whole of what an editor is told and gets, as readable text: UPDATE_GOLDEN=1 writes it anew."""
    shutil.copy(ROOT / "tests" / "data" / "raw" / f"{number}.txt", tmp_path / "raw.txt")
    done = run("import", tmp_path / "raw.txt", "-o", tmp_path, "--format", "concise")
    made = done.out.replace(f"{tmp_path}{os.sep}", "") + (tmp_path / f"{number}.yaml").read_text(
        encoding="utf-8"
    )
    golden = ROOT / "tests" / "golden" / f"import-{number}.txt"
    if "UPDATE_GOLDEN" in os.environ:
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")


def body_of(text: str, folder: Path, name: str = "raw.txt") -> list[object]:
    """The blocks of the one item whose body is `text`."""
    frame = f"创新驱动要参\n\n第 5 期\n\n2025年3月3日\n\n【部委动态】\n\n关于加强创新的若干措施\n\n{text}\n"
    one = imported(frame, folder, name)
    assert one.issue is not None
    assert one.imported.coverage().unplaced == ()
    return issue_value(one.issue)["sections"][0]["items"][0]["body"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("name", "text", "body"),
    [
        pytest.param("a.txt", "**（1）健全机制。**推进。\n\n（2）完善。", [{"points": ["**健全机制。**推进。", "完善。"]}], id="bold over the number"),
        pytest.param("a.txt", "**（1）**健全。\n\n（2）完善。", [{"points": ["健全。", "完善。"]}], id="bold number"),
        pytest.param("a.txt", "（3）健全。\n\n（4）完善。", ["（3）健全。", "（4）完善。"], id="numbers that begin with 3"),
        pytest.param("a.txt", "（1）甲。\n\n（2）乙。\n\n丙。\n\n（3）丁。", [{"points": ["甲。", "乙。"]}, "丙。", {"points": ["丁。"], "start": "3"}], id="points that go on"),
        pytest.param("a.txt", "（1）甲。\n\n（2）乙。\n\n丙。\n\n（1）丁。", [{"points": ["甲。", "乙。"]}, "丙。", {"points": ["丁。"]}], id="points that begin again"),
        pytest.param("a.txt", "一、总体要求\n\n甲。\n\n（一）目标。到2027年建成。\n\n二、任务\n\n乙。",
                     [{"heading": "总体要求"}, "甲。", {"heading": "目标。", "level": "2", "text": "到2027年建成。"}, {"heading": "任务"}, "乙。"], id="headings"),
        pytest.param("a.txt", "一、总体要求\n\n三、任务\n\n乙。", ["一、总体要求", "三、任务", "乙。"], id="headings out of order"),
        pytest.param("a.txt", "用AI 技术，投入 20 万元，占 50%的比例。", ["用AI技术，投入20万元，占50%的比例。"], id="gaps that layout draws"),
        pytest.param("a.txt", "使用 Open AI 的模\n型 GPT\n4 系列", ["使用Open AI的模型GPT4系列"], id="words and wrapped lines"),
        pytest.param("a.txt", "四川大学 张三\n\n甲。\n\n乙。", ["四川大学 张三", "甲。", "乙。"], id="a name on its line"),
        pytest.param("a.txt", "甲。\n\n120\n\n35\n\n乙。", ["甲。", "120", "35", "乙。"], id="figures of a table are no page numbers"),
        pytest.param("a.txt", "**一、总体要求**\n\n甲。\n\n**（一）目标。**到2027年建成。",
                     [{"heading": "总体要求"}, "甲。", {"heading": "目标。", "level": "2", "text": "到2027年建成。"}], id="bold headings"),
        pytest.param("a.txt", "　　甲（见1版）\n\n　　乙。\n\n　　丙。\n\n　　丁。", ["甲（见1版）", "乙。", "丙。", "丁。"], id="indents begin paragraphs"),
        pytest.param("a.md", "| 指标 | 数 |\n|---|:-:|\n| 企业 | 35 |", ["指标\t数", "企业35"], id="tables of Markdown"),
        pytest.param("a.md", "- 甲。\n- 乙。\n\n> 丙。", ["甲。", "乙。", "丙。"], id="lists and quotations of Markdown"),
        pytest.param("a.md", "__重点__是5\\*3。", ["**重点**是5*3。"], id="bold and escapes of Markdown"),
    ],
)  # fmt: skip
def test_body(name: str, text: str, body: list[object], tmp_path: Path) -> None:
    assert body_of(text, tmp_path, name) == body


def test_a_folder_stands_for_its_files_and_a_pattern_for_what_it_matches(
    run: Command, tmp_path: Path
) -> None:
    old = tmp_path / "旧刊"
    old.mkdir()
    for number in ("050", "054"):
        shutil.copy(PRINTED / f"{number}.txt", old)
    (old / "说明.doc").write_bytes(b"other")
    for at, what in enumerate((old, old / "*.txt")):
        assert run("import", what, "-o", tmp_path / f"out{at}", "-q").code == 0
        assert sorted(path.name for path in (tmp_path / f"out{at}").iterdir()) == ["050.yaml", "054.yaml"]
    (old / "空").mkdir()
    done = run("import", old / "空", "-o", tmp_path / "none", "--format", "concise")
    assert (done.code, "没有可以导入的文件" in done.out) == (2, True)
