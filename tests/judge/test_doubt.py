"""A doubted rule: its failures are hints under 本厅口径, and nothing else of it moves."""

from dataclasses import replace

from monitor.domain.finding import UPDATE_RULE, Outcome
from monitor.domain.instants import DAY
from monitor.judge.doubt import EASED_FROM, SAID
from monitor.judge.evaluate import judge
from tests.judge.evidence import measure
from tests.judge.shelf import NOW, book, silent

SILENT = measure(silent(40 * DAY), NOW)
DOUBTED = replace(SILENT, doubted=frozenset({UPDATE_RULE}))


def test_a_doubted_silence_is_a_hint_that_says_so_and_keeps_its_bounds() -> None:
    before, after = (judge(each, book("hubei-default")) for each in (SILENT, DOUBTED))
    assert (before.outcome, before.status) == (Outcome.FAIL, "睡眠")
    assert (after.outcome, after.status, after.status_max) == (Outcome.HINT, "提醒", "提醒")
    assert after.breach_at is None
    assert (after.silence_min, after.cutoff) == (before.silence_min, before.cutoff)
    assert after.next_at == before.next_at
    told = next(each for each in after.findings if each.rule == UPDATE_RULE)
    assert (told.outcome, told.evidence[EASED_FROM]) == (Outcome.HINT, "睡眠")
    assert told.sentence.endswith(SAID)


def test_the_upper_view_and_rules_that_are_not_doubted_conclude_as_before() -> None:
    assert judge(DOUBTED, book("gb2019")) == judge(SILENT, book("gb2019"))
    other = replace(SILENT, doubted=frozenset({"不互动"}))
    assert judge(other, book("hubei-default")) == judge(SILENT, book("hubei-default"))
