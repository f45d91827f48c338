"""Sign-on against a service that keeps the protocol to the letter: once, with proof, by subject."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from sqlalchemy import text

from dashboard.sign_on import SignOn
from monitor.actions import people
from monitor.clock import now
from monitor.collect.sign_on import Provider
from monitor.domain.errors import CannotRun
from monitor.domain.person import Grant, Role
from monitor.record.store import Store, open_store
from tests.dashboard.conftest import PASSWORD, visiting
from tests.dashboard.strict_provider import Service, serving
from tests.dashboard.test_sign_on import come_back, gate_of, out

pytestmark = pytest.mark.anyio


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as running:
        yield running


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """On the real clock, as the service is."""
    opened = open_store(request.getfixturevalue(f"{request.param}_url"), now)
    for login in ("li", "wang"):
        grants = (Grant(Role.EDITOR, "/"),)
        people.enrol(opened, None, people.NewPerson(login, "某人(演示)", grants, PASSWORD))
    yield opened
    opened.close()


@pytest.fixture
def sign_on(service: Service) -> SignOn:
    return SignOn(Provider(service.issuer, "desk", "secret"), "http://desk.test")


@pytest.fixture
async def browser(store: Store, sign_on: SignOn) -> AsyncIterator[httpx.AsyncClient]:
    async with visiting(gate_of(store, sign_on)) as client:
        yield client


async def enters(browser: httpx.AsyncClient, service: Service) -> httpx.Response:
    """Out, agreed, and back."""
    return await come_back(browser, service.agreed(await out(browser)))


def who(store: Store) -> list[str]:
    """Whose sessions there are, the newest last."""
    with store.reading() as tx:
        told = "SELECT login FROM session JOIN person ON person.id = person_id ORDER BY session.id"
        return list(tx.conn.execute(text(told)).scalars())


async def test_a_way_back_that_was_used_is_refused_before_the_service_is_asked_again(
    browser: httpx.AsyncClient, service: Service
) -> None:
    way = service.agreed(await out(browser))
    ticket = browser.cookies["sentinel_ticket"]
    code = dict(service.codes)
    assert (await come_back(browser, way)).status_code == 303
    service.codes.update(code)  # a service that would hand the token out twice
    browser.cookies.set("sentinel_ticket", ticket)
    again = await come_back(browser, way)
    assert (again.status_code, "已经用过" in again.text) == (403, True)
    assert service.codes == code


async def test_a_code_is_worth_nothing_without_the_verifier(
    browser: httpx.AsyncClient, service: Service, sign_on: SignOn
) -> None:
    for verifier in ("", "x" * 43):
        service.agreed(await out(browser))
        with pytest.raises(CannotRun, match="拒绝"):
            sign_on.provider.exchange(service.codes.popitem()[0], verifier, "http://desk.test")
    assert (await enters(browser, service)).status_code == 303


async def test_new_keys_are_fetched_once_when_a_token_names_one_that_is_not_known(
    browser: httpx.AsyncClient, service: Service
) -> None:
    for kid, asked in (("one", 1), ("one", 1), ("two", 2), ("two", 2)):
        service.kid = kid
        assert (await enters(browser, service)).status_code == 303
        assert service.asked_for_keys == asked


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"iat": -50, "exp": -50}, 303),
        ({"exp": -70}, 403),
        ({"iat": 50}, 303),
        ({"iat": 70}, 403),
        ({"iss": "https://elsewhere.example"}, 403),
        ({"aud": "another"}, 403),
        ({"aud": ["desk", "another"]}, 403),
        ({"nonce": "of another way"}, 403),
    ],
    ids=str,
)
async def test_clocks_may_differ_by_a_minute_and_nothing_else_may(
    browser: httpx.AsyncClient, service: Service, claims: dict[str, object], status: int
) -> None:
    second = int(now().timestamp())
    service.claims = {
        name: second + said if isinstance(said, int) else said for name, said in claims.items()
    }
    assert (await enters(browser, service)).status_code == status


async def test_people_are_known_by_their_subject_whatever_they_are_called_there(
    browser: httpx.AsyncClient, service: Service, store: Store
) -> None:
    assert (await enters(browser, service)).status_code == 303
    service.login = "wang"  # renamed there: it is still 7, who is li here
    assert (await enters(browser, service)).status_code == 303
    assert who(store) == ["li", "li"]
    service.subject, service.login = "8", "li"  # the login was given to somebody else
    other = await enters(browser, service)
    assert (other.status_code, "已绑定另一个" in other.text) == (403, True)
    assert who(store) == ["li", "li"]
    li = people.person_called(store, "li", int(now().timestamp()))
    people.reset_password(store, None, li.id)
    assert (await enters(browser, service)).status_code == 303
    assert who(store)[-1] == "li"
