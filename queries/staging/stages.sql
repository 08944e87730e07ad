-- Which internships and volunteers are in force?
-- One row per internship or volunteer.
--
-- Of the rows with one key the latest delivery's wins; the earlier ones stay in the vault.
--
-- Sources: delivered_stages
-- Columns: those of the dataset in the data contract
select
    stage_id,
    brin6,
    soort,
    startdatum,
    controle_datum
from delivered_stages
qualify row_number() over (
    partition by stage_id
    order by levering desc
) = 1
