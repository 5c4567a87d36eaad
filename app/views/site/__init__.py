"""Pages about the service itself, open to everyone, and the start page."""

from flask import Blueprint

blueprint = Blueprint("site", __name__)
