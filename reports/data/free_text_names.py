"""The names of the fields of free text, for reports, for their data files and for the pages of staff alike."""

from surveys.schema import BilingualText, Item, Question

from reports.data.dictionary import entries

DETAIL = "detail:"
"""Before the code of an option: the field of what was written with it."""

NUMBERED = "#"
"""Between a field and the number of a quote from it: "evidence#1"."""


def field_name(item: Item, field: str) -> BilingualText:
    """What a field of an item is called: by its option where it has one, otherwise as the dictionary has it."""
    if isinstance(item, Question) and field.startswith(DETAIL):
        return item.option(field.removeprefix(DETAIL)).label
    return entries()["category", field].label
