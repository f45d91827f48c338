"""启用向导 step by step as Streamlit draws it: an empty store, every step, and what each wrote."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.page import Visit
from monitor.actions import intake, ledgers, people, setting_up
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.office import Deployment, Feed, Progress, Step
from monitor.domain.person import Grant, Person, Role, Session
from monitor.record.store import Store
from tests.conftest import NOW, StandingClock
from tests.dashboard.test_views import FORBIDDEN, LATIN, NAMES, draw, words
from tests.runs.test_bundles import counts
from tests.service.parts import DATA

SECOND = int(NOW.timestamp())
LEDGER = (
    "平台,账号名称,账号ID,主办单位\n"
    "微信,平安荆州(演示),demo_1,荆州市公安局\n"
    "抖音,平安荆州(演示),,荆州市公安局\n"
    "微博,平安武汉(演示),demo_3,武汉市公安局\n"
).encode("utf-8-sig")
PEOPLE = (
    "登录名,姓名,角色,机构代码\n"
    "jingzhou.wang,王某(演示),市州联络员,421000000000\n"
    "head,赵某(演示),科室负责人,\n"
    "bad one,李某(演示),市州联络员,\n"
    "nobody,周某(演示),处长,\n"
    "lost,吴某(演示),账号运维员,999999000000\n"
).encode("utf-8-sig")
"""Two good rows, and three that are refused."""


def a_visit(store: Store, role: Role = Role.EDITOR, path: str = "/") -> Visit:
    login = f"u{len(role.value)}{abs(hash((role, path))) % 99999}"
    new = people.NewPerson(login, "周某(演示)", (Grant(role, path),), "Quiet-Lake-2026", False)
    people.enrol(store, None, new)
    person = people.person_called(store, login, SECOND)
    session = Session(1, person, SECOND + 3600, "x")
    return Visit(session, store, SECOND, "省公安厅宣传处", demo=False, data_dir=DATA)


def press(test: AppTest, label: str) -> AppTest:
    return next(each for each in test.button if each.label == label).click().run()


def test_the_first_page_of_an_empty_office_leads_to_the_wizard(sqlite_store: Store) -> None:
    html = str([each.proto.body for each in draw("home", a_visit(sqlite_store)).get("html")])
    assert 'href="/setting_up"' in html
    elsewhere = draw("home", a_visit(sqlite_store, Role.LIAISON))
    assert "setting_up" not in str([each.proto.body for each in elsewhere.get("html")])


def test_every_step_speaks_chinese_and_can_wait(sqlite_store: Store) -> None:
    visit = a_visit(sqlite_store)
    for step in Step:
        test = draw("setting_up", visit, step=step.value)
        assert not test.exception, step
        said = NAMES.sub(" ", words(test))
        assert LATIN.findall(said) == []
        assert not [word for word in FORBIDDEN if word in said]
        press(test, "稍后再做")
    office = setting_up.office(sqlite_store)
    assert set(office.steps.values()) == {Progress.LATER}
    assert office.next_step is None
    end = words(draw("setting_up", visit))
    assert "已建账号 0 个" in end
    assert "还有步骤未办" in end


def test_the_wizard_goes_on_where_it_was_left(sqlite_store: Store) -> None:
    visit = a_visit(sqlite_store)
    setting_up.name_office(sqlite_store, visit.person, "某省公安厅宣传处", Deployment.FILES_ONLY)
    assert "第2步 单位树" in words(draw("setting_up", visit))
    standing = setting_up.standing(sqlite_store, SECOND, "别的")
    assert standing.name == "某省公安厅宣传处"
    setting_up.put_off(sqlite_store, visit.person, Step.OFFICE)
    assert setting_up.office(sqlite_store).steps[Step.OFFICE] is Progress.DONE


def test_units_are_loaded_by_one_button_and_a_table_is_compared_first(sqlite_store: Store) -> None:
    visit = a_visit(sqlite_store)
    test = press(draw("setting_up", visit, step="units"), "载入湖北预置单位")
    assert "已载入" in str([each.value for each in test.success])
    known = intake.known_units(sqlite_store)
    assert len(known) > 130
    assert intake.compare_units(sqlite_store, intake.preset_units(DATA)).unchanged == len(known)
    table = "机构代码,单位名称,单位层级,上级机构代码\n421000000000,荆州公安,市州局,420000000000\n"
    found = intake.read_units(table.encode("utf-8-sig"), "单位.csv", 10_000)
    diff = intake.compare_units(sqlite_store, found)
    assert [each.name for each in diff.changed] == ["荆州公安"]


@pytest.fixture
def started(sqlite_store: Store) -> Visit:
    """An office with its units, its ledger and its first people."""
    visit = a_visit(sqlite_store)
    intake.save_units(sqlite_store, visit.person, intake.preset_units(DATA))
    asked = ledgers.Asked("台账.csv", LEDGER)
    seen = ledgers.look(sqlite_store, visit.person, asked).fingerprint
    assert len(ledgers.save(sqlite_store, visit.person, asked, seen).added) == 3
    return visit


def dropped(visit: Visit, name: str, content: bytes) -> AppTest:
    """The step of the ledger with a file in its box."""
    test = draw("setting_up", visit, step="ledger")
    test.file_uploader[0].set_value((name, content, "text/csv"))
    return test.run()


def test_a_ledger_taken_in_twice_changes_nothing(started: Visit) -> None:
    test = dropped(started, "台账.csv", LEDGER)
    assert not test.exception
    assert "没有需要保存的内容" in str([each.value for each in test.caption])
    assert test.button(key="ledger_save").disabled


def test_columns_corrected_in_the_wizard_are_remembered_there_and_on_the_page(
    started: Visit,
) -> None:
    rows = "在哪个平台,号的名称,开办的单位名\n抖音,石首公安(演示),石首市公安局\n"
    test = dropped(started, "a.csv", rows.encode("utf-8-sig"))
    assert "表头没有完全认出" in test.warning[0].value
    for box, meaning in zip(test.selectbox[1:4], ("平台", "账号名称", "主办单位"), strict=True):
        box.select(meaning)
    press(test, "按此对应")
    press(test, "确认保存")
    assert not test.exception
    assert "已保存：新增1个，变更0个。" in str([each.value for each in test.success])
    assert setting_up.office(started.store).steps[Step.LEDGER] is Progress.DONE
    again = rows.replace("石首公安", "石首警方").encode("utf-8-sig")
    assert "新增的账号（1个）" in words(dropped(started, "b.csv", again))
    known = ledgers.look(started.store, started.person, ledgers.Asked("b.csv", again))
    assert known.diff is not None
    assert [each.name for each in known.diff.added] == ["石首警方(演示)"]


def test_faulty_rows_are_held_in_the_wizard_until_they_may_be_skipped(started: Visit) -> None:
    rows = "平台,账号名称,主办单位\n抖音,石首公安(演示),没有的单位\n"
    test = dropped(started, "a.csv", rows.encode("utf-8-sig"))
    assert test.button(key="ledger_save").disabled
    assert "没有的单位" in words(test)


def test_people_get_a_slip_each_once_and_bad_rows_are_named(started: Visit) -> None:
    found = intake.read_people(started.store, PEOPLE, "人员.csv", 100_000)
    assert [str(each) for each in found.problems] == [
        "第5行“角色”列:“处长”有误,应为" + "、".join(Role) + "之一",
        "第6行“机构代码”列:“999999000000”有误,应为单位树中已有的机构代码",
        "第4行“登录名”列:“bad one”有误,应为字母、数字、点、横线组成的登录名",
    ]
    done = intake.enrol_people(started.store, started.person, found.rows)
    assert [(each.login, each.unit) for each in done.slips] == [
        ("jingzhou.wang", "荆州市公安局"),
        ("head", "全省"),
    ]
    assert all(len(each.password) == 13 for each in done.slips)
    assert done.refused == ()
    wang = people.person_called(started.store, "jingzhou.wang", SECOND)
    assert wang.must_change
    assert len(wang.scope.paths) == 1
    again = intake.enrol_people(started.store, started.person, found.rows)
    assert again.slips == ()
    assert again.known == ("jingzhou.wang", "head")


def test_an_editor_makes_no_keeper_of_the_machine(started: Visit) -> None:
    table = "登录名,姓名,角色\nroot1,甲(演示),系统管理员\n".encode("utf-8-sig")
    found = intake.read_people(started.store, table, "人员.csv", 100_000)
    done = intake.enrol_people(started.store, started.person, found.rows)
    assert done.slips == ()
    assert "超出本人管理范围" in done.refused[0]


def test_the_end_page_counts_what_there_is_and_what_it_costs(started: Visit) -> None:
    setting_up.begin_trial(started.store, started.person, date(2026, 12, 23), date(2026, 11, 27))
    said = words(draw("setting_up", started, step="end"))
    assert "已建账号 3 个；可认定 0 个；本周需巡查 3 个，预计每市州 1 分钟" in said
    assert "试运行至 2026-12-23" in said
    assert "2026-11-27" in said
    assert "第1步 本单位与部署方式" in said


def test_the_standards_show_every_threshold_with_its_source(started: Visit) -> None:
    said = words(draw("setting_up", started, step="standards"))
    for expected in ("本厅设定", "国家规定", "14天", "30天", "90天"):
        assert expected in said
    press(draw("setting_up", started, step="standards"), "确认，下一步")
    office = setting_up.office(started.store)
    assert (office.upper, office.own) == ("gb2019", "hubei-default")


def test_sources_and_the_trial_are_kept_by_their_buttons(started: Visit) -> None:
    press(draw("setting_up", started, step="sources"), "保存，下一步")
    feeds = setting_up.office(started.store).feeds
    assert feeds == dict.fromkeys(("wechat", "weibo", "douyin"), Feed.NONE)
    press(draw("setting_up", started, step="trial"), "开始试运行")
    office = setting_up.office(started.store)
    assert office.trial_until == date(2026, 12, 23)
    assert office.patrol_due == date(2026, 11, 27)


@pytest.mark.parametrize("role", [Role.LIAISON, Role.VIEWER, Role.SYSTEM_ADMIN])
def test_who_may_not_set_up_is_refused_by_the_action(started: Visit, role: Role) -> None:
    other = a_visit(started.store, role).person
    refused(started.store, other)


def test_an_editor_of_a_prefecture_is_refused_and_told_so(started: Visit) -> None:
    path = next(each.path for each in intake.known_units(started.store) if "荆州市" in each.name)
    visit = a_visit(started.store, Role.EDITOR, path)
    refused(started.store, visit.person)
    assert "由省厅办理" in words(draw("setting_up", visit))


def refused(store: Store, person: Person) -> None:
    before = setting_up.office(store), counts(store)
    for attempt in (
        lambda: setting_up.name_office(store, person, "某处", Deployment.OUTSIDE),
        lambda: setting_up.choose_feeds(store, person, {"wechat": Feed.EXPORT}),
        lambda: setting_up.choose_standards(store, person, DATA, "gb2019", "hubei-default"),
        lambda: setting_up.begin_trial(store, person, date(2026, 12, 1)),
        lambda: setting_up.end_trial(store, person),
        lambda: setting_up.put_off(store, person, Step.UNITS),
        lambda: intake.save_units(store, person, []),
    ):
        with pytest.raises(Forbidden):
            attempt()
    assert (setting_up.office(store), counts(store)) == before


def test_nonsense_is_refused_with_what_was_expected(started: Visit, clock: StandingClock) -> None:
    store, person = started.store, started.person
    with pytest.raises(InputError, match="试运行截止日"):
        setting_up.begin_trial(store, person, date(2026, 11, 22))
    with pytest.raises(InputError, match="不是上级口径"):
        setting_up.choose_standards(store, person, DATA, "hubei-default", "hubei-default")
    with pytest.raises(InputError, match="没有这个平台"):
        setting_up.choose_feeds(store, person, {"myspace": Feed.EXPORT})
    with pytest.raises(InputError, match="单位名称"):
        setting_up.name_office(store, person, "  ", Deployment.OUTSIDE)
    setting_up.begin_trial(store, None, date(2026, 11, 23))
    assert setting_up.standing(store, SECOND, "").trial_until == date(2026, 11, 23)
    assert setting_up.standing(store, SECOND + 86_400, "").trial_until is None
    assert setting_up.end_trial(store, None)
    assert not setting_up.end_trial(store, None)
