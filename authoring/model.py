"""The document model: an :class:`Issue` as its editor wrote it, the :class:`Publication` it belongs to.

Frozen pydantic models, no I/O. Titles, descriptions and examples are Chinese, because the JSON Schema made from
these classes is what an editor's YAML plug-in completes from and explains with.
"""

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PrivateAttr,
    Tag,
    WithJsonSchema,
)

from authoring.fields import (
    IDENTIFIER_PATTERN,
    Day,
    Flag,
    Headline,
    Number,
    Text,
    not_blank,
    whole_number,
)

SCHEMA_VERSION = 1
"""The version of the schema that the models below are. Raise it when a file that was valid no longer is, or would mean
something else; then add what makes the new one of the old to `authoring.source.migrating.MIGRATIONS`."""


class Model(BaseModel):
    """Frozen, and every field known: a misspelt field is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Points(Model):
    """Paragraphs that number themselves （1）（2）… (GB/T 9704 7.3.3, fourth level)."""

    model_config = ConfigDict(title="编号段落")

    points: tuple[Text, ...] = Field(
        min_length=1,
        title="编号段落",
        description="每一条前面自动编上（1）（2）（3）……，不要自己写序号。",
        examples=[["健全数创企业源头发现机制。每年遴选……", "强化多维用数保障。支持数创企业……"]],
    )
    start: Number = Field(default=1, title="起始序号", description="第一条的序号，默认从（1）开始。")


class Heading(Model):
    """A heading inside an item: 一、 in 黑体, （一） in 楷体, 1. in 仿宋 (GB/T 9704 7.3.3, levels one to three)."""

    model_config = ConfigDict(title="小标题")

    heading: Text = Field(
        title="小标题",
        description="条目内的小标题，序号（一、（一）1.）自动编，不要自己写。",
        examples=["总体要求"],
    )
    level: Annotated[Literal[1, 2, 3], BeforeValidator(whole_number), WithJsonSchema({"enum": [1, 2, 3]})] = (
        Field(default=1, title="层次", description="1 为“一、”黑体，2 为“（一）”楷体，3 为“1.”仿宋。")
    )
    text: Text | None = Field(
        default=None, title="接排正文", description="紧接在小标题后面、同一段里的正文（小标题末尾要有句号）。"
    )


def _block_kind(value: object) -> str | None:
    """Which kind of block a value in `body` is; None for what is none of them."""
    if isinstance(value, (str, type(None))):
        return "paragraph"
    if isinstance(value, Points) or (isinstance(value, dict) and "points" in value):
        return "points"
    if isinstance(value, Heading) or (isinstance(value, dict) and "heading" in value):
        return "heading"
    return None


Block = Annotated[
    Annotated[
        Text, Tag("paragraph"), Field(title="段落", description="一段正文。**两个星号之间**的文字加粗。")
    ]
    | Annotated[Points, Tag("points")]
    | Annotated[Heading, Tag("heading")],
    Discriminator(_block_kind, custom_error_type="block_kind", custom_error_message="not a block"),
]


class Item(Model):
    """One piece of news: a headline and its body."""

    model_config = ConfigDict(title="条目")

    headline: Headline = Field(
        title="标题",
        description="条目标题，2号小标宋居中。过长时按词自动分行；要自己定断行处，在该处写一条竖线 |。",
        examples=["天津出台促进科技成果“先使用后付费”实施办法"],
    )
    body: tuple[Block, ...] = Field(
        min_length=1, title="正文", description="逐段书写，每段以“- ”开头；编号段落写在 points: 下面。"
    )


class Section(Model):
    """A section such as 【部委动态】 and its items."""

    model_config = ConfigDict(title="栏目")

    name: Text = Field(
        title="栏目名",
        description="栏目名称，不写【】，排版时自动加。",
        examples=["部委动态", "省外速览", "省内要情"],
    )
    items: tuple[Item, ...] = Field(min_length=1, title="条目", description="本栏目的各条内容。")


class Masthead(Model):
    """The head of page 1 (报头). Publication and issue share the class: an issue states only what differs."""

    model_config = ConfigDict(title="报头各项")

    title: Text = Field(default="", title="刊名", description="红色大字刊名。", examples=["创新驱动要参"])
    number_line: Text = Field(
        default="第{number}期",
        title="期号行",
        description="刊名下面的期号，{number} 处换成期号。",
        examples=["第{number}期", "第{number}期（总第120期）", "增刊第{number}期"],
    )
    issuers: tuple[Text, ...] = Field(
        default=(),
        title="编发单位",
        description="报头左侧的单位，一行一个。",
        examples=[["四川省科学技术厅"]],
    )
    classification: Text | None = Field(
        default=None,
        title="密级或标注",
        description="左上角的密级，或“内部资料”字样。",
        examples=["内部资料"],
    )
    copy_number: Text | None = Field(
        default=None, title="份号", description="右上角的份号，一般为6位数字。", examples=["000001"]
    )


class Contents(Model):
    """The contents on the cover (本期要点)."""

    model_config = ConfigDict(title="本期要点各项")

    title: Text = Field(default="本期要点", title="要点标题", description="封面目录的标题。")
    bullet: Text = Field(default="●", title="要点符号", description="每条标题前面的符号。")


class Distribution(Model):
    """One list of recipients at the foot (主送, 抄送; in briefings also 报, 送, 发)."""

    model_config = ConfigDict(title="分送名单")

    label: Text = Field(title="名目", description="主送、抄送，或报、送、发。", examples=["主送", "抄送"])
    recipients: tuple[Text, ...] = Field(
        min_length=1,
        title="单位",
        description="受文单位，每行一段，段末用句号。",
        examples=[["省委科技委主任、副主任、委员，中央科技办。"]],
    )
    one_off: Flag = Field(
        default=False, title="仅限本期", description="本期特意与刊物的分送范围不同（如临时增发），写“是”。"
    )


class Imprint(Model):
    """The foot of the last page (版记, GB/T 9704 7.4)."""

    model_config = ConfigDict(title="版记各项")

    distribution: tuple[Distribution, ...] = Field(
        default=(), title="分送范围", description="主送、抄送各单位。"
    )
    issuer: Text | None = Field(
        default=None, title="印发机关", description="版记左下的单位；不写就用报头的第一个编发单位。"
    )
    date: Day | None = Field(
        default=None, title="印发日期", description="不写就用本期日期。", examples=["2025-10-13"]
    )
    copies: Number | None = Field(
        default=None, title="印数", description="共印多少份，印在版记右下方。", examples=[120]
    )
    even_page: Flag = Field(
        default=False, title="版记在偶数页", description="是否要求版记落在偶数页（是/否）；不合时只提醒。"
    )


class Typesetting(Model):
    """Typographic habits (settings of official-format). The defaults are the house style for new issues."""

    model_config = ConfigDict(title="排版习惯各项")

    quotes: Literal["full", "half"] = Field(
        default="full", title="引号宽度", description="“ ” ‘ ’ 占一个字（full）还是半个字（half）。"
    )
    line_end: Literal["squeeze", "hang", "none"] = Field(
        default="squeeze",
        title="行末标点",
        description="行末放不下的点号和后括号：squeeze 压成半个字，hang 整个悬出版心，none 都不许。",
    )
    han_latin_gap: Literal["quarter", "none"] = Field(
        default="quarter",
        title="汉字与西文间距",
        description="汉字与数字、字母之间：quarter 加四分之一字的空，none 不加。",
    )
    adjacent_marks: Literal["share", "full"] = Field(
        default="share",
        title="相邻标点",
        description="两个标点相连（如 》《）：share 合占一个半字，full 各占一个字。",
    )
    pull_in: Literal["clreq", "never"] = Field(
        default="clreq",
        title="行内挤压",
        description="为多排进一个字而压缩行内标点：clreq 按《中文排版需求》的次序，never 从不。",
    )
    avoid_single_character_line: Flag = Field(
        default=False, title="避免孤字", description="段末一行只剩一个字时，是否从上一行带下一个字（是/否）。"
    )


class Issue(Model):
    """One issue, as its editor wrote it. What it does not state comes from its publication."""

    model_config = ConfigDict(title="一期简报")

    schema_version: Number | None = Field(
        default=None,
        alias="schema",
        title="格式版本",
        description="稿件格式的版本，一般不用写；不写就是现行版本。旧版的稿件照样能排，authoring migrate 把它升到现行版本。",
        examples=[SCHEMA_VERSION],
    )
    publication: Annotated[
        str,
        BeforeValidator(not_blank),
        Field(pattern=IDENTIFIER_PATTERN),
        WithJsonSchema({"type": "string", "pattern": IDENTIFIER_PATTERN}),
    ] = Field(
        title="刊物",
        description="刊物的代号：同名的 .yaml 文件给出报头、分送范围等每期不变的内容。",
        examples=["chuangxin-qudong-yaocan"],
    )
    number: Number = Field(title="期号", description="第几期，只写数字。", examples=[50])
    date: Day = Field(title="日期", description="本期日期。", examples=["2025-10-13"])
    sections: tuple[Section, ...] = Field(
        min_length=1, title="栏目", description="本期的各个栏目，按印刷次序。"
    )
    masthead: Masthead | None = Field(default=None, title="报头", description="只写本期与刊物不同之处。")
    contents: Contents | None = Field(default=None, title="本期要点", description="只写本期与刊物不同之处。")
    imprint: Imprint | None = Field(default=None, title="版记", description="只写本期与刊物不同之处。")
    typesetting: Typesetting | None = Field(
        default=None, title="排版习惯", description="只写本期与刊物不同之处；一般不用写。"
    )


Texts = tuple[Text, ...]


class Body(Model):
    """A body that the publication's texts name: what O001 and O002 know it by."""

    name: Text = Field(title="全称", description="单位的全称。", examples=["国家发展和改革委员会"])
    short: Text | None = Field(
        default=None, title="规范简称", description="行文用的规范化简称。", examples=["国家发展改革委"]
    )
    variants: Texts = Field(default=(), title="其他写法", description="也可以用的其他写法，检查时不提示。")
    informal: Texts = Field(
        default=(), title="口头简称", description="正文应改用规范简称的口头简称。", examples=[["发改委"]]
    )


class Region(Model):
    """The province that the publication speaks for."""

    name: Text = Field(title="全称", description="本刊所在的省（自治区、直辖市）。", examples=["四川省"])
    short: Texts = Field(
        default=(), title="简称和自称", description="本省的简称和自称。", examples=[["四川", "川", "我省"]]
    )


class BannedWords(Model):
    """What the publication adds to the shipped list of words to avoid (B001), and what it lets stand."""

    add: Texts = Field(default=(), title="增加", description="本刊另外不用的词。", examples=[["遥遥领先"]])
    exceptions: Texts = Field(
        default=(), alias="except", title="除外", description="清单中本刊允许用的词，或含有该词的词组。"
    )


class Checks(Model):
    """The rules that `authoring check` runs for the publication, by code or a code's beginning."""

    select: Texts = Field(default=(), title="只查", description="只用这些规则；不写就全用。")
    ignore: Texts = Field(default=(), title="不查", description="不用这些规则。", examples=[["L001"]])
    errors: Texts = Field(
        default=(), title="按错误处理", description="这些提醒按错误处理，自动检查不予通过。"
    )


class Publication(Model):
    """What every issue of a publication shares: masthead, contents, imprint, sections, house style."""

    model_config = ConfigDict(title="刊物")

    id: str = Field(
        pattern=IDENTIFIER_PATTERN,
        title="代号",
        description="与文件名相同。",
        examples=["chuangxin-qudong-yaocan"],
    )
    masthead: Masthead = Field(title="报头", description="第一页的刊名、期号行、编发单位等。")
    contents: Contents = Field(
        default_factory=Contents, title="本期要点", description="封面目录的标题和符号。"
    )
    imprint: Imprint = Field(
        default_factory=Imprint, title="版记", description="末页的分送范围、印发机关等。"
    )
    sections: tuple[Text, ...] = Field(
        default=(),
        title="常设栏目",
        description="栏目名称，按惯常次序。",
        examples=[["部委动态", "省外速览", "省内要情"]],
    )
    typesetting: Typesetting = Field(
        default_factory=Typesetting, title="排版习惯", description="本刊现行的排版习惯。"
    )
    past_typesetting: tuple[Typesetting, ...] = Field(
        default=(),
        title="以往的排版习惯",
        description="以往各期用过的排版习惯，逐套列出；导入旧刊时，按原文换页之处认出用的是哪一套。",
    )
    vocabulary: tuple[Text, ...] = Field(
        default=(),
        title="专用词",
        description="标题分行时不可拆开的词；西文名称（如 JoyInside）检查时以此为准。",
        examples=[["数字经济", "人工智能"]],
    )
    bodies: tuple[Body, ...] = Field(
        default=(), title="单位名录", description="稿件中常出现的单位；名称差一两个字时会查出来。"
    )
    region: Region | None = Field(default=None, title="本省", description="用来辨认照搬外地口吻的“我市”。")
    banned_words: BannedWords = Field(
        default_factory=BannedWords, title="不用的词", description="本刊在自带清单之外增加和除外的词。"
    )
    checks: Checks = Field(default_factory=Checks, title="检查规则", description="检查本刊稿件用哪些规则。")
    attach_source: Flag = Field(
        default=False,
        title="附上稿件",
        description="PDF 和 DOCX 里是否附上稿件的 YAML（是/否）；稿件里的注释会随文件发出去。",
    )
    _standing: tuple[Distribution, ...] | None = PrivateAttr(default=None)

    @property
    def standing_distribution(self) -> tuple[Distribution, ...]:
        """The distribution of every issue, also where this is the publication of one that states its own."""
        return self.imprint.distribution if self._standing is None else self._standing

    def for_issue(self, issue: Issue) -> "Publication":
        """This publication with every field that `issue` states itself put in its place."""
        overrides: dict[str, Any] = {}
        for name in ("masthead", "contents", "imprint", "typesetting"):
            stated = getattr(issue, name)
            if stated is not None:
                values = {field: getattr(stated, field) for field in stated.model_fields_set}
                overrides[name] = getattr(self, name).model_copy(update=values)
        own = self.model_copy(update=overrides)
        if "imprint" in overrides:
            own._standing = self.standing_distribution
        return own
