"""The bytes of a DOCX in, the few parts that hold text out. A file that is none, or is made to do harm, ends here.

Only the parts that are read are inflated, each and all together up to a bound; links to other files are never followed.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final, NamedTuple

from authoring.diagnostics import NOTHING, CannotRun, Message
from authoring.importers.docx_xml import Element, Unreadable, parse_xml
from authoring.record import LARGEST as LARGEST_RECORD
from authoring.record import NAMESPACE as RECORD_NAMESPACE

LARGEST_FILE: Final = 100 << 20
"""Bytes of a file; pictures count, though they are not looked at."""
LARGEST_PART: Final = 8 << 20
LARGEST_SUM: Final = 24 << 20
"""Bytes of one part and of all that are read, inflated: an issue has a quarter of a million."""
MOST_ENTRIES: Final = 10_000
MOST_CUSTOM: Final = 20
"""Custom parts that are looked into for our record."""

_REL: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
)
_SAVE_AS: Final = Message(
    "用 Word 或 WPS 打开，另存为 .docx，再导入", "open it in Word or WPS, save it as .docx, and import that"
)
_SEND_AGAIN: Final = Message(
    "请对方重新发送，或用 Word、WPS 打开修复后另存为 .docx", "have it sent again, or repair it in Word or WPS and save it as .docx"
)  # fmt: skip

_SIGNATURES: Final = (
    (b"{\\rtf", Message("这是 RTF 文件，不是 .docx", "an RTF file, not a .docx")),
    (b"%PDF", Message("这是 PDF 文件，不是 .docx", "a PDF file, not a .docx")),
    (b"<?xml", Message("这是 XML 文件，不是 .docx", "an XML file, not a .docx")),
    (b"<html", Message("这是网页，不是 .docx", "a web page, not a .docx")),
    (b"<!doctype html", Message("这是网页，不是 .docx", "a web page, not a .docx")),
    (b"Rar!", Message("这是 RAR 压缩包，不是 .docx", "a RAR archive, not a .docx")),
    (b"7z\xbc\xaf", Message("这是 7z 压缩包，不是 .docx", "a 7z archive, not a .docx")),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_PACKAGES: Final = (
    ("xl/", Message("这是 Excel 表格，不是 Word 文档", "an Excel workbook, not a Word document")),
    ("ppt/", Message("这是演示文稿，不是 Word 文档", "a presentation, not a Word document")),
    ("OFD.xml", Message("这是 OFD 版式文件，不是 Word 文档", "an OFD file, not a Word document")),
    (
        "content.xml",
        Message("这是 OpenDocument（.odt）文件，不是 .docx", "an OpenDocument file, not a .docx"),
    ),
    ("META-INF/", Message("这不是 Word 文档", "not a Word document")),
)


class Relationship(NamedTuple):
    """A link from one part to another. target: the other part's name; empty where it leads out of the file."""

    id: str
    kind: str
    target: str


@dataclass(slots=True)
class Package:
    """A DOCX as far as it is read. Names have no leading slash."""

    file: str
    archive: zipfile.ZipFile
    names: frozenset[str]
    main: str = ""
    inflated: int = 0
    relationships: tuple[Relationship, ...] = field(default=())

    def part(self, kind: str) -> Element | None:
        """The root of the part that the document relates to as `kind` ("styles"); None where there is none."""
        return next(iter(self.parts(kind)), None)

    def parts(self, kind: str) -> Iterator[Element]:
        for relationship in self.relationships:
            if relationship.kind == kind and relationship.target in self.names:
                yield self.xml(relationship.target)

    def by_id(self, id_: str) -> Element | None:
        found = next((r for r in self.relationships if r.id == id_ and r.target in self.names), None)
        return None if found is None else self.xml(found.target)

    def record(self) -> str:
        """The text of our own custom part, empty where there is none."""
        custom = [r.target for r in self.relationships if r.kind == "customXml" and r.target in self.names]
        for name in custom[:MOST_CUSTOM]:
            data = self.read(name, LARGEST_RECORD, optional=True)
            if RECORD_NAMESPACE.encode() not in data:
                continue
            try:
                root = parse_xml(data)
            except Unreadable:
                continue
            if root.tag == f"{{{RECORD_NAMESPACE}}}record":
                return root.text or ""
        return ""

    def xml(self, name: str) -> Element:
        try:
            return parse_xml(self.read(name))
        except Unreadable as error:
            if error.harmful:
                raise _refused(self.file, name) from None
            raise _damaged(self.file, Message(f"其中的 {name} 已损坏", f"its {name} is broken")) from None

    def read(self, name: str, most: int = LARGEST_PART, optional: bool = False) -> bytes:
        """The bytes of a part, never more than `most`; `optional`: none instead of an error."""
        try:
            with self.archive.open(name) as stream:
                data = stream.read(most + 1)
                # an entry that says it ends here may be checked only by reading on
                if len(data) <= most:
                    stream.read(1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
            if optional:
                return b""
            raise _damaged(
                self.file, Message(f"其中的 {name} 读不出来", f"its {name} cannot be read")
            ) from None
        except (RuntimeError, NotImplementedError):
            raise CannotRun.because(
                self.file,
                Message("文件加了密码或用了不认识的压缩方法", "encrypted, or compressed in an unknown way"),
                _SAVE_AS,
            ) from None
        self.inflated += len(data)
        if optional and len(data) > most:
            return b""
        if len(data) > most or self.inflated > LARGEST_SUM:
            raise CannotRun.because(
                self.file,
                Message(
                    f"内容展开后太大（{name}），不像一期简报，没有读",
                    f"{name} is too large when inflated; not read",
                ),
                Message(
                    "检查文件来源；确属正常文件的，删去多余内容后另存", "check where the file comes from"
                ),
            )
        return data


def open_package(data: bytes, file: str) -> Package:
    """The package in `data`; `file` is its name in messages. Raises CannotRun for what is no readable DOCX."""
    _refuse_other_kinds(data, file)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
        raise _damaged(file) from None
    names = [entry.filename for entry in archive.infolist()]
    if len(set(names)) < len(names):
        raise _damaged(file, Message("其中有重名的部分", "it has two parts of one name"))
    package = Package(file, archive, frozenset(names))
    package.main = _main_part(package)
    _refuse_macros(package)
    package.relationships = tuple(_relationships(package, package.main))
    return package


def _refuse_other_kinds(data: bytes, file: str) -> None:
    if not data.strip(b"\x00 \t\r\n"):
        raise CannotRun.because(file, Message("文件是空的", "the file is empty"), _SEND_AGAIN)
    if len(data) > LARGEST_FILE:
        most = LARGEST_FILE >> 20
        raise CannotRun.because(
            file,
            Message(f"文件超过 {most} MB", f"larger than {most} MB"),
            Message("删去其中的图片，另存后再导入", "take out its pictures and save it anew"),
        )
    if data.startswith(_OLE):
        raise CannotRun.because(file, *_ole(data))
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for signature, message in _SIGNATURES:
        if head.startswith(signature.lower()):
            raise CannotRun.because(file, message, _SAVE_AS)
    if not data.startswith(b"PK"):
        raise CannotRun.because(
            file,
            Message("不是 Word 文档（.docx）", "not a Word document (.docx)"),
            Message("文本文件把扩展名改成 .txt；其他文件用 Word 或 WPS 另存为 .docx", "name a text file .txt; save others as .docx"),
        )  # fmt: skip
    if data.count(b"PK\x01\x02") > MOST_ENTRIES:
        raise _refused(file, "ZIP")


def _ole(data: bytes) -> tuple[Message, Message]:
    """What a compound file is: the old formats of Office, or an encrypted new one. Its directory names its streams."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return (
            Message("文件加了密码", "the file is encrypted with a password"),
            Message("用 Word 或 WPS 打开，取消密码后另存为 .docx，再导入", "take the password off in Word or WPS, then import"),
        )  # fmt: skip
    if "WordDocument".encode("utf-16-le") in data:
        return Message("这是旧格式的 Word 文档（.doc），不是 .docx", "an old Word document (.doc)"), _SAVE_AS
    return Message(
        "这是旧格式的 Office 或 WPS 文件，不是 .docx", "an old Office or WPS file, not a .docx"
    ), _SAVE_AS


def _main_part(package: Package) -> str:
    if "_rels/.rels" not in package.names:
        raise _not_word(package)
    for relationship in _relationships(package, ""):
        if relationship.kind == "officeDocument":
            if relationship.target not in package.names:
                raise _damaged(package.file, Message("缺少正文（document.xml）", "it lacks document.xml"))
            if relationship.target.startswith(("xl/", "ppt/")):
                raise _not_word(package)
            return relationship.target
    raise _not_word(package)


def _not_word(package: Package) -> CannotRun:
    for beginning, message in _OTHER_PACKAGES:
        if any(name.startswith(beginning) for name in package.names):
            return CannotRun.because(package.file, message, _SAVE_AS)
    return CannotRun.because(
        package.file,
        Message("这是一个压缩包，不是 Word 文档", "a ZIP archive, not a Word document"),
        _SAVE_AS,
    )


def _refuse_macros(package: Package) -> None:
    """Macros run nowhere here; but who sends them in a briefing has made a mistake, or means harm."""
    types = (
        package.read("[Content_Types].xml", optional=True) if "[Content_Types].xml" in package.names else b""
    )
    if b"macroenabled" in types.lower() or any("vbaproject" in name.lower() for name in package.names):
        raise CannotRun.because(
            package.file,
            Message("文件带有宏，没有读", "it carries macros and was not read"),
            Message(
                "用 Word 或 WPS 另存为不带宏的 .docx，再导入",
                "save it as .docx without macros and import that",
            ),
        )


def _relationships(package: Package, source: str) -> Iterator[Relationship]:
    """What `source` (the whole package where empty) leads to."""
    folder, name = posixpath.split(source)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels not in package.names:
        return
    for element in package.xml(rels).iter(_REL):
        kind = element.get("Type", "")
        for prefix in _TYPES:
            kind = kind.removeprefix(prefix)
        external = element.get("TargetMode") == "External"
        target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
        yield Relationship(element.get("Id", ""), kind, "" if external else target.lstrip("/"))


def _damaged(file: str, what: Message = NOTHING) -> CannotRun:
    return CannotRun.because(
        file,
        Message(
            f"文件已损坏或不完整{'：' if what.zh else ''}{what.zh}", f"damaged or cut off{': ' if what.en else ''}{what.en}"
        ),
        _SEND_AGAIN,
    )  # fmt: skip


def _refused(file: str, part: str) -> CannotRun:
    return CannotRun.because(
        file,
        Message(
            f"其中的 {part} 不是 Word 写出来的样子（外部实体、嵌套过深或部件过多），没有读",
            f"its {part} is not as Word writes it (entities, nesting, sheer number) and was not read",
        ),
        Message(
            "检查文件来源；需要的话用 Word 或 WPS 打开后另存为 .docx",
            "check where it comes from; save it anew",
        ),
    )
