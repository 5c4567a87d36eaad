"""The pages of peer review: nominations, constraints, allocation, reviews."""

from flask import Blueprint

blueprint = Blueprint("peer_review", __name__)
