"""The settings, read from environment variables; every fault is reported at once, before anything starts."""

import os
import re
import secrets
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

ROOT = Path(__file__).parent
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
SESSION_VALID_FOR = timedelta(hours=12)
"""How long somebody stays signed in."""

MODES = ("demonstration", "development", "production")


class ConfigurationFault(Exception):
    """The environment does not hold usable settings; the message lists every fault with its remedy."""


@dataclass(frozen=True)
class MailRoute:
    """Where letters go, as `MAIL_URL` says it."""

    #: "console", "file", "smtp" or "smtps".
    scheme: str
    #: Of "file".
    folder: Path = Path()
    host: str = ""
    #: 0: the usual one of the scheme.
    port: int = 0
    #: "" where the server asks for none.
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Settings:
    """What the product needs to know about where it runs. The README lists the variables."""

    mode: str = "development"
    secret_key: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)
    secret_key_fallbacks: tuple[str, ...] = field(default=(), repr=False)
    database_url: str = field(default=f"sqlite:///{ROOT}/instance/reflection.db", repr=False)
    base_url: str = "http://127.0.0.1:8000"
    mail_url: str = field(default="console:", repr=False)
    mail_from: str = "reflection@localhost"
    instance: Path = ROOT / "instance"
    minimum_group: int = 5
    minimum_views: int = 4
    nominees_per_board: int = 1
    review_memory: int = 3
    trusted_proxies: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that signed words are read with, the oldest first; the last one signs."""
        return (*reversed(self.secret_key_fallbacks), self.secret_key)

    @property
    def is_demonstration(self) -> bool:
        """Whether anybody may sign in as an invented person."""
        return self.mode == "demonstration"

    @property
    def is_production(self) -> bool:
        """Whether real people use it: cookies only over TLS, no invented people."""
        return self.mode == "production"

    def as_environment(self) -> dict[str, str]:
        """What another process of the product needs to work on the same data."""
        return {
            "APP_MODE": self.mode,
            "DATABASE_URL": self.database_url,
            "INSTANCE": str(self.instance),
            "MINIMUM_GROUP": str(self.minimum_group),
        }

    def for_flask(self) -> dict[str, Any]:
        """The settings under the names that Flask and its extensions look for."""
        return {
            "SECRET_KEY": self.secret_key,
            "SECRET_KEY_FALLBACKS": list(self.secret_key_fallbacks),
            "SESSION_COOKIE_SECURE": self.is_production,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "PERMANENT_SESSION_LIFETIME": SESSION_VALID_FOR,
            # A slow answer, sent before somebody signed out, must not bring their session back.
            "SESSION_REFRESH_EACH_REQUEST": False,
            # People type for longer than an hour: a form lives as long as the session it was opened in.
            "WTF_CSRF_TIME_LIMIT": None,
            "MAX_CONTENT_LENGTH": 16 * 1024 * 1024,
            # A pasted document must come back with a kind word, not vanish in an error page.
            "MAX_FORM_MEMORY_SIZE": 8 * 1024 * 1024,
        }


def from_environment(environment: Mapping[str, str]) -> Settings:
    """The settings of this environment; ConfigurationFault with all faults when there are any."""
    faults: list[str] = []
    given = {name: environment[name].strip() for name in _READERS if environment.get(name, "").strip()}
    values = {}
    for name, text in given.items():
        setting, read = _READERS[name]
        try:
            values[setting] = read(text)
        except ValueError as fault:
            faults.append(f"{name}: {fault}")
    faults += _missing_in_production(given)
    if faults:
        raise ConfigurationFault("The settings need attention:\n" + "\n".join(f"  - {fault}" for fault in faults))
    instance = values.setdefault("instance", Settings.instance)
    values.setdefault("database_url", f"sqlite:///{instance}/reflection.db")
    if "secret_key" not in values:
        values["secret_key"] = _kept_secret(instance)
    return Settings(**values)


def _kept_secret(instance: Path) -> str:
    """A key of this machine's own, made once: all workers share it and sessions outlive a restart."""
    instance.mkdir(parents=True, exist_ok=True)
    file, new = instance / "secret_key", instance / f"secret_key.{os.getpid()}"
    if not file.exists():
        new.touch(0o600)
        new.write_text(secrets.token_hex(32), "utf-8")
        with suppress(FileExistsError):  # another worker was first: theirs counts
            file.hardlink_to(new)
        new.unlink()
    return file.read_text("utf-8")


def _missing_in_production(given: Mapping[str, str]) -> list[str]:
    if given.get("APP_MODE") != "production":
        return []
    needed = ("SECRET_KEY", "DATABASE_URL", "BASE_URL", "MAIL_URL", "MAIL_FROM", "TRUSTED_PROXIES")
    faults = [f"{name}: must be set in production" for name in needed if name not in given]
    if given.get("BASE_URL", "https://").startswith("http://"):
        faults.append("BASE_URL: must begin with https:// in production")
    if given.get("MAIL_URL", "smtp://").startswith("console:"):
        faults.append("MAIL_URL: must send letters in production; console: would write sign-in links to the log")
    return faults


def _mode(text: str) -> str:
    if text not in MODES:
        raise ValueError(f"“{text}” is not one of {', '.join(MODES)}")
    return text


def _secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError(
            "must have at least 32 characters; make one with: python3 -c 'import secrets; print(secrets.token_hex())'"
        )
    return text


def _secrets(text: str) -> tuple[str, ...]:
    return tuple(_secret(part.strip()) for part in text.split(",") if part.strip())


def _database_url(text: str) -> str:
    if text.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + text.split("://", 1)[1]
    if not text.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return text


def _base_url(text: str) -> str:
    if not re.fullmatch(r"https?://[^/\s]+/?", text):
        raise ValueError("must be the address people use, such as https://reflection.example.wales")
    return text.rstrip("/")


def mail_route(url: str) -> MailRoute:
    """What a `MAIL_URL` says; ValueError with the remedy, which quotes nothing of it, when letters could not go so."""
    scheme, _, rest = url.partition(":")
    if scheme == "console":
        return MailRoute(scheme)
    if scheme == "file":
        if not rest:
            raise ValueError("must name the folder for the letters, such as file:/var/spool/reflection")
        return MailRoute(scheme, folder=Path(rest))
    if not url.startswith(("smtp://", "smtps://")):
        raise ValueError("must begin with console:, file:FOLDER, smtp:// or smtps://")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(_MAIL_ADVICE) from None
    if not host or port == 0 or _says_too_much(parts):
        raise ValueError(_MAIL_ADVICE)
    return MailRoute(
        scheme, host=host, port=port or 0, user=unquote(parts.username or ""), password=unquote(parts.password or "")
    )


_MAIL_ADVICE = (
    "must be smtp://user:password@host:port, with nothing behind it and a port from 1 to 65535 or none; "
    "in the user and the password write # / ? @ : [ ] as %23 %2F %3F %40 %3A %5B %5D and % as %25"
)


def _says_too_much(parts: SplitResult) -> bool:
    """Whether there is something behind the port, which a sign in the password can bring about, or no user for it."""
    return bool(parts.path.strip("/") or parts.query or parts.fragment or (parts.password and not parts.username))


def _mail_url(text: str) -> str:
    mail_route(text)
    return text


def _address(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        raise ValueError("must be an e-mail address")
    return text


def _between(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


_READERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "APP_MODE": ("mode", _mode),
    "SECRET_KEY": ("secret_key", _secret),
    "SECRET_KEY_FALLBACKS": ("secret_key_fallbacks", _secrets),
    "DATABASE_URL": ("database_url", _database_url),
    "BASE_URL": ("base_url", _base_url),
    "MAIL_URL": ("mail_url", _mail_url),
    "MAIL_FROM": ("mail_from", _address),
    "INSTANCE": ("instance", lambda text: Path(text).resolve()),
    "MINIMUM_GROUP": ("minimum_group", _between(2, 30)),
    "MINIMUM_VIEWS": ("minimum_views", _between(3, 20)),
    "NOMINEES_PER_BOARD": ("nominees_per_board", _between(1, 20)),
    "REVIEW_MEMORY": ("review_memory", _between(0, 10)),
    "TRUSTED_PROXIES": ("trusted_proxies", _between(0, 5)),
}
"""Environment variable -> the setting and what reads it."""
