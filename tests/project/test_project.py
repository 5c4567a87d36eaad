"""Checks of the whole repository: import contracts, translations, documents, no secrets and no other hosts."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.project import figures

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "app/translations/cy/LC_MESSAGES/messages.po"
NOT_OURS = {".venv", ".git", "instance", "vendor", "fonts", "__pycache__", ".hypothesis"}
OUR_FILES = [path for path in ROOT.rglob("*") if path.is_file() and not NOT_OURS & set(path.parts)]


@pytest.fixture(scope="module")
def catalogue():
    return read_po(BytesIO(CATALOGUE.read_bytes()))


def test_imports_point_one_way():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_welsh_catalogue_has_every_sentence_and_no_other(catalogue):
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    keywords = {"_": None, "gettext": None, "_l": None, "ngettext": (1, 2)}
    said = {
        message[0] if isinstance(message, tuple) else message
        for _file, _line, message, _comments, _context in extract_from_dir(ROOT, methods, options, keywords)
    }
    known = {message.id[0] if isinstance(message.id, tuple) else message.id for message in catalogue if message.id}
    assert known == said, "run: make translations"


def test_every_sentence_is_translated_and_none_is_guessed(catalogue):
    assert catalogue.num_plurals == 6
    for message in catalogue:
        if message.id:
            wording = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(each.strip() for each in wording), message.id
            assert not message.fuzzy, message.id


def test_the_catalogue_can_be_compiled(catalogue):
    for message in catalogue:
        assert list(message.check(catalogue)) == [], message.id


def test_no_translation_loses_or_invents_a_placeholder(catalogue):
    for message in catalogue:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        expected = set(re.findall(r"%\((\w+)\)s", " ".join(ids)))
        for wording in message.string if isinstance(message.string, tuple) else (message.string,):
            found = set(re.findall(r"%\((\w+)\)s", wording))
            assert found <= expected, message.id
            assert found | {"num"} >= expected, message.id


def test_welsh_counts_in_six_ways(app):
    from app.i18n import ngettext, speaking

    sentence = (
        "You need to give one more answer before you can submit:",
        "You need to give %(num)s more answers before you can submit:",
    )
    with app.app_context(), speaking("cy"):
        said = {count: ngettext(*sentence, count) for count in (1, 2, 3, 6, 9)}
    assert len(set(said.values())) >= 4
    assert "9" in said[9]


@pytest.mark.parametrize("folder", ["app", "surveys", "reports"])
def test_no_drawer_for_odds_and_ends(folder):
    names = {path.stem for path in (ROOT / folder).rglob("*.py")}
    assert not names & {"utils", "util", "helpers", "common", "manager", "misc"}


def test_only_services_commit():
    committing = [path for path in (ROOT / "app").rglob("*.py") if re.search(r"\.commit\(\)", path.read_text())]
    assert committing == [ROOT / "app/db.py"]
    opening = [path for path in (ROOT / "app").rglob("*.py") if re.search(r"with transaction\(\)", path.read_text())]
    assert all("services" in path.parts for path in opening)


def test_every_dependency_has_its_reason():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    reasons = (ROOT / "docs/dependencies.md").read_text()
    direct = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["test"],
        *project["dependency-groups"]["assets"],
    ]
    for name in (re.split(r"[\[=<>]", each)[0] for each in direct):
        assert f"`{name}`" in reasons, name


def test_the_readme_names_every_setting_and_make_target():
    from config import _READERS

    readme = (ROOT / "README.md").read_text()
    assert all(f"`{name}`" in readme for name in _READERS)
    for target in re.findall(r"`make ([a-z-]+)`", readme):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE), target


def test_the_readme_has_a_row_for_every_command_and_no_other(app):
    table = re.findall(r"^\| `([a-z]+) ([a-z]+)", (ROOT / "README.md").read_text(), re.MULTILINE)
    groups = {"cycle", "data", "demo", "report", "review", "survey", "user"}
    commands = {(group, name) for group in groups for name in app.cli.commands[group].commands}
    assert set(table) == commands
    ours = {
        name for name, command in app.cli.commands.items() if command.callback is None and hasattr(command, "commands")
    }
    assert groups == ours - {"assets"}  # `make install` builds the assets


def test_a_class_name_stands_once_and_a_use_case_has_one_name():
    assert figures.classes_used_twice() == {}
    assert figures.functions_used_twice() == {}


def test_services_and_domain_lie_in_their_nouns():
    assert figures.loose("app/services") == []
    assert figures.loose("app/domain") == ["errors.py", "text.py"]


def test_no_file_names_a_registry_or_holds_a_secret():
    for path in OUR_FILES:
        if "_cache" in str(path) or path.suffix == ".mo" or path == Path(__file__):
            continue
        text = path.read_text("utf-8", errors="ignore")
        assert not re.search(r"pythonhosted|pypi\.org|registry\.npmjs|deb\.debian", text), path
        assert not re.search(r"BEGIN (RSA |EC )?PRIVATE KEY", text), path


def test_files_stay_small():
    for path in OUR_FILES:
        if path.suffix == ".py" and "tests" not in path.parts and "versions" not in path.parts:
            assert len(path.read_text().splitlines()) <= 300, path
