"""Which dataset a file holds, judged by its headers alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.exports.contracts import DATASETS, Dataset
from dashboard.exports.parsing import plain
from dashboard.exports.profiles import ANSWER_COLUMN, PURPOSE_COLUMN, Profile
from dashboard.exports.pseudonyms import is_of_people, is_personal

REPORT_HEADERS = ("bestand", "regel", "kolom", "reden")
"""The headers of our own list of rejections, which may lie among the exports."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the columns of one file become those of a dataset.

    Args:
        sources: column of the contract → header of the file.
        wide: header of the file → purpose, where there is a column per purpose.
        constants: column of the contract → text for every row.
        values: column of the contract → the file's value in small letters → the contract's text.
        dropped: headers of unknown columns; personal: of columns that tell who someone is.
        missing: required columns that the file lacks; clashing: columns that two headers fill.
    """

    dataset: Dataset
    profile: Profile | None
    sources: Mapping[str, str]
    wide: Mapping[str, str]
    constants: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    dropped: tuple[str, ...]
    personal: tuple[str, ...]
    missing: tuple[str, ...]
    clashing: tuple[str, ...]

    @property
    def matched(self) -> int:
        """Columns of the file that are used."""
        return len(self.sources) + len(self.wide)


class Unrecognised(Exception):
    """A file that is refused by its headers. The message is a Dutch sentence.

    Args:
        dataset: the dataset it is nearest to.
    """

    def __init__(self, message: str, dataset: str) -> None:
        super().__init__(message)
        self.dataset = dataset


def recognise(headers: Sequence[str], profiles: Sequence[Profile]) -> Recipe:
    """The recipe that uses most columns; on a tie the contract itself, then the first profile.

    Raises:
        Unrecognised: nothing fits, or more than one column means the same.
    """
    recipes = list(_recipes(headers, profiles))
    complete = [recipe for recipe in recipes if not recipe.missing]
    if not complete:
        nearest = max(recipes, key=lambda recipe: (recipe.matched, -len(recipe.missing)))
        raise Unrecognised(
            "De kolommen van dit bestand passen bij geen gegevensset en bij geen profiel. "
            f"Het meest lijkt het op {_named(nearest)}. Daarvoor ontbreekt: {', '.join(nearest.missing)}.",
            nearest.dataset.name,
        )
    best = max(complete, key=lambda recipe: recipe.matched)
    if best.clashing:
        raise Unrecognised(
            f"In dit bestand zijn meer kolommen bedoeld als {' en als '.join(best.clashing)}. Laat er een over.",
            best.dataset.name,
        )
    if best.profile is not None and best.profile.defect:
        raise Unrecognised(f"Het profiel voor dit bestand klopt niet. {best.profile.defect}", best.dataset.name)
    return best


def count_matches(headers: Sequence[str], profiles: Sequence[Profile]) -> int:
    """How many of these cells are headers of one dataset or profile: the most of all; 0 = none."""
    return max(recipe.matched for recipe in _recipes(headers, profiles))


def is_own_report(headers: Sequence[str]) -> bool:
    """Whether a file is our own list of rejections."""
    return tuple(plain(header) for header in headers) == REPORT_HEADERS


def _named(recipe: Recipe) -> str:
    if recipe.profile is None:
        return f"'{recipe.dataset.name}'"
    return f"'{recipe.dataset.name}' (profiel '{recipe.profile.name}')"


def _recipes(headers: Sequence[str], profiles: Sequence[Profile]) -> Iterator[Recipe]:
    of_people = any(is_of_people(header) for header in headers)
    for dataset in DATASETS.values():
        # Else a list of pupils that lacks a column would pass as a list of schools, with their names.
        if not (of_people and dataset.name == "scholen"):
            yield _recipe(headers, dataset, None)
    for profile in profiles:
        own = profile.headers.keys() | profile.wide.keys()
        # Without a header of its own a profile is no more than the contract with constants added.
        if any(plain(header) in own for header in headers):
            yield _recipe(headers, DATASETS[profile.dataset], profile)


def _recipe(headers: Sequence[str], dataset: Dataset, profile: Profile | None) -> Recipe:
    renamed = {} if profile is None else profile.headers
    purposes = {} if profile is None else profile.wide
    filled = {PURPOSE_COLUMN, ANSWER_COLUMN} if purposes else set()
    own = {column.name: column.name for column in dataset.columns if column.name not in filled}
    sources: dict[str, str] = {}
    clashing: list[str] = []
    wide: dict[str, str] = {}
    unused: list[str] = []
    for header in headers:
        name = plain(header)
        column = renamed.get(name) or own.get(name)
        if name in purposes:
            wide[header] = purposes[name]
        elif column is None:
            unused.append(header)
        elif column in sources:
            clashing.append(column)
        else:
            sources[column] = header
    constants = {} if profile is None else {c: t for c, t in profile.constants.items() if c not in sources}
    present = sources.keys() | constants.keys() | (filled if wide else set())
    return Recipe(
        dataset=dataset,
        profile=profile,
        sources=sources,
        wide=wide,
        constants=constants,
        values={} if profile is None else profile.values,
        dropped=tuple(header for header in unused if not is_personal(header, dataset.name)),
        personal=tuple(header for header in unused if is_personal(header, dataset.name)),
        missing=tuple(name for name in dataset.required if name not in present),
        clashing=tuple(dict.fromkeys(clashing)),
    )
