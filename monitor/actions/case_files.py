"""Files that came with a move of a case, fetched by whom the case is shown, and written down."""

from monitor.access.declared import needs
from monitor.actions import case_moving
from monitor.actions.case_moving import House
from monitor.actions.permitting import permit_person
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.person import Permission, Person
from monitor.record import audit, cases, photos
from monitor.record.store import Store


@needs(Permission.SEE_CASES)
def fetch(
    store: Store, actor: Person, case_id: int, digest: str, house: House
) -> tuple[str, bytes]:
    """A file of a case by its hash: name and bytes. Forbidden where the case is not shown."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.SEE_CASES)
        kept = cases.get(tx, case_id)
        name = cases.file_name(tx, case_id, digest)
        if kept is None or not name or not case_moving.seen_by(tx, person, kept):
            raise Forbidden("没有这个附件,或不在本人管理范围内", "", "请刷新后重试")
        audit.add(tx, person.id, "下载整改附件", "case", str(case_id), digest[:16])
    path = None if house.files is None else photos.find(house.files, digest)
    if path is None:
        raise InputError("附件不在本机", name, "请从备份恢复 data/local")
    return name, path.read_bytes()
