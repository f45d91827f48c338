"""清理排查 lived through on both stores: ordered, answered, checked, drawn, decided, summed up."""

import csv
from io import BytesIO, StringIO

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import func, select

from monitor.actions import clearing, clearing_lines, clearing_papers, truth_papers
from monitor.actions.clearing import Going, NewClearing
from monitor.actions.clearing_lines import Checking, Deciding, Filling, Looked, Said
from monitor.actions.sending import Sent
from monitor.domain.burden import CapReached
from monitor.domain.clearing import Answer, Count, Decision, Move, Spot, Stage, State
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import DAY
from monitor.domain.person import Grant, Person, Role
from monitor.record import clearings, people
from monitor.record.clearings import Due, Kept, KeptLine
from monitor.record.screens import clearings as screens
from monitor.record.store import Store
from monitor.report import sampling, truth_table
from monitor.settings import ROOT
from tests.builders import T, a_unit, an_account
from tests.conftest import NOW

AT = int(NOW.timestamp())
DUE = Due(AT + 7 * DAY, AT + 14 * DAY, AT + 21 * DAY, AT + 28 * DAY)


class Office:
    """A province of two cities with a county each, six accounts, and who works there."""

    def __init__(self, store: Store) -> None:
        self.store, self.pressed = store, 0
        with store.writing() as tx:
            root = a_unit(tx, "某厅", "990000000000", level="省厅")
            self.paths = {"root": f"/{root}/"}
            self.accounts = {}
            for place in ("甲", "乙"):
                told = {"region": place, "region_name": f"{place}市"}
                city = a_unit(tx, f"{place}市局", f"99{ord(place)}", root, level="市州局", **told)
                county = a_unit(tx, f"{place}县局", f"98{ord(place)}", city, **told)
                self.paths |= {f"{place}市": f"/{root}/{city}/"}
                self.paths |= {f"{place}县": f"/{root}/{city}/{county}/"}
                for platform in ("wechat", "weibo"):
                    name = f"{place}县{platform}(演示)"
                    self.accounts[name] = an_account(tx, county, name, platform)
                self.accounts[f"{place}市(演示)"] = an_account(tx, city, f"{place}市(演示)")
            an_account(tx, county, "已关停(演示)", "douyin", state="已关停")
            an_account(tx, county, "民警(演示)", "douyin", kind="民警个人")
        self.editor = self._enrol("editor", Role.EDITOR, "root")
        self.city = self._enrol("city", Role.LIAISON, "甲市")
        self.unit = self._enrol("unit", Role.UNIT_LIAISON, "甲县")

    def _enrol(self, login: str, role: Role, place: str) -> Person:
        with self.store.writing() as tx:
            key = people.add(tx, login, f"{login}某", "-")
            people.set_password(tx, key, "-", must_change=False)
            people.set_grants(tx, key, [Grant(role, self.paths[place])])
            kept = people.by_id(tx, key, AT)
        assert kept is not None
        return kept.person

    def sent(self) -> Sent:
        self.pressed += 1
        return Sent("clearing", f"k{self.pressed}")

    def deploy(self, title: str = "全面清理排查") -> int:
        new = NewClearing("", title, "逐个核对", DUE)
        return clearing.deploy(self.store, self.editor, new, self.sent())

    def kept(self, key: int) -> Kept:
        with self.store.reading() as tx:
            found = clearings.get(tx, key)
        assert found is not None
        return found

    def lines(self, key: int, name: str = "") -> list[KeptLine]:
        with self.store.reading() as tx:
            found = clearings.lines(tx, key)
        wanted = {account for label, account in self.accounts.items() if label.startswith(name)}
        return [each for each in found if each.account_id in wanted]

    def answer(self, key: int, name: str, said: Said, by: Person | None = None) -> int:
        lines = self.lines(key, name)
        filling = Filling(
            key, {each.id: said for each in lines}, {each.id: each.version for each in lines}
        )
        return clearing_lines.answer(self.store, by or self.unit, filling, self.sent())

    def check(self, key: int, name: str, by: Person, move: Move = Move.CONFIRM) -> int:
        versions = {each.id: each.version for each in self.lines(key, name)}
        words = "" if move is Move.CONFIRM else "请写清变更内容"
        checking = Checking(key, versions, move, words)
        return clearing_lines.check(self.store, by, checking, self.sent())

    def go(self, key: int, move: Move, size: int = 0, words: str = "") -> Stage:
        going = Going(key, self.kept(key).version, move, size, words)
        clearing.move_on(self.store, self.editor, going, self.sent())
        return self.kept(key).stage

    def checked(self) -> int:
        """A project whose six lines are all checked, drawn and at 抽查."""
        key = self.deploy()
        self.answer(key, "", Said(Answer.TRUE), self.editor)
        self.check(key, "甲", self.city)
        with self.store.writing() as tx:
            rest = T["clearing_line"].update().where(T["clearing_line"].c.state == "待核查")
            tx.conn.execute(rest.values(state="已核查"))
        assert self.go(key, Move.TO_CHECK) is Stage.CHECK
        return key


@pytest.fixture
def office(either_store: Store) -> Office:
    return Office(either_store)


def test_a_project_asks_once_of_every_official_account_that_is_not_closed(office: Office) -> None:
    new = NewClearing("", "全面清理排查", "逐个核对", DUE)
    key = clearing.deploy(office.store, office.editor, new, Sent("deploy", "k"))
    assert clearing.deploy(office.store, office.editor, new, Sent("deploy", "k")) == key
    asked = {each.account_id for each in office.lines(key)}
    assert asked == set(office.accounts.values())
    with office.store.reading() as tx:
        assert clearings.count(tx, key) == Count(asked=6, waiting=6)
        forms = T["clearing_unit"]
        assert tx.conn.execute(select(func.count()).select_from(forms)).scalar() == 4
    with pytest.raises(CapReached, match="本周填报已达上限"):
        office.deploy("第二次清理排查")
    assert len(office.lines(key)) == 6


def test_a_county_answers_a_city_gives_back_and_another_person_passes(office: Office) -> None:
    key = office.deploy()
    assert office.answer(key, "甲县", Said(Answer.CHANGE, "名称已改")) == 2
    with pytest.raises(Forbidden, match="不在本人管理范围内"):
        office.answer(key, "乙县", Said(Answer.TRUE))
    with pytest.raises(InputError, match="请写明说明"):
        office.answer(key, "甲县", Said(Answer.CLOSE))
    office.check(key, "甲县", office.city, Move.SEND_BACK)
    assert {each.line.state for each in office.lines(key, "甲县")} == {State.RETURNED}
    office.answer(key, "甲县", Said(Answer.CHANGE, "甲县公安改为平安甲县"), office.city)
    with pytest.raises(Forbidden, match="本人填报"):
        office.check(key, "甲县", office.city)
    office.check(key, "甲县", office.editor)
    found = office.lines(key, "甲县")
    assert {(each.line.state, each.line.returns) for each in found} == {(State.CHECKED, 1)}
    with office.store.reading() as tx:
        told = screens.progress(tx, office.city.scope, AT, key)
        assert {each.unit_name: each.count for each in told} == {
            "甲市局": Count(asked=1, waiting=1),
            "甲县局": Count(asked=2, checked=2),
        }


def test_a_sample_is_drawn_again_from_its_seed_and_looked_at_whole(office: Office) -> None:
    key = office.checked()
    assert office.go(key, Move.DRAW, size=3) is Stage.SPOT
    kept = office.kept(key)
    with office.store.reading() as tx:
        every = [sampling.Candidate(*each) for each in clearings.candidates(tx, key)]
    again = sampling.draw(every, kept.size, kept.seed)
    drawn = [each for each in office.lines(key) if each.line.sampled]
    assert {each.account_id for each in drawn} == set(again.drawn)
    assert (kept.size, kept.population, again.said) == (3, 6, "抽查3个(共6个)")
    with pytest.raises(Conflict, match="还有3个抽中的账号没有登记结果"):
        office.go(key, Move.TO_SETTLE)
    other = next(each for each in office.lines(key) if not each.line.sampled)
    with pytest.raises(Conflict, match="不在样本里"):
        looked = Looked(key, other.id, other.version, Spot.SAME)
        clearing_lines.spot(
            office.store, office._enrol("third", Role.EDITOR, "root"), looked, office.sent()
        )


def test_what_becomes_of_accounts_is_decided_last_and_an_end_with_gaps_says_why(
    office: Office,
) -> None:
    key = office.checked()
    office.go(key, Move.DRAW, size=1)
    (drawn,) = [each for each in office.lines(key) if each.line.sampled]
    third = office._enrol("third", Role.EDITOR, "root")
    looked = Looked(key, drawn.id, drawn.version, Spot.DIFFERS, "主页名称不同")
    clearing_lines.spot(office.store, third, looked, office.sent())
    assert office.go(key, Move.TO_SETTLE) is Stage.SETTLE
    versions = {each.id: each.version for each in office.lines(key, "甲")}
    deciding = Deciding(key, versions, Decision.KEEP)
    with pytest.raises(Forbidden, match="不由本单位部署"):
        clearing_lines.decide(office.store, office.city, deciding, office.sent())
    assert clearing_lines.decide(office.store, office.editor, deciding, office.sent()) == 3
    with pytest.raises(Conflict, match="刚被别人办理过"):
        clearing_lines.decide(office.store, office.editor, deciding, office.sent())
    with pytest.raises(InputError, match="还有3个账号没有处置意见"):
        office.go(key, Move.SUM_UP)
    assert office.go(key, Move.SUM_UP, words="乙市另案办理") is Stage.DONE
    with office.store.reading() as tx:
        count = clearings.count(tx, key)
    assert (count.asked, count.decided, count.differs, count.sampled) == (6, 3, 1, 1)
    assert office.kept(key).closed_at == AT
    paper, table = clearing_papers.summary(office.store, office.editor, key, ROOT / "data")
    told = "".join(each.text for each in Document(BytesIO(paper)).paragraphs)
    assert "抽查1个(共6个)" in told
    assert f"抽样种子{office.kept(key).seed}" in told
    assert "保留3个、整改0个、合并0个、关停0个、未定3个,合计6个" in told
    rows = list(csv.DictReader(StringIO(table.decode("utf-8-sig"))))
    assert [row["市州"] for row in rows] == ["甲市", "乙市", "合计"]
    for row in rows:
        adds_up({name: int(text) for name, text in row.items() if name != "市州"})


def adds_up(number: dict[str, int]) -> None:
    """The parts of a row sum up to what they are parts of."""
    states = ("未自查", "已退回", "待核查", "已核查")
    answers = (*(each.value for each in Answer), "未答")
    decisions = (*(each.value for each in Decision), "未定处置")
    for names in (states, answers, decisions):
        assert sum(number[name] for name in names) == number["应排查"]
    assert number["一致"] + number["不一致"] + number["抽查未登记"] == number["抽中"]


def test_what_is_known_of_the_ledger_is_taken_along_within_reach_and_logged(office: Office) -> None:
    files = truth_papers.download(office.store, office.city)
    rows = list(csv.DictReader(StringIO(files.text.decode("utf-8-sig"))))
    assert {row["市州"] for row in rows} == {"甲市"}
    assert {row["核查结果"] for row in rows} == {"未核查"}
    counts, entries = load_workbook(BytesIO(files.book)).worksheets[1:]
    shown = list(entries.iter_rows(values_only=True))
    assert shown[0] == tuple(rows[0])
    assert len(shown) == len(rows) + 1 == 4
    table = [
        dict(zip(truth_table.COUNTS, row, strict=True))
        for row in counts.iter_rows(2, None, 1, None, True)
    ]
    assert sum(row["台账账号"] for row in table) == 3
    assert {row["真实率(%)"] for row in table} == {None}
    with office.store.reading() as tx:
        audited = tx.conn.execute(select(T["audit"].c.action, T["audit"].c.reason)).all()[-1]
    assert tuple(audited) == ("导出台账真实性", "3个账号")
