"""Whether a registry agrees with itself: what it mentions exists, and nothing stands in it twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from dashboard.registry.model import PUBLISHED_READING, STATUSES, YEARS, Registry
from dashboard.toml_tables import TomlFile


@dataclass(frozen=True, slots=True)
class _Reference:
    """One mention of something that must exist: where it stands, what it names, and what there is."""

    table: str
    index: int
    key: str
    named: str
    known: Iterable[str]
    what: str


def check_consistency(registry: Registry, source: TomlFile) -> None:
    """Raise RegistryError, with the line, for the first thing that contradicts another."""
    _check_platforms(registry, source)
    _check_complete(registry, source)
    _check_evidence(registry, source)
    for reference in _references(registry):
        if reference.named not in reference.known:
            sentence = f"{reference.key} noemt {reference.what} {reference.named}, en dat bestaat niet."
            raise source.problem(reference.table, reference.index, reference.key, sentence)


def _check_platforms(registry: Registry, source: TomlFile) -> None:
    taken: set[str] = set()
    for index, platform in enumerate(registry.platforms):
        for name in (platform.code, *platform.aliases):
            if name in taken:
                raise source.problem("platform", index, "code", f"{name} komt twee keer voor.")
            taken.add(name)


def _check_complete(registry: Registry, source: TomlFile) -> None:
    present = {status.code for status in registry.statuses}
    missing = [status for status in STATUSES if status not in present]
    if missing:
        raise source.problem("status", 0, "", f"er is geen [[status]] voor {', '.join(missing)}.")
    rules = {rule.code for rule in registry.year_rules}
    absent = [year for year in YEARS if year not in rules]
    if absent:
        raise source.problem("year_rule", 0, "", f"er is geen [[year_rule]] voor {', '.join(absent)}.")
    if all(reading.code != PUBLISHED_READING for reading in registry.readings):
        raise source.problem("reading", 0, "", f'er is geen [[reading]] met code = "{PUBLISHED_READING}".')
    defaults = [index for index, reading in enumerate(registry.readings) if reading.default]
    if len(defaults) != 1:
        where = defaults[1] if defaults else 0
        raise source.problem("reading", where, "default", "precies één lezing heeft default = true.")
    if registry.minimum_base < registry.threshold:
        raise source.problem("", 0, "minimum_base", "minimum_base is ten minste threshold.")
    for index, (earlier, later) in enumerate(pairwise(registry.rounds), start=1):
        if earlier.in_force and later.in_force and later.in_force <= earlier.in_force:
            raise source.problem("round", index, "in_force", "de rondes staan van oud naar nieuw.")


def _check_evidence(registry: Registry, source: TomlFile) -> None:
    """An article that can be measured says by what, and one that can't has nothing to show."""
    for index, article in enumerate(registry.articles):
        if (article.kind == "N") == bool(article.indicators):
            raise source.problem(
                "article", index, "kind", "soort N heeft geen indicators, elke andere soort minstens één."
            )
        if article.kind == "N" and (article.needs or article.norm):
            raise source.problem("article", index, "kind", "soort N heeft geen needs en geen norm.")
    for index, indicator in enumerate(registry.indicators):
        if indicator.norm is not None and indicator.figure != "aandeel":
            raise source.problem("indicator", index, "norm", "alleen een aandeel heeft een norm.")


def _references(registry: Registry) -> Iterable[_Reference]:
    articles = {article.number for article in registry.articles}
    chapters = {chapter.code for chapter in registry.chapters}
    indicators = {indicator.code for indicator in registry.indicators}
    datasets = registry.labels.get("dataset", {})
    for index, article in enumerate(registry.articles):
        yield _Reference("article", index, "number", article.chapter, chapters, "hoofdstuk")
        for code in article.indicators:
            yield _Reference("article", index, "indicators", code, indicators, "indicator")
        for dataset in article.needs:
            yield _Reference("article", index, "needs", dataset, datasets, "dataset")
    for index, purpose in enumerate(registry.purposes):
        yield _Reference("purpose", index, "article", purpose.article, articles, "artikel")
    for index, category in enumerate(registry.categories):
        yield _Reference("category", index, "article", category.article, articles, "artikel")
    for index, finding in enumerate(registry.findings):
        yield _Reference("finding", index, "article", finding.article, articles, "artikel")
    for who, measures in registry.measures.items():
        for measure in measures:
            yield _Reference("measures", 0, who, measure, registry.labels.get("maatregel", {}), "maatregel")
