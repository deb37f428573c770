#!/bin/bash
# Eight silos of eight slots each, until no sweep has work left: sbatch deploy/slurm-silos.sh
# See docs/deploy.md. Before the time limit Slurm sends SIGTERM, and the silo releases its trials to the other silos.
#SBATCH --job-name=sweep-silos
#SBATCH --array=0-7
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=8
#SBATCH --mem=8G
#SBATCH --time=04:00:00
#SBATCH --signal=B:TERM@120
#SBATCH --output=sweep-silo-%A_%a.log
set -euo pipefail

: "${SWEEP_DB:?names the store, as postgres://sweep@db.example.org/sweeps?sslmode=verify-full}"
: "${SWEEP_HOME:?is a clone of sweep on a file system shared by all nodes, built once by ./sweep list}"
# The home directory, which the nodes share, contains the passfile, mode 0600.
export PGPASSFILE=${PGPASSFILE:-$HOME/.pgpass}

# exec: the signal goes to the batch shell only, so this process must be the silo.
exec dotnet "$SWEEP_HOME/build/app/sweep.dll" silo --slots "${SLURM_CPUS_PER_TASK:-1}" --name "slurm-${SLURM_ARRAY_JOB_ID:-0}-${SLURM_ARRAY_TASK_ID:-0}" --labels slurm --until-idle --drain-timeout 100s --verbose
