"""Render results as accessible pages and tagged PDFs from plain data. Knows no requests and no database."""
