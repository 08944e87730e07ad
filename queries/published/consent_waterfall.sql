-- Where on the way from enrolled to a sound answer of this year do pupils drop out?
-- One row per school with pupils (and the group), purpose and step; each step is a part of the one before.
--
-- Parameters
--   $brin6  list of schools   ['*', '99XX00']    schools; null = all
--   $doel   list of purposes  ['beeld_website']  purposes; null = all
-- Sources: consent_waterfall
-- Columns
--   peildatum   the day of the delivery
--   brin6       school; * = the group
--   doel        purpose
--   stap        ingeschreven, gevraagd, beantwoord, aantoonbaar, bevoegd or dit_jaar
--   leerlingen  pupils who got at least so far
select
    peildatum,
    brin6,
    doel,
    stap,
    leerlingen
from consent_waterfall
where
    ($brin6 is null or brin6 = any($brin6))
    and ($doel is null or doel = any($doel))
order by peildatum, brin6, doel, stap
