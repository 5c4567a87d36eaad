"""Signing in and out, and a person's own details."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
