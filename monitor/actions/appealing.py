"""平台申诉函 of an account that is 失管待找回, as a Word file from the office's own template."""

from pathlib import Path
from typing import Final

from monitor.access.declared import needs
from monitor.actions import life_moving
from monitor.actions.permitting import permit_person
from monitor.collect import shelf
from monitor.domain.account import State
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, InputError
from monitor.domain.instants import shanghai_day
from monitor.domain.person import Permission, Person
from monitor.record import audit, units
from monitor.record.store import Store
from monitor.report import appeal_letter, word_file

TEMPLATE: Final = "平台申诉函.docx"
LONGEST: Final = 100


@needs(Permission.APPLY)
def word(
    store: Store, actor: Person, account_id: int, contact: str, data_dir: Path
) -> tuple[str, bytes]:
    """The letter, name and bytes. Conflict where the account is not 失管待找回, InputError where
    nobody is named whom the platform may call."""
    called = contact.strip()
    if not 0 < len(called) <= LONGEST:
        raise InputError(f"请写明联系人及电话,不超过{LONGEST}字", "联系人及电话")
    refuse_marked({"联系人及电话": called})
    template = shelf.template(data_dir, TEMPLATE)
    word_file.check(template, appeal_letter.SAMPLE, TEMPLATE)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.APPLY)
        account = life_moving.find(tx, person, account_id).account
        if account.state is not State.LOST:
            raise Conflict("账号不是失管待找回,不需要申诉函", account.name, "请刷新后再看")
        unit = next(each.name for each in units.all_units(tx) if each.id == account.unit_id)
        told = appeal_letter.values(account, unit, called, shanghai_day(tx.second))
        audit.add(tx, person.id, "出具平台申诉函", "account", str(account_id), "")
    return f"平台申诉函-{account.name}.docx", word_file.fill(template, told, TEMPLATE)
