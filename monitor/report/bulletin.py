"""季度通报 as plain values: what its Word template is filled with, inside and in public."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from monitor.domain.bulletin import Base, Candidate, Gate, Period
from monitor.domain.case import OVER, Problem, State
from monitor.domain.instants import shanghai_day
from monitor.report.rates import points
from monitor.report.tally import Tally

TEMPLATE: Final = "季度通报.docx"
COUNTED: Final = "一二三四五六七"
HEADINGS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("更新不及时", frozenset({"内容不更新", "睡眠", "僵尸", "长期停更", "从未更新", "更新"})),
    ("互动回应不到位", frozenset({"不互动", "不互动无服务"})),
    ("服务功能缺失", frozenset({"无服务"})),
    ("备案管理不规范", frozenset({"未备案", "更名未备案", "备案与平台状态不一致", "多头", "失管"})),
    ("内容审核不严", frozenset({"表述错误"})),
)
OTHERS: Final = "其他问题"
STALE: Final = "上期问题整改不到位"
BASIS: Final = (
    "根据《国务院办公厅关于推进政务新媒体健康有序发展的意见》(国办发〔2018〕123号)、"
    "《政府网站与政务新媒体检查指标》(国办秘函〔2019〕19号)和省有关管理办法,"
    "{office}对全省公安政务新媒体运行情况进行了监测检查。现将有关情况通报如下:"
)
DEMANDS: Final = (
    "请有关单位对照问题清单逐项整改,在整改期限前反馈结果;确无力维护的,按程序申请关停或合并。"
    "对问题的认定有异议的,可在收到整改通知书后3个工作日内申请复核。"
)
SOFTER: Final = (("僵尸", "长期未更新"), ("长期停更", "长期未更新"))
"""What the public version says instead."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the office adds by hand: whom it is addressed to, what went well, whom to call."""

    addressee: str
    contact: str
    good: str = ""
    scope: str = "内部"


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything a bulletin is made of. `again` are the cases the last one named, as they are now;
    `before` is the rate the last one printed, '' without."""

    period: Period
    office: str
    wording: Wording
    tally: Tally
    places: Mapping[str, Tally]
    gate: Gate
    base: Base = Base.DECIDED
    decimals: int = 1
    as_of: str = ""
    again: tuple[Candidate, ...] = ()
    before: str = ""


def values(draft: Draft) -> dict[str, Any]:
    """What stands in the paper within the house, by the names its template uses."""
    return {
        "标题": f"关于{draft.period.said}全省公安政务新媒体运行情况的通报",
        "主送": draft.wording.addressee,
        "依据": BASIS.format(office=draft.office),
        "总体": _overall(draft),
        "问题": _problems(draft),
        "成效": draft.wording.good
        or "各地公安机关政务新媒体总体运行平稳,发布、互动和服务有序开展。",
        "上期": _again(draft.again),
        "要求": DEMANDS,
        "清单": _rows(draft.gate.entering),
        "地区": [_place(name, each, draft) for name, each in draft.places.items()],
        "联系人": draft.wording.contact,
        "落款": draft.office,
        "印发范围": draft.wording.scope,
        "合格率": draft.tally.rate(draft.base).text(draft.decimals),
        "文号": "",
        "日期": "",
    }


def public(within: Mapping[str, Any]) -> dict[str, Any]:
    """The public version: softer words, nobody's name or number, and it says that it is public."""
    softened = _softened(dict(within))
    return {**softened, "联系人": "", "印发范围": "公开"}


def issued(values: Mapping[str, Any], number: str, day: str) -> dict[str, Any]:
    """The frozen values with what is known only when the paper leaves."""
    return {**values, "文号": number, "日期": day}


def text(values: Mapping[str, Any]) -> str:
    """The whole paper as text, attachments too: what an approval signs."""
    lines = [values["主送"], values["依据"], "一、总体情况", *values["总体"], "二、主要问题"]
    lines += [f"{each['名称']}。{each['内容']}" for each in values["问题"]]
    lines += ["三、工作成效", values["成效"], "四、上期问题整改情况", values["上期"]]
    lines += ["五、下步要求", values["要求"], f"联系人及电话:{values['联系人']}", "附件1 问题清单"]
    lines += [" ".join(str(cell) for cell in row.values()) for row in values["清单"]]
    lines += ["附件2 分地区情况表"]
    lines += [" ".join(str(cell) for cell in row.values()) for row in values["地区"]]
    return "\n".join(lines)


def _overall(draft: Draft) -> list[str]:
    tally, base = draft.tally, draft.base
    rate = tally.rate(base)
    told = rate.text(draft.decimals)
    change = points(told, draft.before)
    said = [
        f"{draft.as_of},全省备案公安政务新媒体账号{len(tally.registered)}个,"
        f"纳入监测{len(tally.counted)}个,数据可支持认定{len(tally.decided)}个;"
        f"经核实,存在问题账号{len(tally.failed)}个。"
    ]
    if tally.sample is not None:
        said.append(
            f"按地区和平台分层,从可认定账号中{tally.sample.said},抽样种子{tally.sample.seed}。"
        )
    said.append(
        f"合格率{told}(以{base.value}{rate.checked}个为分母,其中不合格{rate.failed}个)"
        + (f",比上期{draft.before}变化{change}个百分点。" if change else "。")
    )
    said += [
        f"另有{len(some)}个账号{why}。"
        for some, why in (
            (tally.undecided, "因授权、数据不全等原因暂不作认定,不列入问题账号,已另行督促补齐"),
            (tally.waiting, "的疑似问题尚未核实或程序未满,不列入本期问题账号"),
        )
        if some
    ]
    return [*said, "一个账号有多项问题的,账号只计一次,问题逐项列出。"]


def _problems(draft: Draft) -> list[dict[str, str]]:
    grouped: dict[str, list[Candidate]] = {}
    for each in draft.gate.entering:
        for heading in dict.fromkeys(_heading(one.kind) for one in confirmed(each)):
            grouped.setdefault(heading, []).append(each)
    stale = [each for each in draft.again if each.case.state not in OVER]
    order = [*(name for name, _ in HEADINGS), STALE, OTHERS]
    every = grouped | ({STALE: stale} if stale else {})
    found = [name for name in order if name in every]
    return [
        {"名称": f"({COUNTED[place]}){name}", "内容": _named(every[name])}
        for place, name in enumerate(found)
    ]


def _heading(kind: str) -> str:
    return next((name for name, kinds in HEADINGS if kind in kinds), OTHERS)


def _named(some: Sequence[Candidate]) -> str:
    accounts = list(dict.fromkeys(f"“{each.account}”({each.platform})" for each in some))
    return f"涉及账号{len(accounts)}个:{'、'.join(accounts)}。"


def confirmed(each: Candidate) -> tuple[Problem, ...]:
    """The problems of a case that somebody verified."""
    return tuple(one for one in each.case.problems if one.confirmed)


def _again(again: Iterable[Candidate]) -> str:
    some = tuple(again)
    if not some:
        return "上期无通报账号。"
    states = [each.case.state for each in some]
    closed, shut = states.count(State.CLOSED), _shut(states)
    unfounded = states.count(State.UNFOUNDED)
    left = len(some) - closed - shut - unfounded
    wrong = f",经复核更正{unfounded}个" if unfounded else ""
    return (
        f"对上期通报的{len(some)}个账号逐一复核,已销号{closed}个,转关停{shut}个{wrong},"
        f"仍未整改到位{left}个。"
    )


def _shut(states: Sequence[State]) -> int:
    return sum(each in (State.CLOSING, State.SHUT) for each in states)


def _rows(entering: Iterable[Candidate]) -> list[dict[str, str]]:
    """问题清单: one row per account and problem, in the order of places."""
    found = [
        {
            "地区": each.place,
            "单位": each.unit,
            "账号": each.account,
            "平台": each.platform,
            "类型": one.kind,
            "情形": one.sentence,
            "期限": _day(each.due_at),
            "状态": each.case.state.value,
            "整改单号": each.number,
        }
        for each in entering
        for one in confirmed(each)
    ]
    return [{"序号": str(place)} | row for place, row in enumerate(found, 1)]


def _place(name: str, tally: Tally, draft: Draft) -> dict[str, str]:
    sampled = draft.tally.sample is not None
    return {
        "地区": name,
        "备案数": str(len(tally.registered)),
        "纳入数": str(len(tally.counted)),
        "可认定数": str(len(tally.decided)),
        "抽查数": str(len(tally.of(Base.SAMPLED))) if sampled else "",
        "问题数": str(len(tally.failed)),
        "合格率": tally.rate(draft.base).text(draft.decimals),
    }


def _day(second: int | None) -> str:
    return "" if second is None else f"{shanghai_day(second):%Y-%m-%d}"


def _softened(value: Any) -> Any:
    if isinstance(value, str):
        for hard, soft in SOFTER:
            value = value.replace(hard, soft)
        return value
    if isinstance(value, Mapping):
        return {key: _softened(each) for key, each in value.items()}
    return [_softened(each) for each in value] if isinstance(value, list) else value
