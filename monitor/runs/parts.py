"""The parts a run works with, chosen once by `wiring`: real ones in service, fakes in tests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from monitor.access.ciphers import KeyRing
from monitor.collect.sign_on import Provider
from monitor.record import vault
from monitor.record.store import Store
from monitor.record.vault import Vault


@dataclass(frozen=True)
class Desk:
    """Where the desk listens and how long a sign-in lasts."""

    address: str = "127.0.0.1"
    port: int = 8501
    public_url: str = ""
    idle_minutes: int = 60
    session_hours: int = 12
    trusted_proxies: tuple[str, ...] = ()

    @property
    def https(self) -> bool:
        """True where browsers reach the desk by TLS, so that cookies must be secure."""
        return self.public_url.startswith("https://")

    @property
    def url(self) -> str:
        """The address people type."""
        return self.public_url or f"http://{self.address}:{self.port}"


@dataclass(frozen=True)
class Pace:
    """How fast one reader may ask, how far back a first reading goes, what one token may call."""

    base_url: str | None = None
    per_second: float = 10
    at_once: int = 8
    deepest_days: int = 400
    per_token_day: int | None = None


@dataclass(frozen=True)
class MailBox:
    """The office's mail server and who gets the weekly digest."""

    host: str
    port: int
    security: str
    sender: str
    recipients: tuple[str, ...]
    username: str = ""
    password: str = field(default="", repr=False)
    timeout_seconds: int = 30


@dataclass(frozen=True)
class Parts:
    """Everything a run or an action needs that differs between machines.

    `keys` gives the sealing keys as they are now; `key_file` is None where they come from the
    environment. `robots` says how the addresses of each sort of robot begin.
    """

    store: Store
    now: Callable[[], datetime]
    data_dir: Path
    keys: Callable[[], KeyRing] = field(repr=False)
    key_file: Path | None = None
    demo: bool = False
    office: str = "省公安厅宣传处"
    province_code: str = "420000000000"
    bundle_key_file: Path | None = None
    own_rulebook: str = "hubei-default"
    upper_rulebook: str = "gb2019"
    desk: Desk = field(default_factory=Desk)
    mail: MailBox | None = None
    sign_on: Provider | None = None
    paces: Mapping[str, Pace] = field(default_factory=dict)
    demo_port: int = 8611
    demo_small: bool = False
    backup_dir: Path | None = None
    backup_days: int = 7
    largest_file: int = 50_000_000
    robots: Mapping[str, str] = field(default_factory=dict)
    checker: str = "http"
    checker_url: str = ""
    checker_key: str = field(default="", repr=False)

    @property
    def local_dir(self) -> Path:
        """What belongs to this machine alone."""
        return self.data_dir / "local"

    @property
    def copies_dir(self) -> Path:
        """Where backups lie."""
        return self.backup_dir or self.local_dir / "backups"

    @cached_property
    def key(self) -> bytes:
        """The key that signs links and forms; it stays when the sealing keys change."""
        return vault.own_secret(self.store, self.keys(), vault.LINKS)

    def vault(self) -> Vault:
        """What seals and opens contacts, with today's keys; ask before a transaction begins."""
        return Vault(self.keys(), self._search)

    @cached_property
    def _search(self) -> bytes:
        return vault.own_secret(self.store, self.keys(), vault.SEARCH)
