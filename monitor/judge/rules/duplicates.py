"""多头: one unit tends more than one account on one platform."""

from typing import Final

from monitor.domain.account import State
from monitor.domain.facts import Peer
from monitor.domain.finding import Outcome
from monitor.judge.phrases import authority, day
from monitor.judge.rule import Case, Verdict, rule

NAME: Final = "多头"

IN_USE: Final = frozenset({State.ACTIVE, State.PAUSED, State.LOST, State.UNCHECKED})
WECHAT_PAIR: Final = frozenset({"订阅号", "服务号"})


@rule(NAME, 1)
def duplicates(case: Case) -> Verdict | None:
    """A subscription and a service account of one unit on WeChat are a hint, never more."""
    peers, standing = case.facts.peers, case.standing
    if not peers or standing is None or standing.state not in IN_USE:
        return None
    terms = case.rulebook.terms[NAME]
    alike = [peer for peer in peers if not _may_be_pair(case.platform, standing.account_type, peer)]
    names = "、".join(f"“{peer.name}”" for peer in peers)
    head = f"截至{day(case.facts.as_of)},本单位在同一平台还有在用账号{names}"
    evidence = {"peers": [{"account_id": peer.account_id, "name": peer.name} for peer in peers]}
    if not alike:
        sentence = f"{head},类型不同或未登记,是否多头请核对{authority(terms.source, terms.rank)}。"
        return Verdict(Outcome.HINT, sentence, evidence)
    return Verdict(terms.outcome, f"{head}{authority(terms.source, terms.rank)}。", evidence)


def _may_be_pair(platform: str, own_type: str, peer: Peer) -> bool:
    """Whether the two may be the permitted pair; a type nobody entered may be either."""
    if platform != "wechat" or (own_type and own_type == peer.account_type):
        return False
    return {own_type, peer.account_type} - {""} <= WECHAT_PAIR
