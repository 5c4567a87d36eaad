"""The page with the progress of a cycle."""

from flask import Blueprint

blueprint = Blueprint("cycle", __name__)
