"""One 整改单: its problems with evidence by both standards, my buttons, and every move."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import (
    case_beside,
    case_form,
    case_papers,
    case_words,
    data,
    evidence_files,
    links,
    markup,
    say,
)
from monitor.actions import case_terms
from monitor.domain.case import State

if TYPE_CHECKING:
    from dashboard.markup import Cell, Html
    from dashboard.page import Visit
    from monitor.domain.case import Problem
    from monitor.record.screens.cases import CaseLine, CaseMove

DRAFT: Final = frozenset({State.UNVERIFIED, State.REVIEW})
DRAFT_NOTE: Final = (
    "尚未交办，以下为征求意见的内容。情况不符的，请先写“情况说明”并附佐证，核实时一并考虑。"
)
BEFORE: Final = "对问题有异议的，交办后可申请复核；答复以前，整改计时暂停。"


def show(visit: Visit, case_id: int) -> None:
    """The page of one case; the same words whether it does not exist or may not be seen."""
    markup.show(markup.back("← 返回整改列表", links.to(links.CASES)))
    wanted = data.cases.Wanted(case=case_id, over=True)
    found = data.read(visit, data.cases.listing, visit.now, wanted).rows if case_id else ()
    if not found:
        st.title("整改", anchor=False)
        markup.show(markup.empty("没有这件整改单，或不在您的查看范围内", ("请返回列表重新选择。",)))
        return
    (line,) = found
    st.title(line.kept.number, anchor=False)
    markup.show(_head(visit, line))
    if line.kept.case.state in DRAFT:
        markup.show(markup.note(DRAFT_NOTE))
    st.subheader("问题与依据", anchor=False)
    columns = ("问题", "依据", "本厅口径", "上级口径", "核实")
    markup.show(markup.table(columns, [_problem(each) for each in line.kept.case.problems]))
    markup.show(_evidence(line), markup.note(BEFORE))
    evidence_files.of_case(visit, line)
    rules = case_terms.rules(visit.data_dir)
    beside = data.read(visit, data.case_following.followed, visit.now, case_id, rules)
    case_beside.show(line, beside)
    case_papers.show(visit, line, beside.papers)
    case_form.show(visit, line)
    st.subheader("办理过程", anchor=False)
    moves = data.read(visit, data.cases.history, visit.now, case_id)
    rows = [_move(each) for each in moves]
    opened = (
        say.moment(line.kept.opened_at),
        "生成",
        "—",
        line.kept.source,
        State.UNVERIFIED.value,
    )
    heads = ("时间", "办理", "办理人", "说明", "办理后")
    markup.show(markup.table(heads, [*rows, opened], lesser={"办理后"}))
    case_papers.attached(visit, line, moves)


def _head(visit: Visit, line: CaseLine) -> Html:
    case = line.kept.case
    marks = "、".join(case_words.marks(visit, line))
    pairs: list[tuple[str, Cell]] = [
        ("账号", markup.link(line.name, links.account(line.kept.place.account_id))),
        ("平台", say.platform(line.platform)),
        ("主办单位", line.unit_name),
        ("来源", line.kept.source),
        ("状态", case_words.state(line)),
        ("当前在谁手里", case_words.holder(line)),
        ("处置措施", case.measure.value if case.measure is not None else "尚未确定"),
        ("期限", say.moment(line.due_at)),
        ("剩余/逾期", case_words.left(visit, line)),
        ("标记", marks or say.NONE),
    ]
    return markup.pairs(pairs)


def _problem(each: Problem) -> tuple[Cell, ...]:
    checked = {None: "待核实", True: "属实", False: "不属实"}[each.confirmed]
    why = each.reason.value if each.reason is not None else ""
    kind = each.kind if each.confirmed else f"疑似{each.kind}"
    return (
        kind,
        each.sentence,
        each.own or say.NONE,
        each.upper or say.NONE,
        markup.joined(checked, markup.faint(why)),
    )


def _evidence(line: CaseLine) -> Html:
    """What the frozen facts say, and the hash by which they are known again."""
    facts = json.loads(line.kept.facts)
    books = {f"{each['book_version']}" for each in facts.get("findings", ())}
    told = [f"认定标准第{'、'.join(sorted(books))}版"] if books else []
    if facts.get("as_of"):
        told.append(f"数据截止{say.moment(facts['as_of'])}")
    post = facts.get("last_post")
    if post:
        told.append(f"最后发布{say.published(post['published_from'], post['published_until'])}")
    told.append(f"佐证校验值{line.kept.sha256[:16]}")
    last = markup.link(post["title"] or "查看", post["url"], outside=True) if post else ""
    return markup.note(markup.joined(markup.faint(" · ".join(told)), last, by=" "))


def _move(each: CaseMove) -> tuple[Cell, ...]:
    given = [f"{GIVEN[key]}{value}" for key, value in each.given if key in GIVEN]
    files = [f"附件：{name}" for name, _ in each.files]
    return (
        markup.whole(say.moment(each.at)),
        each.move,
        markup.joined(each.name, markup.faint(each.side)),
        markup.joined(each.said, *(markup.faint(part) for part in (*given, *files))),
        each.after,
    )


GIVEN: Final = {
    "reason": "原因：",
    "measure": "措施：",
    "days": "工作日：",
    "hours": "小时：",
    "from": "并来：",
}
