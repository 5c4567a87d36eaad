"""The facilitated discussion: private ratings, the screen, voting, the pack to print."""

from flask import Blueprint

blueprint = Blueprint("workshop", __name__)
