"""HTML: one self-contained page that loads nothing and prints to paper."""

from __future__ import annotations

import hashlib
import re
import shlex
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ltvcli.choices import Depth
from ltvcli.formats import _html_fit, _html_links, _html_sliders
from ltvcli.language import N_, printable, translate
from ltvcli.pages import answer, memo
from ltvcli.pages.content import Grid, Page, Role, Section
from ltvcli.results.levers import OnCommandLineOnly
from ltvcli.text.layout import width_of
from ltvcli.text.numbers import MISSING
from ltvcli.text.words import SIGNS, fill

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment, Template

    from ltvcli.results import AnyReport

DETAILS = N_("Details")
SORT = N_("Sort by {name}")
WIDE, NARROW = 560, 340
"""Widths of a chart: on a screen, and on a telephone or on paper."""
_SIGN = re.compile(r"([✓~!✗?]) .+", re.DOTALL)
_GRADES = {"✓": "good", "~": "fair", "!": "poor", "✗": "bad", "?": "open"}
_INTERVAL = re.compile(r"(.*\d\D*) (\([^()]*\d[^()]*\))(\*?)", re.DOTALL)
_NUMBER = re.compile(r"[^\w]{0,3}(?:[A-Z]{1,3}\W?)?\d|\(")
_SHADES = 6
_MOST_OPEN = 36
"""Rows of a table that is not folded."""
_PRINTS = (("finest", 220), ("fine", 165))
"""Letters across from which a table of numbers takes a smaller print."""
_BREAK_AFTER = 9
"""Columns of a table that fit A4 upright."""


def render(
    report: AnyReport,
    lang: str,
    depth: Depth = Depth.DEFAULT,
    explain: _html_links.Explain = _html_links.unexplained,
) -> str:
    """Write the page: answer, tiles, what to do next, charts, tables, data, definitions.

    Args:
        report: of any command.
        lang: of the words.
        depth: brief for the answer alone.
        explain: gives the meaning of what the page does not define itself.
    """
    brief = depth is Depth.BRIEF and bool(answer.answer(report))
    page = answer.head(report, lang) if brief else memo.with_dashboard(report, lang)
    made = [f"ltv {report.command}", report.version]
    made += [f"{report.as_of}"] if report.as_of else []
    counted = answer.counted(report, lang) if brief else []
    return document(page, lang, made, counted, _html_links.unexplained if brief else explain)


def document(
    page: Page,
    lang: str,
    made: Sequence[str],
    counted: Sequence[str] = (),
    explain: _html_links.Explain = _html_links.unexplained,
) -> str:
    """Write a page as a complete document.

    Args:
        page: what it holds.
        lang: of the words.
        made: what it was made by, for its foot.
        counted: how many findings a brief page leaves out.
        explain: gives the meaning of what the page does not define itself.
    """
    defined, terms = _html_links.with_definitions(page, lang, explain)
    text = ""
    for room in _html_fit.ROOMS:
        fitted = _html_fit.fitting(defined, lang, room)
        text = _written(fitted, terms, lang, made, counted)
        if len(text.encode("utf-8", "replace")) <= _html_fit.LARGEST:
            break
    return text


def _written(
    page: Page, terms: Mapping[str, str], lang: str, made: Sequence[str], counted: Sequence[str]
) -> str:
    style, script = (_read(name) for name in ("page.css", "page.js"))
    places = _html_links.anchors(page)
    return _template().render(
        page=page,
        links={label: places[term] for label, term in terms.items() if term in places},
        place_of=_html_links.once(places),
        row_heads=_html_links.row_heads(lang),
        counted=counted,
        made=made,
        lang=lang,
        style=style,
        style_hash=_hashed(style),
        script=script,
        script_hash=_hashed(script),
    )


def _read(name: str) -> str:
    return files(__package__).joinpath("_html", name).read_text("utf-8")


def _hashed(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _template() -> Template:
    """Read the template; its texts are translated by `_`, and every value is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    from ltvcli.formats import _svg

    environment: Environment = Environment(
        loader=PackageLoader("ltvcli.formats", "_html"),
        autoescape=True,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=lambda value: (
            printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
        ),
    )
    environment.globals.update(
        sliders=_html_sliders.panel,
        is_fixed=lambda levers: isinstance(levers, OnCommandLineOnly),
        whatif_title=lambda lang: translate(_html_sliders.TITLE, lang),
        because=_html_sliders.because,
        typed=lambda levers: shlex.join(levers.command),
        sort=lambda lang: fill(SORT, {"name": "…"}, lang),  # page.js writes the name
        details=lambda lang: translate(DETAILS, lang),
        draw=_svg.draw,
        widths=(("wide", WIDE), ("narrow", NARROW)),
        grade_of=grade_of,
        split=split,
        left=left,
        shade=shade,
        is_grid=lambda block: isinstance(block, Grid),
        is_text=lambda block: isinstance(block, str),
        roles=Role,
        signs=SIGNS,
        paper=paper,
        is_open=is_open,
        markup=Markup,
    )
    return environment.get_template("page.html.j2")


def grade_of(text: str, grade: str = "") -> str:
    """Return the class of a grade by its sign, or by the sign that a text begins with.

    >>> grade_of("✓ healthy"), grade_of("3.2", "caution"), grade_of("3.2")
    ('good', 'poor', '')
    """
    match = _SIGN.fullmatch(text)
    sign = SIGNS[grade] if grade else match[1] if match else ""
    return _GRADES.get(sign, "")


def split(cell: str) -> tuple[str, str]:
    """Split a cell into its value and its interval.

    >>> split("$42.34 (40.22–44.65)"), split("(12)"), split("2024-11")
    (('$42.34', '40.22–44.65'), ('(12)', ''), ('2024-11', ''))
    """
    match = _INTERVAL.fullmatch(cell)
    return (match[1] + match[3], match[2][1:-1]) if match else (cell, "")


def paper(section: Section) -> str:
    """Return the classes of a section that is too wide for upright paper: broad, and its print.

    A table of numbers that cannot break takes a smaller print, so that paper holds all of them.
    """
    grids = [block for block in section.blocks if isinstance(block, Grid)]
    if all(len(grid.heads) <= _BREAK_AFTER for grid in grids):
        return ""
    widest = max(_letters(grid) for grid in grids)
    return " broad" + next((f" {name}" for name, most in _PRINTS if widest > most), "")


def _letters(grid: Grid) -> int:
    """Return the letters of the longest cells of a shaded table, side by side."""
    if not grid.shades:
        return 0
    columns = ([head, *(row[n] for row in grid.rows)] for n, head in enumerate(grid.heads))
    return sum(max(map(width_of, column)) for column in columns)


def is_open(section: Section) -> bool:
    """Return whether a table that can be folded is open: a shaded one serves as a chart."""
    return any(
        isinstance(block, Grid) and bool(block.shades) and len(block.rows) <= _MOST_OPEN
        for block in section.blocks
    )


def left(grid: Grid) -> list[bool]:
    """Return which columns are left-aligned: names of rows and text, not numbers."""
    columns: list[Sequence[str]] = [[row[n] for row in grid.rows] for n in range(len(grid.heads))]
    return [not n or not _is_numeric(column) for n, column in enumerate(columns)]


def _is_numeric(column: Sequence[str]) -> bool:
    """Return whether most known cells of a column are numbers.

    >>> _is_numeric(["$5 (4–6)", "–", "not yet", "12 mo"]), _is_numeric(["✓ healthy", "–"])
    (True, False)
    """
    known = [cell for cell in column if cell not in ("", MISSING)]
    return 2 * sum(bool(_NUMBER.match(cell)) for cell in known) > len(known)


def shade(grid: Grid, row: int, column: int) -> str:
    """Return the class of a shaded cell, from h0 (light) to h5 (dark).

    Args:
        grid: the table.
        row: place of the cell's row.
        column: place of its column.
    """
    value = grid.shades[row][column] if grid.shades else None
    if value is not None:
        return f"h{min(int(max(value, 0.0) * _SHADES), _SHADES - 1)}"
    return "dim" if grid.dim and grid.dim[row][column] else ""
