"""What surveys that were frozen before the schema had a key mean by that key.

The stored JSON is never changed, and its hash stays the one stored with it. But code now asks for the role of a
question where it used to know its code, and reads from a survey what it used to know by its slug: so the codes and
slugs of those wordings are given here, and only here, what the code of then had for them.
What is frozen from now on has the key, empty or not, and is not touched.
"""

from collections.abc import Mapping
from typing import Any

from surveys.schema import QuestionRole

ROLES: Mapping[str, QuestionRole] = {
    "ABOUT-1": QuestionRole.GROUPS,
    "FACTORS-1": QuestionRole.BARRIERS,
    "FACTORS-4": QuestionRole.ENABLERS,
    "CLOSING-1": QuestionRole.STRENGTHEN,
    "CLOSING-2": QuestionRole.NEXT_FOR_PROGRAMME,
}
"""Code of a question -> the role that the code of then had for it."""

OUTCOMES_PER_REVIEW: Mapping[str, int] = {"pcmw": 2, "acd": 1}
"""Slug of a survey -> how many of its outcomes a peer review looked at by the code of then."""

NEEDS_DETAIL = "other"
"""The code of the options that were refused without their free text."""


def with_later_keys(content: dict[str, Any]) -> dict[str, Any]:
    """The content of a frozen survey with the keys that it lacks, as they were meant; the rest unchanged."""
    return {
        "outcomes_per_review": OUTCOMES_PER_REVIEW.get(content.get("slug", ""), 0),
        **content,
        "questions": [_question(each) for each in content.get("questions", ())],
    }


def _question(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "role": ROLES.get(content["code"]),
        **content,
        "options": [{"needs_detail": each["code"] == NEEDS_DETAIL, **each} for each in content.get("options", ())],
    }
