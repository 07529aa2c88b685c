"""Vote: what a member of a meeting opens on the phone; no catalogue is chosen, and none is seen."""

from kpicat.ui import balloting

balloting.vote()
