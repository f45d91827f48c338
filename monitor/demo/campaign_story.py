"""协同发声 of the demonstration: drafted, signed, issued, answered by the actions an office uses.

Each step is taken under the clock of its own second; what the accounts published is not told here
but found on their platforms by the run that looks for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from monitor.actions import (
    approving,
    campaign_issuing,
    campaign_tasks,
    campaigns,
    interpreting,
    people,
)
from monitor.actions.campaign_tasks import Doing
from monitor.actions.sending import Sent
from monitor.actions.telling import House
from monitor.demo import broadcasts, interpretations
from monitor.demo.broadcasts import BROADCASTS, DRILL, POLICY, WARNING, WEEK, Broadcast
from monitor.demo.interpretations import quarter_of
from monitor.demo.places import MARK
from monitor.demo.province import Province
from monitor.demo.roster import Resident
from monitor.domain.approval import Move as Signing
from monitor.domain.bulletin import Period
from monitor.domain.campaign import (
    Content,
    Facts,
    Kind,
    Move,
    Order,
    Source,
    TaskMove,
)
from monitor.domain.instants import HOUR, MINUTE, day_start, from_second, to_second
from monitor.domain.person import Grant, Person, Role
from monitor.runs import match, query, setup
from monitor.runs.parts import Parts

SIGNERS: Final = (
    ("campaign-secrecy", f"严某{MARK}", Role.SECRECY, Signing.AGREE),
    ("campaign-head", f"郝某{MARK}", Role.HEAD, Signing.AGREE_ON),
    ("campaign-director", f"方某{MARK}", Role.DIRECTOR, Signing.ENDORSE),
    ("campaign-chief", f"段某{MARK}", Role.CHIEF, Signing.AGREE),
)
FORM: Final = "demo-campaign"
GRAVE: Final = frozenset({Kind.CORRECTION, Kind.EMERGENCY, Kind.INCIDENT, Kind.MAJOR})
"""Kinds the chief signs, too."""
APART: Final = 20 * MINUTE
"""Between one signature and the next."""
NOT_YET: Final = 4
"""One of so many has still to put it right."""
AT_ONCE: Final = ((WEEK, POLICY), (DRILL,))
"""What ends after the first look and after the second, which sees whose turn had come meanwhile."""
EXCUSE: Final = "本周设备检修,由上级主账号统一发布(演示)"
ASKED: Final = "运维员参加集训,本周无人值守,申请免发(演示)"
AMENDED: Final = "90日应为30日,请更正或撤稿(演示)"
CORRECTED_AT: Final = -8
"""Hours from the first day's midnight at which the interpretation is put right."""
CORRECTION: Final = Content(
    Kind.CORRECTION,
    "更正:访客登记信息的保存期限(演示)",
    Order.TOGETHER,
    "此前发布的《旅馆住宿登记细则》解读中保存期限有误,请各账号更正或撤稿后填报链接。",
    "更正(演示)。此前发布的旅馆住宿登记解读中,登记信息的保存期限应为30日,特此更正。",
    facts=Facts(time="30日"),
    contact=broadcasts.CONTACT,
)
GIVEN_UP: Final = "演练结束,各地按时跟进,首发到跟进的间隔符合要求(演示)。"
SUMMED_UP: Final = "按时完成,个别账号数据写错已提醒;未发布的下次点名提示(演示)。"


@dataclass(frozen=True, slots=True)
class Told:
    """A campaign that was issued: its id, and the broadcast it is."""

    campaign_id: int
    broadcast: Broadcast


def fill(parts: Parts, province: Province, editor: str) -> None:
    """Four campaigns whose posts stand on the platforms, and the correction of one of them."""
    _signers(parts)
    story = Story(parts, province, editor)
    told = [story.issued(each) for each in BROADCASTS]
    for each in told:
        story.excused(each)
    for some in AT_ONCE:
        match.run(parts)
        for each in told:
            if each.broadcast in some:
                story.ended(each)
    story.interpreted(next(each for each in told if each.broadcast is POLICY))
    story.corrected(next(each for each in told if each.broadcast is POLICY))


def _signers(parts: Parts) -> None:
    everybody = [(login, name, Grant(role, setup.EVERYTHING)) for login, name, role, _ in SIGNERS]
    setup.colleagues(parts, everybody, act=True)


class Story:
    """The people of the story, and what they do at their seconds; `form` is what their sendings are
    known by."""

    def __init__(self, parts: Parts, province: Province, editor: str, form: str = FORM) -> None:
        self._parts, self._province = parts, province
        self._day: date = province.first_day
        now = to_second(parts.now())
        self._editor = people.person_called(parts.store, editor, now)
        self._signers: Sequence[tuple[Person, Signing]] = [
            (people.person_called(parts.store, login, now), move) for login, _, _, move in SIGNERS
        ]
        ids = query.account_ids(parts)
        self._residents: dict[int, Resident] = {
            ids[key]: each
            for each in province.residents
            if (key := (each.world.platform, each.world.uid)) in ids
        }
        # What people are told here is handed on by hand: nothing leaves a demonstration.
        self._house = House(parts.data_dir, parts.vault(), parts.desk.url)
        self._form, self._sent = form, 0

    def issued(self, broadcast: Broadcast) -> Told:
        """Drafted, signed by everybody, issued."""
        at = broadcast.issued_at(self._day)
        return Told(self._through(broadcast.of(self._day), at), broadcast)

    def excused(self, told: Told) -> None:
        """Those who keep the silence that was promised of them ask to be left out; who exists is.
        One more of the warning's waits for an answer."""
        at = told.broadcast.issued_at(self._day) + 2 * HOUR
        every = query.campaign_tasks_of(self._parts, told.campaign_id)
        quiet = [each for each in every if self._silent_and_real(each.account_id)]
        self._answer(at, TaskMove.ASK_OUT, [(each.id, each.version) for each in quiet], EXCUSE)
        self._decide(at + HOUR, TaskMove.GRANT, [(each.id, each.version + 1) for each in quiet])
        if told.broadcast is WARNING:
            asking = [each for each in every if self._silent_and_invented(each.account_id)][:1]
            self._answer(at, TaskMove.ASK_OUT, [(each.id, each.version) for each in asking], ASKED)

    def ended(self, told: Told) -> None:
        """Over once the last who came late is out; the drill and the week are put away the next
        day."""
        at = told.broadcast.due_at(self._day) + 3 * HOUR
        self._move(at, told.campaign_id, Move.END)
        if told.broadcast is not POLICY:
            words = GIVEN_UP if told.broadcast is DRILL else SUMMED_UP
            self._move(at + 18 * HOUR, told.campaign_id, Move.ARCHIVE, words)

    def interpreted(self, told: Told) -> None:
        """The document stands on its quarter's list, written by one, made final by another."""
        at = told.broadcast.issued_at(self._day)
        (document,) = [
            document
            for document, of in self.listed(quarter_of(at), at - HOUR).items()
            if of is told.broadcast
        ]
        self.links(document, told)

    def listed(self, quarter: Period, at: int) -> dict[int, Broadcast]:
        """The documents of a quarter's list, made final at a second, by id."""
        documents = interpretations.documents_of(quarter, self._day)
        text = "\n".join(interpretations.line(*each, self._day) for each in documents)
        store = self._then(at).store
        saved = interpreting.save(store, self._editor, quarter.code, text, self._next())
        which, head = (saved.list_id, saved.version), self._signers[1][0]
        interpreting.finalise(store, head, which, self._next())
        ids = query.documents_listed(self._parts, saved.list_id)
        return dict(zip(ids, (each for each, _ in documents), strict=True))

    def links(self, document: int, told: Told) -> None:
        """The campaign that interprets a document."""
        store = self._then(told.broadcast.issued_at(self._day)).store
        interpreting.link(store, self._editor, document, told.campaign_id, self._next())

    def corrected(self, told: Told) -> None:
        """What one release said is put right: some corrected it, one took it down, some have to."""
        at = day_start(self._day) + CORRECTED_AT * HOUR
        content = replace(CORRECTION, amends=told.campaign_id, due=at + 2 * HOUR)
        number = self._through(content, at)
        tasks = query.campaign_tasks_of(self._parts, number)
        urls = {
            each.account_id: each.task.url
            for each in query.campaign_tasks_of(self._parts, told.campaign_id)
            if each.task.source is not Source.SELF
        }
        for order, each in enumerate(tasks):
            move = TaskMove.RETRACTED if order == 1 else TaskMove.CORRECTED
            url = urls.get(each.account_id, "")
            if (order + 1) % NOT_YET and url:
                when = at + (order + 1) * 9 * MINUTE
                self._answer(when, move, [(each.id, each.version)], AMENDED, url)

    def _through(self, content: Content, at: int) -> int:
        """A campaign drafted and signed so that it is issued at a second; its id."""
        grave = content.kind in GRAVE
        signers = self._signers if grave else self._signers[:-1]
        begun = at - (len(signers) + 1) * APART
        store, folder = self._then(begun).store, self._parts.data_dir
        saved = campaigns.save(store, self._editor, content, self._next(), folder)
        steps = [(self._editor, Signing.SUBMIT), *signers]
        seen = query.text_signed(self._parts, saved.approval_id)
        for number, (person, move) in enumerate(steps):
            doing = approving.Doing(move, seen)
            there = self._then(begun + number * APART).store
            approving.do(there, person, saved.approval_id, doing, self._next(), folder)
        version = query.campaign_version(self._parts, saved.campaign_id)
        which = (saved.campaign_id, version)
        campaign_issuing.issue(self._then(at).store, self._editor, which, self._next(), self._house)
        return saved.campaign_id

    def _answer(
        self, at: int, move: TaskMove, tasks: list[tuple[int, int]], said: str, url: str = ""
    ) -> None:
        if tasks:
            doing = Doing(move, tuple(tasks), said, url)
            campaign_tasks.answer(self._then(at).store, self._editor, doing, self._next())

    def _decide(self, at: int, move: TaskMove, tasks: list[tuple[int, int]]) -> None:
        if tasks:
            doing = Doing(move, tuple(tasks))
            campaign_tasks.decide(
                self._then(at).store, self._editor, doing, self._next(), self._house
            )

    def _move(self, at: int, campaign_id: int, move: Move, said: str = "") -> None:
        which = (campaign_id, query.campaign_version(self._parts, campaign_id))
        doing = campaigns.Doing(move, which, said)
        campaigns.move(self._then(at).store, self._editor, doing, self._next(), self._house)

    def _silent_and_real(self, account_id: int) -> bool:
        resident = self._residents.get(account_id)
        return resident is not None and resident.seat.real and not broadcasts.speaks(resident)

    def _silent_and_invented(self, account_id: int) -> bool:
        resident = self._residents.get(account_id)
        return resident is not None and not resident.seat.real and not broadcasts.speaks(resident)

    def _then(self, at: int) -> Parts:
        """The same parts, under a clock that stands at a second."""
        return replace(self._parts, store=self._parts.store.under(lambda: from_second(at)))

    def _next(self) -> Sent:
        self._sent += 1
        return Sent(self._form, str(self._sent))
