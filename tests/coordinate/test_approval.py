"""The approval's state machine beside a naive office: same answers to whatever is tried."""

import os
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from monitor.coordinate import approval as machine
from monitor.coordinate.moves import TABLE, Act
from monitor.domain.approval import Approval, Move, Paper, Signature, Stage, State, Step
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Role
from tests.coordinate import naive
from tests.coordinate.naive import BOTH, CHIEF, DIRECTOR, FRIEND, HEAD, SECRECY, WRITER, Line

DEEP = os.environ.get("SENTINEL_DEEP") == "1"
PEOPLE = st.sampled_from(sorted(naive.ROLES))
MOSTLY_THE_WRITER = st.sampled_from([WRITER, WRITER, WRITER, WRITER, HEAD, BOTH])
MOSTLY_HEADS = st.sampled_from([HEAD, HEAD, BOTH, WRITER, CHIEF])
TEXTS = st.sampled_from(["a", "b"])
SEEN = st.sampled_from(["", "", "", "a", "b"])
"""What somebody looked at: mostly the text as it is."""
WAY = ((Stage.SECRECY, Role.SECRECY), (Stage.REVIEW, Role.HEAD), (Stage.ENDORSE, Role.DIRECTOR))
CONFIRMS = frozenset({Role.HEAD})


def roles(who: int) -> frozenset[Role]:
    return frozenset(Role(each) for each in naive.ROLES[who])


def steps(cosigned: bool, issued: bool) -> tuple[Step, ...]:
    way = [*WAY, *([(Stage.ISSUE, Role.CHIEF)] if issued else [])]
    found = [Step(number, stage, role) for number, (stage, role) in enumerate(way, 2)]
    first = [Step(1, Stage.COSIGN, Role.COSIGNER, who) for who in (FRIEND, HEAD)]
    return (*(first if cosigned else []), *found)


class Offices(RuleBasedStateMachine):
    """Every act goes to both; whether it was taken and where it led must agree."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1_000
        self.real = Approval(WRITER, "a")
        self.naive = naive.Office()

    def act(self, taken: bool, move: Move, who: int, **more: object) -> None:
        done = Act(move, who, roles=roles(who), **more)  # type: ignore[arg-type]
        try:
            self.real = machine.follow(self.real, done, self.now)
        except (Conflict, Forbidden, InputError):
            assert not taken, done
        else:
            assert taken, done
        assert machine.settle(self.real, self.now).state == self.naive.state

    @rule(seconds=st.sampled_from([1, 40, 400]))
    def wait(self, seconds: int) -> None:
        self.now += seconds
        self.naive.tick(self.now)

    @rule(who=MOSTLY_THE_WRITER, cosigned=st.booleans(), issued=st.booleans())
    def submit(self, who: int, cosigned: bool, issued: bool) -> None:
        wanted = steps(cosigned, issued)
        lines = [Line(each.position, each.stage, each.role, each.holder) for each in wanted]
        due = self.now + 500
        taken = self.naive.submit(who, self.now, lines, due)
        more = {"steps": wanted, "due": due, "distinct": True, "confirms": CONFIRMS}
        self.act(taken, Move.SUBMIT, who, sha256=self.real.sha256, **more)

    @rule(who=PEOPLE, move=st.sampled_from([Move.AGREE, Move.AGREE_ON, Move.ENDORSE]), seen=SEEN)
    def sign(self, who: int, move: Move, seen: str) -> None:
        seen = seen or self.naive.text
        self.act(self.naive.sign(who, self.now, move, seen), move, who, sha256=seen)

    @rule(data=st.data(), cosigned=st.booleans(), pauses=st.lists(st.sampled_from([1, 1, 40, 400])))
    def go_on(self, data: st.DataObject, cosigned: bool, pauses: list[int]) -> None:
        """What is seldom hit upon by chance: it is sent up, and signed by whose turn it is."""
        if self.naive.state not in {"审批中", "已签发"}:
            if self.naive.planned is not None and self.naive.planned <= self.now:
                self.amend(WRITER, self.naive.text, 90)
            self.submit(WRITER, cosigned, False)
        for seconds in pauses:
            self.wait(seconds)
            able = [who for who in naive.ROLES if self.naive.mine(who)]
            if able:
                who = data.draw(st.sampled_from(able))
                line = self.naive.mine(who)
                assert line is not None
                self.sign(who, Move(naive.YES[line.stage]), self.naive.text)

    @rule(
        who=PEOPLE,
        move=st.sampled_from([Move.RETURN, Move.REFUSE]),
        seen=SEEN,
        opinion=st.sampled_from(["", "数字有误"]),
    )
    def back(self, who: int, move: Move, seen: str, opinion: str) -> None:
        seen = seen or self.naive.text
        taken = self.naive.back(who, move, seen, opinion)
        self.act(taken, move, who, sha256=seen, opinion=opinion)

    @rule(who=PEOPLE, seen=SEEN, to=PEOPLE)
    def hand_on(self, who: int, seen: str, to: int) -> None:
        seen = seen or self.naive.text
        taken = self.naive.hand(who, seen, to)
        self.act(taken, Move.HAND_ON, who, sha256=seen, to=to, to_roles=roles(to))

    @rule(who=MOSTLY_THE_WRITER, text=TEXTS, ahead=st.sampled_from([None, 30, 300]))
    def amend(self, who: int, text: str, ahead: int | None) -> None:
        planned = None if ahead is None else self.now + ahead
        taken = self.naive.amend(who, text, planned)
        self.act(taken, Move.AMEND, who, sha256=text, planned=planned)

    @rule(who=PEOPLE)
    def withdraw(self, who: int) -> None:
        self.act(self.naive.withdraw(who), Move.WITHDRAW, who)

    @rule(who=MOSTLY_THE_WRITER, seen=SEEN, ago=st.sampled_from([-5, 0, 100]))
    def paper(self, who: int, seen: str, ago: int) -> None:
        seen = seen or self.naive.text
        signed = self.now - ago
        taken = self.naive.paper(who, seen, self.now, signed)
        paper = Paper("赵某(演示)", signed, "f" * 64, who, seen)
        self.act(taken, Move.PAPER, who, sha256=seen, paper=paper, confirms=CONFIRMS)

    @rule(who=MOSTLY_HEADS, seen=SEEN)
    def confirm(self, who: int, seen: str) -> None:
        seen = seen or self.naive.text
        self.act(self.naive.confirm(who, seen), Move.CONFIRM, who, sha256=seen)

    @invariant()
    def nothing_leaves_unsigned(self) -> None:
        """What counts in the end, said without the machine: enough people saw this very text."""
        if self.real.state is not State.APPROVED:
            return
        paper = self.real.paper
        if paper is not None:
            assert paper.confirmed_by not in {None, WRITER, paper.by}
            assert paper.sha256 == self.real.sha256
            return
        signed = [each.signed for each in self.real.steps]
        assert signed
        assert all(each is not None and each.sha256 == self.real.sha256 for each in signed)
        assert WRITER not in {each.person for each in signed if each is not None}
        apart = [
            each.signed.person
            for each in self.real.steps
            if each.signed and each.stage in {Stage.REVIEW, Stage.ENDORSE, Stage.ISSUE}
        ]
        assert len(set(apart)) == len(apart) >= 2

    @invariant()
    def what_is_offered_can_be_done(self) -> None:
        here = machine.settle(self.real, self.now)
        for who in naive.ROLES:
            offered = machine.buttons(here, Act(Move.AGREE, who, roles=roles(who)), self.now)
            assert all((here.state, move) in TABLE for move in offered)
            decides = {Move.AGREE, Move.AGREE_ON, Move.ENDORSE} & set(offered)
            assert bool(decides) == (self.naive.mine(who) is not None)


TestOffices = Offices.TestCase
TestOffices.settings = settings(
    max_examples=1_000 if DEEP else 80, stateful_step_count=40, deadline=None
)


def under_way(*more: Step) -> Approval:
    return Approval(
        WRITER, "a", State.UNDER_WAY, steps(False, False) + more, due=10**6, distinct=True
    )


def act(move: Move, who: int, **more: object) -> Act:
    return Act(move, who, "a", roles=roles(who), **more)  # type: ignore[arg-type]


def through(approval: Approval, *who: int) -> Approval:
    for each in who:
        step = machine.step_of(approval, act(Move.AGREE, each))
        assert step is not None
        approval = machine.follow(approval, act(machine.YES[step.stage], each), 5)
    return approval


def test_three_people_sign_one_after_the_other() -> None:
    done = through(under_way(), SECRECY, HEAD, DIRECTOR)
    assert done.state is State.APPROVED
    assert next(each.signed for each in done.steps) == Signature(SECRECY, 5, "a")


def test_one_person_in_two_parts_is_told_why_not() -> None:
    half = through(under_way(), SECRECY, BOTH)
    with pytest.raises(Forbidden, match="不同的人"):
        machine.follow(half, act(Move.ENDORSE, BOTH), 5)
    same_house = replace(half, distinct=False)
    assert machine.follow(same_house, act(Move.ENDORSE, BOTH), 5).state is State.APPROVED


def test_a_deputy_signs_for_somebody_and_never_for_the_writer() -> None:
    half = through(under_way(), SECRECY)
    deputy = Act(Move.AGREE_ON, CHIEF, "a", roles=roles(HEAD), behalf=HEAD)
    signed = machine.follow(half, deputy, 5).steps[1].signed
    assert signed is not None
    assert (signed.person, signed.behalf) == (CHIEF, HEAD)
    for_the_writer = Act(Move.AGREE_ON, CHIEF, "a", roles=roles(WRITER), behalf=WRITER)
    with pytest.raises(Forbidden, match="本人拟稿"):
        machine.follow(half, for_the_writer, 5)


def test_a_county_says_itself_who_checked() -> None:
    draft = Approval(WRITER, "a")
    with pytest.raises(InputError, match="本单位审核人"):
        machine.follow(draft, act(Move.SUBMIT, WRITER, due=9), 5)
    attested = act(Move.SUBMIT, WRITER, due=9, attested_by="王某(演示)")
    assert machine.follow(draft, attested, 5).state is State.APPROVED


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", sorted(set(Move) - {Move.LAPSE}))
def test_what_is_not_in_the_table_is_refused_in_words(state: State, move: Move) -> None:
    if (state, move) not in TABLE:
        with pytest.raises(Conflict, match=f"当前为“{state}”"):
            machine.follow(Approval(WRITER, "a", state), act(move, WRITER), 5)


@pytest.mark.parametrize(("changed", "again"), [(False, 1), (True, 3)])
def test_signed_too_late_only_the_last_signs_again_unless_the_text_changed(
    changed: bool, again: int
) -> None:
    late = through(replace(under_way(), planned=3), SECRECY, HEAD, DIRECTOR)
    assert late.state is State.LATE
    text = "b" if changed else "a"
    moved = machine.follow(late, Act(Move.AMEND, WRITER, text, planned=900), 10)
    more = {"steps": steps(False, False), "due": 800, "distinct": True}
    sent = machine.follow(moved, Act(Move.SUBMIT, WRITER, text, **more), 11)  # type: ignore[arg-type]
    assert len([each for each in sent.steps if each.signed is None]) == again


def test_nobody_signs_after_the_due_second() -> None:
    approval = replace(under_way(), due=5)
    assert machine.settle(approval, 4).state is State.UNDER_WAY
    assert machine.settle(approval, 5).state is State.LATE
    with pytest.raises(Conflict, match="待改期"):
        machine.follow(approval, act(Move.AGREE, SECRECY), 5)


@pytest.mark.parametrize("state", [State.UNDER_WAY, State.APPROVED, State.PAPER])
def test_another_text_voids_every_signature(state: State) -> None:
    signed = replace(through(under_way(), SECRECY, HEAD), state=state)
    amended = machine.follow(signed, Act(Move.AMEND, WRITER, "b"), 6)
    assert (amended.state, amended.steps, amended.paper) == (State.DRAFT, (), None)


def test_who_registered_a_paper_does_not_confirm_it() -> None:
    paper = Paper("赵某(演示)", 4, "f" * 64, HEAD, "a")
    waiting = Approval(WRITER, "a", State.PAPER, paper=paper, confirms=CONFIRMS)
    with pytest.raises(Forbidden, match="登记人"):
        machine.follow(waiting, act(Move.CONFIRM, HEAD), 5)
    with pytest.raises(Forbidden, match="科室负责人"):
        machine.follow(waiting, act(Move.CONFIRM, CHIEF), 5)
    with pytest.raises(InputError, match="意见"):
        machine.follow(waiting, act(Move.REJECT, BOTH), 5)
    assert machine.follow(waiting, act(Move.CONFIRM, BOTH), 5).state is State.APPROVED
