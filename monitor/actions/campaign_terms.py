"""What a campaign needs beside its machine: the office's rules, whose it is, what may be said."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from monitor.access import scopes
from monitor.actions.permitting import reach
from monitor.collect import shelf
from monitor.coordinate import campaign as machine
from monitor.coordinate import campaign_rules, forced_asks
from monitor.coordinate.audience import Proposal, smallest
from monitor.coordinate.calling import directory, nearest
from monitor.coordinate.campaign_board import Figures, figures
from monitor.coordinate.campaign_moves import offered
from monitor.coordinate.campaign_waits import Span, waits
from monitor.coordinate.progress import Progress, progress
from monitor.domain.approval import Stage
from monitor.domain.approval import State as Signed
from monitor.domain.campaign import Comments, Content, Kind, Order, State
from monitor.domain.campaign_rules import CampaignRules
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.manuscript import SUBJECT, Text
from monitor.domain.person import Person
from monitor.domain.receipt import LONGEST_URL
from monitor.domain.unit import Unit
from monitor.record import approvals, campaign_stops, campaigns, units
from monitor.record.campaigns import Kept
from monitor.record.store import Reading
from monitor.report import campaign_text

__all__ = [
    "Figures",
    "Progress",
    "Proposal",
    "Span",
    "approved",
    "checked",
    "directory",
    "figures",
    "mine",
    "nearest",
    "offered",
    "progress",
    "rules",
    "smallest",
    "state",
    "stopped",
    "text_of",
    "waits",
]
SHEET: Final = "campaigns.yaml"
ABSENT: Final = ("没有这项协同发声,或不在本人管理范围内", "", "请刷新后重试")
LONGEST: Final = {"标题": 64, "任务说明": 1000, "发布内容": 10_000, "解读文件": 200, "联系人": 60}
LONGEST_FACT: Final = 60
MOST: Final = 20
LONGEST_GAP: Final = 24 * 60


@lru_cache(maxsize=4)
def rules(data_dir: Path) -> CampaignRules:
    """What the office laid down for campaigns, from its data sheet."""
    page = shelf.read(data_dir / SHEET)
    return campaign_rules.parse(page.mapping, SHEET, shelf.lines(page.text))


def mine(tx: Reading, person: Person, campaign_id: int, version: int | None = None) -> Kept:
    """A campaign run by an office within the person's reach, at the version he saw."""
    kept = campaigns.get(tx, campaign_id)
    desk = None if kept is None else units.by_id(tx, kept.desk_id)
    if kept is None or desk is None or not scopes.covers(reach(person), desk.path, desk.line):
        raise Forbidden(*ABSENT)
    if version is not None and kept.version != version:
        raise Conflict("这项协同发声刚被别人办理过", kept.content.title, "请刷新后再办")
    return kept


def state(kept: Kept, approval: Signed, stage: Stage | None, now: int, *, stopped: bool) -> State:
    """Where a campaign stands, as screens say it."""
    late = kept.due_at <= now
    return machine.shown(kept.state, approval, stage, stopped=stopped, late=late)


def text_of(tx: Reading, content: Content) -> Text:
    """The manuscript a campaign is signed for."""
    every = units.all_units(tx)
    places = {each.code: each.name for each in every}
    places |= {each.region: each.region_name for each in every}
    return campaign_text.text(content, places)


def approved(tx: Reading, kept: Kept) -> bool:
    """Whether just this text was signed."""
    found = approvals.of_subject(tx, SUBJECT, kept.manuscript_id)
    if found is None or found.approval.state is not Signed.APPROVED:
        return False
    return found.approval.sha256 == text_of(tx, kept.content).sha256


def stopped(tx: Reading, kept: Kept, desk: Unit) -> bool:
    """Whether a stop in force covers all of it."""
    found = campaign_stops.in_force(tx)
    return any(campaign_stops.covers_campaign(each, kept.id, desk.path) for each in found)


def checked(content: Content, laid: CampaignRules) -> None:
    """Go on only with a content that may be asked and published; InputError names the field."""
    said: dict[str, str] = {
        "标题": content.title,
        "任务说明": content.brief,
        "发布内容": content.body,
        "解读文件": content.document,
        "联系人": content.contact,
        "评论设置的理由": content.comments_why,
        "话题": " ".join(content.tags),
        **{f"{platform}文案": text for platform, text in content.texts},
        **dict(content.facts.said()),
    }
    refuse_marked(said)
    forced_asks.refuse(said, laid.forbidden)
    _present(content, said)
    _fitting(content, laid)
    _consistent(content)


def _present(content: Content, said: dict[str, str]) -> None:
    for name in ("标题", "任务说明", "发布内容", "联系人"):
        if not said[name].strip():
            raise InputError(f"请填写{name}", name)
    for name, most in LONGEST.items():
        if len(said[name]) > most:
            raise InputError(f"{name}超过{most}字", name, "请精简")
    if not content.title.isprintable():
        raise InputError("标题不能换行", "标题")


def _fitting(content: Content, laid: CampaignRules) -> None:
    for platform, text in content.texts:
        most = laid.longest(platform)
        if len(text) > most:
            raise InputError(f"{len(text)}字,超过该平台的{most}字", f"{platform}文案", "请精简")
    for name, text in content.facts.said():
        if len(text) > LONGEST_FACT:
            raise InputError(f"超过{LONGEST_FACT}字", name, "只写要素本身")
    plain = ("https://", "http://")
    if any(not each.startswith(plain) or len(each) > LONGEST_URL for each in content.links):
        raise InputError("官方链接应以https://开头,一行一个", "官方链接")
    for key, count in (("官方链接", len(content.links)), ("话题", len(content.tags))):
        if count > MOST:
            raise InputError(f"最多{MOST}个", key)


def _consistent(content: Content) -> None:
    """What goes together: the order with its unit or gap, comments shut with a reason, a policy
    with its document, a correction with what it corrects, the times in order."""
    wrong: tuple[tuple[Any, str, str], ...] = (
        (not content.due, "截止时间", "请填写截止时间"),
        (
            content.embargo is not None and content.due <= content.embargo,
            "截止时间",
            "截止应晚于“不早于”",
        ),
        (content.order is Order.PLACE and not content.first, "首发单位", "属地首发要写明首发单位"),
        (
            content.order is Order.BATCHES and not 0 < content.gap <= LONGEST_GAP,
            "批次间隔",
            "分批发布要写明间隔几分钟(不超过一天)",
        ),
        (
            content.comments is not Comments.OPEN and not content.comments_why.strip(),
            "评论设置",
            "不开放评论须写明理由",
        ),
        (
            content.kind is Kind.POLICY and not content.document.strip(),
            "解读文件",
            "政策解读要写明所解读的文件(文号、名称)",
        ),
        (
            content.kind is Kind.CORRECTION and content.amends is None,
            "所更正的协同",
            "更正/撤稿要选所更正的那一次协同发声",
        ),
    )
    for bad, field, told in wrong:
        if bad:
            raise InputError(told, field)
