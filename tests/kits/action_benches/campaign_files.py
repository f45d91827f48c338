"""A file for a campaign somebody writes, and one of a campaign of the place's own office."""

from dataclasses import replace

from monitor.actions import campaign_files
from monitor.domain.campaign import File
from monitor.record import campaigns as kept
from monitor.record import photos
from tests.kits.action_benches.campaigns import a_campaign
from tests.kits.matrix import Act, Desk, bench

PICTURE = b"\xff\xd8\xff" + b"x" * 20


@bench(campaign_files.keep)
def keep(desk: Desk) -> Act:
    """Whoever may write one keeps a file; far away there is nobody to be another's."""
    with desk.store.writing() as tx:
        made = a_campaign(tx, desk, desk.unit_id)
    if desk.own:
        return lambda actor: campaign_files.keep(desk.store, actor, "图.jpg", PICTURE, desk.folder)
    return lambda actor: campaign_files.fetch(desk.store, actor, made, "0" * 64, desk.folder)


@bench(campaign_files.fetch)
def fetch(desk: Desk) -> Act:
    digest = photos.keep_media(desk.folder / "local" / campaign_files.FOLDER, PICTURE, "图.jpg")
    with desk.store.writing() as tx:
        found = kept.get(tx, a_campaign(tx, desk, desk.unit_id))
        assert found is not None
        files = (File("图.jpg", digest, len(PICTURE)),)
        kept.change(tx, found, replace(found.content, files=files))
    return lambda actor: campaign_files.fetch(desk.store, actor, found.id, digest, desk.folder)
