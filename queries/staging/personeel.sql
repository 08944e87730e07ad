-- Which staff numbers are in force?
-- One row per school and reference date.
--
-- Of the rows with one key the latest delivery's wins; the earlier ones stay in the vault.
--
-- Sources: delivered_personeel
-- Columns: those of the dataset in the data contract
select
    brin6,
    peildatum,
    medewerkers,
    social_mediacoach,
    whatsapp_bezwaar
from delivered_personeel
qualify row_number() over (
    partition by brin6, peildatum
    order by levering desc
) = 1
