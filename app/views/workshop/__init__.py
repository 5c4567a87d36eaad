"""The pages of the facilitated discussion: private ratings, the screen, voting, the workshop pack."""

from flask import Blueprint

blueprint = Blueprint("workshop", __name__)
