"""The command line: exit codes, a clear message for wrong input, JSON if requested."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from surveys.loader import DEFINITIONS

from app import create_app
from app.services.demo.queries import is_demonstration_loaded
from app.services.peer_review import allocation_search as solving
from app.services.peer_review.allocation_queries import find_proposal
from tests.support.application import settings
from tests.support.nominated_round import nominate


@pytest.fixture
def flask(app, monkeypatch):
    """Return a function that runs a command and returns its exit code and output."""
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)

    def run(*words: str) -> tuple[int, str]:
        result = app.test_cli_runner().invoke(args=words)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


def test_the_surveys_are_in_order(flask):
    code, said = flask("survey", "check", "--json")
    assert code == 0
    assert json.loads(said) == {
        "sound": ["about_the_cluster", "pcmw", "acd", "system_factors", "closing"],
        "faults": [],
    }


def test_a_faulty_survey_file_is_told_with_places_and_remedies(flask, tmp_path):
    file = tmp_path / "pcmw.yaml"
    file.write_text(
        (DEFINITIONS / "pcmw.yaml")
        .read_text()
        .replace("mature:", "ripe:", 2)
        .replace("status: working draft", "status: done")
    )
    code, said = flask("survey", "check", str(file))
    assert code == 1
    assert "pcmw.yaml:3: status: “done” is not possible here (use one of: working draft, official)" in said
    assert "outcomes[1].descriptors: “ripe” is not a key that is used here" in said


def test_a_cycle_is_opened_and_closed(flask):
    assert flask("cycle", "open", "2026", "--opens", "2026-04-01", "--closes", "2026-05-31")[0] == 0
    code, said = flask("cycle", "open", "2026", "--opens", "2026-04-01", "--closes", "2026-05-31")
    assert (code, said) == (1, "Error: There is already a cycle for 2026.\n")
    assert flask("cycle", "close", "2026") == (0, "The 2026 cycle is closed.\n")
    assert flask("cycle", "reschedule", "2026", "--closes", "2026-06-15") == (
        0,
        "The last day of the 2026 cycle is now 15 June 2026.\n",
    )
    assert flask("cycle", "reschedule", "2026", "--closes", "2026-03-01")[0] == 1
    assert flask("cycle", "close", "2019") == (1, "Error: There is no cycle “2019”. Choose from: 2026\n")


def test_a_cycle_that_may_not_be_meant_so_is_opened_or_extended_only_with_yes(flask):
    flask("cycle", "open", "2026", "--opens", "2026-04-01", "--closes", "2026-05-31")
    doubtful = ("cycle", "open", "2025", "--opens", "2024-11-15", "--closes", "2026-04-15")
    assert flask(*doubtful) == (
        1,
        (
            "Error: Nothing was changed. If this is meant, add --yes.\n"
            "It overlaps the 2026 cycle, which is open from 1 April 2026 to 31 May 2026.\n"
            "Its last day, 15 April 2026, has passed already.\n"
            "It is the 2025 cycle, but its days are from 15 November 2024 to 15 April 2026.\n"
        ),
    )
    code, said = flask(*doubtful, "--yes", "--json")
    assert (code, json.loads(said)["opens"]) == (0, "2024-11-15")
    code, said = flask("cycle", "reschedule", "2026", "--closes", "2027-01-31")
    assert (code, "from 1 April 2026 to 31 January 2027" in said) == (1, True)
    assert flask("cycle", "reschedule", "2026", "--closes", "2027-01-31", "--yes")[0] == 0


def test_a_cycle_that_has_not_opened_cannot_be_closed(flask):
    flask("cycle", "open", "2027", "--opens", "2027-04-01", "--closes", "2027-05-31")
    code, said = flask("cycle", "close", "2027")
    assert (code, said.splitlines()) == (
        1,
        [
            (
                "Error: The cycle cannot be closed: it opens on 2027-04-01. "
                "To give it another last day, use cycle reschedule."
            )
        ],
    )


def test_a_finished_round_is_allocated_no_more_and_one_line_says_so(flask):
    for year in ("2025", "2026"):
        flask("cycle", "open", year, "--opens", f"{year}-04-01", "--closes", f"{year}-05-31", "--yes")
    code, said = flask("review", "allocate", "--cycle", "2025")
    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith("Error: Nothing was changed: this round of peer review is finished")


def test_messages_are_in_the_operators_language(flask, monkeypatch):
    monkeypatch.setenv("LANG", "cy_GB.UTF-8")
    code, said = flask("cycle", "close", "2019")
    assert code == 1
    assert "2019" in said
    assert "There is no" not in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nobody", "--role", "sppc"), "is not an email address"),
        (("n@example.wales", "--role", "lead", "--place", "atlantis"), "There is no cluster “atlantis”"),
        (("n@example.wales", "--role", "officer", "--place", "9Z9"), "Choose from: 7A1, 7A2"),
        (("n@example.wales", "--role", "king"), "Invalid value for '--role'"),
        (("n@example.wales", "--role", "lead"), "Say which cluster or board, with --place."),
        (("n@example.wales", "--role", "officer", "--place", ""), "Say which cluster or board, with --place."),
    ],
)
def test_an_impossible_invitation_is_refused_with_what_is_possible(flask, words, says):
    code, said = flask("user", "invite", *words, "--name", "N")
    assert code != 0
    assert says in said


def test_an_invitation_is_written_in_the_persons_language(flask, tmp_path):
    code, said = flask(
        "user", "invite", "n@example.wales", "--name", "N", "--role", "sppc", "--language", "cy", "--json"
    )
    assert code == 0
    assert json.loads(said) == {"email": "n@example.wales", "role": "sppc", "place": None}
    assert len(list((tmp_path / "letters").iterdir())) == 1


def test_a_role_is_taken_away_and_what_is_not_held_or_needed_is_told(flask):
    invite = ("user", "invite", "n@example.wales", "--name", "N", "--no-letter")
    for role in (("--role", "sppc"), ("--role", "officer", "--place", "7A7")):
        flask(*invite, *role)
    remove = ("user", "remove", "n@example.wales")
    assert flask(*remove, "--role", "officer", "--place", "7A7") == (
        0,
        "n@example.wales no longer holds the role officer.\n",
    )
    assert flask(*remove, "--role", "officer", "--place", "7A7") == (
        1,
        "Error: There is no role of this person “officer 7A7”. Choose from: sppc\n",
    )
    assert flask(*remove, "--role", "sppc") == (1, "Error: Nobody else is staff of SPPC. Invite another first.\n")
    code, said = flask("user", "remove", "nobody@example.wales", "--role", "sppc")
    assert (code, said) == (1, "Error: There is no person “nobody@example.wales”.\n")


def test_the_national_summary_of_a_cycle_without_answers_is_a_file(flask, tmp_path):
    flask("cycle", "open", "2026", "--opens", "2026-04-01", "--closes", "2026-05-31")
    for language in ("en", "cy"):
        file = tmp_path / f"{language}.pdf"
        assert flask("report", "national", "--cycle", "2026", "--lang", language, "--output", str(file))[0] == 0
        assert file.read_bytes().startswith(b"%PDF")
    assert flask("report", "national", "--cycle", "1999", "--lang", "en", "--output", str(tmp_path / "no.pdf"))[0] == 1


def test_demonstration_data_does_not_go_over_other_data(flask):
    flask("user", "invite", "n@example.wales", "--name", "N", "--role", "sppc")
    assert flask("demo", "load")[0] == 1
    assert flask("demo", "load", "--if-empty") == (0, "")


def test_a_database_that_is_not_migrated_is_told(tmp_path):
    runner = create_app(settings(tmp_path)).test_cli_runner()
    for words in (
        ["cycle", "close", "2026"],
        ["demo", "load"],
        ["report", "national", "--cycle", "1", "--lang", "en", "--output", "x"],
    ):
        result = runner.invoke(args=words)
        assert result.exit_code == 1
        assert "data upgrade" in result.output
    assert runner.invoke(args=["data", "upgrade"]).exit_code == 0


@pytest.mark.parametrize("also", [(), ("--if-empty",)])
def test_invented_people_are_not_loaded_into_production(tmp_path, empty_database, monkeypatch, also):
    monkeypatch.setenv("LANG", "C.UTF-8")
    shutil.copy(empty_database, tmp_path / "test.db")
    production = create_app(settings(tmp_path, mode="production"))
    refused = production.test_cli_runner().invoke(args=["demo", "load", *also])
    assert refused.exit_code == 1
    assert "not loaded in production" in refused.output
    with production.app_context():
        assert not is_demonstration_loaded()


def test_what_the_product_writes_is_for_its_owner_only_also_where_it_was_not(tmp_path):
    old = tmp_path / "instance"
    old.mkdir(0o755)
    with closing(sqlite3.connect(old / "reflection.db")) as made:
        made.execute("PRAGMA journal_mode=WAL")
    (old / "reflection.db").chmod(0o644)
    own = {"INSTANCE": str(old), "MAIL_URL": f"file:{old}/letters", "APP_MODE": "demonstration"}
    others = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")}
    program = (
        "import os; os.umask(0o022); from wsgi import app; "
        "from app.services.email.commands import mailer; "
        "from app.services.email.message import RenderedEmail; "
        "client = app.test_client(); app.test_cli_runner().invoke(args=['data', 'upgrade']); "
        "client.get('/en/'); mailer.send(RenderedEmail('a@b.wales', 's', 'b')); "
        "print(*sorted(each.name for each in app.config['SETTINGS'].instance.iterdir() if each.stat().st_mode & 0o77))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], env=others | own, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
    assert {*old.iterdir()} >= {old / name for name in ("reflection.db", "secret_key", "letters")}
    assert old.stat().st_mode & 0o077 == 0


def test_a_folder_that_everybody_writes_to_stays_theirs(tmp_path):
    tmp_path.chmod(0o1777)
    create_app(settings(tmp_path))
    assert tmp_path.stat().st_mode & 0o7777 == 0o1777


@pytest.mark.parametrize("noun", ["assets", "cycle", "data", "demo", "report", "review", "survey", "user"])
def test_every_noun_helps(app, noun):
    assert app.test_cli_runner().invoke(args=[noun, "--help"]).exit_code == 0


def example_round():
    """Return the example of docs/allocation.md."""
    text = (Path(__file__).parents[2] / "docs/allocation.md").read_text()
    return json.loads(text.split("```json")[1].split("```")[0])


@pytest.fixture
def allocate(tmp_path, monkeypatch):
    """Return a function that allocates a round from a file, without a database."""
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setattr("app.services.database.schema.is_schema_current", lambda: pytest.fail("the database was asked"))

    def run(content, *options):
        file = tmp_path / "round.json"
        file.write_text(json.dumps(content))
        runner = create_app(settings(tmp_path)).test_cli_runner()
        result = runner.invoke(args=["review", "allocate", "--problem", str(file), *options])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


def test_the_round_of_the_documentation_is_allocated_without_a_database(allocate, tmp_path):
    code, said = allocate(example_round(), "--json")
    assert code == 0
    answer = json.loads(said)
    documented = (Path(__file__).parents[2] / "docs/allocation.md").read_text()
    assert all(f"`{key}`" in documented for part in (answer, answer["score"], answer["reviews"][0]) for key in part)
    assert answer["certificate"]["is_proven"]
    code, said = allocate(example_round())
    assert code == 0
    assert "bridgend reviews llwchwr on ACD-2" in said
    assert "Proven: no allocation is better." in said
    assert not (tmp_path / "test.db").exists()


def test_a_round_without_allocation_is_explained_with_an_exit_code_of_its_own(allocate):
    posed = example_round()
    posed["sets"][0]["outcomes"] += [f"ACD-{number}" for number in range(4, 11)]
    del posed["fixed"][0]["outcomes"]  # larger rounds with extra places and fixed outcomes are refused
    code, said = allocate(posed)
    assert code == 3
    assert "The number of reviews is 9, which gives 9 places for these outcomes: ACD-1 to ACD-10." in said
    assert "Let one review take 2 outcomes of ACD-1 to ACD-10." in said
    code, said = allocate(posed, "--json")
    assert code == 3
    assert allocate(json.loads(said)["repairs"][0]["problem"])[0] == 0


def test_a_faulty_round_is_told_with_places_and_remedies(allocate):
    code, said = allocate(example_round() | {"year": "next", "memry": 3})
    assert code == 1
    assert "year: This is not a whole number" in said
    assert "memry: This key is not known." in said


def test_a_search_that_is_stopped_is_told_in_one_line_with_what_to_do(allocate, monkeypatch):
    monkeypatch.setattr(solving, "SEARCH_WAIT_LIMIT", 0)
    code, said = allocate(example_round(), "--json")
    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith("Error: No new allocation was proposed: the search took more than 20 seconds")


LOAD = """
import sys
from pathlib import Path
from app.services.demo.commands import load_demonstration
from tests.support.application import NOW, _database
_database(Path(sys.argv[1]), lambda: load_demonstration(NOW.date()))
"""


def test_the_demonstration_is_the_same_to_the_last_row_in_any_process(demo_database, tmp_path):
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": "."}
    subprocess.run([sys.executable, "-c", LOAD, tmp_path], cwd=Path(__file__).parents[2], env=environment, check=True)
    made, again = dumped(demo_database), dumped(tmp_path / "test.db")
    assert len(made) > 3_000
    assert [(one, other) for one, other in zip(made, again, strict=True) if one != other] == []


def dumped(database: Path) -> list[str]:
    """Return the content of a database as sorted SQL statements, one a row, whatever the order of insertion."""
    with closing(sqlite3.connect(database)) as connection:
        return sorted(connection.iterdump())


def test_a_round_of_a_cycle_is_proposed_from_the_command_line_and_a_dry_run_keeps_nothing(runner_of_a_round):
    runner = runner_of_a_round
    tried = runner.invoke(args=["review", "allocate", "--cycle", "2026", "--dry-run", "--json"])
    assert tried.exit_code == 0, tried.output
    assert json.loads(tried.output)["certificate"]["is_proven"]
    assert find_proposal(2026) is None
    told = runner.invoke(args=["review", "allocate", "--cycle", "2026"])
    assert told.exit_code == 0, told.output
    assert len(find_proposal(2026).assignments) == 7
    assert json.loads(tried.output)["problem_hash"] == find_proposal(2026).problem_hash


def test_a_round_is_of_a_cycle_or_of_a_file_and_the_cycle_must_be_there(runner_of_a_round):
    runner = runner_of_a_round
    assert runner.invoke(args=["review", "allocate"]).exit_code == 2
    unknown = runner.invoke(args=["review", "allocate", "--cycle", "1999"])
    assert unknown.exit_code == 1
    assert "2026" in unknown.output


def test_a_review_that_is_not_there_or_not_returned_has_no_report(runner_of_a_round, tmp_path):
    ordered = ["--cycle", "2026", "--cluster", "north-powys", "--lang", "en", "--output", str(tmp_path / "review.pdf")]
    refused = runner_of_a_round.invoke(args=["report", "review", *ordered])
    assert refused.exit_code == 1
    assert not (tmp_path / "review.pdf").exists()


@pytest.fixture
def runner_of_a_round(inside, cycle, staff):
    nominate(cycle)
    return inside.test_cli_runner()
