"""Pages to sign in and out, and to edit one's own details."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
