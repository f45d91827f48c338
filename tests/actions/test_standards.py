"""A rulebook's way from a copy to being in force: who, in what order, and what is refused."""

from dataclasses import replace

import pytest

from monitor.actions import standards as acting
from monitor.actions.sending import Sent
from monitor.actions.standards import Copy, Pressed
from monitor.domain.errors import Conflict, Forbidden, InputError, Overtaken
from monitor.domain.person import Person, Role
from monitor.domain.standard import Draft, State
from monitor.record import in_force, standards
from monitor.record import rulebooks as kept
from monitor.record.store import Store
from monitor.settings import ROOT
from tests.actions.conftest import Enrol
from tests.builders import VAULT
from tests.filled import fill_store

DATA = ROOT / "data"


@pytest.fixture
def editor(enrol: Enrol) -> Person:
    return enrol("bianji", Role.EDITOR)


@pytest.fixture
def head(enrol: Enrol) -> Person:
    return enrol("kezhang", Role.HEAD)


@pytest.fixture
def draft(store: Store, editor: Person) -> Draft:
    copy = Copy("hubei-default", "benting", "本厅口径")
    return got(store, acting.begin(store, editor, DATA, copy, Sent("new", "k")))


def got(store: Store, draft_id: int) -> Draft:
    with store.reading() as tx:
        found = standards.get(tx, draft_id)
    assert found is not None
    return found


def save(store: Store, who: Person, draft: Draft, key: str = "s", **said: str) -> Draft:
    sent = Sent("form", key, draft.edits)
    acting.save_form(store, who, DATA, draft.id, said, sent)
    return got(store, draft.id)


def typed(store: Store, who: Person, draft: Draft, text: str) -> Draft:
    acting.save_text(store, who, DATA, draft.id, text, Sent("text", text[:40], draft.edits))
    return got(store, draft.id)


def press(draft: Draft, typed: str = "") -> Pressed:
    return Pressed(draft.id, draft.edits, typed)


def submitted(store: Store, editor: Person, draft: Draft) -> Draft:
    acting.submit(store, editor, DATA, press(draft), Sent("submit", str(draft.edits)))
    return got(store, draft.id)


def test_a_copy_is_the_same_rulebook_under_another_name_with_its_remarks(draft: Draft) -> None:
    assert (draft.name, draft.version, draft.state) == ("benting", 1, State.DRAFT)
    differing = acting.sheets.compared(draft.base_text, draft.text)
    assert {each.item for each in differing} == {"标准名称", "生效日期"}
    assert "# 新开账号的宽限期" in draft.text


@pytest.mark.parametrize(
    ("copy", "told"),
    [
        (Copy("gb2019", "benting", "某"), "没有这个认定标准"),
        (Copy("mh2025", "gb2019", "某"), "代号是预置标准的"),
        (Copy("mh2025", "Ben Ting", "某"), "代号应为小写字母"),
        (Copy("mh2025", "benting", " "), "标准名称应为"),
        (Copy("benting@9", "benting", "某"), "没有这个认定标准"),
    ],
)
def test_what_cannot_be_copied_is_refused(
    store: Store, editor: Person, copy: Copy, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        acting.begin(store, editor, DATA, copy, Sent("new", "k"))


def test_a_form_is_kept_once_and_never_over_another_s_unseen(
    store: Store, editor: Person, head: Person, draft: Draft
) -> None:
    after = save(store, editor, draft, **{"僵尸·天数": "100"})
    again = save(store, editor, draft, **{"僵尸·天数": "100"})
    assert again.edits == after.edits == 1
    assert acting.sheets.words(after.text)["僵尸·级别"] == "本厅设定"
    with pytest.raises(Overtaken) as clash:
        save(store, head, draft, **{"僵尸·天数": "120"})
    assert clash.value.theirs["僵尸·天数"] == "100"
    with pytest.raises(InputError, match="“睡眠·天数”应大于前一类的天数"):
        save(store, editor, after, "t", **{"睡眠·天数": "5"})


def test_text_is_refused_by_its_line_and_its_name_stays(
    store: Store, editor: Person, draft: Draft
) -> None:
    for old, new, told in (
        ("name: benting", "name: gb2019", "name 不能改动"),
        ("upper: false", "upper: true", "upper 不能改动"),
        ("over_days: 14", "over_days: 20", "“内容不更新”的数值已改"),
        ("least_grade: 1", "least_grade: 9", "least_grade"),
    ):
        with pytest.raises(InputError, match=told) as refused:
            typed(store, editor, draft, draft.text.replace(old, new, 1))
        line = draft.text[: draft.text.index(old)].count("\n") + 1
        where = refused.value.explained.where
        assert where.startswith("第")
        assert abs(int(where[1 : where.index("行")]) - line) <= 1
    assert typed(store, editor, draft, draft.text.replace("# 新开", "# 对新开")).edits == 1


def test_only_another_head_makes_it_final_and_then_nobody_changes_it(
    store: Store, editor: Person, head: Person, enrol: Enrol, draft: Draft
) -> None:
    waiting = submitted(store, editor, draft)
    assert waiting.state is State.WAITING
    with pytest.raises(Conflict, match="不能“保存”"):
        save(store, editor, waiting, "late", **{"僵尸·天数": "100"})
    with pytest.raises(Forbidden):
        acting.finalise(store, editor, DATA, press(waiting), Sent("final", "e"))
    both = enrol("jian", Role.HEAD)
    with store.writing() as tx:
        standards.change(tx, waiting, State.WAITING, changed_by=both.id)
    seen = got(store, draft.id)
    with pytest.raises(Forbidden, match="本人拟写"):
        acting.finalise(store, both, DATA, press(seen), Sent("final", "b"))
    with pytest.raises(Conflict, match="有改动"):
        acting.finalise(store, head, DATA, press(waiting), Sent("final", "h"))
    acting.finalise(store, head, DATA, press(seen), Sent("final", "h2"))
    final = got(store, draft.id)
    assert (final.state, final.decided_by) == (State.FINAL, head.id)
    with store.reading() as tx:
        (term,) = in_force.terms(tx)
        row = kept.find_version(tx, "benting", 1)
        assert row is not None
        assert kept.document(tx, row) == draft.text
    assert (term.rulebook_id, term.by) == (row, head.id)
    with pytest.raises(Conflict):
        acting.drop(store, editor, press(final), Sent("drop", "k"))
    copy = Copy("benting@1", "benting", "本厅口径")
    second = got(store, acting.begin(store, editor, DATA, copy, Sent("new", "k2")))
    assert second.version == 2


def test_a_returned_draft_says_why_and_comes_back(
    store: Store, editor: Person, head: Person, draft: Draft
) -> None:
    waiting = submitted(store, editor, draft)
    with pytest.raises(InputError, match="理由"):
        acting.send_back(store, head, VAULT, press(waiting), Sent("back", "k"))
    acting.send_back(store, head, VAULT, press(waiting, "僵尸改为92天"), Sent("back", "k"))
    back = got(store, draft.id)
    assert back.state is State.RETURNED
    assert back.reason is not None
    mended = save(store, editor, back, **{"僵尸·天数": "92"})
    again = submitted(store, editor, mended)
    assert (again.state, again.reason) == (State.WAITING, None)


def test_no_day_that_was_judged_gets_another_rulebook(
    store: Store, editor: Person, head: Person, draft: Draft
) -> None:
    fill_store(store)
    early = submitted(store, editor, replace(draft))
    with pytest.raises(InputError, match="太早"):
        acting.finalise(store, head, DATA, press(early), Sent("final", "k"))
    with store.reading() as tx:
        assert not in_force.terms(tx)


def test_a_draft_that_is_dropped_stays_and_its_number_is_not_given_again(
    store: Store, editor: Person, draft: Draft
) -> None:
    acting.drop(store, editor, press(draft), Sent("drop", "k"))
    assert got(store, draft.id).state is State.DROPPED
    copy = Copy("mh2025", "benting", "本厅口径")
    assert got(store, acting.begin(store, editor, DATA, copy, Sent("new", "k2"))).version == 2
