"""One way of drawing examples for the whole suite, whatever the machine and its load."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "suite",
    max_examples=30,  # a law that 30 cases do not break is tried with more by the profile "search"
    deadline=None,  # no test depends on the clock
    derandomize=True,  # the same examples every time; pytest --hypothesis-profile=search draws others
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("search", settings.get_profile("suite"), derandomize=False, max_examples=500)
settings.load_profile("suite")
