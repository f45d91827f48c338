"""催交消息: who has not returned a form and whose has faults, as text for a group, <= 450."""

from collections.abc import Sequence

from monitor.domain.form import Form, FormState, Round
from monitor.domain.instants import say_minute, shanghai
from monitor.domain.receipt import Task
from monitor.domain.volunteer import VOLUNTARY
from monitor.report import group_text


def compose(sent: Round, forms: Sequence[Form]) -> str:
    """The round's state, then as many names as fit; those left out are counted."""
    missing = [each.unit_name for each in forms if each.state is FormState.OUT]
    faulty = [
        f"{each.unit_name}({len(each.problems)}处)"
        for each in forms
        if each.state is FormState.FAULTY
    ]
    done = len(forms) - len(missing) - len(faulty)
    due = shanghai(sent.due_at)
    until = f"{due.month}月{due.day}日{due.hour}时"
    head = f"【{sent.title}】应交{len(forms)}份,已交{done}份。"
    if not missing and not faulty:
        return f"{head}已全部收齐,感谢支持。"
    foot = f"请于{until}前交回;已交的无需回复。表格原样填写,不改表头。"
    room = group_text.LONGEST - len(head) - len(foot)
    faults = _listed("有误待改", faulty, room // 2)
    return head + _listed("未交", missing, room - len(faults)) + faults + foot


def ask_receipt(sent: Round, unit_name: str, address: str) -> str:
    """What to paste into a unit's group: take note of the form by this link."""
    due = shanghai(sent.due_at)
    until = f"{due.month}月{due.day}日{due.hour}时"
    return (
        f"【{sent.title}】{unit_name}:表格已下发,请于{until}前交回。"
        f"请先点链接签收(无需登录,只用于本单位,请勿外传):{address}"
    )


def ask_attesting(task: Task, unit_name: str, address: str) -> str:
    """What to paste into a unit's group: say by this link whether the ledger is right."""
    until = f"{say_minute(task.due)}前" if task.due else "尽快"
    return (
        f"【{task.title}】{unit_name}:请{until}点链接核对台账所列账号,全部属实的一点即可提交"
        f"(无需登录,只用于本单位,请勿外传):{address}"
    )


def way_out(task: Task, address: str) -> str:
    """What to send to an officer: how to take the consent back, whenever he likes."""
    until = f"（{say_minute(task.due)}前有效，过期可再要）" if task.due else ""
    return (
        f"{task.title}的同意可以随时收回：点下面的链接，按“确认退出”，立即生效，不需要说明理由，"
        f"无需登录{until}。只发给账号本人，请勿转发：{address}"
    )


def invitation(task: Task, text: str, address: str) -> str:
    """What to send to an officer who is invited: that nothing follows from it, how to answer, and
    the `text` that may be published."""
    return (
        f"【自愿邀请】{task.title}。{VOLUNTARY}不答复即为不参加，不需要说明理由，可以随时更改。\n"
        f"答复（无需登录，只发给账号本人，请勿转发）：{address}\n发布内容：\n{text}"
    )


def _listed(label: str, names: Sequence[str], room: int) -> str:
    """`未交3份:甲、乙等3个单位。` within `room` characters; '' where there is none."""
    if not names:
        return ""
    whole = f"{label}{len(names)}份:{'、'.join(names)}。"
    if len(whole) <= room:
        return whole
    kept = list(names)
    while kept:
        kept.pop()
        short = f"{label}{len(names)}份:{'、'.join(kept)}等。"
        if kept and len(short) <= room:
            return short
    return f"{label}{len(names)}份。"
