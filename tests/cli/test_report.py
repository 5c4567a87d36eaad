"""Reports from the command line: a file in the format of its extension, or a one-line message."""

import json

import pytest

from tests.support.application import OVER

OF_2024 = ("--cycle", "2024", "--version", "1", "--lang", "cy")


@pytest.fixture
def report(inside_demo, monkeypatch):
    """Return a function that runs a `report` command on the demonstration and returns its exit code and output."""
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)

    def run(*words: str) -> tuple[int, str]:
        result = inside_demo.test_cli_runner().invoke(args=["report", *words])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


@pytest.mark.parametrize(
    ("words", "cycle"),
    [
        (("national",), OF_2024),
        (("board", "--board", "7a7"), OF_2024),
        (("board", "--board", "7A7", "--inside"), OF_2024),
        (("cluster", "--cluster", "north-powys"), OF_2024),
    ],
)
def test_a_report_is_written_as_its_ending_says(report, tmp_path, words, cycle):
    begins = {"csv": b"\xef\xbb\xbf", "json": b"{", "xlsx": b"PK"}
    for face, beginning in begins.items():
        file = tmp_path / f"report.{face}"
        code, said = report(*words, *cycle, "--output", str(file), "--json")
        assert code == 0, said
        assert json.loads(said)["file"] == str(file)
        assert file.read_bytes().startswith(beginning)


def test_a_published_report_from_the_command_line_is_the_one_on_the_site(report, inside_demo, tmp_path):
    assert report("national", *OF_2024, "--output", str(tmp_path / "a.csv"))[0] == 0
    site = inside_demo.test_client().get("/cy/reports/2024/1/national/wales.csv")
    assert (tmp_path / "a.csv").read_bytes() == site.data


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("C.UTF-8", "Error: The report could not be made: A library that PDFs need is missing (cannot load pango)."),
        ("cy_GB.UTF-8", "Mae llyfrgell y mae ei hangen i wneud PDF ar goll (cannot load pango). Rhedwch: make install"),
    ],
)
def test_a_missing_pdf_library_is_told_in_the_operators_language(report, monkeypatch, tmp_path, language, says):
    (tmp_path / "weasyprint.py").write_text('raise OSError("cannot load pango")')
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))  # the process that makes PDFs imports from here first
    monkeypatch.setenv("LANG", language)
    code, said = report("national", *OF_2024, "--output", str(tmp_path / "report.pdf"))
    assert code == 1
    assert says in said
    assert not (tmp_path / "report.pdf").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("board", "--board", "9Z9", *OF_2024), "There is no report “board 9Z9”. Choose from: 7A6, 7A1"),
        (("cluster", "--cluster", "atlantis", *OF_2024), "There is no cluster “atlantis”. Choose from: afan, "),
        (("review", "--cluster", "atlantis", *OF_2024), "There is no cluster “atlantis”. Choose from: afan, "),
        (("national", *OF_2024, "--version", "9"), "There is no publication “2024 9”. Choose from: 1, draft\n"),
        (("national", *OF_2024, "--version", "first"), "There is no publication “2024 first”. Choose from: 1, draft\n"),
        (("national", *OF_2024, "--cycle", "1999"), "There is no cycle “1999”"),
    ],
)
def test_what_there_is_not_is_told_in_one_line(report, tmp_path, words, says):
    file = tmp_path / "report.csv"
    code, said = report(*words, "--output", str(file))
    assert code == 1
    assert said.startswith(f"Error: {says}")
    assert said.count("\n") == 1
    assert not file.exists()


def test_an_ending_or_an_option_that_is_not_possible_is_told(report, tmp_path):
    code, said = report("national", *OF_2024, "--output", str(tmp_path / "report.docx"))
    assert (code, list(tmp_path.glob("*.docx"))) == (2, [])
    assert "The file must end in .pdf, .csv, .xlsx or .json." in said
    assert report("national", *OF_2024, "--output", str(tmp_path / "NATIONAL.CSV"))[0] == 0
    assert (tmp_path / "NATIONAL.CSV").read_bytes().startswith(b"\xef\xbb\xbf")
    code, said = report("pack", "--cycle", "2024")
    assert code == 2
    assert "Say where the ZIP goes, with --output FILE." in said
    code, said = report("national", *OF_2024, "--output", str(tmp_path / "no" / "report.csv"))
    assert code == 1
    assert said.startswith("Error: The report could not be made: ")


def test_reports_are_published_once_and_by_staff_when_the_cycle_is_over(report, inside_demo):
    words = ("publish", "--cycle", "2026", "--by")
    open_still = (
        1,
        (
            "Error: Nothing was published: the cycle is not over yet. "
            "Publish when its last day has passed, or close it first.\n"
        ),
    )
    assert report(*words, "staff@example.wales") == open_still
    inside_demo.config["CLOCK"] = lambda: OVER
    code, said = report(*words, "lead.north-powys@example.wales")
    assert code == 1
    assert said.startswith("Error: There is no member of staff")
    corrected = (1, "Error: There is nothing to correct yet: leave out --correction-en and --correction-cy.\n")
    assert report(*words, "staff@example.wales", "--correction-cy", "Rhif") == corrected
    assert report(*words, "staff@example.wales", "--correction-en", "A", "--correction-cy", "B") == corrected
    assert report(*words, "staff@example.wales") == (0, "Version 1 of the reports for 2026 is published.\n")
    unchanged = (1, "Error: Nothing was published: the published version already says the same.\n")
    assert report(*words, "staff@example.wales") == unchanged
    assert report(*words, "staff@example.wales", "--correction-en", "A", "--correction-cy", "B") == unchanged
