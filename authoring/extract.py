"""A PDF or DOCX in, the source inside it out: what `build --with-source` put there, byte for byte.

The file may have been through other hands (Word, LibreOffice, qpdf), and may be hostile: its kind is told from its bytes,
nothing of it is believed beyond what bounds memory, and whatever its reader chokes on is one plain message.
"""

from __future__ import annotations

import base64
import binascii
import logging
import re
import stat
import warnings
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from authoring.attachment import NAMESPACE, YAML, Attachment
from authoring.diagnostics import NOTHING, AuthoringError, CannotRun, Diagnostic, Message

MAX_FILE: Final = 100_000_000
"""An output has some 300 kB; with pictures added in Word perhaps some megabytes."""
MAX_SOURCE: Final = 1_000_000
"""No source is larger: `authoring.source` reads no more than half of it."""
MAX_PARTS: Final = 10_000
MAX_ENTRIES: Final = 1_000
"""Attached files that are looked at."""
MAX_OBJECTS: Final = 100_000
"""An output has some hundred; a damaged file's are searched for one by one."""
_PDF_LIMITS: Final[Mapping[str, Any]] = {
    "zlib_maximum_output_length": 4 * MAX_SOURCE,
    "lzw_maximum_output_length": 4 * MAX_SOURCE,
    "run_length_maximum_output_length": 4 * MAX_SOURCE,
    "stream_decoding_work_maximum_length": 8 * MAX_SOURCE,
    "jbig2dec_binary": None,
}
"""For the streams that are read (cross references, objects, the source): pypdf's own are for pictures and pages, and some
of its filters take a hundred bytes of memory for each that they decode. No program is run for a picture."""
MAX_UNPACKED: Final = 20 * MAX_SOURCE
"""Bytes of all custom parts of a DOCX together."""

_OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_ITEM: Final = re.compile(r"customXml/[^/]+\.xml", re.IGNORECASE)
_ENCRYPTED: Final = Message("文件加了密码，读不出里面的稿件", "the file is encrypted")
_BROKEN: Final = Message("文件已损坏或不完整，读不出来", "the file is damaged or incomplete")
_TOO_LARGE: Final = Message(
    "里面的数据大得不正常，没有读", "what is inside is abnormally large; it was not read"
)
_NONE: Final = Message("文件里没有附稿件", "the file carries no source")
_HOW: Final = Message(
    "排版时用 authoring build --with-source 才会附上", "authoring build --with-source puts it there"
)


class NoSource(AuthoringError):
    """The file was read, and no source can be taken from it."""

    exit_code = 1


def extract(path: Path) -> Attachment:
    """The source inside the PDF or DOCX at `path`.

    Raises CannotRun where the file cannot be read at all, NoSource where it carries no source or is encrypted, damaged,
    or swells beyond all measure.
    """
    data = _read(path)
    if b"%PDF-" in data[:1024]:
        found = _from_pdf(data, path)
    elif data.startswith(b"PK"):
        found = _from_docx(data, path)
    elif data.startswith(_OLE):
        told = Message("文件加了密码，或是老式的 .doc", "encrypted, or an old .doc")
        raise _refusal(
            path, told, Message("去掉密码，或另存为 .docx", "take the password off, or save as .docx")
        )
    else:
        told = Message("不是 PDF，也不是 DOCX", "neither a PDF nor a DOCX")
        raise _refusal(path, told)
    if found is None:
        raise _refusal(path, _NONE, _HOW)
    if len(found.data) > MAX_SOURCE:
        raise _refusal(path, _TOO_LARGE)
    return found


def _read(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise CannotRun.because(str(path), Message("不是文件", "not a file"))
        if status.st_size > MAX_FILE:
            raise _refusal(path, Message("文件太大", "the file is too large"))
        return path.read_bytes()
    except FileNotFoundError:
        raise CannotRun.because(str(path), Message("没有这个文件", "no such file")) from None
    except (OSError, ValueError):
        raise CannotRun.because(str(path), Message("读不出来", "cannot be read")) from None


def _refusal(path: Path, message: Message, hint: Message = NOTHING) -> NoSource:
    return NoSource(Diagnostic(str(path), None, "error", "E000", NOTHING, message, hint))


def _from_docx(data: bytes, path: Path) -> Attachment | None:
    """The custom part whose root element is ours, whatever the program that saved the file last calls it."""
    try:
        with ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            if len(entries) > MAX_PARTS:
                raise _refusal(path, _TOO_LARGE)
            unpacked = 0
            for entry in entries:
                if not _ITEM.fullmatch(entry.filename):
                    continue
                if entry.flag_bits & 1:
                    raise _refusal(path, _ENCRYPTED)
                if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # others unpack without bounds
                    raise _refusal(path, _BROKEN)
                with package.open(entry) as part:
                    content = part.read(3 * MAX_SOURCE + 1)
                unpacked += len(content)
                if len(content) > 3 * MAX_SOURCE or unpacked > MAX_UNPACKED:
                    raise _refusal(path, _TOO_LARGE)
                found = _from_xml(content)
                if found is not None:
                    return found
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError):
        raise _refusal(path, _BROKEN) from None
    return None


def _from_xml(content: bytes) -> Attachment | None:
    from lxml import etree  # loads for a tenth of a second; only a DOCX needs it

    if NAMESPACE.encode() not in content:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise ValueError("not XML") from None
    if root.tag != f"{{{NAMESPACE}}}source":
        return None
    if len(root):
        raise ValueError("an element or entity where only text belongs")
    try:
        data = base64.b64decode("".join((root.text or "").split()), validate=True)
    except binascii.Error:
        raise ValueError("not base64") from None
    return Attachment(root.get("name") or "", data, root.get("mediaType") or YAML)


def _from_pdf(data: bytes, path: Path) -> Attachment | None:
    from pypdf import PdfReader, apply_configuration  # loads for a tenth of a second; only a PDF needs it
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

    if data.count(b" obj") > MAX_OBJECTS:
        raise _refusal(path, _TOO_LARGE)
    with _silent(), apply_configuration(None, **_PDF_LIMITS):
        try:
            reader = PdfReader(BytesIO(data.rstrip()), strict=False)
            if reader.is_encrypted:
                raise _refusal(path, _ENCRYPTED)
            return next(_sources(reader), None)
        except (AuthoringError, MemoryError):
            raise
        except (DependencyError, FileNotDecryptedError):  # AES wants a library that nothing else needs
            raise _refusal(path, _ENCRYPTED) from None
        except LimitReachedError:
            raise _refusal(path, _TOO_LARGE) from None
        except Exception:  # whatever a broken file makes its reader stumble over
            raise _refusal(path, _BROKEN) from None


def _sources(reader: Any) -> Iterator[Attachment]:
    """The files that the catalog associates as its source. pypdf bounds what a stream may swell to."""
    associated = _resolved(reader.trailer["/Root"]).get("/AF")
    for entry in list(_resolved(associated) or ())[:MAX_ENTRIES]:
        specification = _resolved(entry)
        if specification.get("/AFRelationship") != "/Source":
            continue
        streams = _resolved(specification["/EF"])
        stream = _resolved(streams.get("/UF") or streams["/F"])
        name = str(specification.get("/UF") or specification.get("/F") or "")
        kind = str(stream.get("/Subtype") or "")[1:].replace("#2F", "/")
        yield Attachment(name, bytes(stream.get_data()), kind or YAML)


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


@contextmanager
def _silent() -> Iterator[None]:
    """No word of the library's reaches the user."""
    log = logging.getLogger("pypdf")
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(before)
