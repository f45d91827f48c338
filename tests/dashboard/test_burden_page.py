"""基层负担: the page empty, full and refused, in Chinese, each number leading to its things."""

from dataclasses import replace

from monitor.actions import forms
from monitor.actions.forms import NewRound
from monitor.domain.person import Person, Role
from monitor.domain.scope import EVERYTHING, NOTHING
from monitor.record.store import Store
from tests.dashboard.test_views import FORBIDDEN, LATIN, NAMES, SECOND, a_visit, draw, words
from tests.filled import fill_store


def sent(store: Store) -> None:
    forms.send(store, None, NewRound("台账核对", "市州局", SECOND + 86_400))


def test_a_week_without_anything_says_so_and_what_the_caps_are(sqlite_store: Store) -> None:
    fill_store(sqlite_store)
    said = words(draw("burden", a_visit(sqlite_store)))
    assert "本周没有向单位下达任何事项" in said
    assert "上限每个单位1次" in said
    assert "上限每件1次" in said
    assert "不设上限" in said
    assert "能自动取得的不要求填报" in said


def test_the_meter_of_the_first_page_leads_to_units_and_these_to_their_things(
    sqlite_store: Store,
) -> None:
    made = fill_store(sqlite_store)
    sent(sqlite_store)
    first = draw("home", a_visit(sqlite_store))
    html = " ".join(str(each.proto.body) for each in first.get("html"))
    assert "/burden?sort=%E5%A1%AB%E6%8A%A5" in html
    assert "3个单位，最多1次，上限每个单位1次" in words(first)
    full = draw("burden", a_visit(sqlite_store))
    assert not full.exception
    said = words(full)
    assert "荆州市公安局" in said
    assert LATIN.findall(NAMES.sub(" ", said)) == []
    assert not [word for word in FORBIDDEN if word in said]
    one = draw("burden", a_visit(sqlite_store), unit=str(made.units["荆州市公安局"]))
    assert "分发表格：台账核对" in words(one)
    assert "宜昌市公安局" not in words(one)
    none = draw("burden", a_visit(sqlite_store), unit=str(made.units["江陵县公安局"]))
    assert "没有向该单位下达" in words(none)


def test_a_section_head_finds_the_form_and_an_editor_the_caps(sqlite_store: Store) -> None:
    fill_store(sqlite_store)
    visit = a_visit(sqlite_store)
    head = Person(1, "head", "郑某(演示)", frozenset({Role.HEAD}), EVERYTHING)
    seen = words(draw("burden", replace(visit, session=replace(visit.session, person=head))))
    assert "准予超限（科室负责人）" in seen
    assert "设置上限" in seen
    assert "准予超限（科室负责人）" not in words(draw("burden", visit))
    assert "尚未划定查看范围" in words(draw("burden", a_visit(sqlite_store, NOTHING)))
