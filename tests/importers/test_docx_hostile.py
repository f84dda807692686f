"""DOCX files that are none, are broken, or are meant to hurt: each refused in plain words, in bounded time and memory."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from authoring.diagnostics import CannotRun
from authoring.importers.docx import read
from authoring.renderers.docx import render
from tests.conftest import environment
from tests.importers.docx_files import changed
from tests.renderers.docx_reader import set_issue

SECONDS = 2.0
MEGABYTES = 500

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT = "word/document.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def document(body: str, declaration: str = "") -> bytes:
    return f"{declaration}<w:document {W}><w:body>{body}</w:body></w:document>".encode()


def paragraph(text: str = "正文。") -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def package(main: bytes | None, parts: Mapping[str, bytes] | None = None, rels: str = "", method: int = ZIP_DEFLATED) -> bytes:  # fmt: skip
    """A package with the least that Word would open. rels: of the document."""
    out = io.BytesIO()
    with ZipFile(out, "w", method) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships {RELS}><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="{DOCUMENT}"/></Relationships>',
        )
        if main is not None:
            archive.writestr(DOCUMENT, main)
        if rels:
            archive.writestr("word/_rels/document.xml.rels", f"<Relationships {RELS}>{rels}</Relationships>")
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def zip_of(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def ours() -> bytes:
    return render(set_issue())


def bomb() -> bytes:
    """400 MB of nothing in 400 kB."""
    out = io.BytesIO(package(None))
    entry = ZipInfo(DOCUMENT)
    entry.compress_type = ZIP_DEFLATED
    with ZipFile(out, "a", ZIP_DEFLATED) as archive, archive.open(entry, "w", force_zip64=True) as part:
        part.write(b"<w:document>")
        for _ in range(400):
            part.write(b" " * (1 << 20))
    data = out.getvalue()
    with ZipFile(io.BytesIO(data)) as archive:
        assert archive.getinfo(DOCUMENT).file_size > 400_000_000
    return data


def small_bombs() -> bytes:
    """Parts that are each just small enough, all of which would be read."""
    part = b"<w:hdr " + W.encode() + b">" + b" " * (7 << 20) + b"</w:hdr>"
    names = [f"word/h{n}.xml" for n in range(8)]
    rels = "".join(f'<Relationship Id="h{n}" Type="{OFFICE}/header" Target="h{n}.xml"/>' for n in range(8))
    refs = "".join(
        f'<w:sectPr><w:headerReference w:type="default" xmlns:r="{OFFICE}" r:id="h{n}"/></w:sectPr>'
        for n in range(8)
    )
    return package(document(paragraph() + refs), dict.fromkeys(names, part), rels)


def lying_size() -> bytes:
    """A part whose entry states a smaller size than it has."""
    data = bytearray(package(document(paragraph() * 2000), method=ZIP_STORED))
    at = data.rfind(DOCUMENT.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 200)
    return bytes(data)


def flipped_bits() -> bytes:
    data = bytearray(ours())
    with ZipFile(io.BytesIO(bytes(data))) as archive:
        entry = archive.getinfo(DOCUMENT)
    at = entry.header_offset + 30 + len(DOCUMENT) + entry.compress_size // 2
    data[at : at + 4] = b"\xff\x00\xff\x00"
    return bytes(data)


def encrypted_entry() -> bytes:
    data = bytearray(package(document(paragraph())))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def two_documents() -> bytes:
    data = bytearray(package(document(paragraph("甲。")), {"word/documenT.xml": document(paragraph("乙。"))}))
    return bytes(data.replace(b"documenT", b"document"))


def many_entries() -> bytes:
    return package(document(paragraph()), {f"word/media/{n}": b"" for n in range(10_001)})


ENTITY = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE w [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
) + "]>"  # fmt: skip
MACRO_TYPES = b'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'

REFUSED: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "文件是空的"),
    "zeros": (lambda: b"\0" * 4096, "文件是空的"),
    "doc": (lambda: OLE + "WordDocument".encode("utf-16-le"), "旧格式的 Word 文档（.doc）"),
    "wps": (lambda: OLE, "旧格式的 Office 或 WPS 文件"),
    "encrypted": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "文件加了密码"),
    "rtf": (lambda: b"{\\rtf1\\ansi}", "RTF"),
    "pdf": (lambda: b"%PDF-1.7", "PDF"),
    "html": (lambda: b"\xef\xbb\xbf<HTML><body>", "网页"),
    "flat-xml": (lambda: b"<?xml version='1.0'?><pkg/>", "XML 文件"),
    "text": ("第50期".encode, "不是 Word 文档（.docx）"),
    "rar": (lambda: b"Rar!\x1a\x07", "RAR"),
    "zip": (lambda: zip_of({"a.txt": b"a"}), "压缩包，不是 Word 文档"),
    "odt": (lambda: zip_of({"mimetype": b"", "content.xml": b"<a/>"}), "OpenDocument"),
    "ofd": (lambda: zip_of({"OFD.xml": b"<a/>"}), "OFD"),
    "xlsx": (
        lambda: changed(
            package(None, {"xl/workbook.xml": b"<a/>"}),
            {"_rels/.rels": lambda rels: rels.replace(DOCUMENT.encode(), b"xl/workbook.xml")},
        ),
        "Excel",
    ),
    "no-relationships": (lambda: changed(ours(), {"_rels/.rels": lambda _: None}), "不是 Word 文档"),
    "no-document": (lambda: package(None), "缺少正文（document.xml）"),
    "truncated": (lambda: ours()[:-4000], "已损坏或不完整"),
    "beginning": (lambda: ours()[:40], "已损坏或不完整"),
    "flipped-bits": (flipped_bits, "读不出来"),
    "size-too-small": (lying_size, "读不出来"),
    "encrypted-entry": (encrypted_entry, "加了密码"),
    "two-documents": (two_documents, "重名"),
    "many-entries": (many_entries, "没有读"),
    "bomb": (bomb, "展开后太大"),
    "small-bombs": (small_bombs, "展开后太大"),
    "macro": (lambda: package(document(paragraph()), {"word/vbaProject.bin": b"\0"}), "宏"),
    "macro-type": (
        lambda: changed(package(document(paragraph())), {"[Content_Types].xml": lambda _: MACRO_TYPES}),
        "宏",
    ),
    "external-entity": (lambda: package(document(paragraph("&x;"), ENTITY)), "没有读"),
    "laughs": (lambda: package(document(paragraph("&a11;"), LAUGHS)), "没有读"),
    "entity-in-utf-16": (
        lambda: package(
            ('<?xml version="1.0" encoding="UTF-16"?>' + ENTITY + document(paragraph("&x;")).decode()).encode("utf-16")
        ),
        "没有读",
    ),
    "doctype-in-styles": (
        lambda: changed(ours(), {"word/styles.xml": lambda styles: ENTITY.encode() + styles.partition(b"?>")[2]}),
        "没有读",
    ),
    "broken-xml": (lambda: package(b"<w:document><w:body>"), "document.xml 已损坏"),
    "not-xml": (lambda: package(b"\xff\xfe\x00"), "document.xml 已损坏"),
    "deep": (lambda: package(document("<w:sdt><w:sdtContent>" * 5000)), "没有读"),
    "deep-but-parsed": (
        lambda: package(document("<w:smartTag>" * 200 + paragraph() + "</w:smartTag>" * 200)),
        "没有读",
    ),
    "deep-in-a-run": (
        lambda: package(document("<w:p>" + "<w:hyperlink>" * 150 + "</w:hyperlink>" * 150 + "</w:p>")),
        "没有读",
    ),
    "many-tags": (lambda: package(document("<w:p/>" * 700_000)), "没有读"),
    "many-letters": (lambda: package(document(paragraph("字" * 1_000_000))), "没有读"),
    "many-paragraphs": (lambda: package(document(paragraph() * 20_000)), "没有读"),
    "no-text": (lambda: package(document("<w:p/>")), "没有文字"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_docx_is_refused_in_plain_words(name: str) -> None:
    make, told = REFUSED[name]
    with pytest.raises(CannotRun) as refused:
        read(make(), "稿件.docx")
    (diagnostic,) = refused.value.diagnostics
    assert told in diagnostic.message.zh
    assert diagnostic.hint.zh
    assert diagnostic.file == "稿件.docx"
    assert not any(word in diagnostic.message.zh for word in ("Error", "error", "lxml", "line "))


TAKEN: Mapping[str, Callable[[], bytes]] = {
    "absurd-numbers": lambda: package(
        document(
            '<w:p><w:pPr><w:outlineLvl w:val="99999999999999999999"/><w:numPr><w:ilvl w:val="-7"/><w:numId w:val="1"/></w:numPr>'
            '</w:pPr><w:r><w:rPr><w:sz w:val="1e99"/></w:rPr><w:t>正文。</w:t></w:r></w:p>'
        )
    ),
    "styles-in-a-circle": lambda: changed(
        ours(),
        {"word/styles.xml": lambda styles: styles.replace(b'basedOn w:val="Normal"', b'basedOn w:val="Section"')},
    ),
    "links-that-lead-out": lambda: package(
        document(paragraph()),
        rels=f'<Relationship Id="a" Type="{OFFICE}/styles" Target="http://192.0.2.1/styles.xml" TargetMode="External"/>'
        f'<Relationship Id="b" Type="{OFFICE}/comments" Target="../../../../etc/passwd"/>',
    ),
    "strict": lambda: changed(
        package(document(paragraph())),
        {
            DOCUMENT: lambda xml: xml.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            ),
            "_rels/.rels": lambda xml: xml.replace(
                OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
            ),
        },
    ),
    "utf-16": lambda: package(('<?xml version="1.0" encoding="UTF-16"?>' + document(paragraph()).decode()).encode("utf-16")),
    "a-bomb-of-a-picture": lambda: package(document(paragraph()), {"word/media/image1.png": b"\0" * (200 << 20)}),
    "unbalanced-fields": lambda: package(
        document('<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>' + paragraph())
    ),
    "many-letters": lambda: package(document(paragraph("字" * 250_000))),
    "many-runs": lambda: package(document("<w:p>" + "<w:r><w:t>字</w:t></w:r>" * 50_000 + "</w:p>")),
    "many-paragraphs": lambda: package(document(paragraph() * 9_000)),
    "many-changes": lambda: package(
        document("<w:p>" + '<w:ins w:author="a"><w:r><w:t>增</w:t></w:r></w:ins><w:r><w:t>字</w:t></w:r>' * 18_000 + "</w:p>")
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_merely_odd_is_read(name: str) -> None:
    assert read(TAKEN[name](), "稿件.docx").lines[0].startswith(("正", "字", "增", "创"))


def test_a_record_that_somebody_tampered_with_is_no_record() -> None:
    def tampered(content: bytes) -> bytes:
        return changed(ours(), {"customXml/item1.xml": lambda xml: xml.partition(b"{")[0] + content})

    for content in (b"{", b'{"publication": 5}', b'{"marks": "zz"}', "{}".encode("utf-16"), b"x" * (2 << 20)):
        data = tampered(content + b"</a:record>")
        own = read(data, "稿件.docx").own
        assert own is not None
        assert own.publication == ""


MEASURE = """\
import resource, sys, time
from pathlib import Path
from authoring.diagnostics import AuthoringError
from authoring.importers.docx import read

def peak():
    status = Path("/proc/self/status")  # getrusage counts what the test's own process held when it started this one
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) >> 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10

for path in sorted(Path(sys.argv[1]).iterdir()):
    data = path.read_bytes()
    start = time.process_time()
    try:
        read(data, path.name)
    except AuthoringError:
        pass
    seconds = time.process_time() - start
    print(f"{path.stem} {seconds:.2f} {peak()}")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="resource measures memory on Unix")
def test_no_file_takes_long_or_much(tmp_path: Path) -> None:
    makers = {f"refused-{name}": make for name, (make, _) in REFUSED.items()}
    makers |= {f"taken-{name}": make for name, make in TAKEN.items()}
    for name, make in makers.items():
        (tmp_path / f"{name}.docx").write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path)],
        capture_output=True,
        text=True,
        env=environment(),
        check=True,
    )
    rows = [line.split() for line in done.stdout.splitlines()]
    assert len(rows) == len(makers)
    scale = 1024 if sys.platform == "darwin" else 1
    assert {name for name, seconds, _ in rows if float(seconds) > SECONDS} == set()
    assert max(int(megabytes) for _, _, megabytes in rows) / scale < MEGABYTES
