-- What did each school deliver of each dataset, when, and over which period?
-- One row per school and dataset that ever had an accepted or refused row, or was declared as delivered.
--
-- Parameters
--   $brin6    list of schools   ['*', '99XX00']   schools; null = all
--   $dataset  list of datasets  ['incidenten']    datasets; null = all
-- Sources: data_quality
-- Columns
--   brin6              school; * = rows without a (known) school, never a total
--   dataset            dataset of the contract
--   laatste_levering   day of the last import that held such a row
--   van                first day
--   tot                last day
--   rijen              rows in force after corrections
--   afgewezen          rows refused in that last import
select
    brin6,
    dataset,
    laatste_levering,
    van,
    tot,
    rijen,
    afgewezen
from data_quality
where
    ($brin6 is null or brin6 = any($brin6))
    and ($dataset is null or dataset = any($dataset))
order by brin6, dataset
