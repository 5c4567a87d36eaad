"""What operators type: `flask --app wsgi <noun> <verb>`. Each verb reads its words and calls one service."""

from flask import Flask

from app.cli import assets, cycle, data, demo, report, review, survey, user


def register(app: Flask) -> None:
    """Attach all nouns."""
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
