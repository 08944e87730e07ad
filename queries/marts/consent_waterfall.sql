-- Where on the way from enrolled to a sound answer of this year do pupils drop out?
-- One row per school with pupils (and the group), purpose and step; each step is a part of the one before.
--
-- Parameters
--   $today  date  2026-11-22  the day of the delivery
-- Sources: consent_status
-- Columns
--   peildatum   the day of the delivery
--   brin6       school; * = the group
--   doel        purpose
--   stap        ingeschreven, gevraagd, beantwoord, aantoonbaar, bevoegd or dit_jaar
--   leerlingen  pupils who got at least so far
with steps (volgorde, stap) as (
    values
    (1, 'ingeschreven'),
    (2, 'gevraagd'),
    (3, 'beantwoord'),
    (4, 'aantoonbaar'),
    (5, 'bevoegd'),
    (6, 'dit_jaar')
),

reached as (
    select
        brin6,
        doel,
        leerlingen,
        case
            when status in ('niet_gevraagd', 'onbekend') then 1
            when status = 'onbeantwoord' then 2
            when status in ('niet_aantoonbaar', 'niet_uitdrukkelijk') then 3
            when status = 'onbevoegd' then 4
            when status in ('verlopen_ja', 'verlopen_nee') then 5
            else 6
        end as furthest
    from consent_status
    where peildatum = $today
)

select
    $today as peildatum,
    reached.brin6,
    reached.doel,
    steps.stap,
    cast(coalesce(sum(reached.leerlingen) filter (where reached.furthest >= steps.volgorde), 0) as bigint)
        as leerlingen
from reached
cross join steps
group by reached.brin6, reached.doel, steps.stap
