"""The settings: all faults are reported at once, and production does not start without its secrets."""

import pytest

from config import ConfigurationFault, from_environment, mail_route

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


@pytest.mark.parametrize(
    "url",
    [
        *("smtp://user:pa#ss@relay.example:587", "smtp://user:pa/ss@relay.example", "smtps://user:pa?ss@relay.example"),
        *(
            "smtp://relay.example:587x",
            "smtp://relay.example:99999",
            "smtp://relay.example:0",
            "smtp://relay.example:-1",
        ),
        *(
            "smtp://",
            "smtp://:25",
            "smtp://user:pa@",
            "smtp://[::1",
            "smtp://user:pa[ss@relay.example",
            "smtp://:pa@relay",
        ),
        *("smtp://relay.example/inbox", "smtp://relay.example?tls=1", "smtps://relay.example#1", "file:", "smtp:relay"),
    ],
)
def test_mail_that_could_never_be_sent_is_told_at_the_start_without_the_password(url):
    with pytest.raises(ConfigurationFault, match="MAIL_URL: must") as fault:
        from_environment(PRODUCTION | {"MAIL_URL": url})
    assert "pa" not in str(fault.value).replace("password", "")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("smtp://relay.example", ("relay.example", 0, "", "")),
        (
            "smtps://me%40nhs.wales:p%23%2F%3F%40%25@relay.example:465/",
            ("relay.example", 465, "me@nhs.wales", "p#/?@%"),
        ),
        ("smtp://user:p@ss@[::1]:25", ("::1", 25, "user", "p@ss")),
    ],
)
def test_a_mail_server_is_read_with_its_port_user_and_password(url, said):
    route = mail_route(from_environment(PRODUCTION | {"MAIL_URL": url}).mail_url)
    assert (route.host, route.port, route.user, route.password) == said
    assert not said[3] or said[3] not in repr(route)
