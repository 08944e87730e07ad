"""The real road, behind two functions: a delivery in, a published table out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from dashboard.cli import figures_frame
from dashboard.importing import import_delivery
from dashboard.protecting import protection
from dashboard.registry import Registry
from dashboard.settings import DATA, Settings
from dashboard.store.publishing import Protect
from tests.builders import write_delivery
from tests.rows import Row, Spoiled

REGISTRY = DATA / "gedragscode.toml"


def _show_nobody_else(_queries: Path, _registry: Registry) -> Protect:
    return lambda *_what: {}


@dataclass(frozen=True, slots=True)
class Road:
    """A store of its own in `folder`, with its own key; and, where `year` is named, its own registry."""

    folder: Path
    year: str | None = None
    """What "yearly" means here: `schooljaar`, `twaalf_maanden` or `codejaar`; None leaves it to the registry."""
    is_protected: bool = False
    """Whether protected audiences get figures too; most tests are about what the board sees, and need not wait."""

    def settings(self) -> Settings:
        """Where this road's store, key and registry are."""
        store, key_file = self.folder / "store", self.folder / "pseudonym.key"
        if self.year is None:
            return Settings(store=store, key_file=key_file)
        return Settings(store=store, key_file=key_file, registry=self._registry(self.year))

    def _registry(self, year: str) -> Path:
        """A copy of the registry in which "yearly" means this."""
        path = self.folder / "gedragscode.toml"
        text, found = re.subn(r'(?m)^year = "\w+"', f'year = "{year}"', REGISTRY.read_text(encoding="utf-8"))
        assert found == 1
        path.write_text(text, encoding="utf-8")
        return path

    def deliver(self, rows: Iterable[Row | Spoiled], today: date, *, files: int = 1) -> Any:
        """Write the rows as CSV, import them on this day; the `Outcome`, as `Any`: its snapshot may be None."""
        number = len(list(self.folder.glob("delivery-*"))) + 1
        delivery = write_delivery(self.folder / f"delivery-{number}", rows, files=files)
        return self.import_folder(delivery, today)

    def import_folder(self, delivery: Path, today: date) -> Any:
        """Import a folder of files as it is."""
        protector = protection if self.is_protected else _show_nobody_else
        return import_delivery([delivery], settings=self.settings(), today=today, protector=protector)

    def frame(self, name: str, audience: str = "bestuur") -> pl.DataFrame:
        """A published table as this audience may see it."""
        return figures_frame(name, settings=self.settings(), audience=audience)

    def table(self, name: str, audience: str = "bestuur") -> list[dict[str, object]]:
        """The same, one dict per row."""
        return self.frame(name, audience).to_dicts()
