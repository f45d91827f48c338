"""Files dropped on the screen: of the place's account."""

from shutil import copytree

from monitor.actions import importing
from monitor.actions.importing import Confirmed, Draft, Dropped, Opened, Place
from monitor.settings import ROOT
from tests.kits.matrix import Act, Desk, bench

UNKNOWN = "日报\n名称,时间,看过\n一,2026-11-01 08:00:01,5\n二,2026-11-02 08:00:01,7\n"


@bench(importing.look)
def look(desk: Desk) -> Act:
    file = _named(desk)
    return lambda actor: importing.look(desk.store, actor, file).accounts


@bench(importing.save)
def save(desk: Desk) -> Act:
    place, file = _place(desk), _named(desk)
    return lambda actor: importing.save(desk.store, actor, file, place, "k", Confirmed())


@bench(importing.make_layout)
def make_layout(desk: Desk) -> Act:
    draft = Draft("抖音日报", "douyin", 2, {0: "title", 1: "published", 2: "plays"})
    place, file = _place(desk), _opened(desk, UNKNOWN)
    return lambda actor: importing.make_layout(desk.store, actor, file, place, draft)


def _named(desk: Desk) -> Opened:
    return _opened(desk, f"平台,账号名称,标题,发布时间\n微信,{desk.account},一,2026-11-01\n")


def _opened(desk: Desk, content: str) -> Opened:
    dropped = [Dropped("通用.csv", content.encode())]
    [found] = importing.open_all(dropped, _place(desk), desk.store.clock())
    return found


def _place(desk: Desk) -> Place:
    copytree(ROOT / "data" / "layouts", desk.folder / "layouts", dirs_exist_ok=True)
    own = desk.folder / "local" / "layouts"
    for each in own.glob("*.yaml"):
        each.unlink()
    return Place(desk.folder, 1_000_000)
