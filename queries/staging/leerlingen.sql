-- Which enrolments are in force?
-- One row per enrolment.
--
-- Of the rows with one key the latest delivery's wins; the earlier ones stay in the vault.
--
-- Sources: delivered_leerlingen
-- Columns: those of the dataset in the data contract
select
    leerling,
    brin6,
    wordt_16_op,
    leerjaar,
    onderwijssoort,
    in_van,
    in_tot
from delivered_leerlingen
qualify row_number() over (
    partition by leerling, brin6, in_van
    order by levering desc
) = 1
