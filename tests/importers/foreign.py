"""One issue as several offices would have typed it in Word: styles of their own, or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.importers.docx_files import made

POINTS = ("健全发现机制。每年遴选一批企业。", "强化用数保障。支持企业公平参与。")
ISSUE: dict[str, Any] = {
    "publication": "chuangxin-qudong-yaocan",
    "number": "50",
    "date": "2025-10-13",
    "sections": [
        {
            "name": "部委动态",
            "items": [
                {
                    "headline": "六部门联合印发若干措施",
                    "body": ["近日，六部门联合印发措施，加快培育**数创企业**。", {"points": list(POINTS)}],
                }
            ],
        },
        {
            "name": "省内要情",
            "items": [
                {
                    "headline": "我省加快推动孵化器创新发展",
                    "body": ["近日，科技厅印发《管理办法》。", "下一步，将抓好落实。"],
                },
                {"headline": "天府实验室发布机器人", "body": ["近日，机器人正式发布。"]},
            ],
        },
    ],
}
"""What each of them means."""
ISSUERS = ("中共四川省委科技委员会办公室", "四川省科学技术厅")
RECIPIENTS = (
    "主送：省委科技委主任、副主任、委员，中央科技办。",
    "省委办公厅，省人大常委会办公厅，省政府办公厅，省政协办公厅。",
    "抄送：西部（成都）科学城管委会，绵阳科技城管委会，中央在川和省属高等学校，中央在川和省属科研院所，各市（州）科技局。",
)
DATE = "2025年10月13日"


class Office:
    """Types the issue; an office's habits are its own methods."""

    def __init__(self) -> None:
        self.document: Any = docx.Document()

    def type(self) -> bytes:
        self.masthead()
        self.contents()
        for section in ISSUE["sections"]:
            self.section(section["name"])
            for item in section["items"]:
                self.headline(item["headline"])
                for block in item["body"]:
                    if isinstance(block, str):
                        self.body(block)
                    else:
                        for number, point in enumerate(block["points"], 1):
                            self.point(number, point)
        self.imprint()
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()

    def line(
        self, text: str, bold: bool = False, size: float = 16, centred: bool = False, style: str | None = None
    ) -> Any:
        paragraph = self.document.add_paragraph(style=style)
        for at, part in enumerate(text.split("**")):
            if part:
                run = paragraph.add_run(part)
                run.bold = True if bold or at % 2 else None
                run.font.size = Pt(size)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def masthead(self) -> None:
        self.line("创新驱动要参", bold=True, size=62, centred=True)
        self.line("第50期", centred=True)
        self.line(ISSUERS[0])
        self.line(f"{ISSUERS[1]}\t{DATE}")

    def contents(self) -> None:
        self.line("本期要点", bold=True, centred=True)
        for section in ISSUE["sections"]:
            self.line(f"{section['name']}\t2")
            for item in section["items"]:
                self.line(f"●{item['headline']}")

    def section(self, name: str) -> None:
        self.line(f"【{name}】", bold=True)

    def headline(self, text: str) -> None:
        self.line(text, bold=True, size=22, centred=True)

    def body(self, text: str) -> None:
        self.line(text)

    def point(self, number: int, text: str) -> None:
        self.line(f"（{number}）{text}")

    def imprint(self) -> None:
        for text in RECIPIENTS:
            self.line(text, size=14)
        self.line(f"{ISSUERS[0]}\t{DATE}印发", size=14)


class HeadingStyles(Office):
    """Word's own heading styles, indents typed as full-width spaces."""

    def section(self, name: str) -> None:
        self.document.add_heading(f"【{name}】", 1)

    def headline(self, text: str) -> None:
        self.document.add_heading(text, 2)

    def body(self, text: str) -> None:
        self.line(f"\u3000\u3000{text}")

    def point(self, number: int, text: str) -> None:
        self.line(f"\u3000\u3000（{number}）{text}")


class TableMasthead(Office):
    """Issuers and date, and the imprint, in tables; no contents."""

    def masthead(self) -> None:
        self.line("创新驱动要参", bold=True, size=48, centred=True)
        self.line("第50期", centred=True)
        table = self.document.add_table(1, 2)
        left, right = table.rows[0].cells
        left.text = "\n".join(ISSUERS)
        right.text = DATE

    def contents(self) -> None:
        pass

    def imprint(self) -> None:
        table = self.document.add_table(2, 1)
        table.rows[0].cells[0].text = "\n".join(RECIPIENTS)
        table.rows[1].cells[0].text = f"{ISSUERS[0]}          {DATE}印发"


class TextBoxes(Office):
    """The masthead in text boxes, as templates have it."""

    def masthead(self) -> None:
        anchor = self.document.add_paragraph()
        for text in ("创新驱动要参", "第50期", *ISSUERS, DATE):
            box = made(
                '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r>'
                f"<w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
            )
            anchor._p.append(box)


class AutomaticNumbers(Office):
    """Points that Word numbers."""

    def point(self, number: int, text: str) -> None:
        paragraph = self.line(text)
        properties = paragraph._p.get_or_add_pPr()
        listed = OxmlElement("w:numPr")
        for tag, value in (("w:ilvl", "0"), ("w:numId", "77")):
            node = OxmlElement(tag)
            node.set(qn("w:val"), value)
            listed.append(node)
        properties.append(listed)
        if number == 1:
            root = self.document.part.numbering_part.element
            root.insert(
                0,
                made(
                    '<w:abstractNum w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
                    '<w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>'
                ),
            )
            root.append(made('<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


class Plain(Office):
    """Nothing but paragraphs: no bold, no sizes, everything told by the text."""

    def line(
        self, text: str, bold: bool = False, size: float = 16, centred: bool = False, style: str | None = None
    ) -> Any:
        return super().line(text, size=16)


class BreaksByHand(Office):
    """Headlines broken with Shift+Enter, empty paragraphs between, a page break before each section, bold names."""

    def section(self, name: str) -> None:
        self.document.add_page_break()
        self.line(f"【{name}】", bold=True)
        self.line("")

    def headline(self, text: str) -> None:
        paragraph = self.line(text[:6], bold=True, size=22, centred=True)
        run = paragraph.add_run()
        run.add_break()
        run.add_text(text[6:])
        run.bold = True
        run.font.size = Pt(22)
        self.line("")


class Separate(Office):
    """Number, classification and date on lines of their own, contents with dot leaders, small headlines in one style."""

    def __init__(self) -> None:
        super().__init__()
        style = self.document.styles.add_style("文章标题", 1)
        style.font.bold = True
        style.font.size = Pt(18)
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def masthead(self) -> None:
        self.line("创新驱动要参", size=62, centred=True)
        self.line("第50期", centred=True)
        for issuer in ISSUERS:
            self.line(issuer)
        self.line(DATE)

    def contents(self) -> None:
        self.line("本期要点", centred=True)
        for section in ISSUE["sections"]:
            self.line(f"【{section['name']}】…………………………（2）")
            for item in section["items"]:
                self.line(f"● {item['headline']}")

    def headline(self, text: str) -> None:
        self.document.add_paragraph(text, style="文章标题")


OFFICES: Mapping[str, Callable[[], Office]] = {
    "bold-and-sizes": Office,
    "heading-styles": HeadingStyles,
    "table-masthead": TableMasthead,
    "text-boxes": TextBoxes,
    "automatic-numbers": AutomaticNumbers,
    "plain": Plain,
    "breaks-by-hand": BreaksByHand,
    "separate-lines": Separate,
}
