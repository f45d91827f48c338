"""书面催补 lived through: what is missing is asked for by a numbered letter, signed, taken back."""

from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.actions import acknowledging, owing, scorecards
from monitor.actions.owing import Asking
from monitor.actions.receipt_door import Refused
from monitor.actions.receipt_kind import KINDS
from monitor.actions.sending import Sent
from monitor.domain.assessed import Fact
from monitor.domain.assessment import Move
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import to_micro
from monitor.domain.receipt import Answer
from monitor.record import asks, assessed
from monitor.record.screens import owing as screens
from monitor.record.store import Store
from monitor.record.tables.base import METADATA
from tests.actions.assessing_office import PERIOD, Office
from tests.builders import an_account
from tests.report.papers import texts

KEY = bytes(32)
LACKS = "没有完整采集到"
WAY, CALL = "上传后台导出", "省厅宣传处 027-00000000"


class Owing(Office):
    """An office whose first result lacks two accounts of 甲 and one of 乙."""

    def __init__(self, store: Store, folder: Path) -> None:
        super().__init__(store, folder)
        self.key = self.begin()
        self.press(self.key, Move.GENERATE)
        self.score(self.key)
        with store.writing() as tx:
            self.accounts = {
                name: an_account(tx, self.units[name[0]], f"{name}(演示)")
                for name in ("甲一", "甲二", "乙一")
            }
        assessed.add(store, self.key, [self.lack(name) for name in self.accounts])

    def lack(self, name: str, cause: str = "系统原因") -> Fact:
        account = str(self.accounts[name])
        return Fact(self.codes[name[0]], "有发布周率", account, "wechat", cause=cause, note=LACKS)

    def ask(self, *names: str, way: str = WAY, contact: str = CALL) -> list[owing.Made]:
        asking = Asking(self.key, tuple(self.codes[each] for each in names), way, contact)
        return owing.ask(self.store, self.assessor, KEY, self.folder, asking, self.sent())

    def marks(self, name: str) -> list[str]:
        sheet = scorecards.sheet(self.store, self.assessor, self.key)
        rows = scorecards.lines(sheet, self.codes[name])
        return [str(row["缺失说明"]) for row in rows if row["缺失说明"]]


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Owing:
    return Owing(store, tmp_path)


@pytest.fixture
def either(either_store: Store, tmp_path: Path) -> Owing:
    """The same on both databases in turn."""
    return Owing(either_store, tmp_path)


def test_a_unit_is_asked_by_a_numbered_letter_and_its_lines_say_so(either: Owing) -> None:
    office = either
    with office.store.reading() as tx:
        found = screens.lacking(tx, office.assessor.scope, office.key)
    assert [(each.owed.unit_name, each.letter) for each in found] == [
        ("甲县局", None),
        ("甲县局", None),
        ("乙县局", None),
    ]
    assert office.marks("甲") == []
    [made] = office.ask("甲")
    assert made.asked.number == "催补〔2026〕001号"
    assert made.asked.due.isoformat() == "2026-10-22"
    assert office.marks("甲") == ["已书面催补(催补〔2026〕001号),至10月22日"]
    assert office.marks("乙") == []
    with office.store.reading() as tx:
        kept = asks.of_period(tx, PERIOD, to_micro(office.now))
        missing = screens.lacking(tx, office.assessor.scope, office.key)
    assert {each.account_id for each in kept} == {office.accounts["甲一"], office.accounts["甲二"]}
    assert {each.paper for each in kept} == {made.asked.number}
    assert [each.letter is not None for each in missing] == [True, True, False]
    name, first = owing.word(office.store, office.assessor, made.letter_id, office.folder)
    office.later(30)
    assert owing.word(office.store, office.assessor, made.letter_id, office.folder)[1] == first
    said = "".join(texts(first))
    assert name == "催补函-催补〔2026〕001号.docx"
    for each in ("甲一(演示)", "甲二(演示)", WAY, CALL, "2026年10月22日", made.asked.number):
        assert each in said


def test_nobody_is_asked_twice_for_the_same_and_numbers_have_no_gap(office: Owing) -> None:
    office.ask("甲")
    with pytest.raises(Conflict, match="已经催补过"):
        office.ask("甲")
    [second] = office.ask("甲", "乙")
    assert (second.asked.number, second.asked.unit) == ("催补〔2026〕002号", "乙县局")


def test_the_same_form_sent_twice_is_one_letter(office: Owing) -> None:
    asking = Asking(office.key, (office.codes["甲"],), WAY, CALL)
    sent = office.sent()
    given = (office.store, office.assessor, KEY, office.folder, asking, sent)
    assert len(owing.ask(*given)) == 1
    assert owing.ask(*given) == []
    with office.store.reading() as tx:
        assert len(screens.letters(tx, office.assessor.scope, office.key)) == 1


def test_a_letter_is_signed_for_by_its_link_and_the_list_shows_it(either: Owing) -> None:
    office = either
    [made] = office.ask("甲")
    now = int(office.now.timestamp())
    slip = acknowledging.slip_of(office.store, KEY, made.token, "10.0.0.1", now)
    assert "甲一(演示)" in slip.task.told
    form = (Answer("", "密码遗失,正在申诉"), Sent("receipt", "k1", 0))
    acknowledging.send(office.store, KEY, made.token, "10.0.0.1", form)
    with office.store.reading() as tx:
        [sent] = screens.letters(tx, office.assessor.scope, office.key)
    assert sent.answer is not None
    assert (sent.answer.answer.note, sent.still) == ("密码遗失,正在申诉", 2)
    with office.store.reading() as tx:
        assert KINDS.get("催补").about(tx, made.letter_id) == made.asked.number


def test_a_letter_taken_back_asks_nothing_any_more_and_keeps_its_number(either: Owing) -> None:
    office = either
    [made] = office.ask("甲")
    owing.withdraw(office.store, office.assessor, made.letter_id, office.sent())
    assert office.marks("甲") == []
    with pytest.raises(Refused):
        now = int(office.now.timestamp())
        acknowledging.slip_of(office.store, KEY, made.token, "10.0.0.1", now)
    with office.store.reading() as tx:
        assert asks.of_period(tx, PERIOD, to_micro(office.now)) == []
    with pytest.raises(Conflict, match="已经撤回"):
        owing.withdraw(office.store, office.assessor, made.letter_id, office.sent())
    [again] = office.ask("甲")
    assert again.asked.number == "催补〔2026〕002号"


def test_what_came_in_since_is_told_as_given(office: Owing) -> None:
    office.ask("甲")
    table = METADATA.tables["assessment_fact"]
    account = str(office.accounts["甲一"])
    with office.store.writing() as tx:
        tx.conn.execute(table.update().where(table.c.account == account).values(cause=None))
    with office.store.reading() as tx:
        [sent] = screens.letters(tx, office.assessor.scope, office.key)
    assert (len(sent.letter.accounts), sent.still) == (2, 1)


def test_a_unit_sees_what_was_asked_of_itself_only_and_only_once_it_was_told(
    office: Owing,
) -> None:
    [mine, _] = office.ask("甲", "乙")
    for query in (screens.lacking, screens.letters):
        with office.store.reading() as tx:
            assert query(tx, office.unit.scope, office.key) == ()
    office.press(office.key, Move.FEED_BACK)
    with office.store.reading() as tx:
        assert len(screens.lacking(tx, office.unit.scope, office.key)) == 2
        [letter] = screens.letters(tx, office.unit.scope, office.key)
    assert letter.letter.id == mine.letter_id
    owing.word(office.store, office.unit, mine.letter_id, office.folder)
    with pytest.raises(Forbidden):
        owing.word(office.store, office.other, mine.letter_id, office.folder)


def test_what_was_fed_back_is_asked_for_no_more(office: Owing) -> None:
    office.press(office.key, Move.FEED_BACK)
    with pytest.raises(Conflict, match="已经封存"):
        office.ask("甲")


def test_a_letter_that_says_not_how_or_whom_is_not_sent(office: Owing) -> None:
    for given in ({"way": " "}, {"contact": ""}, {"way": "长" * 201}, {"way": "机密★"}):
        with pytest.raises(InputError):
            office.ask("甲", **given)
    with pytest.raises(InputError, match="请选择"):
        office.ask()
    table = METADATA.tables["ask_letter"]
    with office.store.reading() as tx:
        assert list(tx.conn.execute(select(table.c.id))) == []


def test_the_audit_names_letters_by_number_and_holds_no_typed_word(office: Owing) -> None:
    office.ask("甲")
    table = METADATA.tables["audit"]
    with office.store.reading() as tx:
        rows = tx.conn.execute(select(table)).mappings().all()
    mine = [row for row in rows if "催补" in row["action"]]
    assert [row["reason"] for row in mine] == ["催补〔2026〕001号"]
    assert not [row for row in rows if CALL in str(dict(row)) or WAY in str(dict(row))]
