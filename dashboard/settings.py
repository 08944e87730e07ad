"""Where things are: paths, each of which the environment may move.

`GEDRAGSCODE_STORE=/srv/store gedragscode figures` looks in another store; a path that isn't absolute is read
from the working directory. Nothing here opens or makes a file.
"""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent
"""The checkout's root: `data/` and `queries/` lie in it."""

DATA = PROJECT / "data"


class Settings(BaseSettings):
    """The paths of one run, from `GEDRAGSCODE_…` in the environment, else inside the checkout."""

    model_config = SettingsConfigDict(env_prefix="GEDRAGSCODE_", env_ignore_empty=True, frozen=True)

    store: Path = DATA / "store"
    """The vault and the published snapshots."""
    key_file: Path = DATA / "pseudonym.key"
    """The 32 bytes behind every pseudonym; outside the store, so that a copied store can't be reversed."""
    registry: Path = DATA / "gedragscode.toml"
    holidays: Path = DATA / "school_holidays.csv"
    profiles: Path = DATA / "profiles"
    queries: Path = PROJECT / "queries"
