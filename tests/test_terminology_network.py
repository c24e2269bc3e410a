"""The network of the judge of terms."""

import numpy as np
import pytest

from tm.terminology.network import Network


@pytest.fixture
def network():
    random = np.random.default_rng(0)
    return Network(
        random.normal(size=5),
        random.uniform(0.5, 2, 5),
        random.normal(size=(5, 7)),
        random.normal(size=7),
        random.normal(size=7),
        0.5,
    )


@pytest.fixture
def rows():
    return np.random.default_rng(1).normal(size=(20, 5))


def test_a_network_in_a_file_says_nearly_the_same(network, rows):
    again = Network.from_bytes(network.to_bytes())
    assert np.abs(again.log_odds(rows) - network.log_odds(rows)).max() < 0.1


def test_a_file_read_and_written_again_is_the_same(network):
    content = Network.from_bytes(network.to_bytes()).to_bytes()
    assert Network.from_bytes(content).to_bytes() == content


def test_shares_say_by_how_much_the_log_odds_change_with_a_column(network, rows):
    rows = rows[:1]
    step = 1e-6
    for column in range(5):
        changed = rows.copy()
        changed[0, column] += step
        slope = (network.log_odds(changed) - network.log_odds(rows))[0] / step
        away = rows[0, column] - network.means[column]
        assert network.shares(rows)[0, column] == pytest.approx(slope * away, abs=1e-4)


def test_a_column_at_its_mean_has_no_share(network):
    assert not network.shares(network.means[None]).any()


def test_a_value_far_outside_counts_as_the_edge(network):
    far, farther = np.full((1, 5), 1e3), np.full((1, 5), 1e6)
    assert network.log_odds(far) == pytest.approx(network.log_odds(farther))


def test_no_rows_have_no_log_odds(network):
    assert network.log_odds(np.zeros((0, 5))).tolist() == []
