"""Signing in and out: counted before it is checked, silent about who exists."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from monitor.access import passwords
from monitor.actions import people, sign_in
from monitor.actions.sign_in import Entered, Lasting
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.person import Grant, Person, Role, Session
from monitor.record import audit
from monitor.record.store import Store
from tests.actions.conftest import PASSWORD, Enrol
from tests.conftest import StandingClock

LASTING = Lasting(idle=3600, most=12 * 3600)
HERE = "10.0.0.1"


def come_in(store: Store, login: str = "li", password: str = PASSWORD, at: str = HERE) -> Entered:
    return sign_in.sign_in(store, login, password, at, LASTING)


def fail(store: Store, login: str = "li", times: int = 1, at: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(InputError, match="登录名或口令不正确"):
            come_in(store, login, "wrong", at)


def who(store: Store, clock: StandingClock, token: str | None) -> Session | None:
    return sign_in.session_of(store, token, int(clock.now.timestamp()), LASTING)


def test_the_right_password_opens_a_session_that_only_its_token_finds(
    store: Store, clock: StandingClock, enrol: Enrol
) -> None:
    person = enrol("li", Role.EDITOR)
    entered = come_in(store, " LI ")
    session = who(store, clock, entered.token)
    assert session is not None
    assert session.person == person
    assert session.csrf not in ("", entered.token)
    assert [who(store, clock, token) for token in (None, "", "x", session.csrf)] == [None] * 4
    assert entered.token not in repr(entered)


def test_a_wrong_password_an_unknown_login_and_one_who_is_out_are_answered_alike(
    store: Store, enrol: Enrol
) -> None:
    people.disable(store, None, enrol("gone", Role.EDITOR).id)
    enrol("li", Role.EDITOR)
    said = set()
    for login, password in (("li", "wrong"), ("nobody", PASSWORD), ("gone", PASSWORD)):
        with pytest.raises(InputError) as refused:
            come_in(store, login, password)
        said.add(str(refused.value))
    assert said == {"登录名或口令不正确。"}


@pytest.mark.parametrize("login", ["li", "nobody"])
def test_five_failures_make_one_wait_whether_the_login_exists_or_not(
    store: Store, clock: StandingClock, enrol: Enrol, login: str
) -> None:
    enrol("li", Role.EDITOR)
    fail(store, login, 5)
    with pytest.raises(Forbidden, match="1分钟后再试"):
        come_in(store, login)
    clock.move(seconds=61)
    fail(store, login)
    with pytest.raises(Forbidden, match="2分钟后再试"):
        come_in(store, login)


def test_the_right_password_after_the_wait_forgets_the_failures(
    store: Store, clock: StandingClock, enrol: Enrol
) -> None:
    enrol("li", Role.EDITOR)
    fail(store, times=5)
    clock.move(seconds=61)
    come_in(store)
    fail(store, times=4)
    come_in(store)


def test_an_address_that_tries_many_logins_must_wait_too(store: Store, enrol: Enrol) -> None:
    enrol("li", Role.EDITOR)
    for number in range(30):
        fail(store, f"guess{number}")
    with pytest.raises(Forbidden, match="分钟后再试"):
        come_in(store)
    come_in(store, at="10.0.0.2")


def test_many_guesses_at_once_are_as_many_guesses_as_one_after_another(
    either_store: Store,
) -> None:
    new = people.NewPerson("li", "某人", (Grant(Role.EDITOR, "/"),), PASSWORD)
    people.enrol(either_store, None, new)

    def guess(number: int) -> str:
        try:
            come_in(either_store, "li", f"wrong{number}")
        except InputError:
            return "checked"
        except Forbidden:
            return "refused"
        return "in"

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(guess, range(16)))
    assert sorted(set(said)) == ["checked", "refused"]
    assert said.count("checked") == 5


def test_somebody_put_out_while_the_password_is_checked_does_not_get_in(
    store: Store, enrol: Enrol, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = enrol("li", Role.EDITOR)
    checked = passwords.verify

    def meanwhile(kept: str | None, password: str) -> bool:
        people.disable(store, None, person.id)
        return checked(kept, password)

    monkeypatch.setattr(passwords, "verify", meanwhile)
    with pytest.raises(InputError):
        come_in(store)


def test_signing_out_ends_this_session_only(
    store: Store, clock: StandingClock, enrol: Enrol
) -> None:
    enrol("li", Role.EDITOR)
    first, second = come_in(store), come_in(store)
    sign_in.sign_out(store, first.session)
    assert who(store, clock, first.token) is None
    assert who(store, clock, second.token) is not None


def test_a_session_ends_unused_and_ends_for_good(
    store: Store, clock: StandingClock, enrol: Enrol
) -> None:
    enrol("li", Role.EDITOR)
    entered = come_in(store)
    for _ in range(23):
        clock.move(minutes=30)
        session = who(store, clock, entered.token)
        assert session is not None
        sign_in.stay(store, session, int(clock.now.timestamp()))
    clock.move(minutes=31)
    assert who(store, clock, entered.token) is None


def test_being_at_work_is_written_once_a_minute_at_most(
    store: Store, clock: StandingClock, enrol: Enrol
) -> None:
    enrol("li", Role.EDITOR)
    entered = come_in(store)

    def seen() -> int:
        session = who(store, clock, entered.token)
        assert session is not None
        sign_in.stay(store, session, int(clock.now.timestamp()))
        after = who(store, clock, entered.token)
        assert after is not None
        return after.seen_at

    start = int(clock.now.timestamp())
    clock.move(seconds=59)
    assert seen() == start
    clock.move(seconds=1)
    assert seen() == start + 60


def test_a_changed_password_ends_every_session_and_goes_on_under_a_new_token(
    store: Store, clock: StandingClock, enrol: Enrol
) -> None:
    person = enrol("li", Role.EDITOR, must_change=True)
    first, second = come_in(store), come_in(store)
    entered = sign_in.change_password(store, first.session, PASSWORD, "Clear-Sky-2027", LASTING)
    assert [who(store, clock, each.token) for each in (first, second)] == [None, None]
    session = who(store, clock, entered.token)
    assert session is not None
    assert session.person.must_change is False
    assert person.must_change is True
    fail(store)
    with pytest.raises(InputError):
        come_in(store, password=PASSWORD)
    come_in(store, password="Clear-Sky-2027")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wrong", "Clear-Sky-2027", "原口令不正确"),
        (PASSWORD, "short", "长度"),
        (PASSWORD, PASSWORD, "不能与原口令相同"),
        (PASSWORD, "Li.li.li-2026-x", "登录名"),
    ],
)
def test_a_password_is_changed_by_who_knows_it_to_one_that_will_do(
    store: Store, clock: StandingClock, enrol: Enrol, old: str, new: str, said: str
) -> None:
    enrol("li", Role.EDITOR)
    entered = come_in(store)
    with pytest.raises(InputError, match=said):
        sign_in.change_password(store, entered.session, old, new, LASTING)
    assert who(store, clock, entered.token) is not None
    come_in(store)


def test_guessing_the_old_password_from_an_open_session_is_counted(
    store: Store, enrol: Enrol
) -> None:
    enrol("li", Role.EDITOR)
    session = come_in(store).session
    for _ in range(5):
        with pytest.raises(InputError):
            sign_in.change_password(store, session, "wrong", "Clear-Sky-2027", LASTING)
    with pytest.raises(Forbidden, match="分钟"):
        sign_in.change_password(store, session, PASSWORD, "Clear-Sky-2027", LASTING)


def test_an_old_hash_is_renewed_when_its_password_is_shown(
    store: Store, enrol: Enrol, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol("li", Role.EDITOR)
    monkeypatch.setattr(passwords, "outdated", lambda kept: True)
    before: Person = come_in(store).session.person
    monkeypatch.undo()
    assert come_in(store).session.person == before


def test_coming_and_going_stands_in_an_audit_that_holds(store: Store, enrol: Enrol) -> None:
    enrol("li", Role.EDITOR)
    sign_in.sign_out(store, come_in(store).session)
    with store.reading() as tx:
        holds, said = audit.verify(tx)
    assert holds
    assert "3条" in said


def test_one_account_tried_from_many_addresses_must_wait_and_is_let_in_by_an_administrator(
    store: Store, enrol: Enrol
) -> None:
    person = enrol("li", Role.EDITOR)
    for number in range(5):
        fail(store, at=f"10.1.0.{number}")
    with pytest.raises(Forbidden, match="分钟后再试"):
        come_in(store, at="10.9.9.9")
    keeper = enrol("keeper", Role.SECURITY_ADMIN)
    people.let_in_again(store, keeper, person.id)
    come_in(store, at="10.9.9.9")


@pytest.mark.parametrize("login", ["li", "nobody", "gone"])
def test_a_wrong_try_costs_the_same_work_whoever_it_names(
    store: Store, enrol: Enrol, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    enrol("li", Role.EDITOR)
    people.disable(store, None, enrol("gone", Role.EDITOR).id)
    hashed = []
    hasher = passwords.HASHER

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            hashed.append(kept.split("$")[3])
            return hasher.verify(kept, password)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    fail(store, login)
    assert hashed == ["m=19456,t=2,p=1"]
