"""The people of a cluster."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)
