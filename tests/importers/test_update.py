"""`import --update`: what a person changed in Word is changed in the YAML, and nothing else."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.text.paragraph import Paragraph

from authoring.source import load
from tests.conftest import ROOT, Command

COMMENTED = {
    "number: 50": "number: 50  # 第五十期",
    "sections:": "# 正文从这里开始\nsections:",
    "      - headline: 天津": "      # 天津这一条由王五核\n      - headline: 天津",
}


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """Issue 50 with comments, as an editor keeps it."""
    text = (ROOT / "samples" / "050.yaml").read_text(encoding="utf-8")
    for old, new in COMMENTED.items():
        text = text.replace(old, new, 1)
    path = tmp_path / "055.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def built(draft: Path, run: Command) -> Path:
    assert run("build", draft, "-o", draft.parent, "--to", "docx").code == 0
    return draft.with_suffix(".docx")


def edit(path: Path, old: str, new: str) -> None:
    """Change the text of a run, as a word processor would."""
    document: DocumentType = Document(str(path))
    run = next(run for paragraph in document.paragraphs for run in paragraph.runs if old in run.text)
    run.text = run.text.replace(old, new)
    document.save(str(path))


def insert_like(model: Paragraph, before: Paragraph, text: str) -> None:
    """A paragraph in the style of `model`, as one gets by copying it and typing over it."""
    new = copy.deepcopy(model._p)
    first, *others = new.xpath(".//w:r")
    for run in others:
        run.getparent().remove(run)
    first.xpath("./w:t")[0].text = text
    before._p.addprevious(new)


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_an_unedited_document_changes_nothing(draft: Path, built: Path, run: Command) -> None:
    before = draft.read_bytes()
    done = run("import", built, "--update", draft)
    assert done.code == 0
    assert "没有要改的" in done.out
    assert draft.read_bytes() == before


def test_only_the_edited_line_changes(draft: Path, built: Path, run: Command) -> None:
    before = lines(draft)
    edit(built, "降低治数用数成本", "切实降低治数用数成本")
    done = run("import", built, "--update", draft)
    assert "改了 1 处" in done.out
    changed = [(old, new) for old, new in zip(before, lines(draft), strict=True) if old != new]
    assert [old.replace("降低治数", "切实降低治数") for old, _ in changed] == [new for _, new in changed]
    assert len(changed) == 1


def test_diff_shows_and_writes_nothing(draft: Path, built: Path, run: Command) -> None:
    before = draft.read_bytes()
    edit(built, "降低治数用数成本", "切实降低治数用数成本")
    done = run("import", built, "--update", draft, "--diff")
    assert re.search(r"^\+ .*切实降低治数", done.out, re.M)
    assert draft.read_bytes() == before


def test_a_new_item_is_added_and_comments_stay(draft: Path, built: Path, run: Command) -> None:
    document: DocumentType = Document(str(built))
    paragraphs = document.paragraphs
    at = max(n for n, one in enumerate(paragraphs) if one.text.startswith("天津出台"))
    headline, body = paragraphs[at : at + 2]
    insert_like(headline, headline, "上海印发科技成果转化实施意见")
    insert_like(body, headline, "近日，上海市印发实施意见。")
    document.save(str(built))
    run("import", built, "--update", draft)
    issue = load(draft).issue
    assert [item.headline for item in issue.sections[1].items] == [
        "上海印发科技成果转化实施意见",
        "天津出台促进科技成果“先使用后付费”实施办法",
    ]
    text = draft.read_text(encoding="utf-8")
    assert all(new in text for new in COMMENTED.values())


def test_what_no_page_shows_stays_as_the_file_has_it(draft: Path, built: Path, run: Command) -> None:
    draft.write_text(
        draft.read_text(encoding="utf-8").replace("  line_end: hang", "  line_end: none")
        + "imprint:\n  even_page: 是\n",
        encoding="utf-8",
    )
    before = draft.read_bytes()
    run("import", built, "--update", draft)
    assert draft.read_bytes() == before


def test_the_file_of_another_issue_or_none_is_left_alone(built: Path, run: Command, tmp_path: Path) -> None:
    missing = run("import", built, "--update", tmp_path / "none.yaml")
    assert missing.code == 2
    broken = tmp_path / "broken.yaml"
    broken.write_text("number: 5\n", encoding="utf-8")
    assert run("import", built, "--update", broken).code == 1
    assert broken.read_text(encoding="utf-8") == "number: 5\n"


def test_the_document_of_another_issue_changes_nothing(draft: Path, run: Command, tmp_path: Path) -> None:
    assert run("build", ROOT / "samples" / "054.yaml", "-o", tmp_path, "--to", "docx").code == 0
    before = draft.read_bytes()
    done = run("import", tmp_path / "054.docx", "--update", draft)
    assert (done.code, "是另一期（第54期）" in done.err) == (2, True)
    assert draft.read_bytes() == before


def test_a_new_number_is_a_change_like_any_other(draft: Path, built: Path, run: Command) -> None:
    edit(built, "50", "51")
    assert run("import", built, "--update", draft, "-q").code == 0
    assert "number: 51  # 第五十期" in lines(draft)


def test_a_file_that_names_its_schema_keeps_it(draft: Path, built: Path, run: Command) -> None:
    draft.write_text("schema: 1\n" + draft.read_text(encoding="utf-8"), encoding="utf-8")
    edit(built, "降低治数用数成本", "切实降低治数用数成本")
    assert run("import", built, "--update", draft, "-q").code == 0
    assert lines(draft)[0] == "schema: 1"


def test_a_file_of_an_older_schema_is_to_be_migrated_first(
    draft: Path, built: Path, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft.write_text("schema: 1\n" + draft.read_text(encoding="utf-8"), encoding="utf-8")
    edit(built, "降低治数用数成本", "切实降低治数用数成本")
    monkeypatch.setattr("authoring.import_update.SCHEMA_VERSION", 2)
    before = draft.read_bytes()
    done = run("import", built, "--update", draft)
    assert (done.code, "authoring migrate" in done.err) == (2, True)
    assert draft.read_bytes() == before


def test_options_that_do_not_go_together_are_explained(built: Path, draft: Path, run: Command) -> None:
    alone = run("import", built, "--diff")
    assert (alone.code, "--update" in alone.err) == (2, True)
    two = run("import", built, built, "--update", draft)
    assert (two.code, "一个文档" in two.err) == (2, True)
