-- Why were rows of the last import refused, most frequent first?
-- One row per dataset, column and reason.
--
-- Sources: refusals
-- Columns
--   dataset  dataset of the contract; empty = file without a known dataset
--   kolom    column; empty = wrong number of fields
--   reden    reason
--   rijen    rows
select
    dataset,
    kolom,
    reden,
    rijen
from refusals
order by rijen desc, dataset asc, kolom asc, reden asc
