"""Where things are: paths, each of which the environment may move.

`GEDRAGSCODE_STORE=/srv/store gedragscode figures` looks in another store; a path that isn't absolute is read
from the working directory. Nothing here opens or makes a file.
"""

from pathlib import Path

from pydantic import Field
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
    access: Path = DATA / "access.toml"
    """Who has which role, by the claims of a login."""
    secrets: Path = PROJECT / ".streamlit" / "secrets.toml"
    """The provider to log in with, and what this server shares with it."""
    registry: Path = DATA / "gedragscode.toml"
    holidays: Path = DATA / "school_holidays.csv"
    profiles: Path = DATA / "profiles"
    queries: Path = PROJECT / "queries"
    log: Path | None = None
    """The log, where it is to be kept elsewhere than in the store."""
    retention_months: int = Field(default=24, ge=1, le=24)
    """How long rows are kept after a pupil left, and incidents after their day: two years at most."""

    @property
    def log_folder(self) -> Path:
        """Where the log is."""
        return self.store / "log" if self.log is None else self.log
