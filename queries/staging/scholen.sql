-- Which schools are in force?
-- One row per school.
--
-- Of the rows with one key the latest delivery's wins; the earlier ones stay in the vault.
--
-- Sources: delivered_scholen
-- Columns: those of the dataset in the data contract
select
    brin6,
    naam,
    onderwijssoort,
    actief_van,
    actief_tot
from delivered_scholen
qualify row_number() over (
    partition by brin6
    order by levering desc
) = 1
