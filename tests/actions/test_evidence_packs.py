"""核查佐证材料 leave to who may see the account, and are the same whenever they are made."""

import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import text

from monitor.actions import case_opening, evidence_packs, people
from monitor.actions.case_moving import House
from monitor.actions.case_opening import Registered, Verdict
from monitor.actions.sending import Sent
from monitor.collect import shelf
from monitor.domain.case import Source
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.finding import UPDATE_RULE
from monitor.domain.instants import DAY, HOUR
from monitor.domain.person import Grant, Person, Role
from monitor.judge import rulebook
from monitor.record import coverage, photos, rulebooks
from monitor.record.store import Store
from monitor.report.evidence_pack import Pack
from monitor.settings import ROOT
from tests.actions.conftest import PASSWORD
from tests.builders import a_day, a_finding, a_look, a_post, a_route, a_unit, an_account, put

DATA = ROOT / "data"
PICTURE = b"\x89PNG\r\n\x1a\nscreenshot"


@dataclass
class Silent:
    """An account of a county that was silent for 41 days, and people of three places."""

    store: Store
    account: int
    other: int
    coverage: int
    people: dict[str, Person]

    def pack(self, who: str = "editor", data_dir: Path = DATA) -> Pack:
        """What its silence rests on, fetched by somebody."""
        return evidence_packs.of_finding(
            self.store, self.people[who], self.account, UPDATE_RULE, data_dir
        )


def _books(store: Store) -> list[int]:
    found = []
    for name in ("hubei-default", "gb2019"):
        page = shelf.read(DATA / "rulebooks" / f"{name}.yaml")
        with store.writing() as tx:
            found.append(rulebooks.ensure(tx, rulebook.parse(page.mapping, "", {}), page.text))
    return found


def _enter(store: Store, login: str, role: Role, path: str) -> Person:
    people.enrol(
        store, None, people.NewPerson(login, "某人", (Grant(role, path),), PASSWORD, False)
    )
    with store.reading() as tx:
        second = int(tx.conn.execute(text("SELECT last_us FROM stamp")).scalar_one()) // 1_000_000
    return people.person_called(store, login, second)


@pytest.fixture
def silent(either_store: Store) -> Silent:
    store = either_store
    own, upper = _books(store)
    with store.writing() as tx:
        root = a_unit(tx, "某厅", "990000000000", level="省厅")
        city = a_unit(tx, "荆州市公安局", "991000000000", root, level="市州局")
        county = a_unit(tx, "江陵县公安局", "991024000000", city)
        other = a_unit(tx, "公安县公安局", "991022000000", city)
        account = an_account(tx, county, "古渡派出所(演示)", "weibo")
        second = an_account(tx, county, "新港派出所(演示)", "weibo")
        route, last = a_route(tx, "weibo/own"), tx.second - 41 * DAY
        a_post(tx, account, last, "=HYPERLINK(1)")
        end = tx.second - 2 * HOUR
        look = a_look(tx, account, route, last - DAY, end - DAY)
        a_look(tx, account, route, end - 2 * DAY, end)
    with store.writing() as tx:
        known = tx.stamp
        keys = {"rulebook_id": own, "upper_rulebook_id": upper, "as_of": tx.second - HOUR}
        a_day(tx, account, "睡眠", "不合格", known_at=known, last_post_from=last, **keys)
        for book in (own, upper):
            a_finding(tx, account, book, status="睡眠", sentence="已40天未更新")
    made = {
        "editor": _enter(store, "editor", Role.EDITOR, "/"),
        "city": _enter(store, "city", Role.LIAISON, f"/{root}/{city}/"),
        "beside": _enter(store, "beside", Role.UNIT_LIAISON, f"/{root}/{city}/{other}/"),
        "county": _enter(store, "county", Role.UNIT_LIAISON, f"/{root}/{city}/{county}/"),
    }
    return Silent(store, account, second, look, made)


def verified(pack: Pack, folder: Path) -> tuple[int, str]:
    """What the pack's own check says, run by a Python that knows nothing of the product."""
    path = folder / "材料.zip"
    path.write_bytes(pack.content)
    script = ROOT / "monitor/report/templates/verify.py"
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def members(pack: Pack) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(pack.content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_a_pack_is_verified_by_python_alone(silent: Silent, tmp_path: Path) -> None:
    pack = silent.pack()
    assert pack.name == "核查佐证材料-微博-古渡派出所(演示)-更新.zip"
    assert verified(pack, tmp_path) == (
        0,
        "文件完整,静默时长和两种口径的结论与原始记录复算一致。\n",
    )
    files = members(pack)
    told = json.loads(files["数据.json"])
    assert {name: each["status"] for name, each in told["judged"].items()} == {
        "本厅口径": "睡眠",
        "上级口径": "内容不更新",
    }
    assert "'=HYPERLINK(1)" in files["作品.csv"].decode("utf-8-sig")
    assert files["认定标准-上级口径.yaml"] == (DATA / "rulebooks/gb2019.yaml").read_bytes()


def test_what_is_learnt_later_does_not_change_a_pack(silent: Silent) -> None:
    before = silent.pack()
    with silent.store.writing() as tx:
        a_post(tx, silent.account, tx.second - 9 * DAY, "后来才发现")
        coverage.revoke(tx, silent.coverage, "复核有误")
    assert silent.pack() == before


def test_only_who_may_see_the_account_gets_its_pack_and_it_is_noted(silent: Silent) -> None:
    for who in ("beside", "county"):
        with pytest.raises(Forbidden):
            silent.pack(who)
    pack = silent.pack("city")
    with silent.store.reading() as tx:
        (kept,) = tx.conn.execute(
            text("SELECT object_kind, object_id, reason FROM audit WHERE action = '导出佐证材料'")
        )
    assert tuple(kept) == ("account", str(silent.account), pack.digest)


def test_the_unit_gets_the_pack_of_its_case_but_none_of_what_a_person_registered(
    silent: Silent, tmp_path: Path
) -> None:
    editor, county = silent.people["editor"], silent.people["county"]
    (found,) = case_opening.open_found(
        silent.store, editor, (silent.account,), Verdict(), Sent("open", "k"), House(DATA)
    )
    pack = evidence_packs.of_case(silent.store, county, found, 0, DATA)
    assert verified(pack, tmp_path)[0] == 0
    with pytest.raises(Forbidden, match="没有这件整改单"):
        evidence_packs.of_case(silent.store, silent.people["beside"], found, 0, DATA)
    with pytest.raises(Forbidden, match="没有这件整改单"):
        evidence_packs.of_case(silent.store, county, found, 9, DATA)
    told = Registered(silent.other, Source.CITIZENS, "表述错误", "地名写错")
    by_hand = case_opening.register(silent.store, editor, told, Sent("reg", "k"), House(DATA))
    with pytest.raises(InputError, match="人工登记"):
        evidence_packs.of_case(silent.store, county, by_hand, 0, DATA)


def test_screenshots_of_looks_go_along(silent: Silent, tmp_path: Path) -> None:
    digest = photos.keep(tmp_path / "local" / "patrol", PICTURE)
    with silent.store.writing() as tx:
        seen = {"looked_from": tx.second - 3 * HOUR, "looked_until": tx.second - 3 * HOUR}
        put(
            tx,
            "look",
            account_id=silent.account,
            seen="正常",
            source="人工巡查",
            remark="",
            empty=False,
            title="",
            url="",
            comments="",
            name_now="",
            photo=digest,
            doubt="",
            grade=3,
            recorded_at=1,
            **seen,
        )
    assert members(silent.pack(data_dir=tmp_path))[f"截图-{digest}.png"] == PICTURE


def test_a_rule_without_a_conclusion_has_no_pack(silent: Silent) -> None:
    with pytest.raises(InputError, match="没有结论"):
        evidence_packs.of_finding(
            silent.store, silent.people["editor"], silent.account, "更名未备案", DATA
        )


def test_only_tables_of_evidence_are_in_a_pack(silent: Silent) -> None:
    data = json.loads(members(silent.pack())["数据.json"])
    assert set(data) - {
        "format",
        "rule",
        "account",
        "as_of",
        "known_at",
        "rulebooks",
        "judged",
    } == {
        *("standings", "excuses", "posts", "observations", "numbers", "coverage", "passes"),
        *("looks", "services"),
    }
