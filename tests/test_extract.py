"""`build --with-source` and `extract`: the YAML comes back byte for byte, from whoever saved the file; hostile ones are
told, within bounds."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import authoring
from authoring.attachment import Attachment
from authoring.extract import MAX_SOURCE, NoSource, extract
from authoring.renderers import render
from tests.conftest import Command, command, environment, tool
from tests.renderers.docx_reader import set_sample

KINDS = ("pdf", "docx")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """Issue 50 with its source inside, as PDF and DOCX."""
    folder = tmp_path_factory.mktemp("with-source")
    layout = set_sample("050")
    source = Attachment("050.yaml", (samples / "050.yaml").read_bytes())
    for kind in KINDS:
        (folder / f"050.{kind}").write_bytes(render(layout, kind, source))
    return folder


@pytest.fixture
def original(samples: Path) -> bytes:
    return (samples / "050.yaml").read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_comes_back_byte_for_byte(
    run: Command, samples: Path, tmp_path: Path, kind: str, original: bytes
) -> None:
    assert run("build", samples / "050.yaml", "--with-source", "-o", tmp_path).code == 0
    assert run("extract", tmp_path / f"050.{kind}", "-o", tmp_path / "back.yaml").code == 0
    assert (tmp_path / "back.yaml").read_bytes() == original
    found = extract(tmp_path / f"050.{kind}")
    assert (found.name, found.media_type) == ("050.yaml", "application/yaml")


def test_off_by_default_and_then_nothing_of_it_is_there(run: Command, samples: Path, tmp_path: Path) -> None:
    assert run("build", samples / "050.yaml", "-o", tmp_path / "a").code == 0
    assert run("build", samples / "050.yaml", "--no-with-source", "-o", tmp_path / "b").code == 0
    for kind in KINDS:
        data = (tmp_path / "a" / f"050.{kind}").read_bytes()
        assert data == (tmp_path / "b" / f"050.{kind}").read_bytes()
        assert b"EmbeddedFile" not in data
        assert b"customXml/item2.xml" not in data
        outcome = run("extract", tmp_path / "a" / f"050.{kind}", "-o", tmp_path / "x.yaml")
        assert (outcome.code, "没有附稿件" in outcome.err) == (1, True)
        assert not (tmp_path / "x.yaml").exists()


def test_publication_may_ask_for_it_and_the_option_overrides(
    run: Command, samples: Path, tmp_path: Path
) -> None:
    shipped = Path(authoring.__file__).parent / "publications" / "chuangxin-qudong-yaocan.yaml"
    own = shipped.read_text(encoding="utf-8") + "\nattach_source: 是\n"
    (tmp_path / shipped.name).write_text(own, encoding="utf-8")
    draft = tmp_path / "050.yaml"
    draft.write_bytes((samples / "050.yaml").read_bytes())
    assert run("build", draft, "-o", tmp_path / "yes").code == 0
    assert extract(tmp_path / "yes" / "050.pdf").data == draft.read_bytes()
    assert run("build", draft, "--no-with-source", "-o", tmp_path / "no").code == 0
    with pytest.raises(NoSource):
        extract(tmp_path / "no" / "050.pdf")


@settings(max_examples=30)
@given(data=st.binary(max_size=3000), name=st.text(min_size=1, max_size=20).filter(str.isprintable))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    layout = set_sample("050")
    for kind in KINDS:
        path = tmp_path_factory.mktemp("any") / f"x.{kind}"
        path.write_bytes(render(layout, kind, Attachment(name, data)))
        assert extract(path).data == data
        assert render(layout, kind, Attachment(name, data)) == path.read_bytes()


def test_other_programs_list_and_take_it_out(folder: Path, tmp_path: Path, original: bytes) -> None:
    pdf = folder / "050.pdf"
    listed = subprocess.run([tool("pdfdetach"), "-list", pdf], capture_output=True, text=True, check=True)
    assert "1: 050.yaml" in listed.stdout
    assert listed.stderr == ""
    subprocess.run([tool("pdfdetach"), "-saveall", "-o", tmp_path, pdf], check=True)
    assert (tmp_path / "050.yaml").read_bytes() == original


def test_pdf_says_of_it_what_the_standard_asks(folder: Path, original: bytes) -> None:
    done = subprocess.run([tool("qpdf"), "--json", folder / "050.pdf"], capture_output=True, check=True)
    described = json.loads(done.stdout)
    objects = described["qpdf"][1]
    catalog = next(entry["value"] for entry in objects.values() if "'/Catalog'" in str(entry))
    (associated,) = (
        objects[f"obj:{catalog['/AF']}"]["value"] if isinstance(catalog["/AF"], str) else catalog["/AF"]
    )
    specification = objects[f"obj:{associated}"]["value"]
    assert specification["/AFRelationship"] == "/Source"
    (attached,) = described["attachments"].values()
    stream = attached["streams"]["/UF"]
    assert stream["checksum"] == hashlib.md5(original).hexdigest()
    assert stream["creationdate"] == stream["modificationdate"] == "2025-10-13T00:00:00+08:00"
    embedded = next(entry["stream"]["dict"] for entry in objects.values() if "/EmbeddedFile'" in str(entry))
    assert embedded["/Params"]["/Size"] == len(original)
    checked = subprocess.run(
        [tool("qpdf"), "--check", folder / "050.pdf"], capture_output=True, check=False, text=True
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--object-streams=generate"],
        ["--linearize"],
        ["--qdf"],
        ["--recompress-flate", "--stream-data=uncompress"],
    ],
)
def test_pdf_that_qpdf_wrote_again(folder: Path, tmp_path: Path, original: bytes, options: list[str]) -> None:
    subprocess.run([tool("qpdf"), *options, folder / "050.pdf", tmp_path / "again.pdf"], check=True)
    assert extract(tmp_path / "again.pdf").data == original


def test_docx_is_valid(folder: Path) -> None:
    done = subprocess.run(
        [tool("ooxml-validator"), folder / "050.docx"], capture_output=True, check=False, text=True
    )
    assert json.loads(done.stdout)["errors"] == []


def test_docx_that_libreoffice_saved(folder: Path, tmp_path: Path, original: bytes) -> None:
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [tool("soffice"), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "docx", "--outdir", tmp_path, folder / "050.docx"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    saved = tmp_path / "050.docx"
    assert saved.read_bytes() != (folder / "050.docx").read_bytes()
    assert extract(saved).data == original


def test_docx_whose_part_another_program_renamed(folder: Path, tmp_path: Path, original: bytes) -> None:
    """Word numbers custom parts as it likes, and other add-ins have theirs."""
    path = repacked(
        folder / "050.docx",
        tmp_path,
        lambda name, data: (name.replace("item2.xml", "item7.xml"), data),
        {"customXml/item3.xml": b"<other xmlns='urn:other'/>"},
    )
    assert extract(path).data == original


def repacked(
    docx: Path,
    folder: Path,
    change: Callable[[str, bytes], tuple[str, bytes]],
    more: dict[str, bytes] | None = None,
) -> Path:
    target = folder / "repacked.docx"
    with zipfile.ZipFile(docx) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return target


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_name_that_is_no_text(samples: Path, tmp_path: Path, original: bytes) -> None:
    draft = os.path.join(os.fsencode(tmp_path), b"\xff.yaml")
    shutil.copy(os.fsencode(samples / "050.yaml"), draft)
    done = subprocess.run(
        [sys.executable, "-m", "authoring", "build", draft, "--with-source", "-o", tmp_path],
        capture_output=True,
        env=environment(),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outputs = [Path(os.fsdecode(draft)).with_suffix(f".{kind}") for kind in KINDS]
    assert [extract(path)[:2] for path in outputs] == [("?.yaml", original)] * 2


# ------------------------------------------------------------------ the command


def test_overwrites_only_when_asked(
    run: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, original: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("050.yaml").write_text("mine", encoding="utf-8")
    outcome = run("extract", folder / "050.pdf")
    assert (outcome.code, "没有覆盖" in outcome.err) == (2, True)
    assert Path("050.yaml").read_text(encoding="utf-8") == "mine"
    assert run("extract", folder / "050.pdf", "--overwrite").code == 0
    assert Path("050.yaml").read_bytes() == original


def test_standard_output(folder: Path, original: bytes) -> None:
    done = subprocess.run(
        command("extract", folder / "050.docx", "-o", "-"),
        capture_output=True,
        check=False,
        env=environment(),
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, original, b"")


def test_name_inside_the_file_is_never_a_path(
    tmp_path: Path, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    evil = tmp_path / "deep" / "x.docx"
    evil.parent.mkdir()
    evil.write_bytes(render(set_sample("050"), "docx", Attachment("../../evil.yaml", b"a: 1\n")))
    assert run("extract", evil).code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"deep", "x.yaml"}


# ------------------------------------------------------------------ hostile files


def encrypted_pdf(folder: Path, tmp: Path) -> Path:
    subprocess.run(
        [tool("qpdf"), "--encrypt", "x", "y", "256", "--", folder / "050.pdf", tmp / "e.pdf"], check=True
    )
    return tmp / "e.pdf"


def old_or_encrypted_office_file(folder: Path, tmp: Path) -> Path:
    return written(tmp / "e.docx", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(1000))


def encrypted_part(folder: Path, tmp: Path) -> Path:
    data = bytearray((folder / "050.docx").read_bytes())
    start = data.index(b"PK\x01\x02")
    while start >= 0:  # the flag in every entry of the central directory
        data[start + 8] |= 1
        start = data.find(b"PK\x01\x02", start + 4)
    return written(tmp / "e.docx", bytes(data))


def zip_bomb(folder: Path, tmp: Path) -> Path:
    huge = b"<source xmlns='urn:authoring:source:1'>" + b"A" * 300_000_000
    return repacked(
        folder / "050.docx", tmp, lambda name, data: (name, huge if name == "customXml/item2.xml" else data)
    )


def many_parts(folder: Path, tmp: Path) -> Path:
    return repacked(
        folder / "050.docx", tmp, lambda *entry: entry, {f"customXml/a{n}.xml": b"" for n in range(10_001)}
    )


def entity_bomb(folder: Path, tmp: Path) -> Path:
    levels = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    xml = f"<!DOCTYPE s [<!ENTITY a0 'AAAA'>{levels}]><source xmlns='urn:authoring:source:1'>&a11;</source>".encode()
    return repacked(
        folder / "050.docx", tmp, lambda name, data: (name, xml if name == "customXml/item2.xml" else data)
    )


def external_entity(folder: Path, tmp: Path) -> Path:
    secret = tmp / "secret"
    secret.write_text("c2VjcmV0", encoding="ascii")
    xml = f"<!DOCTYPE s [<!ENTITY a SYSTEM '{secret.as_uri()}'>]><source xmlns='urn:authoring:source:1'>&a;</source>"
    part = xml.encode()
    return repacked(
        folder / "050.docx", tmp, lambda name, data: (name, part if name == "customXml/item2.xml" else data)
    )


def not_base64(folder: Path, tmp: Path) -> Path:
    part = b"<source xmlns='urn:authoring:source:1'>\xe7\xa8\xbf</source>"
    return repacked(
        folder / "050.docx", tmp, lambda name, data: (name, part if name == "customXml/item2.xml" else data)
    )


def pdf_bomb(folder: Path, tmp: Path) -> Path:
    """The attached stream swells to a gigabyte."""
    data = (folder / "050.pdf").read_bytes()
    squeezer = zlib.compressobj(9)
    bomb = b"".join(squeezer.compress(bytes(1_000_000)) for _ in range(1000)) + squeezer.flush()
    found = re.search(rb"/Length \d+(?=\s*/Params)", data)
    assert found is not None
    begin = data.index(b"stream\n", found.end()) + len(b"stream\n")
    end = data.index(b"endstream", begin)
    return written(
        tmp / "b.pdf",
        data[: found.start()] + b"/Length %d" % len(bomb) + data[found.end() : begin] + bomb + data[end:],
    )


def filtered(filters: bytes, data: bytes) -> bytes:
    """A PDF whose attached stream passed through `filters`."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AF[3 0 R]>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        b"<</Type/Filespec/F(a.yaml)/AFRelationship/Source/EF<</F 4 0 R>>>>",
        b"<<%b/Length %d>>stream\n%b\nendstream" % (filters, len(data), data),
    ]
    found, starts = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        starts.append(len(found))
        found += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(found)
    return found + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def other_packing(folder: Path, tmp: Path) -> Path:
    """bzip2 unpacks 50 bytes into 400 MB, and no word processor writes it."""
    with zipfile.ZipFile(tmp / "b.docx", "w", zipfile.ZIP_BZIP2) as package:
        package.writestr("customXml/item1.xml", bytes(200_000_000))
    return tmp / "b.docx"


def many_large_parts(folder: Path, tmp: Path) -> Path:
    part = b"<a>" + b" " * 2_900_000 + b"</a>"
    others = {f"customXml/a{n}.xml": part for n in range(100)}
    return repacked(
        folder / "050.docx",
        tmp,
        lambda name, data: (name, b"<a/>" if name.startswith("customXml") else data),
        others,
    )


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


HOSTILE: dict[str, tuple[Callable[[Path, Path], Path], str]] = {
    "encrypted PDF": (encrypted_pdf, "加了密码"),
    "encrypted DOCX": (old_or_encrypted_office_file, "加了密码"),
    "encrypted part": (encrypted_part, "加了密码"),
    "zip bomb": (zip_bomb, "大得不正常"),
    "many parts": (many_parts, "大得不正常"),
    "entity bomb": (entity_bomb, "读不出来"),
    "external entity": (external_entity, "读不出来"),
    "not base64": (not_base64, "读不出来"),
    "PDF bomb": (pdf_bomb, "大得不正常"),
    "ASCII85": (lambda folder, tmp: written(tmp / "a.pdf", filtered(b"/Filter/ASCII85Decode", b"z" * 20_000_000)), "大得不正常"),
    "predictor": (
        lambda folder, tmp: written(
            tmp / "a.pdf",
            filtered(b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 1>>", zlib.compress(bytes(70_000_000))),
        ),
        "大得不正常",
    ),
    "objects": (lambda folder, tmp: written(tmp / "a.pdf", b"%PDF-1.7\n" + b"1 0 obj\n<<>>\nendobj\n" * 500_000), "大得不正常"),
    "blanks": (lambda folder, tmp: written(tmp / "a.pdf", b"%PDF-1.7" + b"\n" * 90_000_000), "读不出来"),
    "bzip2": (other_packing, "读不出来"),
    "many large parts": (many_large_parts, "大得不正常"),
    "half a PDF": (lambda folder, tmp: written(tmp / "h.pdf", (folder / "050.pdf").read_bytes()[:150_000]), "读不出来"),
    "half a DOCX": (lambda folder, tmp: written(tmp / "h.docx", (folder / "050.docx").read_bytes()[:9000]), "读不出来"),
    "first line of a PDF": (lambda folder, tmp: written(tmp / "h.pdf", b"%PDF-1.7\n"), "读不出来"),
    "text": (lambda folder, tmp: written(tmp / "t.pdf", b"text"), "不是 PDF"),
    "empty": (lambda folder, tmp: written(tmp / "e.pdf", b""), "不是 PDF"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_file_is_told(run: Command, folder: Path, tmp_path: Path, kind: str) -> None:
    make, said = HOSTILE[kind]
    outcome = run("extract", make(folder, tmp_path), "-o", tmp_path / "out.yaml")
    assert outcome.code == 1
    assert said in outcome.err
    assert len(outcome.err.splitlines()) <= 2
    assert not (tmp_path / "out.yaml").exists()


BOMBS = (
    "zip bomb",
    "PDF bomb",
    "entity bomb",
    "ASCII85",
    "predictor",
    "objects",
    "blanks",
    "bzip2",
    "many large parts",
)


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
@pytest.mark.parametrize("kind", BOMBS)
def test_memory_and_time_are_bounded(folder: Path, tmp_path: Path, kind: str) -> None:
    """500 MB and two seconds of a processor; what a system kills before it has spoken is told nothing."""
    path = HOSTILE[kind][0](folder, tmp_path)
    limit = 600_000_000
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))\n"
        f"resource.setrlimit(resource.RLIMIT_CPU, (2, 2))\n"
        f"import sys; from authoring.cli import main; main(['extract', sys.argv[1], '-o', '-'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, check=False, env=environment(), timeout=60
    )
    assert done.returncode == 1, done.stderr.decode()
    assert HOSTILE[kind][1] in done.stderr.decode()


@pytest.mark.parametrize("name", ["none.pdf", "."])
def test_no_file(run: Command, tmp_path: Path, name: str) -> None:
    assert run("extract", tmp_path / name).code == 2


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_damage_makes_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, folder: Path, data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    content = bytearray((folder / f"050.{kind}").read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        tail = data.draw(st.booleans())  # where a PDF's structure and a ZIP's directory stand
        at = data.draw(st.integers(max(0, len(content) - 12_000) if tail else 0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / f"x.{kind}"
    path.write_bytes(bytes(content))
    with suppress(NoSource):
        assert len(extract(path).data) <= MAX_SOURCE


def test_large_source_is_no_source(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(render(set_sample("050"), "docx", Attachment("x", bytes(MAX_SOURCE + 1))))
    with pytest.raises(NoSource):
        extract(path)
