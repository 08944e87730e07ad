-- Which incidents are in force?
-- One row per incident.
--
-- Of the rows with one key the latest delivery's wins; the earlier ones stay in the vault.
--
-- Sources: delivered_incidenten
-- Columns: those of the dataset in the data contract
select
    incident_id,
    brin6,
    datum,
    categorie,
    tijd,
    in_les,
    platform,
    openheid,
    reikwijdte,
    veroorzaker,
    getroffene,
    leerlingen_betrokken,
    ernst,
    maatregel,
    maatregel_datum,
    hulp_aangeboden,
    geregistreerd_op,
    leidinggevende_op,
    in_dossier,
    afgehandeld_op
from delivered_incidenten
qualify row_number() over (
    partition by incident_id, brin6
    order by levering desc
) = 1
