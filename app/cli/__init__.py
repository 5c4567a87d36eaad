"""The command line for operators: `flask --app wsgi <noun> <verb>`. Each command calls one service."""

from flask import Flask

from app.cli import assets, cycle, data, demo, report, review, survey, user


def register(app: Flask) -> None:
    """Register all command groups."""
    nouns = (
        assets.assets,
        cycle.cycle,
        data.data,
        demo.demo,
        report.report,
        review.review,
        survey.survey,
        user.user,
    )
    for noun in nouns:
        app.cli.add_command(noun)
