"""分发—回收—合并: forms sent, filled in with a table program, and taken back in a heap."""

import io
import zipfile
from collections.abc import Mapping

import openpyxl
import pytest

from monitor.actions import forms, ledgers
from monitor.actions.forms import NewRound
from monitor.actions.sending import Sent
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.form import FORM_MARK, HIDDEN_SHEET, FormState
from monitor.domain.person import Role
from monitor.domain.unit import Level
from monitor.record import accounts, units
from monitor.record.store import Store
from monitor.report.group_text import LONGEST
from tests.actions.conftest import Enrol
from tests.actions.test_ledgers import ROWS, a_province, asked, names
from tests.builders import roomy_caps
from tests.conftest import NOW, StandingClock

LATER = int(NOW.timestamp()) + 86400
CITIES = NewRound("11月台账核对", Level.PREFECTURE.value, LATER)


@pytest.fixture
def filled(store: Store) -> Store:
    """A province with an account in each city."""
    with store.writing() as tx:
        units.save(tx, a_province())
    wanted = asked(*ROWS)
    ledgers.save(store, None, wanted, ledgers.look(store, None, wanted).fingerprint)
    return store


def books_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {each.split("_")[0]: package.read(each) for each in package.namelist()}


def changed(content: bytes, cells: Mapping[str, str | None], *, strip: bool = False) -> bytes:
    """The workbook with some cells filled in, saved by another program."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place, value in cells.items():
        book["台账"][place] = value
    if strip:
        del book[HIDDEN_SHEET]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def place(content: bytes, title: str, row: int) -> str:
    """The address of a column's cell."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))["台账"]
    column = next(each for each in sheet[1] if each.value == title)
    return f"{column.column_letter}{row}"


def test_a_form_is_pre_filled_locked_and_marked(filled: Store) -> None:
    _, content = forms.send(filled, None, CITIES)
    sent = books_of(content)
    assert set(sent) == {"武汉市公安局", "荆州市公安局"}
    book = openpyxl.load_workbook(io.BytesIO(sent["荆州市公安局"]))
    sheet = book["台账"]
    titles = [each.value for each in sheet[1]]
    row = dict(zip(titles, [each.value for each in sheet[2]], strict=True))
    assert (row["主办单位"], row["账号名称"]) == ("江陵县公安局", "甲(演示)")
    assert row["机构代码"] == "421024000000"
    assert sheet.protection.sheet
    assert sheet["A1"].protection.locked
    assert not sheet["A2"].protection.locked
    assert len(sheet.data_validations.dataValidation) == 6
    assert book[HIDDEN_SHEET].sheet_state == "veryHidden"
    assert book[HIDDEN_SHEET]["A1"].value == FORM_MARK


def test_forms_that_come_back_untouched_change_nothing(filled: Store) -> None:
    _, content = forms.send(filled, None, CITIES)
    looked = forms.look(filled, None, [("全部.zip", content)])
    assert len(looked) == 2
    for each in looked:
        assert each.diff is not None
        assert (each.problems, each.diff.added, each.diff.changed) == ((), (), ())
    assert forms.status(filled, None).count(FormState.OUT) == 2


def test_what_was_filled_in_is_merged_into_the_registry(filled: Store) -> None:
    _, content = forms.send(filled, None, CITIES)
    sent = books_of(content)["荆州市公安局"]
    cells = {
        place(sent, "账号ID", 2): "demo_9",
        place(sent, "主办单位", 3): "荆州市公安局",
        place(sent, "平台", 3): "视频号",
        place(sent, "账号名称", 3): "新(演示)",
    }
    looked = forms.look(filled, None, [("改了名字.xlsx", changed(sent, cells))])
    assert names(filled) == ["甲(演示)", "乙(演示)"]
    forms.save(filled, None, looked)
    with filled.reading() as tx:
        known = {each.name: each for each in accounts.all_accounts(tx)}
    assert known["甲(演示)"].uid == "demo_9"
    assert known["新(演示)"].unit_code == "421000000000"
    status = forms.status(filled, None)
    assert {each.unit_name: each.state for each in status.forms} == {
        "武汉市公安局": FormState.OUT,
        "荆州市公安局": FormState.RETURNED,
    }
    assert "未交1份:武汉市公安局" in status.group_text


def test_a_form_with_a_row_of_another_unit_is_faulty_and_nothing_of_it_is_merged(
    filled: Store,
) -> None:
    _, content = forms.send(filled, None, CITIES)
    sent = books_of(content)["荆州市公安局"]
    cells = {
        place(sent, "账号ID", 2): "demo_9",
        place(sent, "主办单位", 3): "武汉市公安局",
        place(sent, "平台", 3): "抖音",
        place(sent, "账号名称", 3): "越界(演示)",
    }
    looked = forms.look(filled, None, [("a.xlsx", changed(sent, cells))])
    assert "第3行" in looked[0].problems[0]
    assert "本表范围" in looked[0].problems[0]
    forms.save(filled, None, looked)
    assert names(filled) == ["甲(演示)", "乙(演示)"]
    with filled.reading() as tx:
        assert [each.uid for each in accounts.all_accounts(tx)] == [None, None]
    [faulty] = [each for each in forms.status(filled, None).forms if each.problems]
    assert (faulty.unit_name, faulty.state) == ("荆州市公安局", FormState.FAULTY)
    assert "有误待改1份" in forms.status(filled, None).group_text


def test_a_form_sent_earlier_is_told_from_the_present_one(filled: Store) -> None:
    with filled.writing() as tx:
        roomy_caps(tx)
    _, old = forms.send(filled, None, CITIES)
    forms.send(filled, None, NewRound("12月台账核对", CITIES.level, LATER))
    [looked] = forms.look(filled, None, [("a.xlsx", books_of(old)["荆州市公安局"])])
    assert "11月台账核对" in looked.problems[0]
    assert looked.diff is None
    forms.save(filled, None, [looked])
    assert forms.status(filled, None).count(FormState.FAULTY) == 1


def test_broken_and_foreign_files_are_named_with_their_reason(filled: Store) -> None:
    _, content = forms.send(filled, None, CITIES)
    sent = books_of(content)["荆州市公安局"]
    looked = forms.look(
        filled,
        None,
        [
            ("荆州市公安局.xlsx", sent[: len(sent) // 2]),
            ("照片.png", b"\x89PNG...."),
            ("空.csv", b""),
        ],
    )
    assert [bool(each.problems) for each in looked] == [True, True, True]
    assert looked[0].form is not None
    assert (looked[1].form, looked[2].form) == (None, None)
    forms.save(filled, None, looked)
    assert forms.status(filled, None).count(FormState.FAULTY) == 1


def test_without_its_hidden_mark_a_form_is_known_by_its_name_or_its_rows(filled: Store) -> None:
    _, content = forms.send(filled, None, CITIES)
    bare = changed(books_of(content)["荆州市公安局"], {}, strip=True)
    for name in ("荆州市公安局的表.xlsx", "新建工作表.xlsx"):
        [looked] = forms.look(filled, None, [(name, bare)])
        assert looked.form is not None
        assert looked.form.unit_name == "荆州市公安局"


def test_two_files_of_one_unit_leave_the_choice_to_a_person(filled: Store) -> None:
    _, content = forms.send(filled, None, CITIES)
    sent = books_of(content)["荆州市公安局"]
    first, second = forms.look(filled, None, [("a.xlsx", sent), ("b.xlsx", sent)])
    assert first.problems == ()
    assert "a.xlsx" in second.problems[0]
    assert second.form is None


def test_a_form_looked_at_before_the_registry_changed_is_not_merged(filled: Store) -> None:
    _, content = forms.send(filled, None, CITIES)
    sent = books_of(content)["荆州市公安局"]
    looked = forms.look(filled, None, [("a.xlsx", sent)])
    wanted = asked(["荆州市公安局", "微博", "丁(演示)"])
    ledgers.save(filled, None, wanted, ledgers.look(filled, None, wanted).fingerprint)
    [done] = forms.save(filled, None, looked)
    assert "又有变化" in done.problems[0]
    assert forms.status(filled, None).count(FormState.OUT) == 2


def test_a_liaison_sends_to_and_sees_the_own_city_only(filled: Store, enrol: Enrol) -> None:
    with filled.reading() as tx:
        path = next(each.path for each in units.all_units(tx) if each.name == "荆州市公安局")
    liaison = enrol("jz", Role.LIAISON, path)
    _, content = forms.send(filled, None, CITIES)
    assert [each.unit_name for each in forms.status(filled, liaison).forms] == ["荆州市公安局"]
    [other] = forms.look(filled, liaison, [("a.xlsx", books_of(content)["武汉市公安局"])])
    assert other.form is None
    county = NewRound("县级核对", Level.COUNTY.value, LATER)
    _, own = forms.send(filled, liaison, county)
    assert set(books_of(own)) == {"江陵县公安局"}
    with pytest.raises(Forbidden, match="权限"):
        forms.send(filled, enrol("viewer", Role.VIEWER), CITIES)


@pytest.mark.parametrize(
    "new",
    [
        NewRound("", CITIES.level, LATER),
        NewRound("x", "派出所", LATER),
        NewRound("x", CITIES.level, LATER - 10 * 86400),
        NewRound("x" * 41, CITIES.level, LATER),
    ],
)
def test_a_distribution_that_cannot_be_is_refused(filled: Store, new: NewRound) -> None:
    with pytest.raises(InputError):
        forms.send(filled, None, new)
    with pytest.raises(InputError, match="没有这次分发"):
        forms.status(filled, None)


def test_the_text_for_the_group_has_room_for_a_hundred_units(
    store: Store, clock: StandingClock
) -> None:
    province = a_province()
    more = [
        type(province[0])(
            f"4290{number:02}000000", f"第{number}县公安局(演示)", Level.COUNTY, "421000000000"
        )
        for number in range(99)
    ]
    with store.writing() as tx:
        units.save(tx, [*province, *more])
    forms.send(store, None, NewRound("县级台账核对", Level.COUNTY.value, LATER))
    text = forms.status(store, None).group_text
    assert len(text) <= LONGEST
    assert "未交100份" in text


def test_the_same_form_sent_twice_is_one_distribution_and_its_package_is_there_again(
    filled: Store, enrol: Enrol
) -> None:
    editor = enrol("editor", Role.EDITOR)
    first, content = forms.send(filled, editor, CITIES, Sent("returns-send", "k"))
    again, fetched = forms.send(filled, editor, CITIES, Sent("returns-send", "k"))
    assert first == again
    assert set(books_of(content)) == set(books_of(fetched))
    assert len(forms.rounds(filled, editor)) == 1
