"""账号申请表 of an application that waits, as a Word file from the office's own template."""

from pathlib import Path
from typing import Final

from monitor.access.declared import needs
from monitor.actions import life_moving
from monitor.actions.permitting import permit_person
from monitor.collect import shelf
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, InputError
from monitor.domain.instants import shanghai_day
from monitor.domain.person import Permission, Person
from monitor.record import audit, lives, units
from monitor.record.store import Store
from monitor.report import application_form, word_file

LONGEST: Final = 100


@needs(Permission.APPLY, Permission.CONFIRM)
def word(
    store: Store, actor: Person, account_id: int, contact: str, data_dir: Path
) -> tuple[str, bytes]:
    """The form, name and bytes. Conflict where no application waits, InputError where nobody is
    named who can be asked."""
    called = contact.strip()
    if not 0 < len(called) <= LONGEST:
        raise InputError(f"请写明联系人及电话,不超过{LONGEST}字", "联系人及电话")
    refuse_marked({"联系人及电话": called})
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.APPLY, Permission.CONFIRM)
        account = life_moving.find(tx, person, account_id).account
        kept = lives.get(tx, account_id)
        name = application_form.TEMPLATES.get(kept.life.pending) if kept.life.pending else None
        if name is None:
            raise Conflict("这个账号没有待批准的申请", account.name, "请刷新后再看")
        unit = next(each.name for each in units.all_units(tx) if each.id == account.unit_id)
        day = shanghai_day(tx.second)
        told = application_form.values(account, unit, kept.life.wanted, called, day)
        audit.add(tx, person.id, "出具账号申请表", "account", str(account_id), "")
    template = shelf.template(data_dir, name)
    word_file.check(template, application_form.SAMPLE, name)
    return f"{name.removesuffix('.docx')}-{account.name}.docx", word_file.fill(template, told, name)
