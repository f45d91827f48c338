"""One officer's invitation to a campaign 自愿参与: answered by the officer himself, as he likes."""

from typing import Final

from monitor.actions import volunteering
from monitor.actions.receipt_kind import KINDS, ReceiptKind
from monitor.domain.account import PLATFORMS
from monitor.domain.campaign import State
from monitor.domain.errors import Conflict, InputError
from monitor.domain.officer import Standing
from monitor.domain.person import Permission
from monitor.domain.receipt import ANSWERING, VOLUNTARY, KeptAnswer, Part, Task
from monitor.domain.volunteer import VOLUNTARY as SENTENCE
from monitor.domain.volunteer import Reply
from monitor.record import accounts, campaigns, invitations, officers
from monitor.record.store import Reading, Writing
from monitor.report import campaign_text

TOLD: Final = "{sentence}不答复即为不参加，不需要说明理由。发布内容：{body}"


def task(tx: Reading, task_id: int) -> Task | None:
    """The campaign an account is invited to; None once the account left, or the campaign is over.

    Whether the papers still hold is asked when the answer is taken; the link ends with them.
    """
    kept = invitations.get(tx, task_id)
    if kept is None or kept.reply is Reply.GONE:
        return None
    campaign = campaigns.get(tx, kept.campaign_id)
    account = accounts.by_id(tx, kept.account_id)
    joined = officers.joining(tx, kept.account_id).standing is Standing.JOINED
    if campaign is None or campaign.state is not State.UNDER_WAY or account is None or not joined:
        return None
    platform = PLATFORMS.get(account.platform, account.platform)
    title = f"《{campaign.content.title}》:“{account.name}”({platform})"
    text = campaign_text.to_publish(campaign.content, account.platform)
    return Task(title, TOLD.format(sentence=SENTENCE, body=text), kept.unit_id)


def about(tx: Reading, task_id: int) -> str:
    """Which campaign's, whose account."""
    found = task(tx, task_id)
    return found.title if found is not None else ""


def took(tx: Writing, kept: KeptAnswer) -> None:
    """The answer stands at once; nothing is kept of one that comes too late."""
    found = invitations.get(tx, kept.task_id)
    if found is None:
        return
    try:
        volunteering.reply(tx, found, Reply(kept.answer.note), None)
    except Conflict as over:
        said = over.explained
        raise InputError(said.what, said.where, said.remedy) from over


KINDS.add(
    VOLUNTARY,
    ReceiptKind(
        *(VOLUNTARY, Permission.CONSENT, about, task),
        asks=(Part.NOTE,),
        took=took,
        wording=ANSWERING,
    ),
)
