"""A source with a layout of its own: a row per form, a column per purpose.

`data/profiles/voorbeeld-kolom-per-doel.toml` reads it; the names here are those of that profile.
"""

from typing import Final

import polars as pl

from dashboard.exports.sample.dialects import Dialect
from dashboard.registry import Registry

WIDE: Final = Dialect("puntkomma’s, UTF-8, een kolom per doel: te lezen met een profiel", newline="\r\n")

HEADERS: Final = {"leerlingnummer": "Stamnr", "datum": "Ingevuld op", "gever": "Ingevuld door"}
PURPOSES: Final = {
    "beeld_website": "Foto website",
    "beeld_social_media": "Foto sociale media",
    "beeld_nieuwsbrief": "Foto nieuwsbrief",
    "beeld_email": "Foto per e-mail",
    "whatsapp_les": "WhatsApp in de les",
    "social_media_les": "Sociale media in de les",
}
ANSWERS: Final = {
    "ja": "akkoord",
    "nee": "niet akkoord",
    "ingetrokken": "toestemming ingetrokken",
    "onbeantwoord": "nog niet ingevuld",
}
GIVERS: Final = {
    "leerling": "leerling zelf",
    "ouder1": "ouder/verzorger 1",
    "ouder2": "ouder/verzorger 2",
    "school": "administratie",
}


def fits(registry: Registry) -> bool:
    """Whether the layout has a column for every purpose of a registry."""
    return {purpose.code for purpose in registry.purposes} == set(PURPOSES)


def wide_frame(answers: pl.DataFrame) -> pl.DataFrame:
    """Rows of `toestemmingen` → a row per form, with this source's headers and values; its other columns go."""
    form = list(HEADERS)
    said = answers.select(*form, "doel", "antwoord").unique(maintain_order=True)
    # What one giver says twice about one purpose on one day takes a second row.
    numbered = said.with_columns(again=pl.int_range(pl.len()).over([*form, "doel"]))
    worded = numbered.with_columns(pl.col("antwoord").replace(ANSWERS), pl.col("gever").replace(GIVERS))
    wide = worded.group_by([*form, "again"], maintain_order=True).agg(
        pl.col("antwoord").filter(pl.col("doel") == purpose).first().alias(header)
        for purpose, header in PURPOSES.items()
    )
    return wide.drop("again").rename(HEADERS)
