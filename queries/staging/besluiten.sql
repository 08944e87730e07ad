-- Which decisions are in force?
-- One row per decision.
--
-- Of the rows with one key the latest delivery's wins; the earlier ones stay in the vault.
--
-- Sources: delivered_besluiten
-- Columns: those of the dataset in the data contract
select
    besluit_id,
    datum,
    regel,
    omschrijving,
    eigenaar,
    gereed_voor,
    status
from delivered_besluiten
qualify row_number() over (
    partition by besluit_id
    order by levering desc
) = 1
