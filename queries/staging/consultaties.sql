-- Which consultations are in force?
-- One row per consultation.
--
-- The whole row is its key, so no row ever replaces another.
--
-- Sources: delivered_consultaties
-- Columns: those of the dataset in the data contract
select
    datum,
    brin6,
    gericht_aan,
    regel
from delivered_consultaties
