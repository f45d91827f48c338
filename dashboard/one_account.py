"""One account: who it is, what was concluded under both standards, and on what evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import (
    account_evidence,
    data,
    evidence_files,
    excuse_sheet,
    foresight,
    health_verify,
    life_sheet,
    links,
    markup,
    say,
)
from dashboard.markup import Html
from monitor.domain.contact import hidden
from monitor.domain.finding import UPDATE_RULE

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.record.screens.account import Altered, Concluded, Identity
    from monitor.record.screens.proposals import Proposed


def show(visit: Visit, account_id: int) -> None:
    """The page of one account; the same words whether it does not exist or may not be seen."""
    found = data.read(visit, data.account.identity, visit.now, account_id)
    markup.show(markup.back("← 返回账号列表", links.to(links.ACCOUNTS)))
    if found is None:
        st.title("账号", anchor=False)
        markup.show(markup.empty("没有这个账号，或不在您的查看范围内", ("请返回列表重新选择。",)))
        return
    st.title(found.name, anchor=False)
    _left(visit, account_id)
    markup.show(_identity(found))
    matters = data.read(visit, data.proposals.of_account, visit.now, account_id)
    for each in _matters(matters):
        markup.show(each)
    cases = health_verify.standing(visit, account_id)
    if cases.text:
        markup.show(markup.note(cases))
    st.subheader("结论与依据", anchor=False)
    _verdicts(visit, found)
    account_evidence.show(visit, found)
    excuse_sheet.show(visit, account_id)
    life_sheet.show(visit, account_id)
    st.subheader("变更记录", anchor=False)
    markup.show(_altered(data.read(visit, data.account.altered, visit.now, account_id)))


def _matters(found: tuple[Proposed, ...]) -> list[Html]:
    """What waits for a person: until then the account is judged as before."""
    return [
        markup.note(
            markup.joined(
                markup.badge("提醒", f"{each.matter}·待确认"),
                f"{say.moment(each.stated_at)}提出，确认以前照常比对。{each.value}",
                by=" ",
            )
        )
        for each in found
        if each.decided_at is None
    ]


def _left(visit: Visit, account_id: int) -> None:
    """In red: somebody the account is bound to left, and nobody took over."""
    for each in data.read(visit, data.duty.bound, visit.now, account_id):
        st.error(
            f"{each.column}{each.liaison}已于{each.until}离岗，交接尚未确认。"
            "请尽快办理交接，并核对密码保管和绑定手机。"
        )


def _identity(found: Identity) -> Html:
    marks = "、".join(
        word for word, held in (("主账号", found.main), ("重点账号", found.key)) if held
    )
    opened = say.published(found.opened_from, found.opened_until)
    details = [(term, hidden(str(said))) for term, said in found.details.items() if said][:8]
    return markup.pairs(
        (
            ("平台", say.platform(found.platform)),
            ("账号ID", found.uid or "ID待补"),
            ("主办单位", found.unit_name),
            ("市州 / 县", say.place(found.region_name, found.county_name)),
            ("账号归属", found.kind + (f" · {marks}" if marks else "")),
            ("账号状态", found.state),
            ("警种条线", found.line or say.NONE),
            ("开设时间", opened if opened != say.NONE else "不详"),
            *details,
        )
    )


def _verdicts(visit: Visit, found: Identity) -> None:
    if found.day is None:
        markup.show(markup.empty("尚未比对", ("下一次比对完成后，这里显示两种口径的结论与依据。",)))
        return
    findings = data.read(visit, data.account.concluded, visit.now, found.account_id)
    left, right = st.columns(2)
    with left:
        own = [each for each in findings if not each.upper]
        markup.show(_verdict("本厅口径", _own(found.day), own, found.day["sentence"]))
    with right:
        upper = [each for each in findings if each.upper]
        markup.show(_verdict("上级口径", _upper(found.day), upper))
    ahead = foresight.of_account(visit, found.account_id)
    markup.show(_figures(found.day, visit.now, ahead), _missing(found.day))
    markup.show(foresight.record(visit))
    evidence_files.of_account(visit, found, findings)


def _own(day: dict[str, Any]) -> Html:
    return markup.joined(
        markup.verdict(day["outcome"], day["status"], day["status_max"]),
        markup.faint(f" 结论：{day['outcome']} · 截至 {say.moment(day['cutoff'])}"),
        by=" ",
    )


def _upper(day: dict[str, Any]) -> Html:
    return markup.joined(
        markup.verdict(day["upper_outcome"], day["upper_status"]),
        markup.faint(f" 结论：{day['upper_outcome']} · 截至 {say.moment(day['upper_cutoff'])}"),
        by=" ",
    )


def _verdict(title: str, head: Html, findings: list[Concluded], today: str = "") -> Html:
    """Each finding; `today` is the update rule's sentence of now, which its finding outlives."""
    told = [(each, today if each.rule == UPDATE_RULE else "") for each in findings]
    lines = "".join(f"<li>{_finding(each, now).text}</li>" for each, now in told)
    below = f"<ul>{lines}</ul>" if lines else "<p>没有需要说明的事项。</p>"
    return Html(f'<div class="ms-verdict"><h4>{title}</h4>{head.text}{below}</div>')


def _finding(each: Concluded, now: str) -> Html:
    """The sentence, then by what and since when: it stands until the conclusion is another."""
    by = [f"认定标准 {each.rulebook} 第{each.rulebook_version}版", f"规则 {each.rule}"]
    by.append(f"自 {say.moment(each.as_of)} 起为此结论")
    if each.breach_at is not None:
        by.append(f"超限时刻 {say.moment(each.breach_at)}")
    told = now or each.sentence or f"{each.rule}：{each.outcome}"
    return markup.joined(told, markup.faint(" · ".join(by)))


def _figures(day: dict[str, Any], now: int, ahead: Html) -> Html:
    overdue = day["overdue_s"]
    left = None if overdue is None else -(overdue + now - day["as_of"])
    return markup.pairs(
        (
            ("静默(下限—上限)", say.silence(day["silence_min"], day["silence_max"])),
            ("最后发布", say.published(day["last_post_from"], day["last_post_until"])),
            ("距14天 / 已超", say.distance(left, day["outcome"])),
            ("按发布节奏", ahead),
            ("近30天发布", say.counted(day["posts_30d_min"], day["posts_30d_max"])),
            ("数据来源", day["source"] or "无"),
            ("近30天数据完整度", say.percent(day["coverage_30d"])),
        )
    )


def _missing(day: dict[str, Any]) -> Html:
    """Days nobody looked at, why, and who can supply them."""
    if not day["missing"] and not day["cause"]:
        return Html("")
    return markup.pairs(
        (
            ("缺哪几天", say.days(day["missing"])),
            ("原因", day["cause"] or say.NONE),
            ("谁能补", day["mender"] or say.NONE),
            ("怎么补", day["remedy"] or say.NONE),
        )
    )


def _altered(found: tuple[Altered, ...]) -> Html:
    if not found:
        return markup.note("登记以来没有变更。")
    rows = [(say.moment(each.at), each.what, _change(each)) for each in found]
    return markup.table(("时间", "事项", "变更"), rows)


def _change(each: Altered) -> str:
    if not each.before and not each.after:
        return say.NONE
    return f"{each.before or '(空)'} → {each.after or '(空)'}"
