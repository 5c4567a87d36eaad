"""The names of the fields of free text, for reports, for their data files and for the pages of staff alike."""

from surveys.schema import BilingualText, Item, Question

from reports.data.dictionary import entries

DETAIL = "detail:"
"""The prefix of the field for text written with an option; the option's code follows."""

NUMBERED = "#"
"""The separator between a field and the number of a quote: "evidence#1"."""


def field_name(item: Item, field: str) -> BilingualText:
    """Return the name of a field: its option's label if it has one, otherwise from the dictionary."""
    if isinstance(item, Question) and field.startswith(DETAIL):
        return item.option(field.removeprefix(DETAIL)).label
    return entries()["category", field].label
