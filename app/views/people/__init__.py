"""The pages about the people of a cluster."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)
