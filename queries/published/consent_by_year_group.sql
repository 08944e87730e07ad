-- For how many pupils of each year group is a valid answer on record today, as the code reads it?
-- One row per school with pupils (and the group), year group with pupils and purpose.
--
-- Parameters
--   $brin6  list of schools   ['*', '99XX00']    schools; null = all
--   $doel   list of purposes  ['beeld_website']  purposes; null = all
-- Sources: consent_by_year_group
-- Columns
--   peildatum  the day of the delivery
--   brin6      school; * = the group
--   leerjaar   year group, 1-6
--   doel       purpose
--   ja         pupils with a valid yes
--   nee        pupils with a valid no
--   ongeldig   pupils without a valid answer
--   onbekend   pupils of whom nothing was delivered
select
    peildatum,
    brin6,
    leerjaar,
    doel,
    ja,
    nee,
    ongeldig,
    onbekend
from consent_by_year_group
where
    ($brin6 is null or brin6 = any($brin6))
    and ($doel is null or doel = any($doel))
order by peildatum, brin6, leerjaar, doel
