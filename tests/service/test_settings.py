"""Settings are read once, refuse nonsense in Chinese, and keep the demonstration apart."""

from pathlib import Path

import pytest

from monitor import settings
from monitor.domain.errors import InputError


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "sentinel.toml"
    monkeypatch.setenv("SENTINEL_CONFIG", str(path))
    monkeypatch.delenv("SENTINEL_DATABASE_URL", raising=False)
    return path


def test_without_a_file_the_demonstration_runs_in_a_database_of_its_own(config: Path) -> None:
    del config
    loaded = settings.load()
    assert loaded.is_demo
    assert loaded.store_url.endswith("/demo.db")


def test_with_the_offices_file_it_runs_on_the_offices_database(config: Path) -> None:
    config.write_text('office = "某市公安局"\n', "utf-8")
    loaded = settings.load()
    assert not loaded.is_demo
    assert loaded.store_url.endswith("/sentinel.db")
    assert loaded.office == "某市公安局"


def test_a_variable_wins_over_the_file(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text("[dashboard]\nport = 9000\n", "utf-8")
    monkeypatch.setenv("SENTINEL_DASHBOARD__PORT", "9001")
    assert settings.load().dashboard.port == 9001


def test_a_stand_in_server_may_take_a_platforms_place(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.write_text('[platforms.wechat]\nbase_url = "http://127.0.0.1:1/x"\n', "utf-8")
    assert str(settings.load().platforms["wechat"].base_url) == "http://127.0.0.1:1/x"
    monkeypatch.setenv("SENTINEL_PLATFORMS__WECHAT__BASE_URL", "http://127.0.0.1:2")
    assert str(settings.load().platforms["wechat"].base_url) == "http://127.0.0.1:2/"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("offic = 'x'\n", "offic"),
        ("[dashboard]\nport = 0\n", "dashboard.port"),
        ("database_url = 'mysql://x'\n", "database_url"),
        ("[mail]\nhost = 'h'\n", "mail.sender"),
        ("office = \n", "sentinel.toml"),
    ],
)
def test_nonsense_is_refused_and_named(config: Path, text: str, named: str) -> None:
    config.write_text(text, "utf-8")
    with pytest.raises(InputError, match=named):
        settings.load()


def test_the_mail_password_may_stand_in_a_file_and_is_never_printed(
    config: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "password"
    secret.write_text("geheim\n", "utf-8")
    config.write_text(
        f'[mail]\nhost = "h"\nsender = "a@b.cn"\npassword_file = "{secret}"\n', "utf-8"
    )
    mail = settings.load().mail
    assert mail is not None
    assert mail.secret() == "geheim"
    assert "geheim" not in repr(mail)
