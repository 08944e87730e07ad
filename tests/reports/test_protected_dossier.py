"""The dossier is for the board only: not every sentence of it knows of hidden figures."""

import pytest

from dashboard.dossiers import DossierProblem, make_file
from dashboard.reports import WRITERS
from dashboard.settings import Settings
from dashboard.store.snapshots import Snapshot


@pytest.mark.parametrize("form", sorted(WRITERS))
@pytest.mark.parametrize("who", ["gmr", "rvt", "beheerder", "directeur:99AA00"])
def test_nobody_else_gets_it(small_group: Snapshot, who: str, form: str) -> None:
    with pytest.raises(DossierProblem, match="alleen voor het bestuur"):
        make_file(small_group, Settings(), who, None, form)
