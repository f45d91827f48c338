"""Facts against a naive oracle that keeps everything in lists and asks each question by looking."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from monitor.domain.account import Account
from monitor.domain.collecting import CoverageClaim, Harvest, PassOutcome, Route
from monitor.domain.facts import CoverageRow, Excuse, Facts, Service, Standing
from monitor.domain.instants import BEGINNING, DAY, OPEN
from monitor.domain.numbers import Provenance
from monitor.domain.post import SeenPost
from monitor.domain.service import Function, SeenService
from monitor.record import accounts, coverage, facts, harvests, routes
from monitor.record.store import Store
from tests.record.builders import COUNTY, LATEST, account, facts_of, post, registry, save, stamp

HALF = DAY // 2
MOMENTS = st.builds(
    lambda half, off: 40 * DAY + half * HALF + off, st.integers(-80, 4), st.integers(-1, 1)
)
WIDTHS = st.sampled_from([0, 0, 1, DAY - 1, DAY - 1, DAY, 3 * DAY])


@dataclass
class Version:
    """A version of a post as the oracle keeps it."""

    native_id: str
    first: int
    last: int
    recorded: int
    superseded: int = OPEN


@dataclass
class Row:
    """A coverage row as the oracle keeps it."""

    claim: CoverageClaim
    grade: int
    recorded: int
    revoked: int = OPEN


@dataclass
class Oracle:
    """Everything ever said of one account, with the stamp it was said under."""

    versions: list[Version] = field(default_factory=list)
    covered: list[Row] = field(default_factory=list)
    ceilings: list[tuple[int, int]] = field(default_factory=list)
    excuses: list[tuple[int, Excuse]] = field(default_factory=list)
    services: list[tuple[int, SeenService]] = field(default_factory=list)
    missed: int = 0

    def see(self, sights: list[SeenPost], at: int) -> None:
        """One pass's posts, known from `at` on."""
        new: list[Version] = []
        for native_id in dict.fromkeys(sight.native_id for sight in sights):
            mine = [sight for sight in sights if sight.native_id == native_id]
            best = min(mine, key=lambda s: (s.published_until - s.published_from, s.published_from))
            stands = [v for v in self.versions if v.native_id == native_id and v.superseded == OPEN]
            if not stands:
                new.append(Version(native_id, best.published_from, best.published_until, at))
            elif best.published_until - best.published_from < stands[0].last - stands[0].first:
                stands[0].superseded = at
                self.versions.append(
                    Version(native_id, best.published_from, best.published_until, at)
                )
        self.versions += new
        self._contradict(new, at)

    def _contradict(self, new: list[Version], at: int) -> None:
        disproved = set()
        for row in self.covered:
            inside = {
                version.native_id
                for version in new
                if row.claim.a <= version.first and version.last < row.claim.b
            }
            if inside and row.revoked == OPEN:
                row.revoked = at
                disproved |= inside
        self.missed += len(disproved)
        if disproved and self.missed >= 3 and (not self.ceilings or self.ceilings[-1][1] != 0):
            self.ceilings.append((at, 0))
            self.missed = 0

    def facts(self, key: int, as_of: int, known_at: int, registered: Facts) -> Facts:
        """What must be measured; the registry's part is taken as it was at the start."""
        known = [v for v in self.versions if v.recorded <= known_at < v.superseded]
        begun = [v for v in known if v.first < as_of]
        since, month = as_of - 30 * DAY, as_of - 32 * DAY
        newest = max((v.first for v in begun if v.last < as_of), default=None)
        ceiling = next((c for at, c in reversed(self.ceilings) if at <= known_at), 99)
        live = [r for r in self.covered if r.recorded <= known_at < r.revoked and r.claim.a < as_of]
        told = [r for r in live if newest is None or r.claim.b > newest or r.claim.b >= month]
        return replace(
            registered,
            as_of=as_of,
            known_at=known_at,
            newest_from=newest,
            newest_until=max((min(v.last, as_of - 1) for v in begun), default=None),
            last_second=max((v.last for v in begun), default=None),
            any_post=bool(known),
            posts_30d_min=sum(v.first >= since and v.last < as_of for v in begun),
            posts_30d_max=sum(v.last >= since for v in begun),
            coverage=tuple(
                CoverageRow(
                    r.claim.a, r.claim.b, min(r.grade, ceiling), 60 * 3600, r.claim.looked_at
                )
                for r in told
            ),
            excuses=tuple(
                each
                for at, each in self.excuses
                if at <= known_at and (newest is None or each.b > newest)
            ),
            services=self._services(as_of, known_at),
        )

    def _services(self, as_of: int, known_at: int) -> tuple[Service, ...]:
        found: dict[Function, Service] = {}
        for at, seen in self.services:
            if at <= known_at and seen.checked_at <= as_of:
                old = found.get(seen.function)
                if old is None or seen.checked_at >= old.checked_at:
                    found[seen.function] = Service(
                        seen.function, seen.works, seen.checked_at, seen.measured
                    )
        return tuple(found[function] for function in sorted(found))


@dataclass
class Bench:
    """One account of a platform of its own in a store, beside what the oracle was told of it."""

    store: Store
    key: int
    route: Route
    oracle: Oracle
    services: "count[int]"

    def look(self, sights: list[tuple[int, int, int]], claim: tuple[int, int] | None) -> None:
        posts = [
            SeenPost(f"p{name}", first, first + width, 100 * DAY) for name, first, width in sights
        ]
        covered = None if claim is None else CoverageClaim(min(claim), max(claim), max(claim))
        done = Harvest(
            self.key, self.route, 0, 1, PassOutcome.COMPLETE, posts=tuple(posts), claim=covered
        )
        harvests.save(self.store, done, None)
        self.oracle.see(posts, stamp(self.store))
        if covered is not None:
            self.oracle.covered.append(Row(covered, self.route.grade, stamp(self.store)))

    def revoke(self, number: int) -> None:
        live = [row for row in self.oracle.covered if row.revoked == OPEN]
        if not live:
            return
        row = live[number % len(live)]
        with self.store.writing() as tx:
            place = self.oracle.covered.index(row)
            query = text("SELECT id FROM coverage WHERE account_id = :key ORDER BY id")
            ids = tx.conn.execute(query, {"key": self.key}).scalars().all()
            coverage.revoke(tx, ids[place], "试验")
            row.revoked = tx.stamp

    def calibrate(self, ceiling: int) -> None:
        with self.store.writing() as tx:
            routes.set_ceiling(tx, routes.ensure(tx, self.route), ceiling, "试验")
            self.oracle.ceilings.append((tx.stamp, ceiling))
            self.oracle.missed = 0

    def excuse(self, first: int, length: int) -> None:
        with self.store.writing() as tx:
            tx.conn.execute(
                text(
                    "INSERT INTO excuse (account_id, a, b, kind, paper, recorded_at, superseded_at)"
                    f" VALUES (:key, :a, :b, '春节', '', :at, {OPEN})"
                ),
                {"key": self.key, "a": first, "b": first + length, "at": tx.stamp},
            )
            self.oracle.excuses.append((tx.stamp, Excuse(first, first + length, "春节")))
            self.oracle.excuses.sort(key=lambda told: (told[1].a, told[1].b))

    def answer(self, works: bool | None) -> None:
        at = 30 * DAY + next(self.services) * DAY
        seen = SeenService(Function.COMMENTS, works, at, measured=True, detail=str(at))
        done = Harvest(self.key, self.route, 0, 1, PassOutcome.COMPLETE, services=(seen,))
        harvests.save(self.store, done, None)
        self.oracle.services.append((stamp(self.store), seen))


LOOKS = st.tuples(
    st.just("look"),
    st.lists(st.tuples(st.integers(0, 5), MOMENTS, WIDTHS), max_size=3),
    st.none() | st.tuples(MOMENTS, MOMENTS),
)
STEPS = st.one_of(
    LOOKS,
    LOOKS,
    st.tuples(st.just("revoke"), st.integers(0, 9)),
    st.tuples(st.just("calibrate"), st.integers(0, 4)),
    st.tuples(st.just("excuse"), MOMENTS, st.integers(1, 9 * DAY)),
    st.tuples(st.just("answer"), st.none() | st.booleans()),
)
NUMBERS = count()


def bench(store: Store) -> Bench:
    name = f"platform{next(NUMBERS)}"
    registry(store, account())
    with store.writing() as tx:
        (key,) = accounts.save(tx, [Account(name, "甲", COUNTY.code, uid="x")])
    route = Route(name, "own", Provenance.INTERFACE, 4, 60)
    return Bench(store, key, route, Oracle(), count())


def ordered(told: Facts) -> Facts:
    """Coverage in an order of its own, details of services aside: neither is any rule's matter."""
    rows = sorted(told.coverage, key=lambda row: (row.a, row.b, row.grade, row.looked_at))
    services = tuple(replace(each, detail="") for each in told.services)
    return replace(told, coverage=tuple(rows), services=services)


ON_BOTH = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ON_BOTH
@given(st.lists(STEPS, max_size=8), st.lists(MOMENTS, min_size=1, max_size=3))
def test_facts_are_what_an_oracle_finds_at_every_instant_and_an_old_known_at_repeats(
    store: Store, steps: list[tuple[str, object]], instants: list[int]
) -> None:
    this = bench(store)
    start = facts_of(store, this.key, 0)
    remembered: dict[tuple[int, int], Facts] = {}
    for name, *arguments in steps:
        act: Callable[..., None] = getattr(this, name)
        act(*arguments)
        known_at = stamp(store)
        for as_of in instants:
            told = facts_of(store, this.key, as_of, known_at)
            expected = this.oracle.facts(this.key, as_of, known_at, start)
            assert ordered(told) == ordered(expected)
            remembered[as_of, known_at] = told
    for (as_of, known_at), told in remembered.items():
        assert facts_of(store, this.key, as_of, known_at) == told


def test_an_account_is_in_no_facts_from_before_it_was_registered(store: Store) -> None:
    before = stamp(store)
    (key,) = registry(store)
    with store.reading() as tx:
        assert facts.measure(tx, 100, before) == []
        assert [each.account_id for each in facts.measure(tx, 100, LATEST)] == [key]
        assert facts.measure(tx, 100, LATEST, [key + 1]) == []


def test_a_post_after_as_of_is_any_post_and_nothing_else(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, post("p", 500))
    told = facts_of(store, key, 500)
    assert told.any_post
    assert (told.newest_from, told.last_second, told.posts_30d_max) == (None, None, 0)


def test_registry_facts_are_those_believed_at_known_at(store: Store) -> None:
    (key,) = registry(store, account(details={"省平台备案号": "鄂001", "备案名称": "甲旧名"}))
    before = stamp(store)
    with store.writing() as tx:
        accounts.save(tx, [account(details={"省平台备案号": "未备案", "账号类型": "订阅号"})])
    (old,) = facts_of(store, key, 100, before).standings
    (new,) = facts_of(store, key, 100).standings
    assert (old.filed, old.filed_name, old.account_type) == (True, "甲旧名", "")
    assert (new.filed, new.filed_name, new.account_type) == (False, "", "订阅号")
    assert isinstance(new, Standing)
    assert (new.valid_from, new.valid_until, new.level) == (BEGINNING, OPEN, "县级局")


def test_of_two_answers_of_one_second_the_measured_one_stands(store: Store) -> None:
    (key,) = registry(store)
    measured = SeenService(Function.MESSAGES, works=False, checked_at=50, measured=True)
    attested = SeenService(Function.MESSAGES, works=True, checked_at=50, measured=False)
    save(store, key, services=(measured, attested))
    (service,) = facts_of(store, key, 100).services
    assert (service.works, service.measured) == (False, True)
