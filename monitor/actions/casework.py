"""整改: the four parties of a case and what each may do; who verified never decides."""

from monitor.access.declared import needs
from monitor.actions.case_moving import Doing, House, move
from monitor.actions.sending import Sent
from monitor.domain.case import Side
from monitor.domain.person import Permission, Person
from monitor.record.store import Store


@needs(Permission.VERIFY)
def verify(store: Store, actor: Person, doing: Doing, sent: Sent, house: House) -> tuple[int, ...]:
    """What the editor of the office that runs a case does: 属实, 不属实, 提请审核, 销号."""
    return move((Side.DESK, Permission.VERIFY), store, actor, doing, sent, house)


@needs(Permission.ASSIGN_CASE)
def decide(store: Store, actor: Person, doing: Doing, sent: Sent, house: House) -> tuple[int, ...]:
    """What its section head does: 同意交办, 退回, 复核 and 延期 answered, 提请通报, 更正."""
    return move((Side.DESK, Permission.ASSIGN_CASE), store, actor, doing, sent, house)


@needs(Permission.TRANSIT_CASE)
def pass_on(store: Store, actor: Person, doing: Doing, sent: Sent, house: House) -> tuple[int, ...]:
    """What the city in between does: 签收, 转办, 初核通过, 退回重改, 提醒催办."""
    return move((Side.TRANSIT, Permission.TRANSIT_CASE), store, actor, doing, sent, house)


@needs(Permission.RECTIFY)
def put_right(
    store: Store, actor: Person, doing: Doing, sent: Sent, house: House
) -> tuple[int, ...]:
    """What the unit does: 签收, 情况说明, 提交整改情况, 申请复核, 申请延期."""
    return move((Side.UNIT, Permission.RECTIFY), store, actor, doing, sent, house)
