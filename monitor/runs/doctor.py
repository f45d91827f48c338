"""检: what will not live through next week, and what has run lately, each in one line."""

import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from monitor.access import chain
from monitor.domain.account import PLATFORMS
from monitor.domain.errors import SentinelError
from monitor.domain.instants import DAY, MINUTE, from_micro, say_minute, shanghai_day, to_second
from monitor.record import audit, credentials, migrate, runlog
from monitor.record.store import Reading
from monitor.report import fonts
from monitor.runs.parts import Parts

LEAST_FREE = 2_000_000_000
RUNWAY = 7 * DAY
SHOWN = 20
CALENDAR_DAYS = 60
"""Terms run into the next year from November on."""


@dataclass(frozen=True)
class Check:
    """One thing looked at: sound or not, and what to do."""

    sound: bool
    told: str

    def __str__(self) -> str:
        return f"{'正常' if self.sound else '注意'}  {self.told}"


@dataclass(frozen=True)
class Examination:
    """All checks."""

    checks: tuple[Check, ...]

    @property
    def sound(self) -> bool:
        """True where nothing needs a person."""
        return all(each.sound for each in self.checks)

    @property
    def lines(self) -> tuple[str, ...]:
        """One line per check."""
        return tuple(str(each) for each in self.checks)


def examine(parts: Parts) -> Examination:
    """Look at everything that can be looked at without touching a platform."""
    try:
        migrate.check(parts.store)
    except SentinelError as error:
        return Examination((Check(sound=False, told=str(error)),))
    with parts.store.reading() as tx:
        kept = tuple(_credentials(tx, to_second(parts.now())))
        sound, told = audit.verify(tx)
    return Examination(
        (
            Check(sound=True, told=f"数据库 {parts.store.engine.url.render_as_string()}"),
            _clock(parts),
            _disk(parts),
            _key(parts),
            _mail(parts),
            _font(),
            _calendar(parts),
            Check(sound, told),
            *kept,
        )
    )


def _clock(parts: Parts) -> Check:
    """A clock that went back would give stamps of the future to everything new."""
    with parts.store.reading() as tx:
        last = to_second(from_micro(runlog.last_stamp(tx)))
    if last > to_second(parts.now()) + MINUTE:
        told = f"本机时间比数据库中最后一次记录({say_minute(last)})还早,请校准时间"
        return Check(sound=False, told=told)
    return Check(sound=True, told=f"时间 {say_minute(to_second(parts.now()))}(北京时间)")


def _disk(parts: Parts) -> Check:
    free = shutil.disk_usage(parts.local_dir if parts.local_dir.exists() else Path("/")).free
    told = f"磁盘剩余 {free / 1e9:.1f} GB"
    if free < LEAST_FREE:
        return Check(sound=False, told=f"{told},不足 2 GB,请清理")
    return Check(sound=True, told=told)


def _key(parts: Parts) -> Check:
    path = parts.key_file
    if path is None:
        return Check(sound=True, told="密钥来自环境变量 SENTINEL_KEY,请另行备份")
    if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Check(sound=False, told=f"密钥文件 {path} 其他人可读,请执行 chmod 600")
    return Check(sound=True, told="密钥文件只有本人可读,请另行备份")


def _mail(parts: Parts) -> Check:
    if parts.mail is None:
        return Check(sound=True, told="没有设置邮件,周报只能预览或复制到群")
    return Check(sound=True, told=f"邮件 {parts.mail.host}:{parts.mail.port}")


def _font() -> Check:
    if fonts.chinese() is None:
        return Check(sound=False, told="没有中文字体,周报不附图表;请安装 fonts-noto-cjk")
    return Check(sound=True, told="中文字体可用")


def _calendar(parts: Parts) -> Check:
    """Working days of a year that is not announced are counted Monday to Friday, and said so."""
    day = shanghai_day(to_second(parts.now()))
    wanted = {day.year, (day + timedelta(days=CALENDAR_DAYS)).year}
    there = {path.stem for path in (parts.data_dir / "calendars").glob("*.yaml")}
    missing = "、".join(str(year) for year in sorted(wanted) if str(year) not in there)
    if missing:
        told = f"{missing}年的放假安排尚未录入,期限暂按周历(周一至周五)计算"
        return Check(sound=False, told=f"{told};公布后请在 data/calendars 增加该年的文件")
    return Check(sound=True, told="放假安排已录入今后两个月涉及的年份")


def _credentials(tx: Reading, now: int) -> Iterator[Check]:
    """Credentials that are void, or that run out within a week."""
    for each in credentials.listed(tx):
        name = f"{PLATFORMS.get(each.platform, each.platform)}授权({each.account_name or '全平台'})"
        if each.state != "有效":
            yield Check(sound=False, told=f"{name}:{each.state},请重新授权")
        elif each.expires_at is not None and each.expires_at < now + RUNWAY:
            told = f"{name}将于 {say_minute(each.expires_at)} 到期,请提前续期"
            yield Check(sound=False, told=told)


def recent(parts: Parts) -> Iterator[str]:
    """The newest runs, one line each."""
    with parts.store.reading() as tx:
        for each in runlog.newest(tx, SHOWN):
            counts = "、".join(f"{name} {count}" for name, count in each.counts.items())
            started = say_minute(to_second(each.started_at))
            yield f"{started}  {each.command}  {each.outcome or '进行中'}  {counts}  {each.note}"


def verify_audit(parts: Parts, anchor: str = "") -> tuple[bool, str]:
    """Whether the audit chain holds, and passes through an anchor; a sentence that says so."""
    wanted = chain.anchor_of(anchor) if anchor else None
    with parts.store.reading() as tx:
        return audit.verify(tx, wanted)
