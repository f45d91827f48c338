"""A department and two cities with accounts, and a campaign on its way through them."""

from dataclasses import replace
from typing import Any

from monitor.actions import campaign_issuing, campaign_stops, campaign_tasks, campaigns
from monitor.actions.campaign_stops import Stopping
from monitor.actions.campaign_tasks import Doing
from monitor.actions.campaigns import Saved
from monitor.actions.telling import House
from monitor.domain.approval import Move
from monitor.domain.campaign import Aim, Content, Kind, Order, TaskMove
from monitor.domain.instants import HOUR
from monitor.domain.person import Role
from monitor.record import campaign_tasks as kept_tasks
from monitor.record import campaigns as kept
from monitor.record.campaign_tasks import KeptTask
from monitor.record.store import Store
from tests.actions.approval_office import DATA, Office
from tests.builders import VAULT, a_day, a_unit, an_account
from tests.conftest import NOW, StandingClock

SECOND = int(NOW.timestamp())
CONTENT = Content(
    kind=Kind.WARNING,
    title="年底防刷单诈骗提示",
    order=Order.TOGETHER,
    brief="请各单位官方账号按时发布。",
    body="刷单返利都是骗局,请勿垫资。",
    due=SECOND + 4 * HOUR,
    contact="省厅宣传处 027-00000000",
)
SIGNERS = (
    ("secrecy", Move.AGREE),
    ("head", Move.AGREE_ON),
    ("director", Move.ENDORSE),
)


class CampaignOffice(Office):
    """The department with its accounts; `accounts` are ids by name."""

    def __init__(self, store: Store, clock: StandingClock) -> None:
        super().__init__(store, clock, DATA)
        with store.writing() as tx:
            root = int(self.path.strip("/"))
            self.units = {
                name: a_unit(
                    tx, name, code, root, level="市州局", region=code[:6], region_name=city
                )
                for name, code, city in (
                    ("荆州市公安局", "421000000000", "荆州市"),
                    ("黄冈市公安局", "421100000000", "黄冈市"),
                )
            }
            self.units["湖北省公安厅"] = root
            self.accounts: dict[str, int] = {}
            for name, unit, more in (
                ("平安湖畔(演示)", "湖北省公安厅", {"main": True}),
                ("平安荆州(演示)", "荆州市公安局", {"main": True, "key": True}),
                ("荆州交警(演示)", "荆州市公安局", {"line": "交警", "platform": "weibo"}),
                ("平安黄冈(演示)", "黄冈市公安局", {}),
            ):
                account = an_account(tx, self.units[unit], name, **more)
                self.accounts[name] = account
                a_day(tx, account)
            an_account(tx, self.units["荆州市公安局"], "民警某(演示)", kind="民警个人")
            an_account(tx, self.units["荆州市公安局"], "已停(演示)", state="暂停更新", uid="x")
        self.house = House(DATA, VAULT, "http://desk.example.cn", mails=True)
        self.who["operator"] = self.enrol("operator", Role.OPERATOR, self.below("荆州市公安局"))
        self.who["beside"] = self.enrol("beside", Role.OPERATOR, self.below("黄冈市公安局"))

    def below(self, unit: str) -> str:
        return f"{self.path}{self.units[unit]}/"

    def draft(self, content: Content = CONTENT, who: str = "writer", **more: Any) -> Saved:
        return campaigns.save(
            self.store, self.who[who], replace(content, **more), self.sent(), self.data_dir
        )

    def rewrite(self, saved: Saved, content: Content) -> Saved:
        """Its writer saves it anew, on top of the first version."""
        by = (self.store, self.who["writer"], content, self.sent(1), self.data_dir)
        return campaigns.save(*by, saved.campaign_id)

    @staticmethod
    def draft_content(**changes: Any) -> Content:
        return replace(CONTENT, **changes)

    def sign(self, saved: Saved, *more: tuple[str, Move]) -> str:
        """Through its approval; the last state."""
        text = type("Text", (), {"approval_id": saved.approval_id})()
        return self.up_to(text, *SIGNERS, *more)

    def issued(self, content: Content = CONTENT, *more: tuple[str, Move], **changes: Any) -> Saved:
        saved = self.draft(content, **changes)
        self.sign(saved, *more)
        self.issue(saved)
        return saved

    def issue(self, saved: Saved, who: str = "writer") -> Any:
        which = (saved.campaign_id, self.campaign(saved).version)
        return campaign_issuing.issue(self.store, self.who[who], which, self.sent(), self.house)

    def campaign(self, saved: Saved) -> kept.Kept:
        with self.store.reading() as tx:
            found = kept.get(tx, saved.campaign_id)
        assert found is not None
        return found

    def tasks(self, saved: Saved) -> dict[str, KeptTask]:
        """The tasks by the names of their accounts."""
        names = {each: name for name, each in self.accounts.items()}
        with self.store.reading() as tx:
            found = kept_tasks.of_campaign(tx, saved.campaign_id)
        return {names.get(each.account_id, "?"): each for each in found}

    def answer(self, task: KeptTask, move: TaskMove, who: str = "operator", **more: Any) -> None:
        doing = Doing(move, ((task.id, task.version),), **more)
        campaign_tasks.answer(self.store, self.who[who], doing, self.sent())

    def decide(self, task: KeptTask, move: TaskMove, who: str = "writer", **more: Any) -> None:
        doing = Doing(move, ((task.id, task.version),), **more)
        campaign_tasks.decide(self.store, self.who[who], doing, self.sent(), self.house)

    def stop(
        self, unit: str, who: str = "writer", campaign: int | None = None, platform: str = ""
    ) -> int:
        asked = Stopping(campaign, self.units[unit], platform, "内容有误,先停发")
        return campaign_stops.stop(self.store, self.who[who], asked, self.sent(), self.house)


AIM = Aim(regions=("421000",))
