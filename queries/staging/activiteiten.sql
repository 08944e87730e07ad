-- Which lessons, trainings and parent evenings are in force?
-- One row per lesson, training or parent evening.
--
-- The whole row is its key, so no row ever replaces another.
--
-- Sources: delivered_activiteiten
-- Columns: those of the dataset in the data contract
select
    datum,
    brin6,
    soort,
    doelgroep,
    deelnemers
from delivered_activiteiten
