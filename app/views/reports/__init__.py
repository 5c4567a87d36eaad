"""The pages to read and publish reports."""

from flask import Blueprint

blueprint = Blueprint("reports", __name__)
