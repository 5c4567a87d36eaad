"""A cluster completes a workbook offline and uploads it, over HTTP, in both languages."""

from io import BytesIO

import openpyxl
import pytest
from itsdangerous import URLSafeSerializer

from app.services.cycle.commands import close_cycle
from app.services.reflection.queries import find_reflection
from app.services.reports import pdf_jobs as orders
from tests.support.application import NOW
from tests.support.journey_people import DEPUTY, LEAD, MEMBER
from tests.support.workbooks import edited, writing

HOME = "/reflections/2026/north-powys"
FIRST = f"{HOME}/questions/PCMW-01"
UPLOAD = {"en": "Upload a completed workbook", "cy": "Uwchlwytho llyfr gwaith wedi'i lenwi"}


def download(visitor) -> bytes:
    answer = visitor.browser.get(f"/{visitor.language}{HOME}/workbook.xlsx")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.data


def filled(file: bytes, **texts: str) -> bytes:
    for field, text in texts.items():
        file = edited(file, writing("PCMW-01", field, text))
    return file


def upload(visitor, file: bytes, expect: int = 200):
    visitor.open(f"{HOME}/workbook")
    return visitor.press(file=(BytesIO(file), "reflection.xlsx"), _expect=expect)


WORDS = {
    "en": ("Developing", "What the workbook would change", "The answers from the workbook are saved"),
    "cy": ("Datblygu", "Yr hyn y byddai'r llyfr gwaith yn ei newid", "Mae atebion y llyfr gwaith wedi'u cadw"),
}


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_lead_fills_in_a_workbook_looks_at_the_changes_and_saves_them(visitor, language):
    level, looked_at, saved = WORDS[language]
    lead = visitor(LEAD, language)
    lead.open(f"{HOME}/")
    lead.open(
        lead.page.link({"en": "Upload a completed workbook", "cy": "Uwchlwytho llyfr gwaith wedi'i lenwi"}[language])
    )
    page = upload(lead, filled(download(lead), level=level, why="Tŷ a gŵyl 🙂 <b>"))
    assert page.heading == looked_at
    assert "Tŷ a gŵyl 🙂 <b>" in page.text
    assert lead.browser.get(f"/{language}{FIRST}").text.count("gŵyl") == 0
    assert lead.press().heading == saved
    fields = lead.open(FIRST).fields()
    assert (fields["level"], fields["why"]) == (["developing"], ["Tŷ a gŵyl 🙂 <b>"])


def test_what_was_read_outlives_a_change_of_language_and_a_forged_or_foreign_form(visitor):
    lead = visitor(LEAD)
    page = upload(lead, filled(download(lead), why="Kept"))
    switch = page.html.select_one(".language-switch button")
    page = lead.press(switch_language="cy", _to=switch["formaction"])
    assert (page.language, "Kept" in page.text) == ("cy", True)
    page = lead.press(csrf_token="forged")
    assert (len(page.errors), "Kept" in page.text) == (1, True)
    lead.press()
    assert lead.open(f"/en{FIRST}").fields()["why"] == ["Kept"]
    page = upload(lead, filled(download(lead), why="Forged"))
    page = lead.press(reading=page.fields()["reading"][0][:-1], _expect=422)
    assert page.errors == ["What was read could not be kept. Choose the workbook once more."]


def test_a_preview_of_the_release_before_is_saved(visitor, peopled):
    lead = visitor(LEAD)
    page = upload(lead, filled(download(lead), why="Read before the upgrade"))
    with peopled.app_context():
        salt = f"workbook of {find_reflection(2026, 'north-powys').id}"
        signer = URLSafeSerializer(peopled.config["SECRET_KEY"], salt=salt)
    read = signer.loads(page.fields()["reading"][0])
    for entry in read["entries"]:
        entry["over"] = entry.pop("base_version")
    lead.press(reading=signer.dumps(read))
    assert lead.open(FIRST).fields()["why"] == ["Read before the upgrade"]


def test_of_two_texts_the_person_chooses_one_and_a_third_is_shown_first(visitor):
    lead, deputy = visitor(LEAD), visitor(DEPUTY)
    file = filled(download(lead), level="mature", why="In the workbook")

    def deputy_writes(text: str) -> None:
        deputy.open(FIRST)
        deputy.press(level="developing", why=text)

    deputy_writes("By the deputy")
    page = upload(lead, file)
    assert "By the deputy" in page.text
    assert "In the workbook" in page.text
    assert lead.press().errors == ["Choose which answer to keep for “Local needs and assets”."]
    deputy_writes("By the deputy, again")
    page = lead.press(**{"conflict_PCMW-01_1": "take"})
    assert "By the deputy, again" in page.text
    lead.press(**{"conflict_PCMW-01_2": "keep"})
    assert lead.open(FIRST).fields()["why"] == ["By the deputy, again"]
    upload(lead, file)
    lead.press(**{"conflict_PCMW-01_2": "take"})
    assert lead.open(FIRST).fields()["why"] == ["In the workbook"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "Sheet “2 Primary Care Model for Wales”, cell D12: it says “Ardderchog”, which is not one of the answers.",
        ),
        ("cy", "Taflen “2 Canlyniadau Model Gofal”, cell D12: mae'n dweud “Ardderchog”, nad yw'n un o'r atebion."),
    ],
)
def test_what_could_not_be_taken_is_told_with_its_place_and_the_rest_is_saved(visitor, language, sentence):
    lead = visitor(LEAD, language)
    file = edited(filled(download(lead), level="Ardderchog"), writing("PCMW-02", "level", "Aeddfed"))
    page = upload(lead, file)
    assert sentence in page.text
    lead.press()
    assert lead.open(f"{HOME}/questions/PCMW-02").fields()["level"] == ["mature"]
    assert "level" not in lead.open(FIRST).fields()


def test_a_workbook_that_says_nothing_new_says_so(visitor):
    lead = visitor(LEAD)
    page = upload(lead, download(lead))
    assert "Nothing: the workbook matches what is already saved." in page.text
    assert not page.html.select("main form button.nhsuk-button")


def test_a_file_that_is_not_a_workbook_is_refused_with_what_to_do(visitor):
    lead = visitor(LEAD)
    assert upload(lead, b"PCMW-01,mature", expect=422).errors == [
        "This is not an Excel workbook. Save it as .xlsx and try again."
    ]
    assert lead.press(_expect=422).errors == ["Choose the workbook on your machine."]
    page = upload(lead, b"PK" + b"\0" * 6 * 1024**2, expect=422)
    assert page.errors[0].startswith("This file is larger than 5 MB.")
    page = upload(lead, b"\0" * 50 * 1024**2, expect=413)
    assert "A file can be up to 5 MB." in page.text


def test_a_workbook_of_another_cluster_is_refused(visitor):
    lead = visitor(LEAD)
    file = edited(download(lead), lambda book: book.worksheets[0].cell(13, 2, "rhondda"))
    assert openpyxl.load_workbook(BytesIO(file)).worksheets[0]["A13"].value == "cluster"
    assert upload(lead, file, expect=422).errors[0].startswith("This workbook belongs to another cluster (rhondda).")


def test_when_the_cycle_closes_nothing_is_loaded_and_nothing_downloaded(visitor, peopled):
    lead = visitor(LEAD)
    upload(lead, filled(download(lead), why="Too late"))
    with peopled.app_context():
        close_cycle(2026, NOW)
    assert lead.press(_expect=409).heading == "This could not be saved"
    for page in ("workbook", "workbook.xlsx"):
        assert lead.open(f"{HOME}/{page}").path == f"/en{HOME}/answers"
    assert "Too late" not in lead.page.text


@pytest.mark.parametrize(
    ("language", "name"), [("en", "workshop-pack-north-powys-2026.pdf"), ("cy", "pecyn-gweithdy-north-powys-2026.pdf")]
)
def test_a_member_prints_the_workshop_pack(visitor, language, name):
    member = visitor(MEMBER, language)
    link = member.open(f"{HOME}/").link({"en": "Workshop pack", "cy": "Pecyn gweithdy"}[language])
    page = member.open(link, expect=202)
    assert page.html.select_one("[data-reload-when-ready]")
    orders._running[-1].wait()
    with member.browser.get(page.link({"en": "Look now", "cy": "Edrych nawr"}[language])) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert name in answer.headers["Content-Disposition"]
