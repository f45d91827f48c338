"""Files that go with a release: pictures, films, Word, kept and signed for by their hash."""

from hashlib import sha256
from pathlib import Path
from typing import Final

from monitor.access.declared import Reach, needs
from monitor.actions import campaign_tasks
from monitor.actions.permitting import permit_person, reach
from monitor.domain.campaign import Content, File
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Permission, Person
from monitor.record import audit, photos, purge_files
from monitor.record.purge_folders import RELEASED
from monitor.record.screens import campaigns
from monitor.record.store import Reading, Store

FOLDER: Final = RELEASED
FIELD: Final = "附件"
MOST: Final = 10
"""So many files go with one release."""
LONGEST_NAME: Final = 100
KINDS: Final = (*photos.MEDIA, "jpeg")


@needs(Permission.CAMPAIGN, reach=Reach.SELF)
def keep(store: Store, actor: Person, name: str, content: bytes, data_dir: Path) -> File:
    """Keep a file for a release somebody writes; it belongs to it once the form is saved.

    InputError where it is no picture, film or text, or too large; Conflict where the same file
    was never saved and is just being cleared away.
    """
    called = "".join(each for each in Path(name).name if each.isprintable())[-LONGEST_NAME:].strip()
    refuse_marked({FIELD: called})
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CAMPAIGN)
        reach(person)
        if sha256(content).hexdigest() in purge_files.owed(tx, FOLDER):
            raise Conflict("同一个附件正在清理", FIELD, "请过一分钟再上传")
        digest = photos.keep_media(_folder(data_dir), content, called)
        audit.add(tx, person.id, "协同·上传附件", "campaign_file", digest[:16], f"{len(content)}")
    return File(called, digest, len(content))


@needs(Permission.SEE_CAMPAIGNS)
def fetch(
    store: Store, actor: Person, campaign_id: int, digest: str, data_dir: Path
) -> tuple[str, bytes]:
    """A file of a campaign by its hash: name and bytes. Forbidden where it is not shown."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.SEE_CAMPAIGNS)
        line = campaigns.one(tx, reach(person), tx.second, campaign_id) if campaign_id else None
        files = () if line is None else line.kept.content.files
        found = next((each for each in files if each.sha256 == digest), None)
        if found is None:
            raise Forbidden(*campaign_tasks.ABSENT)
        audit.add(tx, person.id, "协同·下载附件", "campaign", str(campaign_id), digest[:16])
    path = photos.find(_folder(data_dir), digest)
    if path is None:
        raise InputError("附件不在本机", found.name, "请从备份恢复 data/local")
    return found.name, path.read_bytes()


def refuse_missing(tx: Reading, content: Content, data_dir: Path) -> None:
    """Go on only where every file of a release is kept here, and none is being cleared away: asked
    in the transaction that names it."""
    if len(content.files) > MOST:
        raise InputError(f"附件超过{MOST}个", FIELD, "请移除几个")
    owed = purge_files.owed(tx, FOLDER) if content.files else set()
    for each in content.files:
        if each.sha256 in owed or photos.find(_folder(data_dir), each.sha256) is None:
            raise InputError(f"附件“{each.name}”没有上传成功", FIELD, "请移除后重新添加")


def _folder(data_dir: Path) -> Path:
    return data_dir / "local" / FOLDER
