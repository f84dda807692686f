"""Rules about what frames an issue: its foot, its place in the series, its contents list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from authoring.checks.draft import Draft, Problem
from authoring.checks.history import Before, supplement
from authoring.diagnostics import Edit, Fix, Message, NodePath
from authoring.inline import squeezed
from authoring.model import Distribution, Issue

_SPACE = re.compile(r"\s+")
_SIMILAR = 0.6


def contents_differ(draft: Draft) -> Iterator[Problem]:
    """目录（本期要点）与正文标题不一致。只在导入已有文稿时检查：本工具的目录由标题自动生成。

    为什么：改了标题忘了改目录，是印出来才发现的差错。
    例：目录作“六部门联合发布……”，正文作“六部门联合印发……”。
    不报：空白、断行的差别。
    改法：核对后以正文标题为准；目录会按标题重新生成。
    依据：惯例：目录应与正文一致。
    修复：导入后目录按标题重新生成，不需另改。
    ---
    A contents list in an imported document differs from the headlines; white space is ignored. The contents that
    the toolkit prints is made from the headlines, so there is nothing left to fix in the imported issue.
    """
    if draft.contents is None:
        return
    left = {squeezed(entry): entry for entry in draft.contents}
    missing: list[tuple[NodePath, str]] = []
    for node in draft.nodes:
        if node.kind == "headline" and left.pop(squeezed(node.text), None) is None:
            missing.append((node.path, node.text))
    for path, headline in missing:
        key = max(left, key=lambda entry: _likeness(entry, squeezed(headline)), default="")
        at = (0, len(headline))
        if key and _likeness(key, squeezed(headline)) >= _SIMILAR:
            entry = left.pop(key)
            told = Message(f"目录作“{entry}”，与正文标题不一致", f"the contents list has “{entry}”")
        else:
            told = Message("目录里没有这个标题", "not in the contents list")
        yield Problem(path, told, Message("以正文标题为准，目录重新生成", "the headline counts"), at)
    for entry in left.values():
        told = Message(f"目录里的“{entry}”，正文没有", f"“{entry}” of the contents list has no item")
        yield Problem(("sections",), told, Message("核对是否漏了一条", "see whether an item is missing"))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def issuer_date_differ(draft: Draft) -> Iterator[Problem]:
    """版记的印发机关、印发日期与报头不一致。

    为什么：同一期的首尾两处必须一致。
    例：报头“四川省科学技术厅”，版记“四川省科技厅” → 四川省科学技术厅；报头 10 月 13 日，版记 10 月 14 日。
    不报：版记写的是报头的第二个编发单位。
    改法：改成与报头一致；与报头相同的日期不必写，自动取本期日期。
    依据：GB/T 9704—2012 7.4.3（印发机关和印发日期）；本刊印刷惯例。
    修复：机关名称可直接修复（--fix）；日期请自己改。
    ---
    The issuer or the date at the foot is not that of the masthead. Silent on the masthead's second issuer. Fix: safe
    for the issuer; the date is left to the editor.
    """
    imprint, issuers = draft.publication.imprint, draft.publication.masthead.issuers
    issuer = imprint.issuer
    if issuer is not None and issuers and squeezed(issuer) not in map(squeezed, issuers):
        usual = max(issuers, key=lambda name: _likeness(name, issuer))
        hint = Message(f"改为“{usual}”", f"write “{usual}”")
        told = Message(
            f"版记的印发机关“{issuer}”与报头（{'、'.join(issuers)}）不一致",
            f"the issuer at the foot, “{issuer}”, is not one of the masthead's",
        )
        stated = draft.issue.imprint is not None and draft.issue.imprint.issuer is not None
        if stated or draft.issue.masthead is None:
            path: NodePath = ("imprint", "issuer")
            at = (0, len(issuer))
            yield Problem(path, told, hint, at, Fix(True, (Edit(path, *at, usual),)) if stated else None)
        else:
            other = Message(
                f"两处改成一致，如在本期写 imprint: issuer: {usual}", f"state imprint: issuer: {usual}"
            )
            yield Problem(("masthead", "issuers"), told, other)
    if imprint.date is not None and imprint.date != draft.issue.date:
        date = draft.issue.date
        yield Problem(
            ("imprint", "date"),
            Message(
                f"版记的印发日期 {imprint.date} 与报头日期 {date} 不一致",
                f"the date at the foot, {imprint.date}, is not the masthead's {date}",
            ),
            Message(f"改为 {date}，或删去这一行", f"write {date}, or leave it out"),
        )


def recipients(draft: Draft) -> Iterator[Problem]:
    """分送范围与刊物的不一致，或每段末尾没有句号。

    为什么：漏送、错送都是事故；版记的主送、抄送单位末尾用句号。
    例：……省政协办公厅 → ……省政协办公厅。；漏了“省政协办公厅”。
    不报：注明“仅限本期”（one_off: 是）的名单；单位之间换行、空白的差别。
    改法：与刊物一致的，本期不必写；特意增减的，在该名目下写 one_off: 是。
    依据：GB/T 9704—2012 7.4.2（抄送机关之间用逗号，最后用句号）。
    修复：补句号、补漏掉的单位可直接修复（--fix）；会删去单位的须经确认（--unsafe-fixes）。
    ---
    The distribution list is not the publication's, or a paragraph of it lacks its 。 (GB/T 9704 7.4.2). Silent on lists
    marked one_off. Fix: safe where nothing is taken away, else on request.
    """
    standing = {entry.label: entry for entry in draft.publication.standing_distribution}
    stated = draft.issue.imprint is not None and "distribution" in draft.issue.imprint.model_fields_set
    listed = draft.publication.imprint.distribution
    for number, entry in enumerate(listed):
        path: NodePath = ("imprint", "distribution", number)
        usual = standing.get(entry.label)
        differs = stated and not entry.one_off and usual is not None and _units(entry) != _units(usual)
        if differs and usual is not None:
            yield _unlike(path, entry, usual)
        elif stated and usual is None and standing and not entry.one_off:
            told = Message(
                f"刊物的分送范围没有“{entry.label}”", f"the publication has no list “{entry.label}”"
            )
            hint = Message("特意增加的，写 one_off: 是", "mark it one_off if it is meant")
            yield Problem((*path, "label"), told, hint, (0, len(entry.label)))
        else:
            yield from _without_stop(path, entry)
    lost = [label for label in standing if label not in {entry.label for entry in listed}]
    if stated and lost and not any(entry.one_off for entry in listed):
        told = Message(f"分送范围漏了“{'、'.join(lost)}”", f"the list lacks {', '.join(lost)}")
        yield Problem(
            ("imprint", "distribution"), told, Message("补上，或写 one_off: 是", "add it, or mark one_off")
        )


def _units(entry: Distribution) -> list[str]:
    text = _SPACE.sub("", "，".join(entry.recipients))
    return [unit for unit in re.split(r"[，,。.；;]+", text) if unit]


def _unlike(path: NodePath, entry: Distribution, usual: Distribution) -> Problem:
    mine, theirs = _units(entry), _units(usual)
    lost = [unit for unit in theirs if unit not in mine]
    new = [unit for unit in mine if unit not in theirs]
    parts = [f"少“{'、'.join(lost)}”"] * bool(lost) + [f"多“{'、'.join(new)}”"] * bool(new)
    message = Message(
        f"{entry.label}与刊物的分送范围不一致：{'，'.join(parts) or '次序不同'}",
        f"{entry.label} is not the publication's: {'; '.join(parts) or 'another order'}",
    )
    hint = Message("与刊物一致的不必写；特意增减的，写 one_off: 是", "leave it out, or mark it one_off")
    differing = [index for index, text in enumerate(entry.recipients) if text not in usual.recipients]
    where = differing[0] if differing else 0
    text = entry.recipients[where]
    at = next(
        ((text.find(unit), text.find(unit) + len(unit)) for unit in new if unit in text), (0, len(text))
    )
    fix = None
    if len(entry.recipients) == len(usual.recipients):
        edits = tuple(
            Edit((*path, "recipients", index), 0, len(old), right)
            for index, (old, right) in enumerate(zip(entry.recipients, usual.recipients, strict=True))
            if old != right
        )
        fix = Fix(not new, edits)
    return Problem((*path, "recipients", where), message, hint, at, fix)


def _without_stop(path: NodePath, entry: Distribution) -> Iterator[Problem]:
    for index, text in enumerate(entry.recipients):
        end = len(text.rstrip())
        if text[end - 1] == "。":
            continue
        where = (*path, "recipients", index)
        start = end - 1 if text[end - 1] in "，,.；;、．" else end
        told = Message("分送单位末尾没有句号", "the list of recipients lacks its full stop")
        hint = Message("末尾用“。”", "end it with 。")
        yield Problem(where, told, hint, (end - 1, end), Fix(True, (Edit(where, start, end, "。"),)))


def series(draft: Draft) -> Iterator[Problem]:
    """期号重复或跳号、日期早于上一期、内容已在前面的期次登过。

    为什么：单看一期看不出来，登记、归档时才发现就晚了。
    例：已有第49、50期，下一期编作第52期 → 第51期。
    不报：增刊、特刊；每年的第一期；只给出零散几期时中间缺的期号。
    改法：核对期号、日期；登过的条目换掉，或写成后续报道。
    依据：本刊编号惯例（按年连续编号）。
    修复：无。
    ---
    Compared with earlier issues: a number repeated or skipped in the year, a date before the previous issue's, an item
    that already ran. Silent on supplements, on a year's first issue, and on gaps between files that are not a run.
    Fix: none.
    """
    issue, history = draft.issue, draft.history
    if history is None:
        return
    if not supplement(issue):
        yield from _numbering(issue, history.before(issue))
    for section, part in enumerate(issue.sections):
        for index, item in enumerate(part.items):
            earlier = history.ran(issue, item)
            if earlier is not None:
                where: NodePath = ("sections", section, "items", index, "headline")
                told = Message(
                    f"这一条第{earlier.number}期（{earlier.date}）已经登过",
                    f"No. {earlier.number} of {earlier.date} already ran this item",
                )
                hint = Message(
                    "换掉；确需再登的，注明进展并改写标题", "replace it, or rewrite it as a follow-up"
                )
                yield Problem(where, told, hint, (0, len(item.headline)))


def _numbering(issue: Issue, before: Before) -> Iterator[Problem]:
    if before.same is not None:
        told = Message(
            f"期号重复：{before.same.date} 已有第{issue.number}期",
            f"No. {issue.number} exists: {before.same.date}",
        )
        yield Problem(("number",), told, Message(f"改为 {before.free}", f"number it {before.free}"))
        return
    last = before.last
    if last is None:
        return
    following = last.number + 1
    if before.follows_on and issue.number > following:
        told = Message(
            f"期号不连续：上一期是第{last.number}期，本期应为第{following}期",
            f"No. {last.number} is followed by No. {issue.number}",
        )
        yield Problem(("number",), told, Message(f"改为 {following}", f"number it {following}"))
    if issue.date < last.date:
        told = Message(
            f"日期早于上一期（第{last.number}期，{last.date}）",
            f"dated before No. {last.number} ({last.date})",
        )
        yield Problem(("date",), told, Message("核对日期和期号", "check date and number"))
