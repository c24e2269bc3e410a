"""The journeys of docs/journeys lead where they say, by the programs that they name."""

import pytest
from journeys import PAGES, follow


@pytest.mark.client
@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_a_journey_leads_where_it_says(page, tmp_path):
    follow(page, tmp_path)
