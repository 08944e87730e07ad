-- Which answers to requests for consent are in force?
-- One row per answer to a request for consent.
--
-- The whole row is its key, so no row ever replaces another.
--
-- Sources: delivered_toestemmingen
-- Columns: those of the dataset in the data contract
select
    leerling,
    doel,
    antwoord,
    datum,
    gever,
    bron,
    bron_id,
    wijze,
    brin6,
    voor_schooljaar
from delivered_toestemmingen
