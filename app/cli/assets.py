"""`flask assets build`: style sheet, script, icon and fonts from the packages that `make install` fetched."""

import os
import re
from pathlib import Path

import click
from flask.cli import AppGroup

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "app/static/vendor"
FONTS = ROOT / "reports/fonts"
WEIGHTS = {"regular": 400, "semibold": 600}
WELSH = "âêîôûŵŷÂÊÎÔÛŴŶáéíóúẃýàèìòùẁỳäëïöüẅÿ’–"

assets = AppGroup("assets", help="Third-party style sheets, scripts and fonts.")


@assets.command()
@click.argument("wheels", type=click.Path(exists=True, file_okay=False, path_type=Path))
def build(wheels: Path) -> None:
    """Make the files that pages and PDFs use from the packages unpacked in WHEELS."""
    os.umask(0o022)  # everybody may read them: the product may run as somebody else than who installs it
    VENDOR.mkdir(parents=True, exist_ok=True)
    FONTS.mkdir(parents=True, exist_ok=True)
    _style_sheet(_only(wheels, "**/nhsuk-frontend-*.min.css"))
    _copy(_only(wheels, "**/nhsuk-frontend-*.min.js"), VENDOR / "nhsuk-frontend.js")
    _copy(_only(wheels, "**/favicon.svg"), VENDOR / "favicon.svg")
    for name, weight in WEIGHTS.items():
        _font(_only(wheels, "**/SourceSans3[[]wght[]].ttf"), name, weight)
    click.echo(f"Assets are in {VENDOR.relative_to(ROOT)} and {FONTS.relative_to(ROOT)}.")


def _only(folder: Path, pattern: str) -> Path:
    found = list(folder.glob(pattern))
    if len(found) != 1:
        raise click.ClickException(f"Expected one {pattern} in {folder}, found {len(found)}. Run: make clean install")
    return found[0]


def _copy(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes())


def _style_sheet(source: Path) -> None:
    """The NHS style sheet without its licensed font, which lives on another host."""
    css = re.sub(r"@font-face\s*{[^}]*}", "", source.read_text("utf-8"))
    if "//" in re.sub(r"http://www\.w3\.org/\d+/svg", "", css):
        raise click.ClickException(f"{source.name} refers to another host; look at it before using it.")
    (VENDOR / "nhsuk-frontend.css").write_text(css.replace("Frutiger W01", '"Source Sans 3"'), "utf-8")


def _font(source: Path, name: str, weight: int) -> None:
    """One weight of the variable font as a file of its own: a PDF would cut it out of the variable one each time."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - a tenth of every start, and asked for once
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    font = instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"wght": weight})
    missing = [letter for letter in WELSH if ord(letter) not in font.getBestCmap()]
    if missing:
        raise click.ClickException(f"{source.name} lacks letters that Welsh needs: {''.join(missing)}")
    font.save(FONTS / f"source-sans-3-{name}.ttf")
    font.flavor = "woff2"
    font.save(VENDOR / f"source-sans-3-{name}.woff2")
