"""The progress of a cycle."""

from flask import Blueprint

blueprint = Blueprint("cycle", __name__)
