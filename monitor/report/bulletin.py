"""季度通报 as plain values: what its Word template is filled with, inside and in public."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from monitor.domain.bulletin import Candidate
from monitor.domain.case import OVER, State
from monitor.report import breakdown, handling, named, public_version
from monitor.report.drafted import Draft
from monitor.report.rates import points
from monitor.report.table import Table

TEMPLATE: Final = "季度通报.docx"
COUNTED: Final = "一二三四五六七"
HEADINGS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("更新不及时", handling.SILENT),
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
    "{office}对{whole}公安政务新媒体运行情况进行了监测检查。现将有关情况通报如下:"
)
DRAFTED: Final = "草稿"
"""What stands in place of a number until there is one."""
DEMANDS: Final = (
    "请有关单位对照问题清单逐项整改,在整改期限前反馈结果;确无力维护的,按程序申请关停或合并。"
    "对问题的认定有异议的,可在收到整改通知书后3个工作日内申请复核。"
)
NO_SCORES: Final = "尚无考核结果。"
BRIEF: Final = ("备案账号数", "纳入监测数", "可认定数", "抽查数", "问题账号数", "合格率")
"""What the public version tells of each group."""


def values(draft: Draft) -> dict[str, Any]:
    """What stands in the paper within the house, by the names its template uses."""
    listed = named.paper_rows(named.table(draft))
    return _body(draft) | {"公开": False, "清单": listed, "分项": _parts(breakdown.tables(draft))}


def public(draft: Draft) -> dict[str, Any]:
    """What stands in the public version: built apart, see `public_version`."""
    open_draft = public_version.of(draft)
    parts = _parts(breakdown.tables(open_draft)[:1])
    for each in parts:
        each["行"] = [{key: row[key] for key in ("名称", *BRIEF)} for row in each["行"]]
    listed = {"公开": True, "清单": public_version.rows(open_draft), "分项": parts}
    told: dict[str, Any] = public_version.softened(_body(open_draft) | listed)
    return told


def tables(draft: Draft) -> tuple[Table, ...]:
    """附件1 and 附件2 as tables, for the screen, CSV and XLSX."""
    return (named.table(draft), *breakdown.tables(draft))


def issued(values: Mapping[str, Any], number: str, day: str) -> dict[str, Any]:
    """The frozen values with what is known only when the paper leaves; a draft has no 期号."""
    told = {**values, "文号": number, "日期": day}
    if number != DRAFTED and "清单" in values:
        told["清单"] = [{**row, named.ISSUE: number} for row in values["清单"]]
    return told


def text(values: Mapping[str, Any]) -> str:
    """The whole paper as text, attachments too: what an approval signs."""
    lines = [values["主送"], values["依据"], "一、总体情况", *values["总体"], "二、主要问题"]
    lines += [f"{each['名称']}。{each['内容']}" for each in values["问题"]]
    lines += ["三、工作成效", values["成效"], "四、上期问题整改情况", values["上期"]]
    lines += ["五、下步要求", values["要求"], f"联系人及电话:{values['联系人']}", "附件1 问题清单"]
    lines += [_told(row) for row in values["清单"]]
    for part in values["分项"]:
        lines += [f"附件2 {part['表']}", *(_told(row) for row in part["行"])]
    return "\n".join([*lines, f"附件3 考核得分(分组) {values['考核']}"])


def _told(row: Mapping[str, Any]) -> str:
    return " ".join(f"{name}:{cell}" for name, cell in row.items() if cell not in ("", None))


def _body(draft: Draft) -> dict[str, Any]:
    whose = draft.whose
    return {
        "标题": f"关于{draft.period.said}{whose.whole}公安政务新媒体运行情况的通报",
        "主送": draft.wording.addressee or whose.addressee,
        "依据": BASIS.format(office=whose.office, whole=whose.whole),
        "总体": _overall(draft),
        "问题": _problems(draft),
        "成效": draft.wording.good or public_version.GOOD,
        "上期": _again(draft.again),
        "要求": DEMANDS,
        "考核": NO_SCORES,
        "口径": _instants(draft),
        "联系人": draft.wording.contact,
        "落款": whose.office,
        "印发范围": draft.wording.scope,
        "合格率": draft.tally.rate(draft.base).text(draft.decimals),
        "文号": "",
        "日期": "",
    }


def _parts(made: Iterable[Table]) -> list[dict[str, Any]]:
    """附件2 as its template asks for it: each table with its name, its first column, its rows."""
    return [
        {
            "表": each.name,
            "列": each.columns[0],
            "行": [{"名称": row.pop(each.columns[0]), **row} for row in named.paper_rows(each)],
        }
        for each in made
    ]


def _instants(draft: Draft) -> str:
    period, _, at, book, made, _ = draft.imprint.tail(None)
    return f"统计期:{period};监测时间点:{at};认定标准:{book};生成时间:{made}(北京时间)"


def _overall(draft: Draft) -> list[str]:
    tally, base = draft.tally, draft.base
    rate = tally.rate(base)
    told = rate.text(draft.decimals)
    change = points(told, draft.before)
    said = [
        f"{draft.as_of},{draft.whose.whole}备案公安政务新媒体账号{len(tally.registered)}个,"
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
        for heading in dict.fromkeys(_heading(one.kind) for one in named.confirmed(each)):
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


def _again(again: Iterable[Candidate]) -> str:
    some = tuple(again)
    if not some:
        return "上期无通报账号。"
    told = handling.outcomes(some)
    unfounded = sum(each.case.state is State.UNFOUNDED for each in some)
    wrong = f",经复核更正{unfounded}个" if unfounded else ""
    return (
        f"对上期通报的{len(some)}个账号逐一复核,已销号{told['已销号数']}个,"
        f"转关停{told['转关停数']}个{wrong},仍未整改到位{told['未整改到位数']}个。"
    )
