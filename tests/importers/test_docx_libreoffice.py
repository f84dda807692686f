"""A DOCX of ours that LibreOffice itself saved, and one that it edited (a Basic macro, as a person would)."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from authoring.model import Issue
from authoring.renderers.docx import render
from tests import strategies
from tests.conftest import tool
from tests.importers.docx_files import imported
from tests.importers.test_docx_edited import BODY, first_body, same_but, sections
from tests.importers.test_docx_round_trip import layout_of, stated
from tests.renderers.docx_reader import set_issue, set_sample

HERE = Path(__file__).with_name("libreoffice")
LIBRARY = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Edits"/>
</library:library>
"""
WORD = "docx:MS Word 2007 XML"


def random_issues() -> list[tuple[Issue, bytes]]:
    """Issues that state whatever may be stated, each with its DOCX."""
    found: list[tuple[Issue, bytes]] = []

    @settings(
        max_examples=30,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategies.any_issues)
    def collect(issue: Issue) -> None:
        layout = layout_of(issue)
        if layout is not None:
            found.append((issue, render(layout)))

    collect()
    return found


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """What LibreOffice makes of our files: 050 and 054 saved again, and "edited" edited and saved."""
    office = tool("soffice")
    folder = tmp_path_factory.mktemp("office")
    command = [office, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    out = folder / "out"
    for number in ("050", "054"):
        (folder / f"{number}.docx").write_bytes(render(set_sample(number)))
    for at, (_, data) in enumerate(random_issues()):
        (folder / f"random-{at}.docx").write_bytes(data)
    subprocess.run(
        [*command, "--convert-to", WORD, "--outdir", str(out), *sorted(path.name for path in folder.glob("*.docx"))],
        cwd=folder, check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    macros = folder / "profile" / "user" / "basic" / "Standard"  # made by the first start
    (macros / "Edits.xba").write_bytes((HERE / "Edits.xba").read_bytes())
    (macros / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    source, target = folder / "issue.docx", out / "edited.docx"
    source.write_bytes(render(set_issue(sections=sections(*BODY))))
    macro = f'macro:///Standard.Edits.Edit("{source.as_uri()}","{target.as_uri()}")'
    subprocess.run([*command, macro], check=True, capture_output=True, timeout=180)
    return {path.stem: path.read_bytes() for path in out.iterdir()}


@pytest.mark.parametrize("number", ["050", "054"])
def test_its_own_save_is_the_same_issue(saved: Mapping[str, bytes], number: str) -> None:
    one = imported(saved[number])
    assert stated(one.issue) == stated(set_sample(number).issue)
    assert one.notes == []
    assert one.imported.coverage().unplaced == ()


def test_its_own_save_of_any_issue_is_the_same_issue(saved: Mapping[str, bytes]) -> None:
    issues = random_issues()
    assert len(issues) > 20
    for number, (issue, _) in enumerate(issues):
        assert stated(imported(saved[f"random-{number}"]).issue) == stated(issue)


@pytest.mark.parametrize("number", ["050", "054"])
def test_it_keeps_the_record(saved: Mapping[str, bytes], number: str, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(saved[number])
    with ZipFile(tmp_path / "a.docx") as archive:
        assert b"urn:authoring:docx-record" in archive.read("customXml/item1.xml")


def test_what_was_edited_there_is_what_comes_back(saved: Mapping[str, bytes]) -> None:
    one = imported(saved["edited"])

    def change(tree: dict[str, object]) -> None:
        body = first_body(tree)
        body[1] = {"points": ["第一点。说明。", "第二点。说得更明白。", "第三点。说明。"]}
        body[2:3] = ["乙段", "原文。"]
        tree["sections"][0]["items"][1]["body"] = ["**第二条**正文。"]  # type: ignore[index]
        tree["sections"][1]["items"][0]["body"] = ["末条新文。"]  # type: ignore[index]

    same_but(one, change)
    assert one.told() == [
        "批注（张处长）：请核数",
        "修订：不具名删去“末条正文”，已删",
        "修订：不具名插入“末条新文”，已采用",
    ]
