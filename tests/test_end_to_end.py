"""Both samples through the command, as a user runs it: same bytes anywhere, all of the text, valid files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
import yaml

from tests.conftest import ROOT, tool
from tests.renderers.docx_reader import Package

SAMPLES = ("050", "054")


def build(folder: Path, **environment: str) -> Path:
    """Build the samples from inside `folder` with these environment variables; return the folder of the outputs."""
    folder.mkdir()
    issues = [str(ROOT / "samples" / f"{number}.yaml") for number in SAMPLES]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-m", "authoring", "build", *issues, "-o", "out"]
    subprocess.run(command, check=True, cwd=folder, env=environment, capture_output=True)
    return folder / "out"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("build") / "here")


def test_bytes_are_the_same_in_another_folder_locale_time_zone_and_hash_seed(
    out: Path, tmp_path: Path
) -> None:
    other = build(
        tmp_path / "别处",
        TZ="America/St_Johns",
        LC_ALL="C",
        LANG="de_DE.UTF-8",
        PYTHONHASHSEED="7",
        SOURCE_DATE_EPOCH="86400",
        PYTHONUTF8="0",
    )
    names = sorted(path.name for path in out.iterdir())
    assert names == sorted(f"{number}.{output}" for number in SAMPLES for output in ("pdf", "docx"))
    for name in names:
        assert (other / name).read_bytes() == (out / name).read_bytes(), name


@pytest.mark.parametrize("number", SAMPLES)
def test_pdf_and_docx_hold_the_text_of_the_yaml_in_its_order(out: Path, number: str) -> None:
    issue = yaml.safe_load((ROOT / "samples" / f"{number}.yaml").read_text(encoding="utf-8"))
    pdf = pdfium.PdfDocument(out / f"{number}.pdf")
    pages = [solid(pdf[page].get_textpage().get_text_range()) for page in range(1, len(pdf))]
    body = "".join(re.sub(r"—\d+—$", "", page) for page in pages)
    docx = solid(Package((out / f"{number}.docx").read_bytes()).text)
    wanted = "".join(texts(issue))
    assert body.startswith(wanted)
    assert wanted in docx
    assert body.removeprefix(wanted) == docx.partition(wanted)[2]


def texts(issue: dict[str, Any]) -> Iterator[str]:
    """What an issue says, straight from its YAML: section, headline, paragraphs, numbered points."""
    for section in issue["sections"]:
        yield f"【{section['name']}】"
        for item in section["items"]:
            yield item["headline"]
            for block in item["body"]:
                points = block["points"] if isinstance(block, dict) else []
                yield from (f"（{n}）{text.replace('**', '')}" for n, text in enumerate(points, 1))
                if isinstance(block, str):
                    yield block.replace("**", "")


def solid(text: str) -> str:
    return re.sub(
        r"\s", "", re.sub(r"\ufffe|\x02", "-", text)
    )  # what PDFium makes of a hyphen that ends a line


@pytest.mark.parametrize("number", SAMPLES)
def test_the_open_xml_sdk_reports_nothing(out: Path, number: str) -> None:
    result = subprocess.run(
        [tool("ooxml-validator"), str(out / f"{number}.docx")], capture_output=True, text=True, check=False
    )
    report = json.loads(result.stdout)
    assert report["errors"] == []
    assert report["ok"]
