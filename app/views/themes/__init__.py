"""Themes, coding of free text, quotes."""

from flask import Blueprint

blueprint = Blueprint("themes", __name__)
