"""Importing on screen: looked at first, within one's own scope, saved by a job, known next time."""

from pathlib import Path
from shutil import copytree

import pytest

from monitor.actions import importing
from monitor.actions.importing import Confirmed, Draft, Dropped, Opened, Place
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.person import Role
from monitor.record import audit, jobs, units
from monitor.record.store import Store
from tests.actions.conftest import Enrol
from tests.builders import a_unit, an_account
from tests.conftest import NOW

DATA = Path(__file__).parents[2] / "data"
WORKS = (
    "作品名称,发布时间,体裁,审核状态,播放量,完播率\n"
    "一,2026-11-01 08:00:01,图文,已通过,5,-\n"
    "二,2026-11-09 08:00:01,图文,已通过,6,-\n"
).encode()
UNKNOWN = "日报\n名称,时间,看过\n一,2026-11-01 08:00:01,5\n二,2026-11-02 08:00:01,7\n".encode()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    copytree(DATA / "layouts", tmp_path / "layouts")
    return Place(tmp_path, 1_000_000)


@pytest.fixture
def made(store: Store) -> dict[str, int]:
    with store.writing() as tx:
        top = a_unit(tx, "省公安厅", "420000000000")
        near = a_unit(tx, "江城市公安局", "420100000000", top)
        far = a_unit(tx, "演示市公安局", "420500000000", top)
        return {
            "near": near,
            "江城": an_account(tx, near, "平安江城", "douyin"),
            "江城二": an_account(tx, near, "江城反诈", "douyin"),
            "演示": an_account(tx, far, "平安演示", "douyin"),
        }


def opened(place: Place, name: str = "作品列表.csv", content: bytes = WORKS) -> Opened:
    [found] = importing.open_all([Dropped(name, content)], place, NOW)
    return found


def test_a_file_named_after_its_account_needs_no_pick(
    store: Store, enrol: Enrol, place: Place, made: dict[str, int]
) -> None:
    looked = importing.look(store, enrol("editor", Role.EDITOR), opened(place, "平安江城.csv"))
    assert looked.accounts == {made["江城"]: "平安江城"}
    assert looked.nameless
    assert "平安江城" in looked.why
    assert looked.period is not None


def test_a_pick_is_asked_once_and_then_remembered(
    store: Store, enrol: Enrol, place: Place, made: dict[str, int]
) -> None:
    editor = enrol("editor", Role.EDITOR)
    file = opened(place, "江号后备/作品列表_10月.csv")
    assert importing.look(store, editor, file).accounts == {}
    with pytest.raises(InputError, match="选定账号"):
        importing.save(store, editor, file, place, "k", Confirmed())
    said = Confirmed(made["江城二"], ("2026-11-01", "2026-11-10"))
    job_id = importing.save(store, editor, file, place, "k", said)
    assert importing.save(store, editor, file, place, "k", said) == job_id
    following = opened(place, "江号后备/作品列表_11月.csv", WORKS + b"\n")
    looked = importing.look(store, editor, following)
    assert (looked.accounts, looked.why) == ({made["江城二"]: "江城反诈"}, "按上次的选择")
    with store.reading() as tx:
        job = jobs.get(tx, job_id)
        assert audit.verify(tx)[0]
    assert job is not None
    assert job.arguments["covers"] == "2026-11-01..2026-11-10"
    assert (place.uploads / job.arguments["file"]).read_bytes() == WORKS


def test_nobody_imports_for_accounts_outside_the_own_scope(
    store: Store, enrol: Enrol, place: Place, made: dict[str, int]
) -> None:
    with store.reading() as tx:
        path = next(each.path for each in units.all_units(tx) if each.id == made["near"])
    liaison = enrol("city", Role.LIAISON, path)
    looked = importing.look(store, liaison, opened(place, "平安演示.csv"))
    assert looked.accounts == {}
    assert set(looked.candidates) == {made["江城"], made["江城二"]}
    with pytest.raises(Forbidden, match="范围"):
        importing.look(store, liaison, opened(place), made["演示"])
    named = (
        "平台,账号名称,标题,发布时间\n抖音,平安演示,一,2026-11-01\n抖音,平安江城,二,2026-11-01\n"
    )
    several = importing.look(store, liaison, opened(place, "通用.csv", named.encode()))
    assert several.accounts == {made["江城"]: "平安江城"}
    assert several.unknown == ("平安演示",)


def test_who_only_reads_may_not_import(
    store: Store, enrol: Enrol, place: Place, made: dict[str, int]
) -> None:
    viewer = enrol("viewer", Role.VIEWER)
    with pytest.raises(Forbidden, match="权限"):
        importing.save(store, viewer, opened(place, "平安江城.csv"), place, "k", Confirmed())
    assert not place.uploads.exists()


def test_an_unknown_table_mapped_by_hand_is_known_from_then_on(
    store: Store, enrol: Enrol, place: Place, made: dict[str, int]
) -> None:
    editor = enrol("editor", Role.EDITOR)
    file = opened(place, "平安江城.csv", UNKNOWN)
    assert file.file is None
    assert file.head[1] == ("名称", "时间", "看过")
    draft = Draft("抖音日报", "douyin", 2, {0: "title", 1: "published", 2: "plays"})
    name = importing.make_layout(store, editor, file, place, draft)
    again = opened(place, "平安江城.csv", UNKNOWN)
    assert again.file is not None
    assert again.file.layout == name
    assert not again.file.complete
    [account] = again.file.accounts
    assert [post.numbers.plays for post in account.posts] == [5, 7]


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft("", "douyin", 2, {0: "title", 1: "published"}), "名称"),
        (Draft("日报", "douyin", 2, {0: "title"}), "published"),
        (Draft("日报", "douyin", 2, {0: "title", 1: "published", 2: "title"}), "都是"),
        (Draft("日报", "myspace", 2, {0: "title", 1: "published"}), "myspace"),
        (Draft("日报", "douyin", 9, {0: "title", 1: "published"}), "表头"),
        (Draft("日报", "douyin", 2, {0: "title", 7: "published"}), "第8列"),
    ],
)
def test_a_mapping_that_makes_no_layout_is_refused_and_writes_nothing(
    store: Store, enrol: Enrol, place: Place, draft: Draft, said: str
) -> None:
    editor = enrol("editor", Role.EDITOR)
    with pytest.raises(InputError, match=said):
        importing.make_layout(store, editor, opened(place, "x.csv", UNKNOWN), place, draft)
    assert not place.own_layouts.exists()


def test_a_layout_for_everybody_is_made_by_who_sees_everybody(
    store: Store, enrol: Enrol, place: Place
) -> None:
    liaison = enrol("city", Role.LIAISON, "/1/2/")
    draft = Draft("日报", "douyin", 2, {0: "title", 1: "published"})
    with pytest.raises(Forbidden, match="省厅"):
        importing.make_layout(store, liaison, opened(place, "x.csv", UNKNOWN), place, draft)
