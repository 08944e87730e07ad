-- Which publications are in force?
-- One row per pupil recognisable in a publication.
--
-- Of the rows with one key the latest delivery's wins; the earlier ones stay in the vault.
--
-- Sources: delivered_publicaties
-- Columns: those of the dataset in the data contract
select
    publicatie_id,
    brin6,
    datum,
    doel,
    leerling
from delivered_publicaties
qualify row_number() over (
    partition by publicatie_id, leerling
    order by levering desc
) = 1
