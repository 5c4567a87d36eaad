"""Each kind of question is one row in one table of each layer; only one table has codes of questions."""

import ast
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pytest

from surveys.loader import current_questionnaire
from surveys.rules import FAULTS_OF_KIND
from surveys.schema import Kind

import reports.page
from reports.cluster.rows import MEASURES

from app.domain.reflection.answer_fields import SHAPES
from app.domain.reflection.answers import ANSWERED
from app.domain.reports.national import IS_COUNTED
from app.forms.reflection.answer import FORMS
from app.services.demo.answers import INVENTED
from app.services.reflection.workbook.cell_values import TYPED
from app.services.reflection.workbook.layout import OFFERED

ROOT = Path(__file__).parents[2]
KNOWS_OLD_CODES = ROOT / "surveys/older_content.py"

EVERY_KIND: Mapping[str, Collection[str]] = {
    "app/domain/reflection/answers.py ANSWERED": ANSWERED,
    "app/domain/reflection/answer_fields.py SHAPES": SHAPES,
    "app/forms/reflection/answer.py FORMS": FORMS,
    "app/services/reflection/workbook/layout.py OFFERED": OFFERED,
    "app/services/reflection/workbook/cell_values.py TYPED": TYPED,
    "app/services/demo/answers.py INVENTED": INVENTED,
}
NOT_OUTCOMES: Mapping[str, Collection[str]] = {
    "surveys/rules.py FAULTS_OF_KIND": FAULTS_OF_KIND,
    "app/domain/reports/national.py IS_COUNTED": IS_COUNTED,
    "reports/cluster/rows.py MEASURES": MEASURES,
}
"""Layers that treat outcomes elsewhere."""


@pytest.fixture(scope="module")
def tables(product) -> dict[str, set[str]]:
    """Return layer and table -> the kinds in it; outcomes are added for layers that treat them elsewhere."""

    def kinds(environment, template: str, table: str) -> set[str]:
        return set(getattr(environment.get_template(template).module, table))

    printed = reports.page._environment("en")
    with product.test_request_context():
        answers = kinds(product.jinja_env, "reflection/_answer.html", "ANSWERS")
        fields = kinds(product.jinja_env, "reflection/_question_fields.html", "FIELDS")
    not_outcomes = NOT_OUTCOMES | {
        "app/templates/reflection/_question_fields.html FIELDS": fields,
        "reports/templates/workshop_pack/question.html ROOM": kinds(printed, "workshop_pack/question.html", "ROOM"),
        "reports/templates/cluster/answers.html SAID": kinds(printed, "cluster/answers.html", "SAID"),
        "reports/templates/cluster/answers.html IN_SHORT": kinds(printed, "cluster/answers.html", "IN_SHORT"),
    }
    return {
        **{name: set(table) for name, table in EVERY_KIND.items()},
        "app/templates/reflection/_answer.html ANSWERS": answers,
        **{name: {*table, Kind.OUTCOME} for name, table in not_outcomes.items()},
    }


def lacking(tables: Mapping[str, set[str]], kinds: Iterable[str]) -> list[str]:
    """Return a line for each wrong table: its layer, and the kinds that are missing or superfluous."""
    known = set(kinds)
    return [f"{name}: {', '.join(sorted(known ^ table))}" for name, table in tables.items() if known != table]


def test_every_layer_knows_every_kind_of_question(tables):
    found = lacking(tables, Kind)
    assert not found, "\n".join(found)


def test_each_layer_that_lacks_a_kind_is_named(tables):
    kinds = [*Kind, "imagined"]
    assert lacking(tables, kinds) == [f"{name}: imagined" for name in tables]
    added = {name: {*table, "imagined"} for name, table in tables.items()}
    forgotten = added | {"app/forms/reflection/answer.py FORMS": set(FORMS)}
    assert lacking(forgotten, kinds) == ["app/forms/reflection/answer.py FORMS: imagined"]


def test_no_code_knows_a_question_or_an_outcome_by_its_code():
    codes = set(current_questionnaire().items)
    known = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"
        for folder in ("app", "reports", "surveys")
        for path in (ROOT / folder).rglob("*.py")
        if path != KNOWS_OLD_CODES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in codes
    ]
    assert known == []
