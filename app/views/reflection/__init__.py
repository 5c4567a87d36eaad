"""The pages of a cluster's reflection: task list, questions, submission, workbook."""

from flask import Blueprint

blueprint = Blueprint("reflection", __name__)
REFLECTION = "/reflections/<int(max=9999):year>/<cluster>"
"""The path of a cluster's reflection, below the language."""
