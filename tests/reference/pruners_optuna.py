"""What Optuna 3.1's MedianPruner, PercentilePruner and SuccessiveHalvingPruner say of the fixtures in PercentilePrunerTests
(mode raw) and AshaPrunerTests (the stopping form).

    /usr/bin/python3 tests/reference/pruners_optuna.py
"""
import optuna
from optuna.distributions import FloatDistribution
from optuna.trial import TrialState, create_trial

optuna.logging.set_verbosity(optuna.logging.ERROR)
OTHERS = [[1, 4, 9, 9], [4, 2, 9, 9], [2, 6, 9, 9], [1, 8, 9, 9], [9, 5, 9, 9]]


def study_of_others():
    study = optuna.create_study(direction="maximize")
    for curve in OTHERS:
        study.add_trial(create_trial(
            value=curve[-1], params={}, distributions={}, intermediate_values={i + 1: v for i, v in enumerate(curve)}))
    return study


for percentile, values in ((50.0, (4.9, 5.0)), (25.0, (5.9, 6.0))):
    for value in values:
        study = study_of_others()
        study.pruner = optuna.pruners.PercentilePruner(percentile, n_startup_trials=5, n_warmup_steps=0)
        trial = study.ask()
        trial.report(value, 1)
        trial.report(-3, 2)
        print(f"percentile {percentile} best {value} at step 2:", "Prune" if trial.should_prune() else "Promote")

study = optuna.create_study(
    direction="minimize", pruner=optuna.pruners.SuccessiveHalvingPruner(min_resource=1, reduction_factor=3))
for value in (0.5, 0.6, 0.4, 0.45, 0.3, 0.39, 0.2):
    trial = study.ask()
    trial.report(value, 1)
    print(f"stopping {value}:", "Prune" if trial.should_prune() else "Promote")
