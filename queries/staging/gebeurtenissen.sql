-- Which events are in force?
-- One row per event.
--
-- The whole row is its key, so no row ever replaces another.
--
-- Sources: delivered_gebeurtenissen
-- Columns: those of the dataset in the data contract
select
    datum,
    omschrijving,
    soort,
    brin6
from delivered_gebeurtenissen
