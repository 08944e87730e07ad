-- Which values describe an incident, along every dimension on which incidents are counted?
-- One row per incident and dimension in which it counts.
--
-- Incidents wholly outside school are a number of their own (dimension reikwijdte) and in no other dimension.
--
-- Sources: incidenten, categories
-- Columns
--   brin6      school
--   datum      day of the incident
--   dimensie   what is looked at
--   waarde     the value; onbekend = left empty
with described as (
    select
        incidenten.brin6,
        incidenten.datum,
        incidenten.categorie,
        categories.artikel,
        incidenten.platform,
        incidenten.openheid,
        coalesce(incidenten.reikwijdte, 'school') as reikwijdte,
        incidenten.veroorzaker,
        incidenten.getroffene,
        incidenten.ernst,
        case when incidenten.in_les then 'ja' when not incidenten.in_les then 'nee' end as in_les,
        incidenten.maatregel
    from incidenten
    left join categories on incidenten.categorie = categories.categorie
),

counted as (
    select * from described
    where reikwijdte <> 'buiten'
),

long as (
    select brin6, datum, 'reikwijdte' as dimensie, reikwijdte as waarde from described
    union all
    select brin6, datum, 'categorie' as dimensie, categorie as waarde from counted
    union all
    select brin6, datum, 'artikel' as dimensie, artikel as waarde from counted
    union all
    select brin6, datum, 'platform' as dimensie, platform as waarde from counted
    union all
    select brin6, datum, 'openheid' as dimensie, openheid as waarde from counted
    union all
    select brin6, datum, 'veroorzaker' as dimensie, veroorzaker as waarde from counted
    union all
    select brin6, datum, 'getroffene' as dimensie, getroffene as waarde from counted
    union all
    select brin6, datum, 'ernst' as dimensie, ernst as waarde from counted
    union all
    select brin6, datum, 'in_les' as dimensie, in_les as waarde from counted
    union all
    select brin6, datum, 'maatregel' as dimensie, maatregel as waarde from counted
)

select
    brin6,
    datum,
    dimensie,
    coalesce(waarde, 'onbekend') as waarde
from long
