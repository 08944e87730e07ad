-- Which announcements of the code are in force?
-- One row per announcement of the code.
--
-- The whole row is its key, so no row ever replaces another.
--
-- Sources: delivered_bekendmaking
-- Columns: those of the dataset in the data contract
select
    kanaal,
    datum,
    brin6,
    doelgroep
from delivered_bekendmaking
