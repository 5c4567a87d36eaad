"""Time pages that read submitted answers, with one version of each answer and with 31; for `make bench`."""

import time
from datetime import timedelta
from itertools import islice
from statistics import median

from flask import Flask
from sqlalchemy import insert, select

from app.db import session, transaction
from app.models import Answer

OLDER = 30
"""Number of earlier versions; half an hour of typing makes more, because autosave runs a second after the last key."""

RUNS = 15
A_TIME = 1000
"""Number of rows written in one statement."""


def time_versions(app: Flask, pages: dict[str, tuple[str, str]]) -> None:
    """Print how long each page takes with one and with 31 versions of each answer; `pages`: name -> person, path."""
    before = {name: _milliseconds(app, *page) for name, page in pages.items()}
    with app.app_context():
        _type_over()
    for name, page in pages.items():
        after = _milliseconds(app, *page)
        ratio = after / before[name]
        print(f"{name + f', {OLDER + 1} versions':<42}{after:>9.1f} ms   ({ratio:.2f} times that of one version)")


def _milliseconds(app: Flask, person: str, address: str) -> float:
    browser = app.test_client()
    browser.post("/en/demonstration", data={"persona": person})
    taken = []
    for _ in range(RUNS + 1):
        begun = time.perf_counter()
        assert browser.get(address).status_code == 200
        taken.append(1000 * (time.perf_counter() - begun))
    return median(taken[1:])


def _type_over() -> None:
    """Add 30 versions to each answer; submissions still refer to the version before them."""
    with transaction():
        rows = (
            {
                **{
                    name: getattr(each, name)
                    for name in ("reflection_id", "item", "content", "language", "saved_by_id")
                },
                "version": each.version + number,
                "saved_at": each.saved_at + timedelta(seconds=number),
            }
            for each in session.scalars(select(Answer)).all()
            for number in range(1, OLDER + 1)
        )
        while some := list(islice(rows, A_TIME)):
            session.execute(insert(Answer), some)
