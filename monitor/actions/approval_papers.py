"""《信息发布审批单》 filled with what was signed so far, and the scan of one signed on paper."""

from pathlib import Path
from typing import Final

from monitor.access.declared import needs
from monitor.actions.approving import SCANS
from monitor.actions.permitting import permit_reading
from monitor.collect import shelf
from monitor.domain.account import PLATFORMS
from monitor.domain.approval import Stage
from monitor.domain.errors import Forbidden
from monitor.domain.instants import say_minute
from monitor.domain.person import Permission, Person
from monitor.record import photos
from monitor.record.screens import approving as screen
from monitor.record.screens.approving import Shown, StepLine
from monitor.record.store import Store
from monitor.report import word_file

TEMPLATE: Final = "信息发布审批单.docx"
WORD_NAME: Final = "信息发布审批单-{}.docx"
LINES: Final = {
    "业务部门意见": (Stage.COSIGN, Stage.CHECK),
    "保密审查意见": (Stage.SECRECY,),
    "科室负责人意见": (Stage.REVIEW,),
    "分管处领导意见": (Stage.ENDORSE,),
    "厅领导意见(突发/重大)": (Stage.ISSUE,),
}
"""Where each stage signs on the form."""


@needs(Permission.APPROVE, audited=False)
def values(store: Store, actor: Person, approval_id: int) -> dict[str, str]:
    """The form's lines by their printed names; '' where nobody signed yet."""
    return _values(_shown(store, actor, approval_id))


@needs(Permission.APPROVE, audited=False)
def word(store: Store, actor: Person, approval_id: int, data_dir: Path) -> tuple[str, bytes]:
    """The form as a Word file from the office's template: its name and bytes."""
    shown = _shown(store, actor, approval_id)
    template = shelf.template(data_dir, TEMPLATE, "审批单模板")
    filled = _values(shown)
    given = {name.partition("(")[0]: text for name, text in filled.items()}
    content = word_file.fill(template, given, TEMPLATE)
    return WORD_NAME.format(approval_id), content


@needs(Permission.APPROVE, audited=False)
def scan(store: Store, actor: Person, approval_id: int, data_dir: Path) -> tuple[str, bytes] | None:
    """The scan of what was signed on paper: name and bytes; None where there is none."""
    shown = _shown(store, actor, approval_id)
    if shown.paper is None:
        return None
    path = photos.find(data_dir / "local" / SCANS, shown.paper.scan)
    if path is None:
        return None
    return f"签批件-{approval_id}{path.suffix}", path.read_bytes()


def _shown(store: Store, actor: Person, approval_id: int) -> Shown:
    with store.reading() as tx:
        person, now = permit_reading(tx, actor, Permission.APPROVE, store.clock())
        found = screen.shown(tx, person.scope, now, person.id, approval_id)
    if found is None:
        raise Forbidden("没有这项审批,或不在本人范围内", str(approval_id), "请从列表重新打开")
    return found


def _values(shown: Shown) -> dict[str, str]:
    text, planned = shown.text, shown.planned_at
    return {
        "单位": shown.line.unit_name,
        "标题": text.title,
        "类别": text.kind,
        "拟发平台及账号": "、".join(PLATFORMS.get(each, each) for each in text.platforms),
        "拟发时间": say_minute(planned) if planned is not None else "",
        "内容摘要": text.body,
        "拟稿人": shown.line.drafter,
        **{name: _signed(shown.steps, stages) for name, stages in LINES.items()},
        "线下签批": _paper(shown),
        "发布人": "",
        "实际发布时间": "",
        "链接": "",
    }


def _paper(shown: Shown) -> str:
    if shown.paper is None:
        return ""
    confirmed = f",{shown.paper.confirmed_by}确认" if shown.paper.confirmed_by else ""
    return (
        f"{shown.paper.signer} {say_minute(shown.paper.signed_at)}"
        f"(线下签批,{shown.paper.registered_by}登记{confirmed})"
    )


def _signed(steps: tuple[StepLine, ...], stages: tuple[Stage, ...]) -> str:
    return ";".join(
        f"{each.opinion or '同意'} {each.signed_by}{'(B岗代)' if each.behalf else ''} "
        f"{say_minute(each.signed_at)}"
        for each in steps
        if each.stage in stages and each.signed_at is not None
    )
