"""公开版: a bulletin for the public, built from counts and fixed sentences, never cut from another.

Whatever somebody typed (主送, 工作成效, 联系人, 单位说明, a problem registered by hand) stays in
the house: no name and no number can come along with it. Officers' own accounts are left out.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from monitor.domain.account import Kind
from monitor.domain.bulletin import Candidate, Gate
from monitor.domain.instants import shanghai_day
from monitor.report import figures
from monitor.report.drafted import Draft, Wording
from monitor.report.named import confirmed

SOFTER: Final = (("僵尸", "长期未更新"),)
"""What the public version says instead."""
PHONE: Final = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\(?0\d{2,3}\)?[- ]?\d{7,8}|[2-8]\d{6,7})(?!\d)")
"""A mobile, or a line of seven or eight digits with or without its city; 110 and 96110 stay."""
SCOPE: Final = "公开"
GOOD: Final = "各地公安机关政务新媒体总体运行平稳,发布、互动和服务有序开展。"


def of(draft: Draft) -> Draft:
    """The same draft without what is not for the public: only official accounts, of those named
    only open ones, no word that somebody typed."""
    open_ones = {each.own.account_id for each in figures.official(draft.judged)}
    ours = {
        each.own.account_id
        for each in draft.judged
        if each.registered.account.kind is Kind.OFFICIAL
    }

    def listed(some: tuple[Candidate, ...], among: set[int]) -> tuple[Candidate, ...]:
        return tuple(each for each in some if each.account_id in among)

    return Draft(
        period=draft.period,
        whose=draft.whose,
        wording=Wording(draft.whose.addressee, "", GOOD, SCOPE),
        tally=draft.tally,
        gate=Gate(listed(draft.gate.entering, open_ones)),
        imprint=draft.imprint,
        judged=draft.judged,
        base=draft.base,
        decimals=draft.decimals,
        as_of=draft.as_of,
        again=listed(draft.again, ours),
        before=draft.before,
        last=draft.last,
    )


def rows(draft: Draft) -> list[dict[str, str]]:
    """Its 问题清单: which account of whom, what is wrong, until when, how far."""
    found = [
        {
            "市州": each.place,
            "主办单位": each.unit,
            "账号名称": each.account,
            "平台": each.platform,
            "问题类型": "、".join(dict.fromkeys(one.kind for one in confirmed(each))),
            "整改期限": "" if each.due_at is None else f"{shanghai_day(each.due_at):%Y-%m-%d}",
            "当前状态": each.case.state.value,
        }
        for each in draft.gate.entering
    ]
    return [{"序号": str(place)} | row for place, row in enumerate(found, 1)]


def of_correction(within: Mapping[str, Any]) -> dict[str, Any]:
    """A correction for the public: what is put right was typed to be read, numbers apart."""
    told: dict[str, Any] = softened({**within, "联系人": "", "印发范围": SCOPE})
    return told


def softened(value: Any) -> Any:
    """Words and numbers that no public paper has, taken out of whatever is left."""
    if isinstance(value, str):
        for hard, soft in SOFTER:
            value = value.replace(hard, soft)
        return PHONE.sub("", value)
    if isinstance(value, Mapping):
        return {key: softened(each) for key, each in value.items()}
    return [softened(each) for each in value] if isinstance(value, list) else value
