"""The text of a PDF as poppler reads it: ten times as fast as in Python, which matters for reports of many pages."""

import subprocess


def text_of_pages(pdf: bytes, *, order: str = "raw") -> list[str]:
    """The text of each page, in the order in which it was drawn; `layout`: line by line as the eye reads it."""
    command = ["pdftotext", f"-{order}", "-", "-"]
    read = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return read.split("\f")[:-1]
