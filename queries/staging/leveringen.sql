-- Which declared deliveries are in force?
-- One row per declared delivery.
--
-- The whole row is its key, so no row ever replaces another.
--
-- Sources: delivered_leveringen
-- Columns: those of the dataset in the data contract
select
    brin6,
    dataset,
    van,
    tot
from delivered_leveringen
