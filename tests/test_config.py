"""The settings: every fault at once, and no production without its secrets."""

import pytest

from config import ConfigurationFault, from_environment

PRODUCTION = {
    "APP_MODE": "production",
    "SECRET_KEY": "s" * 64,
    "DATABASE_URL": "postgresql://u:p@db/reflection",
    "BASE_URL": "https://reflection.example.wales/",
    "MAIL_URL": "smtp://mail:25",
    "MAIL_FROM": "reflection@example.wales",
    "TRUSTED_PROXIES": "0",
}


def test_an_empty_environment_is_development_on_sqlite(tmp_path):
    settings = from_environment({"INSTANCE": str(tmp_path)})
    assert settings.mode == "development"
    assert settings.database_url.startswith("sqlite:///")
    assert not settings.is_demonstration


def test_without_a_key_one_is_made_once_and_shared_by_all_workers(tmp_path):
    first, second = (from_environment({"INSTANCE": str(tmp_path)}) for _ in range(2))
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_production_with_everything_starts_with_secure_cookies():
    settings = from_environment(PRODUCTION)
    assert settings.for_flask()["SESSION_COOKIE_SECURE"]
    assert settings.database_url.startswith("postgresql+psycopg://")
    assert settings.base_url == "https://reflection.example.wales"


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"APP_MODE"}))
def test_production_refuses_to_start_without(name):
    with pytest.raises(ConfigurationFault, match=name):
        from_environment({key: value for key, value in PRODUCTION.items() if key != name})


@pytest.mark.parametrize(("name", "value"), [("BASE_URL", "http://reflection.example.wales"), ("MAIL_URL", "console:")])
def test_production_refuses_what_is_not_safe(name, value):
    with pytest.raises(ConfigurationFault, match=name):
        from_environment(PRODUCTION | {name: value})


def test_the_database_stands_in_the_instance_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = from_environment({"INSTANCE": "here"})
    assert settings.instance == tmp_path / "here"
    assert settings.database_url == f"sqlite:///{tmp_path}/here/reflection.db"


def test_every_fault_is_told_at_once():
    faulty = {
        "APP_MODE": "testing",
        "SECRET_KEY": "short",
        "DATABASE_URL": "mysql://x",
        "BASE_URL": "here",
        "MAIL_URL": "pigeon:",
        "MAIL_FROM": "nobody",
        "MINIMUM_GROUP": "1",
        "TRUSTED_PROXIES": "many",
        "SECRET_KEY_FALLBACKS": "short",
    }
    with pytest.raises(ConfigurationFault) as fault:
        from_environment(faulty)
    assert all(name in str(fault.value) for name in faulty)


def test_forms_do_not_expire_while_people_type():
    assert from_environment(PRODUCTION).for_flask()["WTF_CSRF_TIME_LIMIT"] is None


def test_secrets_are_not_shown():
    shown = repr(from_environment(PRODUCTION))
    assert "s" * 64 not in shown
    assert "u:p@db" not in shown
