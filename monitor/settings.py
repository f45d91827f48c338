"""What differs between machines: `sentinel.toml` and SENTINEL_* variables, read once, checked.

Where neither names a database, the product runs its demonstration in a database of its own, so that
invented accounts never stand beside real ones.
"""

import os
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from monitor.domain.errors import InputError

ROOT = Path(__file__).resolve().parent.parent
Port = Annotated[int, Field(ge=1, le=65535)]


class Strict(BaseModel):
    """A part of the settings; a key nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Dashboard(Strict):
    """Where the desk listens and how long a sign-in lasts."""

    address: str = "127.0.0.1"
    port: Port = 8501
    public_url: str = ""
    idle_minutes: Annotated[int, Field(ge=5, le=1440)] = 60
    session_hours: Annotated[int, Field(ge=1, le=72)] = 12
    trusted_proxies: tuple[str, ...] = ()


class Mail(Strict):
    """The office's mail server; the password may come from a file."""

    host: str
    port: Port = 465
    security: Literal["ssl", "starttls", "none"] = "ssl"
    username: str = ""
    password: str = Field(default="", repr=False)
    password_file: Path | None = None
    sender: str
    recipients: tuple[str, ...] = ()
    timeout_seconds: Annotated[int, Field(ge=1, le=300)] = 30

    def secret(self) -> str:
        """The password, from the file where one is named."""
        if self.password_file is None:
            return self.password
        return self.password_file.read_text("utf-8").strip()


class SignOn(Strict):
    """The office's own sign-on service (OpenID Connect); without it people use local passwords.

    With `only` local passwords are left to the `break_glass` logins, for when the service is down.
    """

    issuer: Annotated[str, Field(pattern=r"^https?://")]
    client_id: str
    secret_file: Path
    claim: str = "preferred_username"
    only: bool = False
    break_glass: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _somebody_can_enter(self) -> Self:
        if self.only and not self.break_glass:
            raise ValueError("只用统一认证时,须在 break_glass 中留至少一名应急人员的登录名")
        return self


class PlatformSettings(Strict):
    """How one reader reaches its platform: a stand-in server may take its place."""

    base_url: HttpUrl | None = None
    per_second: Annotated[float, Field(gt=0, le=1000)] = 10
    at_once: Annotated[int, Field(ge=1, le=64)] = 8
    deepest_days: Annotated[int, Field(ge=30, le=3650)] = 400
    per_token_day: Annotated[int, Field(ge=1)] | None = None


class CheckerSettings(Strict):
    """A bought service that looks through titles: its kind, where it is, and the key it gave."""

    kind: str = "http"
    url: HttpUrl
    key: str = Field(default="", repr=False)
    key_file: Path | None = None

    def secret(self) -> str:
        """The key, from the file where one is named."""
        return self.key if self.key_file is None else self.key_file.read_text("utf-8").strip()


class RobotSettings(Strict):
    """How robots of one sort are reached: a stand-in server may take the place of their service.
    For the sort `webhook` this is how the only addresses begin that may be entered."""

    base_url: HttpUrl


class Settings(BaseSettings):
    """All settings. Paths are relative to the project's folder."""

    model_config = SettingsConfigDict(
        env_prefix="SENTINEL_", env_nested_delimiter="__", extra="forbid", frozen=True
    )
    database_url: str = ""
    demo: bool | None = None
    office: str = "省公安厅宣传处"
    province_code: str = "420000000000"
    data_dir: Path = ROOT / "data"
    key_file: Path = ROOT / "data" / "local" / "sentinel.key"
    bundle_key_file: Path | None = None
    own_rulebook: str = "hubei-default"
    upper_rulebook: str = "gb2019"
    dashboard: Dashboard = Dashboard()
    mail: Mail | None = None
    sign_on: SignOn | None = None
    platforms: dict[str, PlatformSettings] = Field(default_factory=dict)
    demo_port: Port = 8611
    demo_size: Literal["full", "small"] = "full"
    checker: CheckerSettings | None = None
    robots: dict[str, RobotSettings] = Field(default_factory=dict)
    backup_dir: Path | None = None
    backup_days: Annotated[int, Field(ge=1, le=90)] = 7
    largest_file_mb: Annotated[int, Field(ge=1, le=2000)] = 50

    @field_validator("database_url")
    @classmethod
    def _known_store(cls, url: str) -> str:
        if url and not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("应以 sqlite:/// 或 postgresql+psycopg:// 开头")
        return url

    @property
    def is_demo(self) -> bool:
        """True where the demonstration runs: nothing configured, or asked for by name."""
        return self.demo if self.demo is not None else not self.database_url

    @property
    def store_url(self) -> str:
        """The database's address."""
        if self.database_url:
            return self.database_url
        name = "demo.db" if self.is_demo else "sentinel.db"
        return f"sqlite:///{self.local_dir / name}"

    @property
    def local_dir(self) -> Path:
        """What belongs to this machine alone: the database, the key, previews."""
        return self.data_dir / "local"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Variables win over the file; nothing else is read."""
        del dotenv_settings, file_secret_settings
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, config_path()))


def config_path() -> Path:
    """`sentinel.toml` of the project's folder, or the file SENTINEL_CONFIG names."""
    return Path(os.environ.get("SENTINEL_CONFIG", ROOT / "sentinel.toml"))


def load() -> Settings:
    """The settings; InputError names the key, its value and what was expected."""
    path = config_path()
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"设置项 {key} 有误:{first['msg']}", str(path), "请对照 docs/zh/部署.md 修改后重试"
        ) from error
    except ValueError as error:
        raise InputError(f"设置文件读不懂:{error}", str(path), "请检查 TOML 格式") from error
    if path.exists() and not settings.database_url and settings.demo is None:
        return settings.model_copy(update={"demo": False})
    return settings
