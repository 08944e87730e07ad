-- How many rows of each dataset are in force, and from when to when do they run?
-- One row per dataset and school.
--
-- Sources: every staging view
-- Columns
--   dataset  dataset of the contract
--   brin6    school; * = no school
--   van      first day
--   tot      last day
--   rijen    rows
with dated as (
    select 'scholen' as dataset, brin6, actief_van as van, actief_van as tot from scholen
    union all
    select 'leerlingen' as dataset, brin6, in_van as van, in_van as tot from leerlingen
    union all
    select 'toestemmingen' as dataset, brin6, datum as van, datum as tot from toestemmingen
    union all
    select 'publicaties' as dataset, brin6, datum as van, datum as tot from publicaties
    union all
    select 'incidenten' as dataset, brin6, datum as van, datum as tot from incidenten
    union all
    select 'leveringen' as dataset, brin6, van, tot from leveringen
    union all
    select 'consultaties' as dataset, brin6, datum as van, datum as tot from consultaties
    union all
    select 'stages' as dataset, brin6, startdatum as van, startdatum as tot from stages
    union all
    select 'bekendmaking' as dataset, brin6, datum as van, datum as tot from bekendmaking
    union all
    select 'activiteiten' as dataset, brin6, datum as van, datum as tot from activiteiten
    union all
    select 'personeel' as dataset, brin6, peildatum as van, peildatum as tot from personeel
    union all
    select 'gebeurtenissen' as dataset, brin6, datum as van, datum as tot from gebeurtenissen
    union all
    select 'besluiten' as dataset, cast(null as varchar) as brin6, datum as van, datum as tot from besluiten
)

select
    dataset,
    coalesce(brin6, '*') as brin6,
    min(van) as van,
    max(tot) as tot,
    count(*) as rijen
from dated
group by dataset, coalesce(brin6, '*')
