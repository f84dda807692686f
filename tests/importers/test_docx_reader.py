"""What a reader of a Word document sees is in a paragraph or in a note, once, in order; with what the program says of it."""

from __future__ import annotations

import pytest

from authoring.importers.document import Reading
from authoring.importers.docx import read
from tests.importers.docx_files import para, run, with_numbering, with_related
from tests.importers.test_docx_hostile import document, package

VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def of(*body: str, rels: str = "<!-- -->") -> Reading:
    return read(package(document("".join(body)), rels=rels), "稿件.docx")


def texts(*body: str) -> list[str]:
    return [paragraph.content.text for paragraph in of(*body).paragraphs]


def field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return f"{mark('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{mark('separate')}{result}{mark('end')}"


BOX = "<w:txbxContent>" + para("框里的字") + "</w:txbxContent>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("甲") + run("乙"), "甲乙"),
        ("<w:r><w:t> 甲 </w:t></w:r>" + run(" 乙"), "甲 乙"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:cr/><w:t>丁</w:t></w:r>", "甲\t乙\n丙\n丁"),
        ("<w:r><w:t>AI</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t></w:r>", "AI-BC"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F06C"/><w:t>条目</w:t></w:r>', "●条目"),
        ('<w:r><w:sym w:font="宋体" w:char="2116"/><w:t>1</w:t></w:r>', "№1"),
        ('<w:hyperlink w:anchor="a">' + run("链接") + "</w:hyperlink>" + run("后"), "链接后"),
        ("<w:smartTag>" + run("人名") + "</w:smartTag>" + run("说"), "人名说"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("控件") + "</w:sdtContent></w:sdt>", "控件"),
        ('<w:fldSimple w:instr="DATE">' + run("2025年") + "</w:fldSimple>", "2025年"),
        (run("第") + field(" PAGE ", run("3")) + run("页"), "第3页"),
        (field(" IF " + "</w:instrText></w:r>" + field("PAGE", run("9")) + "<w:r><w:instrText>", run("乙")), "乙"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>shuò</w:t></w:r></w:rt><w:rubyBase>" + run("硕") + "</w:rubyBase></w:ruby></w:r>", "硕"),
        (run("办法所称") + run("科技", "<w:b/>") + run("成果", "<w:b/>") + run("是指。"), "办法所称**科技成果**是指。"),
        (run("甲") + '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="1" w:name="x"/>' + run("乙"), "甲乙"),
    ],
)  # fmt: skip
def test_text_of_a_paragraph(content: str, text: str) -> None:
    assert texts(para(content)) == [text]


@pytest.mark.parametrize(
    "shape",
    [
        f"<w:pict><v:shape {VML}><v:textbox>{BOX}</v:textbox></v:shape></w:pict>",
        f"<w:drawing><w:x>{BOX}</w:x></w:drawing>",
        f"<mc:AlternateContent {MC}><mc:Choice Requires='wps'><w:drawing><w:x>{BOX}</w:x></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent>",
        f"<w:pict><mc:AlternateContent {MC}><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:pict>",
    ],
)
def test_a_text_box_is_read_once_beside_its_paragraph(shape: str) -> None:
    assert texts(para(f"<w:r>{shape}</w:r>" + run("段落"))) == ["框里的字", "段落"]
    assert texts(para(run("段落") + f"<w:r>{shape}</w:r>")) == ["段落", "框里的字"]


def test_word_art_is_text() -> None:
    art = f'<w:r><w:pict><v:shape {VML}><v:textpath string="创新驱动要参"/></v:shape></w:pict></w:r>'
    assert texts(para(art + run("第50期"))) == ["创新驱动要参", "第50期"]


def test_tables_are_read_row_by_row_and_nested_ones_where_they_stand() -> None:
    def table(*rows: list[str]) -> str:
        cells = ("".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) for row in rows)
        return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"

    inner = table([para("丙")])
    reading = of(para("前"), table([para("甲"), para("乙")], [inner + para(""), para("丁")]), para("后"))
    assert reading.lines == ("前", "甲", "乙", "丙", "丁", "后")
    assert [paragraph.hints.cell for paragraph in reading.paragraphs] == [
        False,
        True,
        True,
        True,
        True,
        False,
    ]


def test_a_paragraphs_place_counts_paragraphs_that_have_text() -> None:
    reading = of(para(""), para("甲"), para(run("  ")), para(run("乙") + run("丙", "<w:b/>")))
    last = reading.paragraphs[1].content
    assert last.text == "乙**丙**"
    assert [tuple(place) for place in last.places] == [(2, 1), (2, 2), (2, 2), (2, 2), (2, 2), (2, 2)]


def test_page_breaks_are_hints() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    reading = of(
        para("甲"), para(page), para("乙"), para(page + run("丙")), para(run("丁") + page), para("戊")
    )
    assert [p.hints.page_break for p in reading.paragraphs] == [False, True, True, False, True]
    assert reading.lines == ("甲", "乙", "丙", "丁", "戊")
    assert of(para("甲"), para("乙", "", "<w:pageBreakBefore/>")).paragraphs[1].hints.page_break


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (run("密", "<w:vanish/>"), "隐藏文字没有导入：“密”"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("单击此处") + "</w:sdtContent></w:sdt>", "还没有填写的提示文字没有导入：“单击此处”"),
        ("<w:r><w:drawing><x:blip xmlns:x='a'/></w:drawing></w:r>", "图片不能导入"),
        ("<w:r><w:drawing><x:chart xmlns:x='a'/></w:drawing></w:r>", "图表不能导入"),
        ("<w:r><w:object><x:OLEObject xmlns:x='a'/></w:object></w:r>", "嵌入的对象（表格、公式等）不能导入"),
        (f"<m:oMath {MATH}><m:r><m:t>x=1</m:t></m:r></m:oMath>", "公式没有导入：“x=1”"),
        ("<w:subDoc/>", "这里嵌入了另一个文件，内容没有导入"),
        (run("旧", "<w:strike/>"), "划了删除线的文字照样导入：“旧”"),
    ],
)  # fmt: skip
def test_what_no_issue_can_hold_is_told_where_it_is(content: str, told: str) -> None:
    (note,) = of(para("前"), para(run("甲乙") + content + run("丙丁"))).notes
    assert note.message.zh == told
    assert note.at.places[0].line == 2
    assert note.at.text in ("丙", "旧")


def test_footnotes_and_headers_are_told() -> None:
    notes = '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="-1" w:type="separator"/><w:footnote w:id="2">' + para("出处见某文。") + "</w:footnote></w:footnotes>"  # fmt: skip
    data = package(
        document(para(run("正文") + '<w:r><w:footnoteReference w:id="2"/></w:r>')), rels="<!-- -->"
    )
    reading = read(with_related(data, "footnotes", notes), "稿件.docx")
    assert [note.message.zh for note in reading.notes] == ["脚注没有导入：“出处见某文。”"]


@pytest.mark.parametrize(
    ("format_", "text", "labels"),
    [
        ("decimal", "（%1）", ["（1）", "（2）", "（12）"]),
        ("chineseCounting", "%1、", ["一、", "二、", "十二、"]),
        ("chineseCountingThousand", "（%1）", ["（一）", "（二）", "（十二）"]),
        ("japaneseCounting", "第%1条", ["第一条", "第二条", "第十二条"]),
        ("ideographDigital", "%1", ["一", "二", "一二"]),
        ("decimalEnclosedFullstop", "%1", ["⒈", "⒉", "⒓"]),
        ("decimalEnclosedCircleChinese", "%1", ["①", "②", "⑫"]),
        ("ideographTraditional", "%1、", ["甲、", "乙、", "12、"]),
        ("chineseLegalSimplified", "%1", ["壹", "贰", "壹拾贰"]),
        ("upperRoman", "%1.", ["I.", "II.", "XII."]),
        ("lowerLetter", "%1)", ["a)", "b)", "l)"]),
        ("decimalZero", "%1", ["01", "02", "12"]),
        ("bullet", "", ["●", "●", "●"]),
        ("none", "", ["", "", ""]),
        ("never-heard-of", "%1.", ["1.", "2.", "12."]),
    ],
)
def test_automatic_numbers_are_computed(format_: str, text: str, labels: list[str]) -> None:
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    data = package(document("".join(para(f"第{n}段", "", listed) for n in range(12))), rels="<!-- -->")
    reading = read(with_numbering(data, text, format_), "稿件.docx")
    found = [paragraph.hints.label for paragraph in reading.paragraphs]
    assert [found[0], found[1], found[11]] == labels


def test_levels_count_below_their_parents_and_overrides_begin_anew() -> None:
    def level(number: int, format_: str, text: str) -> str:
        return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/><w:lvlText w:val="{text}"/></w:lvl>'

    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="7">'
        + level(0, "chineseCounting", "%1、")
        + level(1, "decimal", "%1.%2")
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>'
    )  # fmt: skip

    def listed(level_: int, number: int = 1) -> str:
        return para("段", "", f'<w:numPr><w:ilvl w:val="{level_}"/><w:numId w:val="{number}"/></w:numPr>')

    body = [listed(0), listed(1), listed(1), listed(0), listed(1), listed(0, 2), listed(0, 1), listed(0, 0)]
    data = with_related(package(document("".join(body)), rels="<!-- -->"), "numbering", numbering)
    labels = [paragraph.hints.label for paragraph in read(data, "稿件.docx").paragraphs]
    assert labels == ["一、", "一.1", "一.2", "二、", "二.1", "五、", "六、", ""]


def test_looks_come_through_styles_and_toggles() -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:styleId="a" w:default="1"><w:name w:val="正文"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="标题甲"/><w:basedOn w:val="a"/>'
        '<w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="标题乙"/><w:basedOn w:val="b"/></w:style>'
        '<w:style w:type="character" w:styleId="d"><w:name w:val="强调"/><w:rPr><w:b/></w:rPr></w:style></w:styles>'
    )
    strong = '<w:rStyle w:val="d"/>'
    body = para("甲", "c") + para(run("乙", strong), "c") + para(run("丙") + run("丁", strong)) + para(run("戊", "<w:b w:val='0'/>"), "c")  # fmt: skip
    data = with_related(package(document(body), rels="<!-- -->"), "styles", styles)
    first, turned, mixed, plain = read(data, "稿件.docx").paragraphs
    assert first.hints[:5] == ("标题乙", 2, 22.0, True, True)
    assert not turned.hints.bold  # bold of bold is not
    assert (mixed.content.text, mixed.hints.size, mixed.hints.outline) == ("丙**丁**", 10.5, 0)
    assert not plain.hints.bold


def test_headers_and_footers_are_told_once_and_page_numbers_are_not() -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def part(tag: str, *content: str) -> bytes:
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        return f'<w:{tag} xmlns:w="{space}">{"".join(content)}</w:{tag}>'.encode()

    parts = {
        "word/a.xml": part("hdr", para("内部资料 请勿外传")),
        "word/b.xml": part("ftr", para(run("— ") + field("PAGE", run("2")) + run(" —"))),
        "word/c.xml": part("hdr", para("只在首页")),
    }
    rels = "".join(
        f'<Relationship Id="{name}" Type="{office}/{kind}" Target="{name}.xml"/>'
        for name, kind in (("a", "header"), ("b", "footer"), ("c", "header"))
    )
    section = (
        f'<w:sectPr xmlns:r="{office}"><w:headerReference w:type="default" r:id="a"/>'
        '<w:footerReference w:type="default" r:id="b"/><w:headerReference w:type="first" r:id="c"/>{}</w:sectPr>'
    )

    def told(more: str) -> list[str]:
        body = document(para("正文") + section.replace("{}", more))
        return [note.message.zh for note in read(package(body, parts, rels), "稿件.docx").notes]

    assert told("") == ["页眉没有导入：“内部资料 请勿外传”"]
    assert told("<w:titlePg/>") == ["页眉没有导入：“内部资料 请勿外传”", "页眉没有导入：“只在首页”"]
