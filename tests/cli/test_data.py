"""`flask data backup|restore|check`: exit codes, clear messages in both languages, JSON if requested."""

import json
import shutil

import pytest

from app.db import connect, session
from app.i18n import speaking
from app.messages.database import FAULTS, KINDS, REASONS


@pytest.fixture
def flask(app, monkeypatch):
    """Return a function that runs a `data` command in a language and returns its exit code and output."""
    monkeypatch.delenv("LC_ALL", raising=False)

    def run(*words, language="en"):
        monkeypatch.setenv("LANG", f"{language}_GB.UTF-8")
        result = app.test_cli_runner().invoke(args=["data", *map(str, words)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


def test_what_was_kept_is_restored_and_sound(flask, tmp_path):
    file = tmp_path / "kept.zip"
    code, said = flask("backup", file, "--json")
    assert code == 0
    assert json.loads(said)["rows"] == 67
    connect(f"sqlite:///{tmp_path}/new.db")
    assert flask("check") == (1, "Error: The database is not ready. Run: flask --app wsgi data upgrade\n")
    code, said = flask("restore", file)
    assert code == 0
    assert said.startswith("Everything is restored as it was on ")
    assert flask("check")[1].startswith("Sound: reflections 0, versions of answers 0, ")
    code, said = flask("check", "--json")
    assert (code, json.loads(said)["faults"]) == (0, [])


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ("is there already", "cannot be used", "no backup at all", "There is something in the database")),
        ("cy", ("yno eisoes", "Ni ellir defnyddio", "nid copi wrth gefn", "Mae rhywbeth yn y gronfa ddata")),
    ],
)
def test_what_cannot_be_is_told_in_both_languages(flask, tmp_path, lead, language, says):
    file, other = tmp_path / "kept.zip", tmp_path / "other.zip"
    flask("backup", file)
    other.write_text("other")
    refused = [
        flask("backup", other, language=language),
        flask("backup", tmp_path / "nowhere" / "kept.zip", language=language),
        flask("restore", other, language=language),
        flask("restore", file, language=language),
    ]
    assert [code for code, _said in refused] == [1] * 4
    for (_code, said), expected in zip(refused, says, strict=True):
        assert expected in said
    assert flask("restore", tmp_path / "missing.zip")[0] == 2


def test_faults_are_told_with_an_exit_code_and_restored_only_when_asked_for(flask, cycle, by_hand, tmp_path):
    by_hand("DELETE FROM reflections WHERE cluster_id = 3")
    code, said = flask("check")
    assert code == 1
    assert said == "A cluster has no reflection in a cycle: 2026 caerphilly-east\n"
    code, said = flask("check", "--json", language="cy")
    assert code == 1
    assert [fault["code"] for fault in json.loads(said)["faults"]] == ["reflection"]
    assert flask("backup", tmp_path / "kept.zip")[0] == 0
    connect(f"sqlite:///{tmp_path}/new.db")
    code, said = flask("restore", tmp_path / "kept.zip")
    assert code == 1
    assert "add --despite-faults" in said
    assert "A cluster has no reflection in a cycle: 2026" in said
    assert flask("restore", tmp_path / "kept.zip", "--despite-faults")[0] == 0


def test_a_broken_database_is_told_and_what_to_do(flask, tmp_path):
    session.remove()
    session.get_bind().dispose()
    shutil.copy(__file__, tmp_path / "test.db")
    code, said = flask("check")
    assert code == 1
    assert said.splitlines() == [
        "The database is damaged: file is not a database",
        "Nothing more was looked at. Restore the last backup into a new database.",
    ]


def test_every_reason_fault_and_kind_is_said_in_both_languages(app):
    def all_said(language):
        with app.app_context(), speaking(language):
            return [say("?") for say in (*REASONS.values(), *FAULTS.values())] + [say() for say in KINDS.values()]

    assert all(en != cy for en, cy in zip(all_said("en"), all_said("cy"), strict=True))
