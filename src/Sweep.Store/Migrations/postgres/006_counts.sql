-- How many trials are in each state, from the sweep's end until it is opened again: {"3":10}. What is not there is counted.
ALTER TABLE sweeps ADD COLUMN counts text;
