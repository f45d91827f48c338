"""Files of a release: kept under their hash, signed for with the text, fetched by whom sees it."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.actions import campaign_files, campaign_words, sending
from monitor.domain.campaign import File
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import DAY
from monitor.domain.person import Role
from monitor.domain.scope import EVERYTHING
from monitor.record import photos, purge_files
from monitor.record.screens import approving
from monitor.record.store import Store
from monitor.runs import purge
from tests.actions.approval_office import DATA
from tests.actions.campaign_office import AIM, CONTENT, SECOND, CampaignOffice
from tests.conftest import StandingClock
from tests.service.parts import some_parts

PICTURE = b"\xff\xd8\xff" + b"p" * 40


@pytest.fixture
def office(sqlite_store: Store, clock: StandingClock, tmp_path: Path) -> CampaignOffice:
    """The office's data as shipped, and a place of its own for files."""
    for each in DATA.iterdir():
        if each.name != "local":
            (tmp_path / each.name).symlink_to(each)
    office = CampaignOffice(sqlite_store, clock)
    office.data_dir = tmp_path
    return office


def kept(office: CampaignOffice, name: str = "防骗.jpg", content: bytes = PICTURE) -> File:
    return campaign_files.keep(office.store, office.who["writer"], name, content, office.data_dir)


def test_a_file_is_signed_for_with_the_text_and_another_voids_it(office: CampaignOffice) -> None:
    one, two = kept(office), kept(office, "改后.jpg", PICTURE + b"!")
    saved = office.draft(replace(CONTENT, files=(one,)))
    assert office.campaign(saved).content.files == (one,)
    office.sign(saved)
    with office.store.reading() as tx:
        found = approving.shown(tx, EVERYTHING, SECOND, 0, saved.approval_id)
    assert found is not None
    assert f"附件:防骗.jpg(43字节,校验码{one.sha256})" in found.text.body
    changed = replace(CONTENT, files=(two,))
    office.rewrite(saved, changed)
    with pytest.raises(Conflict, match="还没有签发"):
        office.issue(saved)


def test_who_sees_the_campaign_fetches_the_file_and_nobody_else(office: CampaignOffice) -> None:
    one = kept(office)
    saved = office.issued(replace(CONTENT, files=(one,)), aim=AIM)
    which = (saved.campaign_id, one.sha256, office.data_dir)
    found = campaign_files.fetch(office.store, office.who["operator"], *which)
    assert found == ("防骗.jpg", PICTURE)
    stranger = office.enrol("huanggang", Role.OPERATOR, office.below("黄冈市公安局"))
    for who, wanted in (
        (stranger, which),
        (office.who["operator"], (saved.campaign_id, "0" * 64, office.data_dir)),
        (office.who["operator"], (0, one.sha256, office.data_dir)),
    ):
        with pytest.raises(Forbidden):
            campaign_files.fetch(office.store, who, *wanted)


def test_what_cannot_go_with_a_release_is_named(office: CampaignOffice) -> None:
    for name, content, told in (
        ("程序.exe", b"MZ", "不能作附件"),
        ("图.png", PICTURE, "内容与文件类型不符"),
        ("大.jpg", b"\xff\xd8\xff" + b"x" * 10_000_000, "超过10 MB"),
        ("密级:机密.jpg", PICTURE, "机密"),
    ):
        with pytest.raises(InputError, match=told):
            kept(office, name, content)
    missing = File("没有.jpg", "0" * 64, 3)
    with pytest.raises(InputError, match="没有上传成功"):
        office.draft(replace(CONTENT, files=(missing,)))
    with pytest.raises(InputError, match="附件超过10个"):
        office.draft(replace(CONTENT, files=(missing,) * 11))


def test_the_nightly_run_sweeps_what_no_release_names_and_nothing_else(
    office: CampaignOffice, clock: StandingClock
) -> None:
    named = [kept(office, f"{each}.jpg", PICTURE + each.encode()) for each in "甲乙丙丁戊"]
    saved = office.draft(replace(CONTENT, files=(named[0],)))
    office.rewrite(saved, replace(CONTENT, files=(named[1],)))
    words = {
        campaign_words.FILES: campaign_words.words_of(replace(CONTENT, files=(named[2],)))["附件"]
    }
    sending.keep_draft(office.store, office.who["writer"], "campaign-new", words, 0)
    folder = office.data_dir / "local" / "campaign_files"
    for each in named:
        path = photos.find(folder, each.sha256)
        assert path is not None
        os.utime(path, (SECOND - 2 * DAY, SECOND - 2 * DAY))
    again = kept(office, "戊.jpg", PICTURE + "戊".encode())
    os.utime(photos.find(folder, again.sha256) or folder, (SECOND - 60, SECOND - 60))
    purge.run(some_parts(office.store, clock, data_dir=office.data_dir))
    there = [photos.find(folder, each.sha256) is not None for each in named]
    assert there == [True, True, True, False, True]


def test_what_is_being_cleared_away_is_neither_named_nor_handed_in_anew(
    office: CampaignOffice, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = kept(office)
    folder = office.data_dir / "local" / "campaign_files"
    os.utime(photos.find(folder, one.sha256) or folder, (SECOND - 2 * DAY, SECOND - 2 * DAY))
    with monkeypatch.context() as patched:
        patched.setattr(purge_files, "sweep", lambda *_: 0)  # it died before it removed them
        purge.run(some_parts(office.store, clock, data_dir=office.data_dir))
    with pytest.raises(InputError, match="没有上传成功"):
        office.draft(replace(CONTENT, files=(one,)))
    with pytest.raises(Conflict, match="正在清理"):
        kept(office)
    purge_files.sweep(office.store, office.data_dir / "local")
    assert kept(office) == one
    office.draft(replace(CONTENT, files=(one,)))


def test_the_field_holds_the_files_and_refuses_what_it_did_not_write() -> None:
    files = (File("一 二.mp4", "a" * 64, 7), File("图.png", "b" * 64, 1))
    content = replace(CONTENT, files=files)
    assert campaign_words.content_of(campaign_words.words_of(content)).files == files
    for text in ("x 1 图.png", f"{'a' * 64} 大 图.png", f"{'a' * 64} 1 "):
        with pytest.raises(InputError, match="清单有误"):
            campaign_words.files_of(text)
