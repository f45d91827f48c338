"""词语提示: the office keeps a list of its own; a person says of each hint what it is."""

from hashlib import sha256

from monitor.access.declared import Reach, needs
from monitor.actions import permitting
from monitor.collect import word_sheet
from monitor.domain.errors import Forbidden
from monitor.domain.person import Permission, Person
from monitor.domain.words import Decision
from monitor.record import audit, hints
from monitor.record.screens.scoping import may_see
from monitor.record.store import Store

REMEDY = "词表由省厅维护"


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def keep(store: Store, actor: Person | None, name: str, content: bytes) -> int:
    """This list in place of the former one; how many words. All titles are looked through anew.

    InputError names the row that is wrong; nothing is kept then.
    """
    words = word_sheet.read(content, name)
    with store.writing(durable=True) as tx:
        by = permitting.permit_house(tx, actor, Permission.SET_UP, REMEDY)
        hints.keep_words(tx, words)
        digest = sha256(content).hexdigest()[:16]
        audit.add(tx, by, "导入词表", "word_list", digest, f"{len(words)}个词")
    return len(words)


@needs(Permission.PATROL)
def decide(store: Store, actor: Person | None, hint_id: int, decision: Decision) -> None:
    """已看过 or 不是问题; Conflict where somebody decided before."""
    with store.writing(durable=True) as tx:
        person = permitting.permit(tx, actor, Permission.PATROL)
        account = hints.account_of(tx, hint_id)
        scope = permitting.reach(person)
        if account is None or not may_see(tx, scope, tx.second, account):
            raise Forbidden("超出本人管理范围", "", "请联系上级办理")
        by = None if person is None else person.id
        hints.decide(tx, hint_id, decision, by)
        audit.add(tx, by, "词语提示", "word_hint", str(hint_id), decision.value)
