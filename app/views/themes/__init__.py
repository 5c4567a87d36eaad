"""The pages for themes, the coding of free text, and quotes."""

from flask import Blueprint

blueprint = Blueprint("themes", __name__)
