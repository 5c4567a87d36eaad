"""The start page, and pages about the service that everybody may read."""

from flask import Blueprint

blueprint = Blueprint("site", __name__)
