"""A group of commands that answers a refusal with one clear line and exit code 1, in the operator's language."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from surveys.faults import InvalidData

from app.domain.errors import DomainError, InvalidValue
from app.i18n import operators_language, speaking
from app.messages.errors import sentence
from app.services.database.schema import is_schema_current

Result = TypeVar("Result")


def answered(act: Callable[..., Result]) -> Callable[..., Result]:
    """What answers a refusal with a sentence."""

    @wraps(act)
    def guarded(*arguments: Any, **options: Any) -> Result:
        try:
            return act(*arguments, **options)
        except DomainError as refused:
            raise click.ClickException(sentence(refused)) from refused
        except InvalidData as found:
            faults = "\n".join(fault.sentence(operators_language()) for fault in found.faults)
            raise click.ClickException(faults) from found

    return guarded


def in_shape(act: Callable[..., Result]) -> Callable[..., Result]:
    """The same of what needs a database in shape: without one it is not begun."""

    @wraps(act)
    def guarded(*arguments: Any, **options: Any) -> Result:
        if not is_schema_current():
            raise InvalidValue("not_ready")
        return act(*arguments, **options)

    return answered(guarded)


class CommandGroupWithoutDatabase(AppGroup):
    """Commands about one thing, on a database in whatever shape."""

    guard = staticmethod(answered)

    def invoke(self, context: click.Context) -> Any:
        """Run the command; a refusal becomes a sentence."""
        return with_appcontext(self._spoken)(context)

    def _spoken(self, context: click.Context) -> Any:
        with speaking(operators_language()):
            return self.guard(super().invoke)(context)


class CommandGroup(CommandGroupWithoutDatabase):
    """Commands about one thing, all on a database that is in shape."""

    guard = staticmethod(in_shape)


def now() -> datetime:
    """This moment; a test may set the clock."""
    moment: datetime = current_app.config.get("CLOCK", lambda: datetime.now(UTC))()
    return moment


def told(as_json: bool, words: str, **facts: Any) -> None:
    """Print the outcome: a sentence for people, or the facts as JSON for programs."""
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else words)


as_json = click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
