-- For how many pupils is a valid answer on record today under each meaning of "yearly", as the code reads it?
-- One row per school with pupils (and the group), purpose and year rule.
--
-- Parameters
--   $brin6  list of schools   ['*', '99XX00']    schools; null = all
--   $doel   list of purposes  ['beeld_website']  purposes; null = all
-- Sources: consent_by_year_rule
-- Columns
--   peildatum  the day of the delivery
--   brin6      school; * = the group
--   doel       purpose
--   jaar       year rule: schooljaar, twaalf_maanden or codejaar
--   ja         pupils with a valid yes
--   nee        pupils with a valid no
--   ongeldig   pupils without a valid answer
--   onbekend   pupils of whom nothing was delivered
select
    peildatum,
    brin6,
    doel,
    jaar,
    ja,
    nee,
    ongeldig,
    onbekend
from consent_by_year_rule
where
    ($brin6 is null or brin6 = any($brin6))
    and ($doel is null or doel = any($doel))
order by peildatum, brin6, doel, jaar
