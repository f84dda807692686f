"""Mistakes, a function a kind: the lines of a clean sample in, the sample with one mistake at a random place out, or None
where the place that was drawn has no room for it. KINDS is the table; `mutations.py` plants and counts."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from authoring.checks import History
from authoring.model import Issue, Publication

COMMON: Final = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五"
)
"""Everyday characters: what a slip of the hand puts in the place of another."""
SPOKEN: Final = (
    "近日，{}印发通知，部署有关工作。",
    "按照{}的要求，各地抓紧推进落实。",
    "会议听取了{}的汇报。",
    "{}有关负责人作了说明。",
    "省政府办公厅、{}、各市（州）派员参加。",
    "记者从{}获悉，有关工作进展顺利。",
)
"""Sentences that name a body."""


class Planted(NamedTuple):
    """A draft with one mistake: its lines, the line (from 1) the mistake stands on, and what else is known of the issue."""

    lines: list[str]
    line: int
    contents: tuple[str, ...] | None = None
    history: History | None = None


class Sample(NamedTuple):
    """A clean sample: its lines, its issue, and the publication whose names it uses."""

    lines: list[str]
    issue: Issue
    publication: Publication

    @property
    def body(self) -> list[int]:
        """The positions of the lines that are running text."""
        return [number for number, line in enumerate(self.lines) if re.match(r"\s+- [^:]{30,}$", line)]

    @property
    def headlines(self) -> list[int]:
        return [number for number, line in enumerate(self.lines) if "- headline: " in line]

    def with_line(self, number: int, line: str) -> Planted:
        return Planted([*self.lines[:number], line, *self.lines[number + 1 :]], number + 1)

    def with_end(self, *added: str) -> Planted:
        """The sample with lines behind its last, the mistake on the last of them."""
        return Planted([*self.lines, *added], len(self.lines) + len(added))


Plant = Callable[[Sample, random.Random], Planted | None]


def _at(sample: Sample, number: int, rng: random.Random, pattern: str, new: str) -> Planted | None:
    """One random match of `pattern` on a line replaced by `new`, in which {} is what stood there."""
    line = sample.lines[number]
    found = [match.span() for match in re.finditer(pattern, line)]
    if not found:
        return None
    start, end = rng.choice(found)
    return sample.with_line(number, line[:start] + new.replace("{}", line[start:end]) + line[end:])


def replacing(*pairs: tuple[str, str]) -> Plant:
    """A match of a pattern in running text becomes something else."""

    def plant(sample: Sample, rng: random.Random) -> Planted | None:
        pattern, new = rng.choice(pairs)
        return _at(sample, rng.choice(sample.body), rng, pattern, new)

    return plant


def saying(*sentences: str) -> Plant:
    """A whole sentence with a mistake, behind a random sentence."""

    def plant(sample: Sample, rng: random.Random) -> Planted | None:
        return _at(sample, rng.choice(sample.body), rng, "。", "。" + rng.choice(sentences))

    return plant


def contents_differ(sample: Sample, rng: random.Random) -> Planted | None:
    """The contents list of an imported issue has one headline with a slip, or lacks it."""
    listed = [item.headline for section in sample.issue.sections for item in section.items]
    at = rng.randrange(len(listed))
    slip = _slip(listed[at], rng.randrange(len(listed[at])), rng)
    if slip is None:
        return None
    changed = [*listed[:at], *([slip] if rng.random() < 0.7 else []), *listed[at + 1 :]]
    return Planted(sample.lines, sample.headlines[at] + 1, contents=tuple(changed))


def _slip(name: str, at: int, rng: random.Random) -> str | None:
    """`name` with the character at `at` changed, dropped, doubled, preceded by another, or swapped with the next."""
    other = rng.choice(COMMON)
    after = name[at + 1 : at + 2]
    ways = [name[:at] + other + name[at + 1 :], name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:]]
    ways += [name[:at] + other + name[at:], name[:at] + after + name[at] + name[at + 2 :]]
    slip = rng.choice(ways)
    return None if slip == name else slip


def _forms(publication: Publication) -> set[str]:
    return {
        form
        for body in publication.bodies
        for form in (body.name, body.short, *body.variants, *body.informal)
        if form
    }


def name_where_it_stands(sample: Sample, rng: random.Random) -> Planted | None:
    """A slip anywhere in a body's name of five characters or more that the sample has."""
    forms = _forms(sample.publication)
    names = sorted((form for form in forms if len(form) >= 5), key=len, reverse=True)
    number = rng.choice(sample.body)
    line = sample.lines[number]
    found = [match.span() for match in re.finditer("|".join(map(re.escape, names)), line)]
    if not found:
        return None
    start, end = rng.choice(found)
    slip = _slip(line[start:end], rng.randrange(end - start), rng)
    if slip is None or slip in forms or line[start:end] in slip:
        return None
    return sample.with_line(number, line[:start] + slip + line[end:])


def _names(publication: Publication) -> list[str]:
    """The names that are right, longest first."""
    names = {form for body in publication.bodies for form in (body.name, body.short, *body.variants) if form}
    return sorted(names, key=lambda name: (-len(name), name))


def name_changed(sample: Sample, rng: random.Random) -> Planted | None:
    """One character, whichever, of a body's name that the sample has, long or short, in its text or a headline."""
    pattern = re.compile("|".join(map(re.escape, _names(sample.publication))))
    stands = [
        (number, *match.span())
        for number in (*sample.body, *sample.headlines)
        for match in pattern.finditer(sample.lines[number])
    ]
    number, start, end = rng.choice(stands)
    line, at = sample.lines[number], rng.randrange(start, end)
    slip = line[:at] + rng.choice(COMMON) + line[at + 1 :]
    return None if slip[start:end] in _forms(sample.publication) else sample.with_line(number, slip)


def any_name_changed(sample: Sample, rng: random.Random) -> Planted | None:
    """A sentence with one character, whichever, of a name of the roster changed."""
    name = rng.choice(_names(sample.publication))
    at = rng.randrange(len(name))
    slip = name[:at] + rng.choice(COMMON) + name[at + 1 :]
    if slip in _forms(sample.publication):
        return None
    return saying(rng.choice(SPOKEN).format(slip))(sample, rng)


def naming(least: int, most: int, *, ends: bool) -> Plant:
    """A sentence with a slip in a name of the roster of so many characters: at one of its ends, or inside."""

    def plant(sample: Sample, rng: random.Random) -> Planted | None:
        forms = _forms(sample.publication)
        names = [form for body in sample.publication.bodies for form in (body.name, body.short) if form]
        name = rng.choice([name for name in names if least <= len(name) <= most])
        at = rng.choice((0, len(name) - 1)) if ends else rng.randrange(1, len(name) - 1)
        slip = _slip(name, at, rng)
        if slip is None or slip in forms or name in slip:  # a character beside the name is none of its own
            return None
        return saying(rng.choice(SPOKEN).format(slip))(sample, rng)

    return plant


def two_slips(sample: Sample, rng: random.Random) -> Planted | None:
    """A sentence with two characters of a long name changed or dropped."""
    forms = _forms(sample.publication)
    name = rng.choice(sorted(form for form in forms if len(form) >= 8))
    first, second = sorted(rng.sample(range(1, len(name) - 1), 2))
    one, other = (rng.choice((rng.choice(COMMON), "")) for _ in range(2))
    slip = name[:first] + one + name[first + 1 : second] + other + name[second + 1 :]
    return None if slip in forms else saying(rng.choice(SPOKEN).format(slip))(sample, rng)


def issuer(sample: Sample, rng: random.Random) -> Planted | None:
    name = rng.choice(sample.publication.masthead.issuers)
    slip = _slip(name, rng.randrange(len(name)), rng)
    return sample.with_end("imprint:", f"  issuer: {slip}") if slip else None


def printed(sample: Sample, rng: random.Random) -> Planted | None:
    date = sample.issue.date + dt.timedelta(days=rng.choice((-1, 1)) * rng.randint(1, 400))
    return sample.with_end("imprint:", f"  date: {date}")


def _typed_markers(sample: Sample, rng: random.Random, markers: Sequence[str], wrong: int) -> Planted:
    """An item that begins with paragraphs of typed markers, one of them wrong."""
    bodies = [number for number, line in enumerate(sample.lines) if re.match(r"        body:$", line)]
    start = rng.choice(bodies) + 1
    added = [
        f"          - {marker}强化要素保障。各地要加大支持力度，确保政策落地见效。" for marker in markers
    ]
    return Planted([*sample.lines[:start], *added, *sample.lines[start:]], start + 1 + wrong)


def marker_form(sample: Sample, rng: random.Random) -> Planted | None:
    wrong = rng.randrange(0, 5)
    form = rng.choice(("({})", "{}）", "（{})", "({}）", "（{}）、", "{}.", "（{}） "))
    if wrong == 0 and form == "{}.":  # 1. opens a level of its own
        return None
    markers = [form.format(n) if n == wrong + 1 else f"（{n}）" for n in range(1, 6)]
    return (
        _typed_markers(sample, rng, [marker.strip() for marker in markers], wrong)
        if form != "（{}） "
        else None
    )


def marker_doubled(sample: Sample, rng: random.Random) -> Planted | None:
    """A number typed in a list that numbers itself."""
    points = [number for number in sample.body if sample.lines[number].startswith(" " * 14)]
    number = rng.choice(points)
    position = 1
    while number - position in points:
        position += 1
    return _at(sample, number, rng, r"(?<=^ {14}- )(?=\S)", f"（{position}）")


def marker_sequence(sample: Sample, rng: random.Random) -> Planted | None:
    """A number skipped, or given twice; 一、, （一）, 1. and （1） alike."""
    wrong, shift = rng.randrange(1, 5), rng.choice((-1, 1))
    numerals = "一二三四五六七"
    form = rng.choice(("（{0}）", "（{1}）", "{1}、", "{0}."))
    numbers = [n + (shift if n > wrong else 0) for n in range(1, 6)]
    return _typed_markers(sample, rng, [form.format(n, numerals[n - 1]) for n in numbers], wrong)


def sequence_in_a_paragraph(sample: Sample, rng: random.Random) -> Planted | None:
    """一是……二是……四是 within one paragraph, or （1）（2）（4）."""
    form = rng.choice(("{1}是", "（{0}）", "第{1}，"))
    wrong = rng.randrange(1, 4)
    what = ("健全工作机制", "强化要素保障", "加大宣传力度", "抓好督促检查")
    numbers = [n + (1 if n > wrong else 0) for n in range(1, 5)]
    text = "；".join(
        form.format(n, "一二三四五六"[n - 1]) + words for n, words in zip(numbers, what, strict=True)
    )
    return saying(f"要做好以下工作：{text}。")(sample, rng)


def recipients(sample: Sample, rng: random.Random) -> Planted | None:
    """A line of the distribution list without its full stop, or with a body dropped or changed."""
    lists = sample.publication.imprint.distribution
    label = rng.randrange(len(lists))
    wrong = rng.randrange(len(lists[label].recipients))
    added, line = ["imprint:", "  distribution:"], 0
    for number, entry in enumerate(lists):
        added += [f"    - label: {entry.label}", "      recipients:"]
        for position, text in enumerate(entry.recipients):
            written = text
            if (number, position) == (label, wrong):
                names = text.rstrip("。").split("，")
                at = rng.randrange(len(names))
                slip = _slip(names[at], rng.randrange(len(names[at])), rng)
                if slip is None:
                    return None
                names = rng.choice(
                    (names, [*names[:at], *names[at + 1 :]], [*names[:at], slip, *names[at + 1 :]])
                )
                stop = "" if "，".join(names) + "。" == text else "。"
                if not names:
                    return None
                written = "，".join(names) + stop
                line = len(sample.lines) + len(added) + 1
            added.append(f"        - {written}")
    return Planted([*sample.lines, *added], line)


def _line_of(sample: Sample, field: str) -> int:
    return next(number for number, line in enumerate(sample.lines, 1) if line.startswith(f"{field}:"))


def number_of_the_series(sample: Sample, rng: random.Random) -> Planted | None:
    """The issues before it end with its own number, or one or more before the one before it."""
    number, date = sample.issue.number, sample.issue.date
    last = rng.choice((number, number - 2, number - 3))
    return Planted(sample.lines, _line_of(sample, "number"), history=_before(sample, last, date, rng))


def date_of_the_series(sample: Sample, rng: random.Random) -> Planted | None:
    later = sample.issue.date + dt.timedelta(days=rng.randint(1, 40))
    history = _before(sample, sample.issue.number - 1, later, rng)
    return Planted(sample.lines, _line_of(sample, "date"), history=history)


def item_of_the_series(sample: Sample, rng: random.Random) -> Planted | None:
    """An item that an issue before it ran, under its own headline or another."""
    section = rng.choice(sample.issue.sections)
    item = rng.choice(section.items)
    old = item if rng.random() < 0.5 else item.model_copy(update={"headline": "换了一个标题"})
    if isinstance(old.body[0], str) and len(old.body[0]) < 40:
        return None
    headline = next(number for number in sample.headlines if item.headline in sample.lines[number])
    before = _before(sample, sample.issue.number - 1, sample.issue.date, rng)
    ran = sample.issue.model_copy(
        update={
            "number": sample.issue.number - 1,
            "date": sample.issue.date - dt.timedelta(days=7),
            "sections": (section.model_copy(update={"items": (old,)}),),
        }
    )
    before.add(ran)
    return Planted(sample.lines, headline + 1, history=before)


def _before(sample: Sample, last: int, date: dt.date, rng: random.Random) -> History:
    """Five issues that end with number `last` a week before `date`."""
    part = sample.issue.sections[0]
    issues = []
    for number in range(last - 4, last + 1):
        item = part.items[0].model_copy(update={"headline": f"第{number}期的标题", "body": ("正文。",)})
        day = date - dt.timedelta(days=7 * (last - number)) - dt.timedelta(days=0)
        issues.append(
            sample.issue.model_copy(
                update={
                    "number": number,
                    "date": max(day, dt.date(sample.issue.date.year, 1, 1)),
                    "sections": (part.model_copy(update={"items": (item,)}),),
                }
            )
        )
    return History(issues)


def paragraph_split(sample: Sample, rng: random.Random) -> Planted | None:
    """A sentence that goes on in the next paragraph."""
    number = rng.choice(sample.body)
    line = sample.lines[number]
    indent = line[: line.index("- ") + 2]
    at = rng.randrange(len(indent) + 20, len(line) - 10)
    if line[at - 1] in "。；：！？”》）" or line[at] in "。；：！？”》）" or "**" in line:
        return None
    return Planted(
        [*sample.lines[:number], line[:at], indent + line[at:], *sample.lines[number + 1 :]], number + 1
    )


def stop_dropped(sample: Sample, rng: random.Random) -> Planted | None:
    return _at(sample, rng.choice(sample.body), rng, "。$", "")


def elsewhere(*sentences: str) -> Plant:
    """A sentence with another province's voice in an item about it."""

    def plant(sample: Sample, rng: random.Random) -> Planted | None:
        start = next(n for n, line in enumerate(sample.lines) if "name: 省外速览" in line)
        end = next(n for n, line in enumerate(sample.lines) if "name: 省内要情" in line)
        number = rng.choice([number for number in sample.body if start < number < end])
        return _at(sample, number, rng, "。", "。" + rng.choice(sentences))

    return plant


def two_forms(sample: Sample, rng: random.Random) -> Planted | None:
    """One name in two forms, the second further on."""
    first, second = rng.choice(
        (
            ("DeepSeek", "Deepseek"),
            ("ChatGPT", "Chat-GPT"),
            ("“北斗3号”", "“北斗三号”"),
            ("OpenHarmony", "Openharmony"),
            ("“天问2号”", "“天问二号”"),
            ("HarmonyOS", "HarmonyOs"),
        )
    )
    one, other = sorted(rng.sample(sample.body, 2))
    planted = _at(sample, one, rng, "。", f"。接入{first}平台。")
    if planted is None:
        return None
    return _at(sample._replace(lines=planted.lines), other, rng, "。$", f"。接入{second}平台。")


def headline_too_long(sample: Sample, rng: random.Random) -> Planted | None:
    """A headline over two lines."""
    number = rng.choice(sample.headlines)
    more = "并就进一步健全工作机制强化要素保障加大宣传力度抓好督促检查作出安排部署"
    return sample.with_line(number, sample.lines[number] + more)


class Kind(NamedTuple):
    rule: str
    name: str
    plant: Plant


KINDS: Final[tuple[Kind, ...]] = (
    Kind("T001", "a headline of the contents list changed or dropped", contents_differ),
    Kind("O001", "one character changed of a body's name that stands there, any name", name_changed),
    Kind("O001", "one character changed of any name of the roster", any_name_changed),
    Kind("O001", "a slip in a body's name that stands there (5 characters or more)", name_where_it_stands),
    Kind("O001", "a slip inside a name of the roster (5 characters or more)", naming(5, 99, ends=False)),
    Kind("M001", "a slip in the issuer at the foot", issuer),
    Kind("M001", "another date at the foot", printed),
    Kind("N001", "a marker of another form", marker_form),
    Kind("N001", "a number typed where the list numbers itself", marker_doubled),
    Kind("N002", "a number skipped or repeated", marker_sequence),
    Kind("N002", "the same within a paragraph (一是、二是)", sequence_in_a_paragraph),
    Kind("P001", "a closing mark dropped", replacing(("”", ""), ("》", ""), ("）", ""))),
    Kind("P001", "an opening mark dropped", replacing(("“", ""), ("《", ""), ("（", ""))),
    Kind("P001", "a quote turned round", replacing(("“", "”"), ("”", "“"))),
    Kind(
        "P002",
        "a half-width mark",
        replacing(("，", ","), ("；", ";"), ("（", "("), ("）", ")"), ("“", '"'), ("”", '"'), ("。", ".")),
    ),
    Kind(
        "D001",
        "an impossible date",
        saying(
            *(
                f"{date}，有关会议召开。"
                for date in (
                    "2025年09月3日",
                    "2025年13月5日",
                    "2025年2月30日",
                    "2025年4月31日",
                    "6月05日",
                    "2023年2月29日",
                    "9月31日",
                    "10月32日",
                )
            ),
            "办法已于2031年1月5日印发。",
            "该平台已在2029年12月1日上线。",
        ),
    ),
    Kind("S001", "a number repeated or skipped", number_of_the_series),
    Kind("S001", "a date before the issue before", date_of_the_series),
    Kind("S001", "an item that ran before", item_of_the_series),
    Kind("R001", "the distribution list: a stop or a body dropped, a slip", recipients),
    Kind("X001", "a paragraph split inside a sentence", paragraph_split),
    Kind("X001", "a paragraph's last 。 dropped", stop_dropped),
    Kind(
        "X002",
        "markup left over, invisible characters",
        replacing(
            ("(?<=[，。])", "**"),
            ("(?<=[，。])", "\u200b"),
            ("(?<=[，。])", "<br>"),
            ("(?<=[，。])", "&nbsp;"),
            ("(?<=[，。])", "\t"),
        ),
    ),
    Kind("X003", "a space inside", replacing(("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", " "))),
    Kind(
        "C001",
        "another province's own voice",
        elsewhere(
            "进一步提升我市创新能力。", "支持本市企业参与。", "推动我省产业升级。", "面向本省企业开放。"
        ),
    ),
    Kind(
        "A001",
        "a short form of a document never introduced",
        saying("《条例》明确了各方责任。", "规定所称企业是指依法设立的企业。", "《细则》同时施行。"),
    ),
    Kind(
        "O002",
        "a colloquial short name",
        saying(
            "国家发改委印发通知。",
            "省发改委牵头实施。",
            "工信部公布名单。",
            "人社部提供支持。",
            "省人社厅组织培训。",
        ),
    ),
    Kind("V001", "one name in two forms", two_forms),
    Kind(
        "P003",
        "a needless enumeration comma",
        saying(
            "发放“数据券”、“算法券”。", "落实《管理办法》、《实施细则》。", "打造“灯塔”、“标杆”、“样板”。"
        ),
    ),
    Kind(
        "U001",
        "a range written wrongly",
        saying(
            "年均增长5～10%。",
            "给予13～17万元补助。",
            "2025-2027年实施。",
            "培育10-20家企业。",
            "总投资3亿4500万元。",
        ),
    ),
    Kind(
        "K001",
        "a count unlike its list",
        saying(
            "财政部、科技部、教育部四部门联合印发。",
            "形成“政府+企业+高校”四合一机制。",
            "打造“灯塔”“标杆”三类样板。",
        ),
    ),
    Kind(
        "G001",
        "a broken frame",
        saying(
            "除适用于国有企业的基础上，增加民营企业。",
            "构建研发、中试和制造为一体的体系。",
            "此举旨在为了提升效率。",
            "截止目前，已入库100家。",
            "投资超过500万元以上。",
            "本着公开公平公正为原则。",
        ),
    ),
    Kind(
        "B001",
        "a word to avoid",
        saying(
            "村长带头参加。",
            "建国以来取得重大成就。",
            "打造最好的产品。",
            "审计署署长出席。",
            "服务残废人就业。",
        ),
    ),
    Kind(
        "L001",
        "letters without a gloss",
        saying("推广RWA试点。", "提升EDA能力。", "完善ESG评价。", "推进REITS发行。", "探索DRG付费。"),
    ),
    Kind(
        "U002",
        "two numeral forms in one series",
        saying("明确三类主体19项事项。", "提出五项任务22条举措。", "建设两类平台15项工程。"),
    ),
    Kind("H001", "a headline over two lines", headline_too_long),
)
"""Every kind of the table, in its order."""
BESIDES: Final[tuple[Kind, ...]] = (
    Kind("O001", "a slip in the first or last character of a name", naming(5, 99, ends=True)),
    Kind("O001", "a slip in a name of three or four characters", naming(3, 4, ends=False)),
    Kind("O001", "two characters changed or dropped in a name of eight or more", two_slips),
)
"""What cannot be told with certainty: a name without its last character is often a word, and 财攻部 is found only where
nothing but a body can stand; two wrong characters often make another body's name."""
